//! The difference between two arms, and the form in which every test reports it.

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::summary::Moments;

/// How a difference is expressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Treatment − control, in the metric's units.
    Absolute,
    /// (Treatment − control) / control.
    Relative,
}

/// A difference with its standard error; what the tests turn into intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The difference.
    pub estimate: f64,
    /// Its standard error, above zero.
    pub se: f64,
    /// Welch–Satterthwaite degrees of freedom.
    pub degrees_of_freedom: f64,
    /// Units of both arms.
    pub n_total: u64,
}

/// A difference with its interval and p-value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The difference.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Lower and upper end.
    pub ci: [f64; 2],
    /// Two-sided p-value of no difference.
    pub p: f64,
}

impl Estimate {
    /// Known if every number is finite: extreme means can carry an interval beyond all numbers.
    pub(crate) fn checked(self) -> Statistic<Self> {
        let Self { estimate, se, ci, p } = self;
        if [estimate, se, ci[0], ci[1], p].iter().all(|number| number.is_finite()) {
            Statistic::Known(self)
        } else {
            Statistic::unknown("the interval is too wide to be written as numbers")
        }
    }
}

impl Effect {
    /// The difference between two arms.
    ///
    /// The relative one has the delta-method variance σ²_C μ²_T / (μ⁴_C n_C) + σ²_T / (μ²_C n_T);
    /// it is unknown unless the control mean is above zero, because otherwise its sign misleads.
    ///
    /// ```
    /// use experiments::{Effect, Scale, Summary};
    /// let a = Summary { n: 3407, sum: 1396.87, sum_of_squares: 52377.9767 }.moments();
    /// let b = Summary { n: 3461, sum: 2422.7, sum_of_squares: 134698.29 }.moments();
    /// let effect = Effect::between(a.known().unwrap(), b.known().unwrap(), Scale::Relative);
    /// let effect = effect.known().unwrap();
    /// assert!((effect.estimate - 0.70732).abs() < 5e-6);
    /// assert!((effect.se - 0.37879).abs() < 5e-6);
    /// ```
    pub fn between(control: &Moments, treatment: &Moments, scale: Scale) -> Statistic<Self> {
        if control.n < 2 || treatment.n < 2 {
            return Statistic::unknown("each arm needs at least two units");
        }
        let (mean, squared_error) = match scale {
            Scale::Absolute => {
                (treatment.mean - control.mean, control.squared_error() + treatment.squared_error())
            }
            Scale::Relative if control.mean > 0.0 => (
                treatment.mean / control.mean - 1.0,
                control.squared_error() * treatment.mean.powi(2) / control.mean.powi(4)
                    + treatment.squared_error() / control.mean.powi(2),
            ),
            Scale::Relative => {
                return Statistic::unknown("a relative change needs a control mean above zero");
            }
        };
        if squared_error <= 0.0 {
            return Statistic::unknown(
                "no unit differs from another, so there is no error to weigh by",
            );
        }
        let effect = Self {
            estimate: mean,
            se: squared_error.sqrt(),
            degrees_of_freedom: degrees_of_freedom(control, treatment),
            n_total: control.n + treatment.n,
        };
        if effect.estimate.is_finite() && effect.se.is_finite() && effect.se > 0.0 {
            Statistic::Known(effect)
        } else {
            Statistic::unknown("the means are too large or too close to zero to compare")
        }
    }
}

/// Welch–Satterthwaite.
fn degrees_of_freedom(control: &Moments, treatment: &Moments) -> f64 {
    let part = |arm: &Moments| arm.squared_error().powi(2) / (arm.n as f64 - 1.0);
    let whole = (control.squared_error() + treatment.squared_error()).powi(2);
    let degrees = whole / (part(control) + part(treatment));
    // Squares of tiny errors can vanish; the smaller arm's own freedom is then the safe answer.
    if degrees.is_finite() && degrees > 0.0 {
        degrees
    } else {
        control.n.min(treatment.n) as f64 - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arm(mean: f64, variance: f64) -> Moments {
        Moments { n: 10, mean, variance }
    }

    #[test]
    fn a_relative_change_from_nothing_is_a_reason() {
        for mean in [0.0, -2.0] {
            let relative = Effect::between(&arm(mean, 1.0), &arm(1.0, 1.0), Scale::Relative);
            let expected = Some("a relative change needs a control mean above zero");
            assert_eq!(relative.reason(), expected);
        }
        let absolute = Effect::between(&arm(0.0, 1.0), &arm(1.0, 1.0), Scale::Absolute);
        assert_eq!(absolute.known().unwrap().estimate, 1.0);
    }

    #[test]
    fn arms_without_variation_are_a_reason_not_an_infinite_t() {
        let effect = Effect::between(&arm(1.0, 0.0), &arm(2.0, 0.0), Scale::Absolute);
        assert!(effect.reason().unwrap().contains("no unit differs"));
    }
}
