//! How fast this machine multiplies matrices at best: what the speed of training is held against.

use std::hint::black_box;
use std::sync::Barrier;
use std::time::Instant;

use faer::Accum;

use crate::matrix::{mm, view, view_mut};

/// Rows and columns: large enough for the kernel to be at its best, small enough for the
/// second-level cache.
const SIZE: usize = 512;
const PRODUCTS: usize = 8;
/// The best of so many counts, because others may use the machine too.
const ROUNDS: usize = 12;

/// Floating-point operations per second of the one matrix product that training is made of, in
/// single precision, each of `n_threads` threads (at least one) on matrices of its own, as in
/// training. Takes some tenths of a second; compare with the operations that a training counts.
#[must_use]
pub fn gemm_peak(n_threads: usize) -> f64 {
    let n_threads = n_threads.max(1);
    let start = Barrier::new(n_threads);
    let operations = (n_threads * PRODUCTS * 2 * SIZE.pow(3)) as f64;
    let spans: Vec<Vec<Span>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(|| multiply(&start))).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let rate = |round: usize| {
        let began = spans.iter().map(|spans| spans[round].0).min();
        let ended = spans.iter().map(|spans| spans[round].1).max();
        let seconds = began.zip(ended).map(|(began, ended)| (ended - began).as_secs_f64());
        seconds.map_or(0.0, |seconds| operations / seconds)
    };
    (0..ROUNDS).map(rate).fold(0.0, f64::max)
}

/// When a thread began and ended its products of one round. Taken by the thread that works: one
/// that only watches may be let onto a processor long after the work began.
type Span = (Instant, Instant);

fn multiply(start: &Barrier) -> Vec<Span> {
    let left = vec![0.5_f32; SIZE * SIZE];
    let right = vec![0.25_f32; SIZE * SIZE];
    let mut into = vec![0.0_f32; SIZE * SIZE];
    let mut round = || {
        start.wait();
        let began = Instant::now();
        for _ in 0..PRODUCTS {
            mm(
                view_mut(&mut into, SIZE, SIZE),
                Accum::Replace,
                view(black_box(&left), SIZE, SIZE),
                view(black_box(&right), SIZE, SIZE),
                1.0,
            );
        }
        (began, Instant::now())
    };
    let spans = (0..ROUNDS).map(|_| round()).collect();
    black_box(into);
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peak_is_measured_on_any_number_of_threads() {
        for n_threads in [0, 1, 3] {
            let peak = gemm_peak(n_threads);
            assert!(peak.is_finite() && peak > 0.0, "{peak}");
        }
    }
}
