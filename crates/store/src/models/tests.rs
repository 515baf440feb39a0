use serde_json::json;

use super::*;

fn saved() -> (tempfile::TempDir, Models, ModelVersion) {
    let folder = tempfile::tempdir().unwrap();
    let models = Models::open(&folder.path().join("models")).unwrap();
    let version = models.new_version();
    let files =
        vec![("weights.bin".to_owned(), vec![7; 4096]), ("empty.bin".to_owned(), Vec::new())];
    models.save(&version, &files, json!({"seed": 3})).unwrap();
    (folder, models, version)
}

#[test]
fn a_saved_model_is_read_back_as_it_was() {
    let (_folder, models, version) = saved();
    let model = models.open_model(&version).unwrap();
    assert_eq!(&*model.file("weights.bin").unwrap(), &[7; 4096]);
    assert!(model.file("empty.bin").unwrap().is_empty());
    assert_eq!(model.about(), &json!({"seed": 3}));
    assert_eq!(model.version(), &version);
    model.verify().unwrap();
}

#[test]
fn one_changed_byte_is_found_and_named() {
    let (folder, models, version) = saved();
    let path = folder.path().join(format!("models/{version}/weights.bin"));
    let mut bytes = fs::read(&path).unwrap();
    bytes[100] ^= 1;
    fs::write(&path, bytes).unwrap();
    let problem = models.open_model(&version).unwrap().verify().unwrap_err();
    assert!(problem.to_string().contains("weights.bin"), "{problem}");
}

#[test]
fn a_truncated_file_is_refused_when_it_is_mapped() {
    let (folder, models, version) = saved();
    let path = folder.path().join(format!("models/{version}/weights.bin"));
    fs::write(&path, [7; 10]).unwrap();
    let model = models.open_model(&version).unwrap();
    let refused = model.file("weights.bin").unwrap_err();
    assert!(matches!(refused, StoreError::ModelChanged { .. }));
}

#[test]
fn a_model_never_changes() {
    let (_folder, models, version) = saved();
    let again = models.save(&version, &[], json!(null));
    assert!(matches!(again, Err(StoreError::ModelExists(_))));
    assert_eq!(models.open_model(&version).unwrap().files().len(), 2);
}

#[test]
fn the_current_model_is_swapped_and_cannot_be_removed() {
    let (_folder, models, first) = saved();
    assert_eq!(models.current().unwrap(), None);
    let second = models.new_version();
    models.save(&second, &[], json!(null)).unwrap();
    models.set_current(&first).unwrap();
    models.set_current(&second).unwrap();
    assert_eq!(models.current().unwrap(), Some(second.clone()));
    assert!(matches!(models.remove(&second), Err(StoreError::ModelIsCurrent(_))));
    models.remove(&first).unwrap();
    assert_eq!(models.list().unwrap(), [second]);
    assert!(matches!(models.open_model(&first), Err(StoreError::NoModel(_))));
    assert!(matches!(models.set_current(&first), Err(StoreError::NoModel(_))));
}

#[test]
fn a_map_outlives_the_removal_of_its_model() {
    let (_folder, models, version) = saved();
    let map = models.open_model(&version).unwrap().file("weights.bin").unwrap();
    models.remove(&version).unwrap();
    assert_eq!(&*map, &[7; 4096]);
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let (folder, models, _) = saved();
    for name in ["../up", "a/b", ".hidden", "manifest.json", "", "a\\b"] {
        let version = models.new_version();
        let refused = models.save(&version, &[(name.to_owned(), vec![1])], json!(null));
        assert!(matches!(refused, Err(StoreError::ModelName(_))), "{name:?}");
        assert!(models.open_model(&version).is_err(), "nothing half-saved");
    }
    for version in ["../up", "current", ".x"] {
        let version = ModelVersion::new(version).unwrap();
        assert!(matches!(models.open_model(&version), Err(StoreError::ModelName(_))));
    }
    let left: Vec<_> = fs::read_dir(folder.path().join("models")).unwrap().collect();
    assert_eq!(left.len(), 1);
}

#[test]
fn versions_rise() {
    let (_folder, models, first) = saved();
    assert!(models.new_version() > first);
    assert!(first.as_str().starts_with('m'));
}
