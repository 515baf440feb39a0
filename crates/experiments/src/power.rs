//! Power: the number of units an experiment needs, and the difference that a given number can find.
//!
//! Normal approximation of a two-sided test of two equal arms.

use domain::Statistic;

use crate::distribution::{normal_cdf, normal_quantile};

/// Variances of one unit in each arm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variances {
    /// Of the control.
    pub control: f64,
    /// Of the treatment.
    pub treatment: f64,
}

/// The accepted risks of error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levels {
    /// Chance of a false alarm.
    pub alpha: f64,
    /// Chance of finding a difference that is there.
    pub power: f64,
}

impl Default for Levels {
    fn default() -> Self {
        Self { alpha: 0.05, power: 0.8 }
    }
}

impl Variances {
    /// The same variance in both arms.
    #[must_use]
    pub fn equal(variance: f64) -> Self {
        Self { control: variance, treatment: variance }
    }

    /// Of two shares.
    #[must_use]
    pub fn of_shares(control: f64, treatment: f64) -> Self {
        Self { control: control * (1.0 - control), treatment: treatment * (1.0 - treatment) }
    }

    fn total(self) -> Statistic<f64> {
        let (sum, lower) = (self.control + self.treatment, self.control.min(self.treatment));
        if sum.is_finite() && lower >= 0.0 && sum > 0.0 {
            Statistic::Known(sum)
        } else {
            Statistic::unknown("the variances must be zero or more, and not both zero")
        }
    }
}

/// Returns the units that each arm needs to find `difference`:
/// (z₁₋α⁄₂ + z_power)² (σ²_C + σ²_T) / difference².
///
/// ```
/// use experiments::power::{Levels, Variances, units_per_arm};
/// // statsmodels: NormalIndPower().solve_power(.1, alpha=.05, power=.8) = 1569.77
/// let n = units_per_arm(Variances::equal(1.0), 0.1, Levels::default());
/// assert_eq!(n.known(), Some(&1570));
/// // By hand, shares .10 and .12: (1.95996 + .84162)² (.09 + .1056) / .02² = 3838.10
/// let n = units_per_arm(Variances::of_shares(0.1, 0.12), 0.02, Levels::default());
/// assert_eq!(n.known(), Some(&3839));
/// ```
pub fn units_per_arm(variances: Variances, difference: f64, levels: Levels) -> Statistic<u64> {
    if difference == 0.0 || !difference.is_finite() {
        return Statistic::unknown("no number of units finds a difference of zero");
    }
    let needed = standard_errors(levels).and_then(|standard_errors| {
        variances.total().map(|variance| {
            standard_errors * standard_errors * variance / (difference * difference)
        })
    });
    needed.and_then(|n| match n.ceil() {
        n if n < 1e18 => Statistic::Known((n as u64).max(2)),
        _ => Statistic::unknown("the difference is too small to plan for"),
    })
}

/// Returns the chance that a two-sided test at `alpha` finds `difference` with this many units per
/// arm.
///
/// ```
/// use experiments::power::{Variances, power};
/// // statsmodels: NormalIndPower().power(.1, 500, .05)
/// let chance = power(Variances::equal(1.0), 0.1, 500, 0.05);
/// assert!((chance.known().unwrap() - 0.3526080824447023).abs() < 1e-9);
/// ```
pub fn power(
    variances: Variances,
    difference: f64,
    units_per_arm: u64,
    alpha: f64,
) -> Statistic<f64> {
    if units_per_arm == 0 {
        return Statistic::unknown("an arm without units finds nothing");
    }
    let levels = Levels { alpha, power: 0.5 };
    standard_errors(levels).and_then(|critical| {
        variances.total().and_then(|variance| {
            let shift = difference.abs() / (variance / units_per_arm as f64).sqrt();
            let chance = normal_cdf(shift - critical) + normal_cdf(-shift - critical);
            Statistic::finite(chance, "the difference is not a number")
        })
    })
}

/// Returns the smallest difference that this many units per arm find at these levels.
///
/// ```
/// use experiments::power::{Levels, Variances, detectable};
/// // statsmodels: NormalIndPower().solve_power(None, nobs1=1000, alpha=.05, power=.8)
/// let difference = detectable(Variances::equal(1.0), 1000, Levels::default());
/// assert!((difference.known().unwrap() - 0.12529).abs() < 5e-6);
/// ```
pub fn detectable(variances: Variances, units_per_arm: u64, levels: Levels) -> Statistic<f64> {
    if units_per_arm == 0 {
        return Statistic::unknown("an arm without units finds nothing");
    }
    standard_errors(levels).and_then(|standard_errors| {
        variances.total().map(|variance| standard_errors * (variance / units_per_arm as f64).sqrt())
    })
}

/// The smallest rise of a share that this many units per arm find at these levels: as
/// [`units_per_arm`] has it for [`Variances::of_shares`], solved for the difference.
///
/// ```
/// use experiments::power::{Levels, detectable_share};
/// // The other way round as by hand above: shares .10 and .12 need 3838.10 units per arm.
/// let rise = detectable_share(0.1, 3839, Levels::default());
/// assert!((rise.known().unwrap() - 0.02).abs() < 5e-6);
/// ```
pub fn detectable_share(share: f64, units_per_arm: u64, levels: Levels) -> Statistic<f64> {
    if units_per_arm == 0 {
        return Statistic::unknown("an arm without units finds nothing");
    }
    if !(share > 0.0 && share < 1.0) {
        return Statistic::unknown("a share lies between 0 and 1");
    }
    standard_errors(levels).and_then(|standard_errors| {
        // d² n = r² (p (1 − p) + (p + d)(1 − p − d)): a quadratic equation in d.
        let squared = standard_errors * standard_errors;
        let (a, b) = (units_per_arm as f64 + squared, squared * (1.0 - 2.0 * share));
        let c = 2.0 * squared * share * (1.0 - share);
        let rise = (b + (b * b + 4.0 * a * c).sqrt()) / (2.0 * a);
        if share + rise > 1.0 {
            return Statistic::unknown(
                "with so few units not even a rise of the share to 1 would be found",
            );
        }
        Statistic::finite(rise, "the rise is not a number")
    })
}

/// z₁₋α⁄₂ + z_power: how many standard errors the difference must be.
fn standard_errors(levels: Levels) -> Statistic<f64> {
    let is_level = |level: f64| level > 0.0 && level < 1.0;
    if is_level(levels.alpha) && is_level(levels.power) {
        let critical = normal_quantile(1.0 - levels.alpha / 2.0);
        Statistic::Known(critical + normal_quantile(levels.power))
    } else {
        Statistic::unknown("alpha and power must lie between 0 and 1")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_planned_units_reach_the_planned_power_and_one_less_does_not() {
        let variances = Variances::of_shares(0.1, 0.13);
        let n = units_per_arm(variances, 0.03, Levels::default());
        let n = *n.known().unwrap();
        let reached = |n| *power(variances, 0.03, n, 0.05).known().unwrap();
        assert!(reached(n) >= 0.8 && reached(n - 1) < 0.8);
    }

    #[test]
    fn plans_that_mean_nothing_are_reasons() {
        let one = Variances::equal(1.0);
        assert!(units_per_arm(one, 0.0, Levels::default()).known().is_none());
        assert!(units_per_arm(Variances::equal(0.0), 1.0, Levels::default()).known().is_none());
        assert!(power(one, 0.1, 0, 0.05).known().is_none());
        assert!(power(one, 0.1, 10, 1.5).known().is_none());
        assert!(detectable(one, 0, Levels::default()).known().is_none());
        assert!(detectable_share(0.9, 3, Levels::default()).known().is_none());
        assert!(detectable_share(0.0, 100, Levels::default()).known().is_none());
    }
}
