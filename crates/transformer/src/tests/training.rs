//! What training promises: it learns, repeats itself, goes on after a crash, and refuses nonsense.

use std::ops::ControlFlow;

use super::{small, ten_sequences};
use crate::validate::ranks;
use crate::{
    FeatureRows, Held, ItemFeatures, Loss, SequenceConfig, SequenceError, SequenceModel, Trainer,
    TrainingData,
};

const SAMPLED: Loss = Loss::Sampled { negatives: 6, popularity_power: 0.5 };

fn data<'a>(sequences: &'a [Vec<u32>], validation: &'a [Held]) -> TrainingData<'a> {
    TrainingData { n_items: 20, sequences, validation, marks: None, features: None }
}

fn held(sequences: &[Vec<u32>]) -> Vec<Held> {
    let held = sequences.iter().map(|sequence| {
        let (target, history) = sequence.split_last().unwrap();
        Held { history: history.to_vec(), marks: Vec::new(), target: *target }
    });
    held.collect()
}

fn train(config: &SequenceConfig, sequences: &[Vec<u32>]) -> SequenceModel {
    let trainer = Trainer::new(data(sequences, &[]), config.clone()).unwrap();
    trainer.run(&mut |_, _| ControlFlow::Continue(()))
}

#[test]
fn ten_sequences_are_learned_by_heart() {
    let sequences = ten_sequences();
    for blocks in [1, 2] {
        let model = train(&SequenceConfig { blocks, heads: 2, ..small() }, &sequences);
        assert_eq!(ranks(&model, &held(&sequences), false), [1; 10]);
    }
}

#[test]
fn sampled_negatives_learn_ten_sequences_too() {
    let loss = SAMPLED;
    let sequences = ten_sequences();
    let model = train(&SequenceConfig { loss, epochs: 120, ..small() }, &sequences);
    assert_eq!(ranks(&model, &held(&sequences), false), [1; 10]);
}

#[test]
fn the_result_depends_on_the_seed_and_not_on_the_number_of_threads() {
    let sequences = ten_sequences();
    let losses = [Loss::Full, SAMPLED];
    for loss in losses {
        let config = SequenceConfig { loss, dropout: 0.3, epochs: 5, shares: 3, ..small() };
        let with_threads = |n_threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
            pool.install(|| train(&config, &sequences).to_bytes())
        };
        let one = with_threads(1);
        assert!(one == with_threads(2), "two threads differ from one");
        let other = SequenceConfig { seed: 2, ..config.clone() };
        assert!(one != train(&other, &sequences).to_bytes(), "the seed changes nothing");
    }
}

#[test]
fn a_resumed_training_ends_where_an_uninterrupted_one_does() {
    let sequences = ten_sequences();
    let validation = held(&sequences);
    let data = data(&sequences, &validation);
    let config = SequenceConfig { dropout: 0.3, epochs: 6, warm_up: 10, ..small() };
    let mut whole = Trainer::new(data, config.clone()).unwrap();
    let mut state = Vec::new();
    while !whole.is_done() {
        let progress = whole.run_epoch();
        if progress.epoch == 3 {
            state = whole.state();
        }
    }
    let mut resumed = Trainer::resume(data, config, &state).unwrap();
    while !resumed.is_done() {
        resumed.run_epoch();
    }
    assert!(whole.state() == resumed.state(), "states differ");
    assert_eq!(whole.into_model(), resumed.into_model());
}

#[test]
fn a_state_of_other_data_or_a_broken_one_is_refused() {
    let mut sequences = ten_sequences();
    let state = Trainer::new(data(&sequences, &[]), small()).unwrap().state();
    for n_bytes in [0, 7, 100, state.len() - 1] {
        let broken = Trainer::resume(data(&sequences, &[]), small(), &state[..n_bytes]);
        assert!(matches!(broken.err(), Some(SequenceError::File { .. })));
    }
    let wider = SequenceConfig { width: 32, ..small() };
    let other = Trainer::resume(data(&sequences, &[]), wider, &state);
    assert_eq!(other.err(), Some(SequenceError::OtherData));
    sequences[3].push(1);
    let other = Trainer::resume(data(&sequences, &[]), small(), &state);
    assert_eq!(other.err(), Some(SequenceError::OtherData));
}

#[test]
fn training_stops_when_validation_stops_improving_and_keeps_the_best() {
    let sequences = ten_sequences();
    let validation = held(&sequences);
    let config = SequenceConfig { patience: 4, epochs: 500, ..small() };
    let trainer = Trainer::new(data(&sequences, &validation), config).unwrap();
    let (mut last, mut best) = (0, (0, 0.0));
    let model = trainer.run(&mut |progress, _| {
        last = progress.epoch;
        let ndcg = progress.validation.unwrap().ndcg;
        if ndcg > best.1 {
            best = (progress.epoch, ndcg);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(last, best.0 + 4);
    let kept = crate::Ranking::from_ranks(&ranks(&model, &validation, true));
    assert!((kept.ndcg - best.1).abs() < 1e-12);
}

#[test]
fn a_warm_start_keeps_what_was_learned_and_takes_in_new_items() {
    let sequences = ten_sequences();
    let model = train(&small(), &sequences);
    let more: Vec<Vec<u32>> = sequences.iter().cloned().chain([vec![20, 21, 20, 21]]).collect();
    let grown = TrainingData {
        n_items: 22,
        sequences: &more,
        validation: &[],
        marks: None,
        features: None,
    };
    let config = SequenceConfig { epochs: 30, ..small() };
    let from: Vec<Option<u32>> = (0..22).map(|item| (item < 20).then_some(item)).collect();
    let fresh_loss = Trainer::new(grown, config.clone()).unwrap().run_epoch().loss;
    let mut warm = Trainer::warm_start(grown, config, &model, &from).unwrap();
    let first_loss = warm.run_epoch().loss;
    assert!(first_loss < 0.5 * fresh_loss, "{first_loss} against {fresh_loss}");
    let model = warm.run(&mut |_, _| ControlFlow::Continue(()));
    assert_eq!(ranks(&model, &held(&more), false), [1; 11]);
}

/// Even items follow even ones, odd follow odd; items from 18 on never occur.
fn parity_sequences() -> Vec<Vec<u32>> {
    let item = |s: u32, t: u32| (s % 2) + 2 * ((s * 5 + t * t + t) % 9);
    (0..40).map(|s| (0..6).map(|t| item(s, t)).collect()).collect()
}

/// Whether an item is even, and whether it is odd.
fn parity_features(n_items: u32) -> ItemFeatures {
    let row = |item: u32| [(item + 1) % 2, item % 2].map(|bit| bit as f32);
    ItemFeatures { n_features: 2, rows: FeatureRows::Dense((0..n_items).flat_map(row).collect()) }
}

#[test]
fn an_item_with_no_events_is_scored_by_its_features_alone() {
    let (sequences, features) = (parity_sequences(), parity_features(22));
    let data = TrainingData { n_items: 22, features: Some(&features), ..data(&sequences, &[]) };
    for loss in [Loss::Full, SAMPLED] {
        let config = SequenceConfig { id_dropout: 0.3, epochs: 20, loss, ..small() };
        let trainer = Trainer::new(data, config).unwrap();
        let model = trainer.run(&mut |_, _| ControlFlow::Continue(()));
        for (history, own, other) in [([2, 4, 6], 18, 19), ([3, 7, 5], 19, 18)] {
            let scores = super::serving::scores(&model, &history);
            assert!(scores[own] > scores[other] + 1.0, "{scores:?}");
        }
        let vectors: Vec<_> = model.item_vectors().chunks(small().width).collect();
        assert_eq!(vectors[18], vectors[20], "unseen items have more than their features");
    }
}

#[test]
fn nonsense_is_refused_with_what_to_do() {
    let sequences = vec![vec![1, 25]];
    let refused = Trainer::new(data(&sequences, &[]), small()).err().unwrap();
    let expected = SequenceError::UnknownItem { sequence: 0, item: 25, n_items: 20 };
    assert_eq!(refused, expected);
    let alone = vec![vec![1], vec![]];
    let refused = Trainer::new(data(&alone, &[]), small()).err();
    assert_eq!(refused, Some(SequenceError::NoSequences));
    let short = ItemFeatures { n_features: 2, rows: FeatureRows::Dense(vec![0.0; 5]) };
    let sequences = ten_sequences();
    let data = TrainingData { features: Some(&short), ..data(&sequences, &[]) };
    assert!(matches!(Trainer::new(data, small()).err(), Some(SequenceError::Features { .. })));
}
