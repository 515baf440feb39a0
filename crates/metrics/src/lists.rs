//! Qualities of recommended lists beyond accuracy: coverage, concentration, popularity, novelty,
//! diversity.
//!
//! Responsible for the formulas over the lists of all cases of one row. The caller brings
//! the lists.

use interactions::{Interactions, ItemIdx};
use rayon::prelude::*;

/// How alike two items are, from 0 to 1; from vectors, categories or whatever the caller has.
pub type Similarity<'a> = &'a (dyn Fn(ItemIdx, ItemIdx) -> f32 + Sync);

/// The catalogue that lists are compared with, and the part of it that training saw.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Training events of each item.
    pub counts: Vec<u32>,
    /// Share of items with fewer training events, ties counted half, of each item.
    percentiles: Vec<f64>,
    /// All training events, plus one per item.
    smoothed_total: f64,
}

impl Catalogue {
    /// Counts training events.
    #[must_use]
    pub fn new(train: &Interactions) -> Self {
        let mut counts = vec![0u32; train.n_items];
        for event in train.sequences.iter().flatten() {
            counts[event.item as usize] += 1;
        }
        let percentiles = mid_ranks(&counts);
        let total: u64 = counts.iter().map(|&n| u64::from(n) + 1).sum();
        Self { counts, percentiles, smoothed_total: total as f64 }
    }

    /// Self-information of an item in bits, −log2 of its share of training events, with one event
    /// added to every item so that items never seen stay finite (Zhou et al., PNAS 2010; Vargas and
    /// Castells, RecSys 2011).
    fn surprise(&self, item: ItemIdx) -> f64 {
        let share = (f64::from(self.counts[item as usize]) + 1.0) / self.smoothed_total;
        -share.log2()
    }
}

fn mid_ranks(counts: &[u32]) -> Vec<f64> {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let mid_rank = |&count: &u32| {
        let n_below = sorted.partition_point(|&other| other < count);
        let n_up_to = sorted.partition_point(|&other| other <= count);
        (n_below + n_up_to) as f64 / 2.0 / sorted.len() as f64
    };
    counts.iter().map(mid_rank).collect()
}

/// Qualities of the lists of one row. A value that cannot be computed is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ListQuality {
    /// Share of the catalogue that is in any list.
    pub coverage: Option<f64>,
    /// Gini index of how often each item of the catalogue is listed: 0 = all equally often, near
    /// 1 = always the same few.
    pub gini: Option<f64>,
    /// Mean training events of listed items.
    pub popularity: Option<f64>,
    /// Mean popularity percentile of listed items, 0 to 1; 0.5 = as popular as the median item.
    pub popularity_percentile: Option<f64>,
    /// Mean over lists of 1 − mean similarity of pairs (Ziegler et al., WWW 2005). `None` without a
    /// similarity, or when no list has two items.
    pub diversity: Option<f64>,
    /// Mean self-information of listed items in bits.
    pub novelty: Option<f64>,
}

impl ListQuality {
    /// Looks at the lists of one row.
    #[must_use]
    pub fn of(
        lists: &[&[ItemIdx]],
        catalogue: &Catalogue,
        similarity: Option<Similarity<'_>>,
    ) -> Self {
        let mut n_listed = vec![0u64; catalogue.counts.len()];
        for &item in lists.iter().copied().flatten() {
            n_listed[item as usize] += 1;
        }
        let mean = |value: &dyn Fn(ItemIdx) -> f64| weighted_mean(&n_listed, value);
        let n_covered = n_listed.iter().filter(|&&n| n > 0).count();
        let some_listed = n_covered > 0;
        Self {
            coverage: some_listed.then(|| n_covered as f64 / n_listed.len() as f64),
            gini: some_listed.then(|| gini(&n_listed)),
            popularity: mean(&|item| f64::from(catalogue.counts[item as usize])),
            popularity_percentile: mean(&|item| catalogue.percentiles[item as usize]),
            diversity: similarity.and_then(|similarity| mean_diversity(lists, similarity)),
            novelty: mean(&|item| catalogue.surprise(item)),
        }
    }
}

fn weighted_mean(n_listed: &[u64], value: &dyn Fn(ItemIdx) -> f64) -> Option<f64> {
    let total: u64 = n_listed.iter().sum();
    let terms = (0..).zip(n_listed).filter(|&(_, &n)| n > 0);
    let sum: f64 = terms.map(|(item, &n)| value(item) * n as f64).sum();
    (total > 0).then(|| sum / total as f64)
}

/// Σ (2i − n − 1) x_i / (n Σ x) over x in rising order, i from 1.
fn gini(counts: &[u64]) -> f64 {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let n = sorted.len() as f64;
    let total: u64 = sorted.iter().sum();
    let terms = sorted.iter().enumerate();
    let weighted: f64 = terms.map(|(i, &x)| (2.0 * (i as f64 + 1.0) - n - 1.0) * x as f64).sum();
    weighted / (n * total as f64)
}

fn mean_diversity(lists: &[&[ItemIdx]], similarity: Similarity<'_>) -> Option<f64> {
    // Summed in the order of cases, whatever thread computed them.
    let of_lists: Vec<Option<f64>> =
        lists.par_iter().map(|list| diversity(list, similarity)).collect();
    let known: Vec<f64> = of_lists.into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

fn diversity(list: &[ItemIdx], similarity: Similarity<'_>) -> Option<f64> {
    let n_pairs = list.len() * list.len().saturating_sub(1) / 2;
    let pairs =
        list.iter().enumerate().flat_map(|(i, &a)| list[i + 1..].iter().map(move |&b| (a, b)));
    let total: f64 = pairs.map(|(a, b)| f64::from(similarity(a, b))).sum();
    (n_pairs > 0).then(|| 1.0 - total / n_pairs as f64)
}

#[cfg(test)]
mod tests;
