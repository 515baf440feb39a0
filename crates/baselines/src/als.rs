//! ALS: matrix factorisation of implicit feedback by alternating least squares.
//!
//! Hu, Koren and Volinsky, "Collaborative filtering for implicit feedback datasets" (ICDM 2008),
//! with the conjugate gradients of Takács, Pilászy and Tikk (RecSys 2011) in place of one exact
//! solve per shopper. A history is folded in at test time (equation 4 of the former), so that
//! shoppers whom training never saw are ranked like any other.

use interactions::{History, Interactions, ItemIdx, Query};
use metrics::{EvaluationError, Ranker};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

mod solve;

use solve::{Entry, Gram, dot};

/// Constants of ALS.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlsConfig {
    /// Length of the factors, at least 1.
    pub n_factors: usize,
    /// λ: weight of the squared factors, positive.
    pub regularisation: f32,
    /// α: confidence in what was taken is 1 + α × how often.
    pub alpha: f32,
    /// Times that shoppers and items are solved for in turn.
    pub n_sweeps: usize,
    /// Conjugate-gradient steps per solve while training; 3 is enough, since each solve starts
    /// from the previous sweep's factors.
    pub n_steps: usize,
    /// Seed of the first item factors.
    pub seed: u64,
}

impl Default for AlsConfig {
    fn default() -> Self {
        Self { n_factors: 64, regularisation: 1.0, alpha: 10.0, n_sweeps: 15, n_steps: 3, seed: 1 }
    }
}

/// Fitted item factors.
#[derive(Debug, Clone, PartialEq)]
pub struct Als {
    config: AlsConfig,
    /// (item, factor), row by row.
    items: Vec<f32>,
    /// YᵀY + λI of the item factors.
    gram: Gram,
}

impl Als {
    /// Factorises how often each shopper took each item. The result does not depend on the number
    /// of threads.
    ///
    /// # Errors
    /// [`EvaluationError::BadConstant`] without factors or with a λ or α that is not positive.
    pub fn fit(train: &Interactions, config: AlsConfig) -> Result<Self, EvaluationError> {
        validate(config)?;
        let by_shopper = entries_by_shopper(train, config.alpha);
        let by_item = transposed(&by_shopper, train.n_items);
        let mut random = ChaCha8Rng::seed_from_u64(config.seed);
        let first = (0..train.n_items * config.n_factors).map(|_| random.random_range(-0.1..0.1));
        let mut items: Vec<f32> = first.collect();
        let mut shoppers = vec![0.0; by_shopper.len() * config.n_factors];
        for _ in 0..config.n_sweeps {
            solve_side(&mut shoppers, &by_shopper, &items, config);
            solve_side(&mut items, &by_item, &shoppers, config);
        }
        Ok(Self::of_items(items, config))
    }

    fn of_items(items: Vec<f32>, config: AlsConfig) -> Self {
        Self { gram: Gram::new(&items, config.n_factors, config.regularisation), config, items }
    }

    /// The factors of a shopper with this history, solved to convergence.
    fn folded_in(&self, history: &History) -> Vec<f32> {
        let items = history.events().iter().map(|event| event.item);
        let entries = entries(items, self.config.alpha);
        let mut factors = vec![0.0; self.config.n_factors];
        // Conjugate gradients are exact after as many steps as there are factors.
        self.gram.solve(&self.items, &entries, &mut factors, self.config.n_factors);
        factors
    }
}

fn validate(config: AlsConfig) -> Result<(), EvaluationError> {
    let bad = |setting, found, expected| {
        Err(EvaluationError::BadConstant { model: "als", setting, found, expected })
    };
    let is_positive = |value: f32| value > 0.0 && value.is_finite();
    if config.n_factors == 0 {
        return bad("n_factors", 0.0, "at least 1");
    }
    if !is_positive(config.regularisation) {
        let found = f64::from(config.regularisation);
        return bad("regularisation", found, "more than zero");
    }
    if !is_positive(config.alpha) {
        return bad("alpha", f64::from(config.alpha), "more than zero");
    }
    Ok(())
}

/// The items of a row and the confidence in each, in rising order of items.
fn entries(items: impl Iterator<Item = ItemIdx>, alpha: f32) -> Vec<Entry> {
    let mut n_taken: FxHashMap<ItemIdx, u32> = FxHashMap::default();
    for item in items {
        *n_taken.entry(item).or_default() += 1;
    }
    let entry = |(other, n)| Entry { other, extra: alpha * n as f32 };
    let mut entries: Vec<Entry> = n_taken.into_iter().map(entry).collect();
    entries.sort_unstable_by_key(|entry| entry.other);
    entries
}

fn entries_by_shopper(train: &Interactions, alpha: f32) -> Vec<Vec<Entry>> {
    let sequences = train.sequences.iter();
    sequences.map(|sequence| entries(sequence.iter().map(|event| event.item), alpha)).collect()
}

fn transposed(by_shopper: &[Vec<Entry>], n_items: usize) -> Vec<Vec<Entry>> {
    let mut by_item = vec![Vec::new(); n_items];
    for (shopper, entries) in (0..).zip(by_shopper) {
        for entry in entries {
            by_item[entry.other as usize].push(Entry { other: shopper, extra: entry.extra });
        }
    }
    by_item
}

/// Solves for every row of one side while the other side stays as it is.
fn solve_side(rows: &mut [f32], entries: &[Vec<Entry>], others: &[f32], config: AlsConfig) {
    let gram = Gram::new(others, config.n_factors, config.regularisation);
    rows.par_chunks_mut(config.n_factors)
        .zip(entries)
        .for_each(|(row, entries)| gram.solve(others, entries, row, config.n_steps));
}

impl Ranker for Als {
    fn name(&self) -> String {
        "als".to_owned()
    }

    fn score(&self, query: Query<'_>, scores: &mut Vec<f32>) {
        let shopper = self.folded_in(query.history);
        let items = self.items.chunks_exact(self.config.n_factors);
        scores.clear();
        scores.extend(items.map(|item| dot(item, &shopper)));
    }
}

#[cfg(test)]
mod tests;
