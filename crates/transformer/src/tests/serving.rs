//! Scores and model files.

use std::ops::ControlFlow;

use interactions::{History, HistoryEvent, Mark};

use super::{small, ten_sequences};
use crate::{SequenceConfig, SequenceError, SequenceModel, Trainer, TrainingData};

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
    model.add_scores_of_histories(&[history], 1.0, &mut scores);
    scores
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
    }
}

#[test]
fn the_factor_scales_what_is_added() {
    let model = model();
    let history = history(&[3, 11]);
    let mut added = vec![1.0; 20];
    model.add_scores_of_histories(&[&history], 0.5, &mut added);
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
