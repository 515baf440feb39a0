//! Percentile bootstrap intervals that repeat by seed, however many threads run.

use domain::Statistic;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// How to resample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bootstrap {
    /// How often.
    pub n_resamples: u32,
    /// The same seed gives the same interval.
    pub seed: u64,
    /// 1 − level of the interval.
    pub alpha: f64,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self { n_resamples: 2_000, seed: 1, alpha: 0.05 }
    }
}

/// Share of resamples that may fail before the interval is withheld.
const FAILURES_ALLOWED: f64 = 0.1;

impl Bootstrap {
    /// Percentile interval of `statistic` over resamples of `n_rows` rows, each given as indices
    /// (Efron & Tibshirani 1993, ch. 13; quantiles interpolated as R's type 7).
    ///
    /// Resamples without a value are dropped; above 10 % of them there is no interval.
    pub fn interval(
        &self,
        n_rows: usize,
        statistic: impl Fn(&[usize]) -> Option<f64> + Sync,
    ) -> Statistic<[f64; 2]> {
        if n_rows == 0 || self.n_resamples < 100 {
            return Statistic::unknown("an interval needs rows and at least 100 resamples");
        }
        if !(self.alpha > 0.0 && self.alpha < 1.0) {
            return Statistic::unknown("alpha must lie between 0 and 1");
        }
        let draws = (0..self.n_resamples).into_par_iter();
        let mut values: Vec<f64> = draws
            .filter_map(|draw| statistic(&self.resample(n_rows, draw)))
            .filter(|value| value.is_finite())
            .collect();
        let n_failed = f64::from(self.n_resamples) - values.len() as f64;
        if n_failed > FAILURES_ALLOWED * f64::from(self.n_resamples) {
            return Statistic::unknown(format!(
                "{n_failed} of {} resamples have no value",
                self.n_resamples
            ));
        }
        values.sort_by(f64::total_cmp);
        let ends = [self.alpha / 2.0, 1.0 - self.alpha / 2.0];
        Statistic::Known(ends.map(|probability| quantile(&values, probability)))
    }

    /// Each draw has its own random stream, so that the order of threads changes nothing.
    fn resample(&self, n_rows: usize, draw: u32) -> Vec<usize> {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(u64::from(draw));
        (0..n_rows).map(|_| random.random_range(0..n_rows)).collect()
    }
}

fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let position = probability * (sorted.len() - 1) as f64;
    let below = position.floor();
    let low = sorted[below as usize];
    let high = sorted[position.ceil() as usize];
    low + (position - below) * (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean_interval(bootstrap: Bootstrap) -> [f64; 2] {
        let mean = |rows: &[usize]| {
            let sum: f64 = rows.iter().map(|row| *row as f64).sum();
            Some(sum / rows.len() as f64)
        };
        *bootstrap.interval(100, mean).known().unwrap()
    }

    #[test]
    fn the_interval_of_a_mean_has_the_textbook_width_and_repeats_by_seed() {
        let [low, high] = mean_interval(Bootstrap::default());
        // 0..100 has the standard deviation 28.866, so 49.5 ± 1.96 · 2.8866.
        assert!((low - 43.84).abs() < 0.4 && (high - 55.16).abs() < 0.4, "{low} {high}");
        assert_eq!([low, high], mean_interval(Bootstrap::default()));
        let other = Bootstrap { seed: 2, ..Bootstrap::default() };
        assert_ne!([low, high], mean_interval(other));
    }

    #[test]
    fn too_many_failures_withhold_the_interval() {
        let bootstrap = Bootstrap::default();
        let failing = bootstrap.interval(10, |rows| (rows[0] > 4).then_some(1.0));
        assert!(failing.reason().unwrap().contains("resamples have no value"));
        assert!(bootstrap.interval(0, |_| Some(1.0)).known().is_none());
    }
}
