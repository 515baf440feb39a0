//! The cost of an evaluation per case: ranking a target and listing the first ten among 12,000
//! items, and the intervals over 20,000 cases.

use divan::{Bencher, black_box};
use metrics::bootstrap::estimates;
use metrics::{Candidates, Excluded, Metric, Resampling, rank};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn main() {
    divan::main();
}

fn scores() -> Vec<f32> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    (0..12_000).map(|_| random.random_range(0.0..1.0)).collect()
}

#[divan::bench]
fn rank_of_target(bencher: Bencher) {
    let (scores, excluded) = (scores(), Excluded::new(0..9));
    let candidates = Candidates { scores: &scores, excluded: &excluded, salt: rank::salt(1, 1) };
    bencher.bench(|| black_box(candidates).rank_of(6_000));
}

#[divan::bench]
fn first_ten(bencher: Bencher) {
    let (scores, excluded) = (scores(), Excluded::new(0..9));
    let candidates = Candidates { scores: &scores, excluded: &excluded, salt: rank::salt(1, 1) };
    bencher.bench(|| black_box(candidates).top(10));
}

/// Most items tied at zero, as neighbourhood methods leave them.
#[divan::bench]
fn rank_among_ties(bencher: Bencher) {
    let (mut scores, excluded) = (scores(), Excluded::new(0..9));
    for score in &mut scores[100..] {
        *score = 0.0;
    }
    let candidates = Candidates { scores: &scores, excluded: &excluded, salt: rank::salt(1, 1) };
    bencher.bench(|| black_box(candidates).rank_of(6_000));
}

#[divan::bench(sample_count = 10)]
fn intervals_of_one_row(bencher: Bencher) {
    let mut random = ChaCha8Rng::seed_from_u64(2);
    let ranks: Vec<usize> = (0..20_000).map(|_| random.random_range(1..12_000)).collect();
    let metrics = Metric::all(&[5, 10, 20]);
    let resampling = Resampling { n: 1000, seed: 1 };
    bencher.bench(|| estimates(black_box(&ranks), &metrics, resampling));
}
