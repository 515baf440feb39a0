//! How sure a mean is: percentile intervals, and paired comparisons, by resampling shoppers.
//!
//! Source: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapters 13 and 15.
//! Resamples values per case instead of ranking again: a split gives one case per shopper, so that
//! a case is a shopper. At least 1000 resamples are drawn; fewer are too few for a 2.5 % tail.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::Metric;

/// How often to resample, and with which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// Number of resamples; below 1000 counts as 1000.
    pub n: usize,
    /// Seed; each resample has its own stream, so that threads change nothing.
    pub seed: u64,
}

impl Resampling {
    /// Computes one value per resample, in order.
    fn map<T: Send>(self, each: impl Fn(&mut ChaCha8Rng) -> T + Sync) -> Vec<T> {
        let streams = (0..self.n.max(1000) as u64).into_par_iter();
        let of_stream = |stream| {
            let mut random = ChaCha8Rng::seed_from_u64(self.seed);
            random.set_stream(stream);
            each(&mut random)
        };
        streams.map(of_stream).collect()
    }
}

/// A mean over cases and its 95 % percentile interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// Mean over cases.
    pub mean: f64,
    /// From the 2.5th to the 97.5th percentile of the resampled means.
    pub ci: [f64; 2],
}

/// The mean of each metric over the ranks of cases; `None` without cases.
///
/// One draw of cases serves every metric: it is counted per distinct rank, and each metric is read
/// off those counts. Cost: `n` resamples × (cases + distinct ranks × metrics).
#[must_use]
pub fn estimates(
    ranks: &[usize],
    metrics: &[Metric],
    resampling: Resampling,
) -> Option<Vec<Estimate>> {
    if ranks.is_empty() {
        return None;
    }
    let distinct = DistinctRanks::new(ranks);
    let values: Vec<Vec<f64>> = metrics.iter().map(|&metric| distinct.values(metric)).collect();
    let n = ranks.len() as f64;
    let means = |counts: &[u32]| -> Vec<f64> {
        let mean = |values: &Vec<f64>| {
            let terms = values.iter().zip(counts);
            terms.map(|(value, &count)| value * f64::from(count)).sum::<f64>() / n
        };
        values.iter().map(mean).collect()
    };
    let observed = means(&distinct.counts());
    let resampled = resampling.map(|random| means(&distinct.resampled(random)));
    let estimate = |(column, &mean): (usize, &f64)| Estimate {
        mean,
        ci: percentile_interval(resampled.iter().map(|row| row[column]).collect()),
    };
    Some(observed.iter().enumerate().map(estimate).collect())
}

/// Cases grouped by rank.
struct DistinctRanks {
    /// Each rank once.
    ranks: Vec<usize>,
    /// For each case, the position of its rank.
    group_of_case: Vec<u32>,
}

impl DistinctRanks {
    fn new(ranks: &[usize]) -> Self {
        let mut distinct = ranks.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let group: FxHashMap<usize, u32> = distinct.iter().copied().zip(0..).collect();
        Self { group_of_case: ranks.iter().map(|rank| group[rank]).collect(), ranks: distinct }
    }

    fn values(&self, metric: Metric) -> Vec<f64> {
        self.ranks.iter().map(|&rank| metric.of(rank)).collect()
    }

    fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.ranks.len()];
        for &group in &self.group_of_case {
            counts[group as usize] += 1;
        }
        counts
    }

    fn resampled(&self, random: &mut ChaCha8Rng) -> Vec<u32> {
        let mut counts = vec![0; self.ranks.len()];
        for _ in 0..self.group_of_case.len() {
            let case = random.random_range(0..self.group_of_case.len() as u32);
            counts[self.group_of_case[case as usize] as usize] += 1;
        }
        counts
    }
}

/// A difference of two rankers on the same cases.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairedDifference {
    /// Mean of a minus mean of b.
    pub difference: f64,
    /// Its 95 % percentile interval.
    pub ci: [f64; 2],
    /// Two-sided achieved significance level: twice the smaller share of resampled differences at
    /// or beyond zero. Never 0: with n resamples the least is 2 / (n + 1).
    pub p: f64,
}

/// Compares two rankers by their values on the same cases, resampling pairs. `None` without cases.
///
/// # Panics
/// When the slices differ in length: they must be values of the same cases in the same order.
#[must_use]
pub fn paired_bootstrap(a: &[f64], b: &[f64], resampling: Resampling) -> Option<PairedDifference> {
    assert_eq!(a.len(), b.len(), "values of the same cases in the same order");
    if a.is_empty() {
        return None;
    }
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    let n = differences.len();
    let resampled = resampling.map(|random| {
        let drawn = (0..n).map(|_| differences[random.random_range(0..n as u32) as usize]);
        drawn.sum::<f64>() / n as f64
    });
    let share = |n_beyond: usize| (n_beyond + 1) as f64 / (resampled.len() + 1) as f64;
    let below = share(resampled.iter().filter(|&&d| d <= 0.0).count());
    let above = share(resampled.iter().filter(|&&d| d >= 0.0).count());
    Some(PairedDifference {
        difference: differences.iter().sum::<f64>() / n as f64,
        p: (2.0 * below.min(above)).min(1.0),
        ci: percentile_interval(resampled),
    })
}

fn percentile_interval(mut values: Vec<f64>) -> [f64; 2] {
    values.sort_unstable_by(f64::total_cmp);
    [quantile(&values, 0.025), quantile(&values, 0.975)]
}

/// Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
fn quantile(sorted: &[f64], probability: f64) -> f64 {
    let place = (sorted.len() - 1) as f64 * probability;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests;
