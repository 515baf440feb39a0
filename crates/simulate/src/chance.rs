//! Seeded chance: every draw of a simulated shop comes from here.
//!
//! Each stage, and each shopper within it, has a stream of its own, so that more shoppers do not
//! change the catalogue and a longer history of one shopper does not change the next one.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Stages of the simulation; each has its own streams of random numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stage {
    Catalogue = 1,
    Tastes = 2,
    Behaviour = 3,
    Reviews = 4,
    Minds = 5,
}

/// One stream of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of `stage` for its `n`-th subject.
    pub(crate) fn new(seed: u64, stage: Stage, n: usize) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(((stage as u64) << 32) | n as u64);
        Self(rng)
    }

    /// Uniform in [0, 1).
    pub(crate) fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// Uniform in [low, high).
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform whole number below `n`; 0 where `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// True with probability `p`.
    pub(crate) fn hit(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// Standard normal, by Box and Muller (1958).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Whole number from 0 with the given mean, geometrically distributed.
    pub(crate) fn geometric(&mut self, mean: f64) -> usize {
        if mean <= 0.0 {
            return 0;
        }
        let stay = mean / (1.0 + mean);
        ((1.0 - self.unit()).ln() / stay.ln()) as usize
    }

    /// One of `choices`, which must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// Index drawn in proportion to `weights`; `None` when nothing has weight.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> Option<usize> {
        let total: f64 = weights.iter().sum();
        let mut left = self.unit() * total;
        let mut last = None;
        for (i, weight) in weights.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            last = Some(i);
            left -= weight;
            if left < 0.0 {
                break;
            }
        }
        last
    }

    /// `n` distinct indices below `len`, in random order (all of them where `len` is smaller).
    pub(crate) fn distinct(&mut self, len: usize, n: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..len).collect();
        for i in 0..n.min(len) {
            let j = i + self.below(len - i);
            all.swap(i, j);
        }
        all.truncate(n);
        all
    }
}

/// The logistic function: log-odds to probability.
pub(crate) fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_by_seed_and_differ_by_subject() {
        let draw = |seed, n| Chance::new(seed, Stage::Tastes, n).unit();
        assert_eq!(draw(1, 0), draw(1, 0));
        assert_ne!(draw(1, 0), draw(1, 1));
        assert_ne!(draw(1, 0), draw(2, 0));
    }

    #[test]
    fn draws_have_the_means_they_are_named_for() {
        let mut chance = Chance::new(7, Stage::Tastes, 0);
        let mean = |f: &mut dyn FnMut() -> f64| (0..20_000).map(|_| f()).sum::<f64>() / 20_000.0;
        assert!((mean(&mut || chance.geometric(4.0) as f64) - 4.0).abs() < 0.2);
        assert!(mean(&mut || chance.normal()).abs() < 0.03);
        let heads = mean(&mut || chance.weighted(&[1.0, 0.0, 3.0]).map_or(0.0, |i| i as f64));
        assert!((heads - 1.5).abs() < 0.03);
        assert_eq!(chance.weighted(&[0.0]), None);
    }
}
