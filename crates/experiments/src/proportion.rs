//! Proportions: the share of units with a yes.

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::distribution::normal_quantile;
use crate::summary::Moments;

/// A count of units with a yes, out of n.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Proportion {
    /// Units.
    pub n: u64,
    /// Units that did it, at most `n`.
    pub successes: u64,
}

impl Proportion {
    /// Share p, and variance p(1 − p).
    ///
    /// ```
    /// let share = experiments::proportion::Proportion { n: 28, successes: 14 };
    /// assert_eq!(share.moments().known().unwrap().variance, 0.25);
    /// ```
    pub fn moments(&self) -> Statistic<Moments> {
        if self.n < 2 {
            return Statistic::unknown("a variance needs at least two units");
        }
        if self.successes > self.n {
            return Statistic::unknown("there are more successes than units");
        }
        let share = self.successes as f64 / self.n as f64;
        Moments::checked(self.n, share, share * (1.0 - share))
    }

    /// Wilson's score interval of the share, right also near 0 and 1 (Wilson 1927).
    ///
    /// ```
    /// // statsmodels: proportion_confint(1, 20, alpha=0.05, method="wilson")
    /// let share = experiments::proportion::Proportion { n: 20, successes: 1 };
    /// let interval = share.wilson(0.05);
    /// let [low, high] = interval.known().unwrap();
    /// assert!((low - 0.00888145).abs() < 1e-8 && (high - 0.23613119).abs() < 1e-8);
    /// ```
    pub fn wilson(&self, alpha: f64) -> Statistic<[f64; 2]> {
        if self.n == 0 || self.successes > self.n {
            return Statistic::unknown("a share needs at least one unit");
        }
        let share = self.successes as f64 / self.n as f64;
        Statistic::Known(score_interval(share, self.n as f64, normal_quantile(1.0 - alpha / 2.0)))
    }
}

/// Wilson's score interval of a share of n things, for a critical value z.
pub(crate) fn score_interval(share: f64, n: f64, z: f64) -> [f64; 2] {
    let centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let spread = share * (1.0 - share) / n + z * z / (4.0 * n * n);
    let half_width = z * spread.sqrt() / (1.0 + z * z / n);
    [(centre - half_width).max(0.0), (centre + half_width).min(1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_successes_than_units_is_a_reason() {
        let impossible = Proportion { n: 5, successes: 6 };
        assert!(impossible.moments().known().is_none());
        assert!(impossible.wilson(0.05).known().is_none());
    }
}
