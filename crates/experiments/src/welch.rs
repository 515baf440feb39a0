//! Welch's t-test: two arms, unequal variances, looked at once, at the planned end.

use crate::distribution::{t_quantile, t_two_sided};
use crate::effect::{Effect, Estimate};

/// Interval at level 1 − `alpha` and two-sided p-value.
///
/// ```
/// use experiments::{Effect, Scale, proportion::Proportion, welch};
/// let control = Proportion { n: 28, successes: 14 }.moments();
/// let treatment = Proportion { n: 30, successes: 16 }.moments();
/// let (control, treatment) = (control.known().unwrap(), treatment.known().unwrap());
/// let effect = Effect::between(control, treatment, Scale::Relative);
/// let test = welch::test(effect.known().unwrap(), 0.05);
/// assert!((test.estimate - 0.06667).abs() < 5e-6);
/// assert!((test.ci[0] + 0.47767).abs() < 5e-6 && (test.ci[1] - 0.61101).abs() < 5e-6);
/// assert!((test.p - 0.80707).abs() < 5e-6);
/// ```
#[must_use]
pub fn test(effect: &Effect, alpha: f64) -> Estimate {
    let degrees = effect.degrees_of_freedom;
    let half_width = effect.se * t_quantile(1.0 - alpha / 2.0, degrees);
    Estimate {
        estimate: effect.estimate,
        se: effect.se,
        ci: [effect.estimate - half_width, effect.estimate + half_width],
        p: t_two_sided(effect.estimate / effect.se, degrees),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Effect, Moments, Scale};

    #[test]
    fn a_small_unequal_sample_agrees_with_scipy() {
        // scipy.stats.ttest_ind([1, 2, 3, 4, 9], [2, 5, 7, 8.5], equal_var=False)
        let control = Moments::of(&[1.0, 2.0, 3.0, 4.0, 9.0]);
        let treatment = Moments::of(&[2.0, 5.0, 7.0, 8.5]);
        let (control, treatment) = (control.known().unwrap(), treatment.known().unwrap());
        let effect = Effect::between(control, treatment, Scale::Absolute);
        let test = super::test(effect.known().unwrap(), 0.05);
        assert!((test.p - 0.387_663_407_505_249_14).abs() < 1e-9, "{}", test.p);
        assert!((test.ci[0] + 2.875_429_719_240_582).abs() < 1e-8, "{:?}", test.ci);
        assert!((test.ci[1] - 6.525_429_719_240_582).abs() < 1e-8, "{:?}", test.ci);
    }
}
