//! Metrics that are a ratio of sums (clicks per view), whose unit is not the denominator.

use domain::Statistic;

use crate::summary::{Moments, PairSummary};

/// Ratio of sums R and its per-unit variance by the delta method:
/// (σ²_num − 2 R σ_num,den + R² σ²_den) / μ²_den (Deng et al. 2018, eq. 3).
///
/// `first` of the summary is the numerator.
///
/// ```
/// // numpy: r = y - R*x; r.var(ddof=1) / x.mean()**2, with R = y.sum() / x.sum()
/// let pairs = [(1.0, 2.0), (3.0, 4.0), (2.0, 5.0), (4.0, 4.0)];
/// let moments = experiments::ratio::moments(&experiments::PairSummary::of(&pairs));
/// let moments = moments.known().unwrap();
/// assert!((moments.mean - 2.0 / 3.0).abs() < 1e-12);
/// assert!((moments.variance - 0.08954732510288066).abs() < 1e-12);
/// ```
pub fn moments(pairs: &PairSummary) -> Statistic<Moments> {
    let denominator = pairs.second();
    let numerator = pairs.first();
    numerator.and_then(|numerator| {
        denominator.and_then(|denominator| {
            if denominator.mean == 0.0 {
                return Statistic::unknown("the denominators sum to zero");
            }
            let ratio = numerator.mean / denominator.mean;
            let residual = numerator.variance - 2.0 * ratio * pairs.covariance()
                + ratio * ratio * denominator.variance;
            let residual = if residual < 0.0 { 0.0 } else { residual };
            let variance = residual / (denominator.mean * denominator.mean);
            Moments::checked(pairs.n, ratio, variance)
        })
    })
}

/// Returns one value per unit; their mean is the ratio and their variance its delta-method
/// variance, so that methods for means (CUPED among them) work on ratios: R + (num − R · den) /
/// mean(den).
pub fn linearise(pairs: &[(f64, f64)]) -> Statistic<Vec<f64>> {
    let (numerators, denominators) =
        pairs.iter().fold((0.0, 0.0), |(a, b), (num, den)| (a + num, b + den));
    if denominators == 0.0 {
        return Statistic::unknown("the denominators sum to zero");
    }
    let ratio = numerators / denominators;
    let mean = denominators / pairs.len() as f64;
    let value = |(num, den): &(f64, f64)| ratio + (num - ratio * den) / mean;
    Statistic::Known(pairs.iter().map(value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIRS: [(f64, f64); 5] = [(1.0, 2.0), (3.0, 4.0), (2.0, 5.0), (4.0, 4.0), (0.0, 1.0)];

    #[test]
    fn linearised_units_have_the_moments_of_the_delta_method() {
        let by_sums = moments(&PairSummary::of(&PAIRS));
        let by_units = linearise(&PAIRS).and_then(|values| Moments::of(&values));
        let (by_sums, by_units) = (by_sums.known().unwrap(), by_units.known().unwrap());
        assert!((by_sums.mean - by_units.mean).abs() < 1e-12);
        assert!((by_sums.variance - by_units.variance).abs() < 1e-12);
    }

    #[test]
    fn denominators_that_sum_to_zero_are_a_reason() {
        let pairs = [(1.0, 1.0), (2.0, -1.0)];
        let expected = Some("the denominators sum to zero");
        assert_eq!(moments(&PairSummary::of(&pairs)).reason(), expected);
        assert_eq!(linearise(&pairs).reason(), expected);
    }
}
