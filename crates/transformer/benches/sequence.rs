//! The sequence signal's budgets: one history in at most 300 µs, and an epoch of a shop of 22,000
//! shoppers and 12,000 items in at most 6 s on two cores.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start has nothing to report")]

use divan::Bencher;
use divan::counter::ItemsCount;
use interactions::History;
use transformer::{Loss, SequenceConfig, SequenceModel, Trainer, TrainingData};

const N_ITEMS: usize = 12_101;

fn main() {
    divan::main();
}

/// Shoppers with 2 to 19 events (mean 6.5, as in a review shop), items by a fixed walk.
fn shoppers(n: usize) -> Vec<Vec<u32>> {
    let length = |s: usize| 2 + (s * 7919 % 18) * (s * 104_729 % 18) / 18;
    let item = |s: usize, t: usize| ((s * 31 + t * t * 977) * 2_654_435 % N_ITEMS) as u32;
    (0..n).map(|s| (0..length(s)).map(|t| item(s, t)).collect()).collect()
}

fn trainer(sequences: &[Vec<u32>], config: SequenceConfig) -> Trainer<'_> {
    let data =
        TrainingData { n_items: N_ITEMS, sequences, validation: &[], marks: None, features: None };
    Trainer::new(data, config).unwrap()
}

fn model(width: usize) -> SequenceModel {
    let config = SequenceConfig { width, hidden: width, ..SequenceConfig::default() };
    trainer(&shoppers(10), config).into_model()
}

fn long_history() -> History {
    History::newest_first((0..50).map(|t| (t * 241 % N_ITEMS as u32, 1.0)))
}

#[divan::bench(args = [64, 128])]
fn forward_of_50_events(bencher: Bencher<'_, '_>, width: usize) {
    let (model, history) = (model(width), long_history());
    bencher.bench(|| model.shopper_vectors(&[&history]));
}

#[divan::bench(args = [64, 128])]
fn scores_of_12101_items(bencher: Bencher<'_, '_>, width: usize) {
    let (model, history) = (model(width), long_history());
    let mut scores = vec![0.0; N_ITEMS];
    bencher.bench_local(|| model.add_scores_of_histories(&[&history], 1.0, &mut scores));
}

#[divan::bench]
fn leave_one_out_of_50_events(bencher: Bencher<'_, '_>) {
    let (model, history) = (model(64), long_history());
    bencher.bench(|| {
        let masked: Vec<_> = (0..history.len()).map(|at| history.without(&[at])).collect();
        let histories: Vec<_> = std::iter::once(&history).chain(&masked).collect();
        model.scores_of(&model.shopper_vectors(&histories), 7)
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn epoch_of_2000_shoppers_full_softmax(bencher: Bencher<'_, '_>) {
    bench_epoch(bencher, Loss::Full);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn epoch_of_2000_shoppers_1024_negatives(bencher: Bencher<'_, '_>) {
    bench_epoch(bencher, Loss::Sampled { negatives: 1024, popularity_power: 0.0 });
}

fn bench_epoch(bencher: Bencher<'_, '_>, loss: Loss) {
    let sequences = shoppers(2000);
    let config = SequenceConfig { loss, ..SequenceConfig::default() };
    let mut trainer = trainer(&sequences, config);
    let bencher = bencher.counter(ItemsCount::new(sequences.len()));
    bencher.bench_local(|| trainer.run_epoch());
}
