//! What the rest of the system sees: scores, attributions, and model files.

use std::ops::ControlFlow;

use interactions::{History, HistoryEvent, Mark, Query};

use super::{small, ten_sequences};
use crate::{SequenceConfig, SequenceError, SequenceModel, Trainer, TrainingData};
use crate::Signal;

pub(crate) fn model() -> SequenceModel {
    let sequences = ten_sequences();
    let data = TrainingData {
        n_items: 20,
        sequences: &sequences,
        validation: &[],
        marks: None,
        features: None,
    };
    let config = SequenceConfig { blocks: 2, heads: 2, epochs: 10, ..small() };
    Trainer::new(data, config).unwrap().run(&mut |_, _| ControlFlow::Continue(()))
}

pub(crate) fn history(oldest_first: &[u32]) -> History {
    History::newest_first(oldest_first.iter().rev().map(|&item| (item, 1.0)))
}

pub(super) fn scores(model: &SequenceModel, oldest_first: &[u32]) -> Vec<f32> {
    scores_of(model, &history(oldest_first))
}

fn scores_of(model: &SequenceModel, history: &History) -> Vec<f32> {
    let mut scores = vec![0.0; model.n_items()];
    model.add_scores(Query::of(history), 1.0, &mut scores);
    scores
}

#[test]
fn an_attribution_adds_up_and_equals_scoring_without_the_event() {
    let model = model();
    let history = history(&[3, 11, 3, 7, 2]);
    let query = Query::of(&history);
    let whole = scores_of(&model, &history);
    for item in 0..20 {
        let attribution = model.attribute(query, item);
        let score = whole[item as usize];
        assert!((attribution.total() - score).abs() < 1e-5);
        for (event, contribution) in attribution.by_event.iter().enumerate() {
            let without = scores_of(&model, &history.without(&[event]))[item as usize];
            assert!((score - without - contribution).abs() < 1e-5);
        }
    }
}

#[test]
fn masking_an_event_is_not_the_same_as_closing_the_gap() {
    let model = model();
    let masked = history(&[3, 11, 7]).without(&[1]);
    assert_ne!(scores_of(&model, &masked), scores(&model, &[3, 7]));
}

#[test]
fn nothing_is_scored_from_nothing() {
    let model = model();
    let mark = Mark::default();
    let old = HistoryEvent { item: 3, weight: 1.0, distance: 8, mark };
    let weightless = HistoryEvent { item: 3, weight: 0.0, distance: 0, mark };
    let unknown = HistoryEvent { item: 20, weight: 1.0, distance: 0, mark };
    for events in [vec![], vec![old], vec![weightless], vec![unknown]] {
        let history = History::from_events(events);
        assert_eq!(scores_of(&model, &history), [0.0; 20]);
        let attribution = model.attribute(Query::of(&history), 4);
        assert_eq!((attribution.by_event.len(), attribution.total()), (history.len(), 0.0));
    }
}

#[test]
fn the_factor_scales_what_is_added() {
    let model = model();
    let history = history(&[3, 11]);
    let mut added = vec![1.0; 20];
    model.add_scores(Query::of(&history), 0.5, &mut added);
    let expected = scores_of(&model, &history).into_iter().map(|score| 1.0 + 0.5 * score);
    assert!(added.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6));
}

#[test]
fn a_model_comes_back_from_its_bytes() {
    let model = model();
    let bytes = model.to_bytes();
    assert_eq!(SequenceModel::from_bytes(&bytes).unwrap(), model);
    assert_eq!(model.fingerprint().len(), 64);
}

#[test]
fn broken_bytes_are_refused() {
    let bytes = model().to_bytes();
    for n_bytes in [0, 7, 100, bytes.len() - 1] {
        let broken = SequenceModel::from_bytes(&bytes[..n_bytes]);
        assert!(matches!(broken, Err(SequenceError::File { .. })), "{n_bytes}");
    }
    let mut not_finite = bytes.clone();
    let end = not_finite.len();
    not_finite[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    let refused = SequenceModel::from_bytes(&not_finite);
    assert!(matches!(refused, Err(SequenceError::File { .. })));
}
