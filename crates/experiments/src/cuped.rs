//! Variance reduction by a covariate measured before the experiment (Deng et al. 2013).

use domain::Statistic;

use crate::summary::{Moments, PairSummary};

/// One adjustment, shared by all arms so that it cannot favour one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adjustment {
    /// Slope of the metric on the covariate over all arms together.
    pub theta: f64,
    /// Mean of the covariate over all arms together; adjusted means stay on the metric's scale.
    pub covariate_mean: f64,
}

impl Adjustment {
    /// θ = cov(metric, covariate) / var(covariate) over all units of all arms.
    ///
    /// `first` of each summary is the metric, `second` the covariate.
    pub fn fit(arms: &[PairSummary]) -> Statistic<Self> {
        let merge = |all: PairSummary, arm: &PairSummary| all.merge(*arm);
        let all = arms.iter().fold(PairSummary::default(), merge);
        all.second().and_then(|covariate| {
            if covariate.variance <= 0.0 {
                return Statistic::unknown("the covariate is the same for every unit");
            }
            let theta = all.covariance() / covariate.variance;
            let too_large = "the metric and the covariate are too large to multiply";
            Statistic::finite(theta, too_large)
                .map(|theta| Self { theta, covariate_mean: covariate.mean })
        })
    }

    /// Moments of metric − θ · (covariate − its mean) in one arm.
    ///
    /// ```
    /// use experiments::{PairSummary, cuped::Adjustment};
    /// let pairs = [(2.0, 1.0), (3.0, 2.0), (5.0, 4.0), (4.0, 2.0), (7.0, 5.0), (6.0, 6.0)];
    /// let arms = [PairSummary::of(&pairs[..3]), PairSummary::of(&pairs[3..])];
    /// let adjustment = Adjustment::fit(&arms);
    /// let adjustment = adjustment.known().unwrap();
    /// // numpy: t = np.cov(y, x)[0, 1] / x.var(ddof=1); a = y - t * (x - x.mean())
    /// assert!((adjustment.theta - 0.8793103448275862).abs() < 1e-10);
    /// let moments = adjustment.apply(&arms[1]);
    /// let moments = moments.known().unwrap();
    /// assert!((moments.mean - 4.787356321839081).abs() < 1e-10);
    /// assert!((moments.variance - 0.9941537851763771).abs() < 1e-10);
    /// ```
    pub fn apply(&self, arm: &PairSummary) -> Statistic<Moments> {
        arm.first().and_then(|metric| {
            arm.second().and_then(|covariate| {
                let shift = self.theta * (covariate.mean - self.covariate_mean);
                let variance = metric.variance + self.theta * self.theta * covariate.variance
                    - 2.0 * self.theta * arm.covariance();
                // Rounding can leave less than nothing; a NaN stays a NaN.
                let variance = if variance < 0.0 { 0.0 } else { variance };
                Moments::checked(arm.n, metric.mean - shift, variance)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_covariate_is_a_reason_not_a_division_by_zero() {
        let arm = PairSummary::of(&[(1.0, 0.1), (2.0, 0.1), (4.0, 0.1)]);
        let expected = Some("the covariate is the same for every unit");
        assert_eq!(Adjustment::fit(&[arm]).reason(), expected);
    }

    #[test]
    fn a_perfect_covariate_leaves_only_the_effect() {
        let control: Vec<_> = (0..10).map(|i| (f64::from(i), f64::from(i))).collect();
        let arm = PairSummary::of(&control);
        let fitted = Adjustment::fit(&[arm, arm]);
        let moments = fitted.and_then(|adjustment| adjustment.apply(&arm));
        assert!(moments.known().unwrap().variance < 1e-9);
    }
}
