//! Paths with a budget: scoring one shopper while they wait, and fitting a middling shop.

use divan::{Bencher, black_box};
use domain::{EventKind, EventTime, ItemId};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use signals::{
    Constants, History, Interaction, Interactions, ItemText, Model, Query, TrainingData,
};

const N_ITEMS: usize = 12_000;

fn main() {
    divan::main();
}

/// Shoppers who mostly stay near where they are in a long shelf, with titles that say where.
fn simulated(n_events: usize) -> TrainingData {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut sequences = Vec::new();
    for _ in 0..n_events / 9 {
        let mut item = rng.random_range(0..N_ITEMS as i64);
        let walk = (0..9).map(|step| {
            item = (item + rng.random_range(-30..40)).rem_euclid(N_ITEMS as i64);
            Interaction::new(item as u32, EventKind::Purchase, 1.0, EventTime::Ordinal(step))
        });
        sequences.push(walk.collect());
    }
    let title = |item: usize| {
        let words = (0..8).map(|word| format!("w{}", (item + word * 7919) / (word + 1) % 900));
        ItemText { title: vec![words.collect::<Vec<_>>().join(" ")], ..ItemText::default() }
    };
    TrainingData {
        items: (0..N_ITEMS)
            .map(|n| ItemId::new(n.to_string()).expect("a number is an id"))
            .collect(),
        texts: (0..N_ITEMS).map(title).collect(),
        interactions: Interactions::new(N_ITEMS, sequences),
        ..TrainingData::default()
    }
}

#[divan::bench(args = [10, 50])]
fn score_one_shopper(bencher: Bencher, n_events: u32) {
    let model = Model::fit_with(&simulated(200_000), &Constants::default()).expect("valid data");
    let history = History::newest_first((0..n_events).map(|n| (n * 97 % N_ITEMS as u32, 1.0)));
    let mut scores = Vec::new();
    bencher.bench_local(|| model.score(Query::of(black_box(&history)), &mut scores));
}

#[divan::bench(sample_count = 5)]
fn fit_with_known_constants(bencher: Bencher) {
    let data = simulated(200_000);
    bencher.bench_local(|| Model::fit_with(black_box(&data), &Constants::default()));
}
