//! How much of the model a surrogate keeps, measured on lists it was not fitted on.

use serde::{Deserialize, Serialize};

/// Fidelity on held-out shoppers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fidelity {
    /// Expected share of the model's first ten items, among everything that may be shown, that
    /// are in the tree's first ten; mean over shoppers.
    pub top_10_overlap: f64,
    /// Kendall's τ-b between model and tree over the items that the model ranks highest (100 of
    /// them); mean over shoppers.
    pub kendall_tau: f64,
    /// Held-out shoppers.
    pub n_shoppers: usize,
}

/// The share of `wanted` that a list of the `wanted.len()` highest predictions is expected to
/// hold, ties being settled at random: a tree gives many items one score. 0 where nothing is
/// wanted. `predictions`: one per candidate; `wanted`: positions of candidates.
///
/// ```
/// use explain::surrogate::expected_overlap;
/// // One of the two wanted is surely in; of three tied for the other place one is wanted.
/// let overlap = expected_overlap(&[0.9, 0.5, 0.5, 0.5, 0.1], &[0, 2]);
/// assert!((overlap - (1.0 + 1.0 / 3.0) / 2.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn expected_overlap(predictions: &[f32], wanted: &[usize]) -> f64 {
    let k = wanted.len();
    if k == 0 || predictions.len() < k {
        return 0.0;
    }
    let mut sorted = predictions.to_vec();
    let (_, &mut last, _) = sorted.select_nth_unstable_by(k - 1, |a, b| b.total_cmp(a));
    let n_above = predictions.iter().filter(|&&p| p > last).count();
    let n_tied = predictions.iter().filter(|&&p| p == last).count();
    let sure = wanted.iter().filter(|&&w| predictions[w] > last).count() as f64;
    let perhaps = wanted.iter().filter(|&&w| predictions[w] == last).count() as f64;
    (sure + perhaps * (k - n_above) as f64 / n_tied as f64) / k as f64
}
