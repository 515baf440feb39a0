//! An experiment looked at again and again, from the mean and variance of both arms at each look.
//!
//! Reports the first look at which the interval that holds at every look excludes no difference. A
//! test for one look is read at the last look only.

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::compare::{Arm, Comparison, MetricKind, Settings, compare};
use crate::{ExperimentError, Moments};

/// Names of the two arms.
const CONTROL: &str = "control";
const TREATMENT: &str = "treatment";

/// Statistics of one arm at one look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// Units.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Their variance (divisor n − 1).
    pub variance: f64,
}

/// The comparison at every look, and the first conclusive one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Looks {
    /// Each look, in order.
    pub looks: Vec<Comparison>,
    /// The first look at which the interval of the difference that holds at every look lies on one
    /// side of zero, from 0; none where it never did.
    pub first_excluding_zero: Option<usize>,
}

impl Looks {
    /// Compares two arms at each look, in the order of the looks. `Settings::weights` counts for
    /// nothing here.
    ///
    /// # Errors
    /// [`ExperimentError::NoUnits`] without a look, or when the settings mean nothing.
    ///
    /// ```
    /// use experiments::{Settings, looks::{Known, Looks}};
    /// let of = |n: u64, sum: f64, squares: f64| {
    ///     let mean = sum / n as f64;
    ///     Known { n, mean, variance: (squares - sum * mean) / (n as f64 - 1.0) }
    /// };
    /// let look = [of(3407, 1396.87, 52377.9767), of(3461, 2422.7, 134698.29)];
    /// let looks = Looks::of(&[look], &Settings::default())?;
    /// let relative = looks.looks[0].relative.known().unwrap();
    /// assert!((relative.estimate - 0.70732).abs() < 5e-6 && (relative.se - 0.37879).abs() < 5e-6);
    /// # Ok::<(), experiments::ExperimentError>(())
    /// ```
    pub fn of(looks: &[[Known; 2]], settings: &Settings) -> Result<Self, ExperimentError> {
        if looks.is_empty() {
            return Err(ExperimentError::NoUnits);
        }
        let compared = looks.iter().map(|look| compared(look, settings));
        let looks = compared.collect::<Result<Vec<Comparison>, _>>()?;
        let first_excluding_zero = looks.iter().position(excludes_zero);
        Ok(Self { looks, first_excluding_zero })
    }

    /// The last look.
    #[must_use]
    pub fn last(&self) -> Option<&Comparison> {
        self.looks.last()
    }
}

fn compared(look: &[Known; 2], settings: &Settings) -> Result<Comparison, ExperimentError> {
    let arm = |name: &str, known: &Known| Arm {
        name: name.to_owned(),
        n_assigned: known.n,
        n: known.n,
        mean: Statistic::finite(known.mean, "the mean is not a number"),
        moments: Moments::given(known.n, known.mean, known.variance),
    };
    let arms = [arm(CONTROL, &look[0]), arm(TREATMENT, &look[1])];
    let report = compare("", MetricKind::Mean, &arms, CONTROL, settings)?;
    report.comparisons.into_iter().next().ok_or(ExperimentError::NoUnits)
}

fn excludes_zero(look: &Comparison) -> bool {
    let interval = look.sequential_absolute.known();
    interval.is_some_and(|found| !(found.ci[0]..=found.ci[1]).contains(&0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(n: u64, mean: f64) -> Known {
        Known { n, mean, variance: 1.0 }
    }

    #[test]
    fn the_first_look_that_excludes_zero_is_told_also_when_a_later_one_does_not() {
        let look = |n, difference| [known(n, 1.0), known(n, 1.0 + difference)];
        let looks = [look(100, 0.1), look(1_000, 0.3), look(4_000, 0.0)];
        let found = Looks::of(&looks, &Settings::default()).unwrap();
        assert_eq!(found.first_excluding_zero, Some(1));
        assert!(!excludes_zero(found.last().unwrap()));
    }

    #[test]
    fn a_look_that_cannot_be_computed_is_a_reason_and_the_others_count() {
        let looks = [[known(1, 1.0), known(1, 2.0)], [known(900, 1.0), known(900, 2.0)]];
        let found = Looks::of(&looks, &Settings::default()).unwrap();
        let expected = Some("a variance needs at least two units");
        assert_eq!(found.looks[0].absolute.reason(), expected);
        assert_eq!(found.first_excluding_zero, Some(1));
        assert_eq!(Looks::of(&[], &Settings::default()), Err(ExperimentError::NoUnits));
    }
}
