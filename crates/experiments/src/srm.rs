//! Sample ratio mismatch: tests whether the arms got the planned shares.

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::distribution::chi_squared_upper;

/// The χ² test of the planned shares.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SampleRatio {
    /// Pearson's χ².
    pub chi2: f64,
    /// Arms − 1.
    pub df: u64,
    /// Below about .001 the assignment or the logging is broken, and no result can be trusted.
    pub p: f64,
}

/// Tests counts against planned weights (any positive numbers, in the order of the counts).
///
/// ```
/// // scipy: stats.chisquare([5050, 4950, 10300], f_exp=[5075, 5075, 10150])
/// let test = experiments::srm::test(&[5050, 4950, 10300], &[1.0, 1.0, 2.0]);
/// let test = test.known().unwrap();
/// assert!((test.chi2 - 5.41871921182266).abs() < 1e-9);
/// assert!((test.p - 0.06657943013915388).abs() < 1e-9);
/// ```
pub fn test(counts: &[u64], weights: &[f64]) -> Statistic<SampleRatio> {
    if counts.len() < 2 || counts.len() != weights.len() {
        return Statistic::unknown("a ratio needs two arms, and a planned weight for each");
    }
    if weights.iter().any(|weight| !(weight.is_finite() && *weight > 0.0)) {
        return Statistic::unknown("every planned weight must be above zero");
    }
    let n: u64 = counts.iter().sum();
    if n == 0 {
        return Statistic::unknown("there are no units");
    }
    let total: f64 = weights.iter().sum();
    let terms = counts.iter().zip(weights).map(|(count, weight)| {
        let expected = n as f64 * weight / total;
        (*count as f64 - expected).powi(2) / expected
    });
    let (chi2, df) = (terms.sum::<f64>(), counts.len() as u64 - 1);
    Statistic::finite(chi2, "the planned weights are too unequal").map(|chi2| SampleRatio {
        chi2,
        df,
        p: chi_squared_upper(chi2, df as f64),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_split_is_found_and_a_fair_one_is_not() {
        assert!(test(&[10_000, 10_600], &[1.0, 1.0]).known().unwrap().p < 0.001);
        assert!(test(&[10_000, 10_060], &[1.0, 1.0]).known().unwrap().p > 0.5);
    }

    #[test]
    fn no_arms_no_units_and_no_weights_are_reasons() {
        assert!(test(&[5], &[1.0]).known().is_none());
        assert!(test(&[0, 0], &[1.0, 1.0]).known().is_none());
        assert!(test(&[5, 5], &[1.0, 0.0]).known().is_none());
    }
}
