//! Budgets of the search: the ten best of 100,000 items of width 64 in at most 2 ms, of a million
//! in at most 15 ms, exactly, on one thread. Before the benches, the recall of the graph on a
//! million items is printed when `RECALL=1`, which takes minutes.
//!
//! Vectors are made like trained ones, not trained: clusters in 24 of 64 dimensions, a little noise
//! in all, lengths that differ as those of popular and rare items do.

#![expect(clippy::unwrap_used, reason = "a bench that cannot start has nothing to report")]

use std::time::Instant;

use divan::Bencher;
use nearest::{Approximate, Exact};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const WIDTH: usize = 64;
const RANK: usize = 24;
const CLUSTERS: usize = 300;

fn main() {
    if std::env::var_os("RECALL").is_some() {
        print_recall(1_000_000);
    }
    divan::main();
}

struct Maker {
    rng: ChaCha8Rng,
    /// (`RANK`, `WIDTH`)
    basis: Vec<f32>,
    /// (`CLUSTERS`, `RANK`)
    centres: Vec<f32>,
}

impl Maker {
    fn new() -> Self {
        let rng = ChaCha8Rng::seed_from_u64(1);
        let mut maker = Self { rng, basis: Vec::new(), centres: Vec::new() };
        let scale = (RANK as f32).powf(-0.5);
        maker.basis = (0..RANK * WIDTH).map(|_| scale * maker.normal()).collect();
        maker.centres = (0..CLUSTERS * RANK).map(|_| maker.normal()).collect();
        maker
    }

    /// Nearly normal: the sum of four uniforms.
    fn normal(&mut self) -> f32 {
        (0..4).map(|_| self.rng.random::<f32>() - 0.5).sum::<f32>() * 3.0_f32.sqrt()
    }

    fn vectors(&mut self, n: usize) -> Vec<f32> {
        (0..n).flat_map(|_| self.vector()).collect()
    }

    fn vector(&mut self) -> [f32; WIDTH] {
        let cluster = self.rng.random_range(0..CLUSTERS);
        let length = (0.3 * self.normal()).exp();
        let mut vector = [0.0; WIDTH];
        for r in 0..RANK {
            let along = self.centres[cluster * RANK + r] + 0.6 * self.normal();
            for (value, basis) in vector.iter_mut().zip(&self.basis[r * WIDTH..]) {
                *value += along * basis;
            }
        }
        vector.map(|value| length * (value + 0.2 * self.normal()))
    }
}

#[divan::bench(args = [100_000, 1_000_000])]
fn ten_best_exactly(bencher: Bencher<'_, '_>, n_items: usize) {
    let mut maker = Maker::new();
    let exact = Exact::new(maker.vectors(n_items), WIDTH).unwrap();
    bench_queries(bencher, &maker.vectors(64), |query| exact.top(query, 10, |_| false));
}

#[divan::bench(args = [20_000])]
fn ten_best_nearly(bencher: Bencher<'_, '_>, n_items: usize) {
    let mut maker = Maker::new();
    let graph = Approximate::new(maker.vectors(n_items), WIDTH).unwrap();
    bench_queries(bencher, &maker.vectors(64), |query| graph.top(query, 10, |_| false));
}

/// Another query each time.
fn bench_queries<R>(bencher: Bencher<'_, '_>, queries: &[f32], search: impl Fn(&[f32]) -> R) {
    let mut queries = queries.chunks_exact(WIDTH).cycle();
    bencher
        .with_inputs(|| queries.next().unwrap_or(&[]).to_vec())
        .bench_local_refs(|query| search(query));
}

fn print_recall(n_items: usize) {
    let mut maker = Maker::new();
    let (vectors, queries) = (maker.vectors(n_items), maker.vectors(200));
    let exact = Exact::new(&vectors, WIDTH).unwrap();
    let began = Instant::now();
    let graph = Approximate::new(&vectors, WIDTH).unwrap();
    println!("graph of {n_items} items built in {:.0} s", began.elapsed().as_secs_f64());
    let (mut n_found, mut seconds) = (0, 0.0);
    for query in queries.chunks_exact(WIDTH) {
        let began = Instant::now();
        let found = graph.top(query, 10, |_| false);
        seconds += began.elapsed().as_secs_f64();
        let best = exact.top(query, 10, |_| false);
        n_found += best.iter().filter(|best| found.contains(best)).count();
    }
    let n_queries = (queries.len() / WIDTH) as f64;
    println!(
        "recall@10 {:.4}, {:.2} ms a query",
        n_found as f64 / (10.0 * n_queries),
        1e3 * seconds / n_queries
    );
}
