//! p-values of several questions asked at once.

/// Holm's step-down p-values: for primary metrics, where no false alarm at all is wanted.
/// In the order given.
///
/// ```
/// // statsmodels: multipletests([.01, .04, .03, .005, .5], method="holm")[1]
/// let adjusted = experiments::multiple::holm(&[0.01, 0.04, 0.03, 0.005, 0.5]);
/// for (got, expected) in adjusted.iter().zip([0.04, 0.09, 0.09, 0.025, 0.5]) {
///     assert!((got - expected).abs() < 1e-12);
/// }
/// ```
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![1.0; p_values.len()];
    let mut highest = 0.0_f64;
    for (rank, index) in ascending(p_values).into_iter().enumerate() {
        let n_left = (p_values.len() - rank) as f64;
        highest = highest.max((p_values[index] * n_left).min(1.0));
        adjusted[index] = highest;
    }
    adjusted
}

/// Benjamini and Hochberg's step-up p-values: for exploratory metrics, where the share of false
/// alarms among all alarms is bounded. In the order given.
///
/// ```
/// // statsmodels: multipletests([.01, .04, .03, .005, .5], method="fdr_bh")[1]
/// let adjusted = experiments::multiple::benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.5]);
/// for (got, expected) in adjusted.iter().zip([0.025, 0.05, 0.05, 0.025, 0.5]) {
///     assert!((got - expected).abs() < 1e-12);
/// }
/// ```
#[must_use]
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut adjusted = vec![1.0; p_values.len()];
    let mut lowest = 1.0_f64;
    for (rank, index) in ascending(p_values).into_iter().enumerate().rev() {
        let factor = p_values.len() as f64 / (rank + 1) as f64;
        lowest = lowest.min(p_values[index] * factor);
        adjusted[index] = lowest;
    }
    adjusted
}

fn ascending(p_values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn holm_is_never_below_benjamini_hochberg_nor_that_below_the_p_value(
            p_values in prop::collection::vec(0.0..=1.0_f64, 0..20),
        ) {
            let (strict, mild) = (holm(&p_values), benjamini_hochberg(&p_values));
            for i in 0..p_values.len() {
                prop_assert!(p_values[i] <= mild[i] && mild[i] <= strict[i] && strict[i] <= 1.0);
            }
        }
    }
}
