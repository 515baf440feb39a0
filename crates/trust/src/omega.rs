//! McDonald's omega: reliability of a sum of items that measure one thing, some better than others.

use domain::Statistic;
use faer::MatRef;

use crate::alpha::alpha;
use crate::cfa::Model;
use crate::cfa::estimate::{Fit, fit};

/// ω = (Σλ)² / ((Σλ)² + Σθ) from a one-factor maximum-likelihood fit (McDonald 1999, eq. 6.20).
///
/// Two items do not identify one factor; their loadings are then held equal, and ω equals α.
/// With a negative error variance there is no ω, and the reason says so.
///
/// ```
/// // scipy: one factor fitted by minimising log|S| + tr(R S^-1) with BFGS
/// let covariance = faer::mat![
///     [1.0, 0.5, 0.4, 0.45],
///     [0.5, 1.2, 0.55, 0.5],
///     [0.4, 0.55, 1.5, 0.35],
///     [0.45, 0.5, 0.35, 0.9],
/// ];
/// let omega = trust::omega::omega(covariance.as_ref());
/// assert!((omega.known().unwrap() - 0.7286772570017698).abs() < 1e-7);
/// ```
pub fn omega(covariance: MatRef<'_, f64>) -> Statistic<f64> {
    if covariance.nrows() < 3 {
        return alpha(covariance);
    }
    fitted(covariance).and_then(|fit| {
        let improper = (0..covariance.nrows()).any(|item| fit.uniqueness(item) < 0.0);
        if improper {
            return Statistic::unknown("the one-factor fit has a negative error variance");
        }
        of_fit(covariance, &fit)
    })
}

/// The same for a resample, where a negative error variance is an ordinary chance event: leaving
/// such resamples out would bend the interval.
pub(crate) fn omega_of_resample(covariance: MatRef<'_, f64>) -> Option<f64> {
    if covariance.nrows() < 3 {
        return alpha(covariance).known().copied();
    }
    let omega = fitted(covariance).and_then(|fit| of_fit(covariance, &fit));
    omega.known().copied()
}

fn fitted(covariance: MatRef<'_, f64>) -> Statistic<Fit> {
    fit(&Model::one_factor(covariance.nrows()), covariance)
}

fn of_fit(covariance: MatRef<'_, f64>, fit: &Fit) -> Statistic<f64> {
    let sd = |item: usize| covariance[(item, item)].sqrt();
    let items = 0..covariance.nrows();
    let loadings: f64 = items.clone().map(|item| fit.loading(item, 0) * sd(item)).sum();
    let errors: f64 = items.map(|item| fit.uniqueness(item) * covariance[(item, item)]).sum();
    let shared = loadings * loadings;
    Statistic::finite(shared / (shared + errors), "the items share nothing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equally_good_items_have_omega_equal_to_alpha() {
        let covariance = faer::Mat::from_fn(4, 4, |i, j| if i == j { 1.0 } else { 0.4 });
        let (omega, alpha) = (omega(covariance.as_ref()), alpha(covariance.as_ref()));
        assert!((omega.known().unwrap() - alpha.known().unwrap()).abs() < 1e-8);
    }

    #[test]
    fn two_items_share_their_loading() {
        let covariance = faer::mat![[1.0, 0.5], [0.5, 2.0]];
        assert_eq!(omega(covariance.as_ref()), alpha(covariance.as_ref()));
    }

    #[test]
    fn a_heywood_case_is_a_reason() {
        // r12 · r13 / r23 = 1.8: the first loading would exceed one.
        let covariance = faer::mat![[1.0, 0.6, 0.6], [0.6, 1.0, 0.2], [0.6, 0.2, 1.0]];
        let expected = Some("the one-factor fit has a negative error variance");
        assert_eq!(omega(covariance.as_ref()).reason(), expected);
    }
}
