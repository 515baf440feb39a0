use proptest::prelude::*;

use super::*;
use crate::History;
use crate::laws::{N_ITEMS, small_history, small_training};

fn close(a: f32, b: f32) -> bool {
    (a - b).abs() <= 1e-5 * a.abs().max(b.abs()).max(1.0)
}

fn scores(model: &Model, history: &History) -> Vec<f32> {
    let mut scores = vec![99.0; 3];
    model.score(Query::of(history), &mut scores);
    scores
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_blended_score_is_the_sum_of_its_parts(
        (data, history) in (small_training(), small_history()),
    ) {
        let model = Model::fit_with(&data, &Constants::default()).unwrap();
        let scores = scores(&model, &history);
        prop_assert_eq!(scores.len(), N_ITEMS);
        for item in 0..N_ITEMS as u32 {
            let breakdown = model.breakdown(Query::of(&history), item);
            prop_assert!(close(breakdown.total(), scores[item as usize]));
            let parts = breakdown.by_event().iter().sum::<f32>() + breakdown.base();
            prop_assert!(close(parts, scores[item as usize]));
        }
    }

    #[test]
    fn masking_events_takes_away_exactly_what_they_added(
        (data, history) in (small_training(), small_history()),
    ) {
        let model = Model::fit_with(&data, &Constants::default()).unwrap();
        let masked: Vec<usize> = (0..history.len()).filter(|at| at % 3 != 1).collect();
        let (whole, rest) = (scores(&model, &history), scores(&model, &history.without(&masked)));
        for item in 0..N_ITEMS as u32 {
            let by_event = model.breakdown(Query::of(&history), item).by_event();
            let added: f32 = masked.iter().map(|&at| by_event[at]).sum();
            prop_assert!(close(whole[item as usize] - added, rest[item as usize]));
        }
    }

    #[test]
    fn similarity_lies_between_zero_and_one_and_is_one_only_for_the_item_itself_by_right(
        data in small_training(),
    ) {
        let model = Model::fit_with(&data, &Constants::default()).unwrap();
        for (a, b) in (0..N_ITEMS as u32).flat_map(|a| (0..N_ITEMS as u32).map(move |b| (a, b))) {
            let similarity = model.similarity(a, b);
            prop_assert!((0.0..=1.0).contains(&similarity));
            prop_assert!(a != b || similarity == 1.0);
            prop_assert!(close(similarity, model.similarity(b, a)));
        }
    }
}

#[test]
fn items_are_found_by_their_id() {
    let data = TrainingData {
        items: ["a", "b"].map(|id| ItemId::new(id).unwrap()).to_vec(),
        texts: vec![crate::ItemText::default(); 2],
        interactions: crate::laws::interactions_of(2, &[&[0, 1]]),
        ..TrainingData::default()
    };
    let model = Model::fit_with(&data, &Constants::default()).unwrap();
    assert_eq!(model.index_of(&data.items[1]), Some(1));
    assert_eq!(model.index_of(&ItemId::new("c").unwrap()), None);
    let names: Vec<SignalName> = model.signals().map(|(name, _, _)| name).collect();
    assert_eq!(names, [SignalName::Transition, SignalName::Text, SignalName::Popularity]);
}
