//! Cronbach's alpha: reliability of a sum of items that measure the same thing equally well.

use domain::Statistic;
use faer::MatRef;

/// α = k/(k − 1) · (1 − Σ item variances / variance of the sum) (Cronbach 1951), from a
/// covariance matrix of k ≥ 2 items. Negative values are possible and mean what they say.
///
/// ```
/// // numpy: 1.5 * (1 - trace(c) / c.sum()), pingouin.cronbach_alpha agrees
/// let covariance = faer::mat![[2.0, 1.4, 1.8], [1.4, 1.6, 1.4], [1.8, 1.4, 2.166_666_666_666_666_7]];
/// let alpha = trust::alpha::alpha(covariance.as_ref());
/// assert!((alpha.known().unwrap() - 0.9220489977728284).abs() < 1e-12);
/// ```
pub fn alpha(covariance: MatRef<'_, f64>) -> Statistic<f64> {
    let n_items = covariance.nrows();
    if n_items < 2 {
        return Statistic::unknown("a reliability needs two or more items");
    }
    let columns = 0..n_items;
    let total: f64 =
        columns.clone().map(|j| (0..n_items).map(|i| covariance[(i, j)]).sum::<f64>()).sum();
    let own: f64 = columns.map(|i| covariance[(i, i)]).sum();
    if own <= 0.0 {
        return Statistic::unknown("everyone answered alike");
    }
    if total <= 1e-12 * own {
        return Statistic::unknown(
            "the items cancel out; reverse those that are worded the other way",
        );
    }
    let k = n_items as f64;
    Statistic::Known(k / (k - 1.0) * (1.0 - own / total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_without_variance_or_that_cancel_out_are_reasons() {
        let still = faer::Mat::<f64>::zeros(3, 3);
        assert_eq!(alpha(still.as_ref()).reason(), Some("everyone answered alike"));
        let opposite = faer::mat![[1.0, -1.0], [-1.0, 1.0]];
        assert!(alpha(opposite.as_ref()).reason().unwrap().contains("reverse"));
    }

    #[test]
    fn the_same_item_twice_is_perfectly_reliable() {
        let twins = faer::mat![[2.0, 2.0], [2.0, 2.0]];
        assert_eq!(alpha(twins.as_ref()), Statistic::Known(1.0));
    }
}
