use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::laws::{small_history, small_training, wordy};
use crate::{Query, TrainingData};

type Files = BTreeMap<String, Vec<u8>>;

fn read(files: &Files) -> Result<Model, SignalsError> {
    Model::from_files(&|name| files.get(name).map(Vec::as_slice))
}

fn written(data: &TrainingData) -> (Model, Files) {
    let model = Model::fit_with(data, &wordy()).unwrap();
    let files = model.to_files().unwrap().into_iter().collect();
    (model, files)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_model_comes_back_from_its_files_and_scores_the_same(
        (data, history) in (small_training(), small_history()),
    ) {
        let (model, files) = written(&data);
        let back = read(&files).unwrap();
        prop_assert_eq!(&back, &model);
        let (mut before, mut after) = (Vec::new(), Vec::new());
        model.score(Query::of(&history), &mut before);
        back.score(Query::of(&history), &mut after);
        prop_assert_eq!(before, after);
    }

    #[test]
    fn files_cut_short_are_refused_and_never_panic(
        (data, file, keep) in (small_training(), 0..6usize, 0.0..1.0f64),
    ) {
        let (_, mut files) = written(&data);
        let bytes = files.values_mut().nth(file).unwrap();
        bytes.truncate((bytes.len() as f64 * keep) as usize);
        let refused = matches!(read(&files), Err(SignalsError::DamagedFile { .. }));
        prop_assert!(refused);
    }

    #[test]
    fn a_changed_byte_is_refused_or_harmless(
        (data, history, file, at, byte) in (small_training(), small_history(), 0..6usize, 0.0..1.0f64, any::<u8>()),
    ) {
        let (_, mut files) = written(&data);
        let bytes = files.values_mut().nth(file).unwrap();
        let at = (bytes.len() as f64 * at) as usize;
        bytes[at] = byte;
        if let Ok(model) = read(&files) {
            model.score(Query::of(&history), &mut Vec::new());
        }
    }
}

#[test]
fn a_missing_file_is_named() {
    let error = read(&Files::new()).unwrap_err();
    assert!(error.to_string().contains("signals.json"), "{error}");
}

#[test]
fn a_model_of_another_format_is_refused() {
    let data = TrainingData {
        items: vec![ItemId::new("a").unwrap()],
        texts: vec![crate::ItemText::default()],
        interactions: crate::laws::interactions_of(1, &[&[0]]),
        ..TrainingData::default()
    };
    let (_, mut files) = written(&data);
    let manifest = String::from_utf8(files["signals.json"].clone()).unwrap();
    let (this, newer) = (FORMAT, FORMAT + 1);
    let of_newer =
        manifest.replace(&format!("\"format\": {this}"), &format!("\"format\": {newer}"));
    files.insert("signals.json".to_owned(), of_newer.into_bytes());
    assert!(read(&files).unwrap_err().to_string().contains(&format!("format {newer}")));
}
