//! Over-trust: do people accept what is wrong, and does a variant only look better because they do?
//!
//! Works on planted items and reasons whose truth is known. Rejecting a planted error is the
//! signal: sensitivity d′ says how well people tell wrong from right, the criterion how readily
//! they reject at all.

use domain::Statistic;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

/// What people did with planted errors and with what was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Trials {
    /// Planted wrong items or reasons that were seen.
    pub n_wrong: u64,
    /// Of those, accepted.
    pub wrong_accepted: u64,
    /// Right ones that were seen.
    pub n_right: u64,
    /// Of those, accepted.
    pub right_accepted: u64,
}

/// Signal detection.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Detection {
    /// z(rejections of wrong) − z(rejections of right): 0 is guessing.
    pub d_prime: f64,
    /// −½ (z + z): above 0 they accept readily, below 0 they reject readily.
    pub criterion: f64,
}

/// A number with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bounded {
    /// The number.
    pub estimate: f64,
    /// Lower and upper end.
    pub ci: [f64; 2],
}

/// What may be said of a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// Trust is up, and acceptance of errors is not up by the margin or more.
    Wins,
    /// Acceptance of errors is up: whatever trust did, it was not earned.
    OverTrust,
    /// Acceptance of errors may be up by the margin or more: plant more before deciding.
    NotShownSafe,
    /// Safe, but trust is not shown to be up.
    NotBetter,
}

/// A ruling and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The ruling.
    pub ruling: Ruling,
    /// Treatment − control share of planted errors accepted.
    pub error_acceptance: Bounded,
    /// How much more acceptance of errors would still count as none.
    pub margin: f64,
}

impl Trials {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            n_wrong: self.n_wrong + other.n_wrong,
            wrong_accepted: self.wrong_accepted + other.wrong_accepted,
            n_right: self.n_right + other.n_right,
            right_accepted: self.right_accepted + other.right_accepted,
        }
    }

    /// d′ and criterion with the log-linear correction (k + ½) / (n + 1), so that perfect scores
    /// stay finite (Hautus 1995).
    ///
    /// ```
    /// use trust::overtrust::Trials;
    /// let trials = Trials { n_wrong: 40, wrong_accepted: 5, n_right: 60, right_accepted: 54 };
    /// let detection = trials.detection();
    /// let detection = detection.known().unwrap();
    /// // scipy: norm.ppf(35.5 / 41) - norm.ppf(6.5 / 61), and minus half their sum
    /// assert!((detection.d_prime - 2.3520491193119706).abs() < 1e-9);
    /// assert!((detection.criterion - 0.06902167911807733).abs() < 1e-9);
    /// ```
    pub fn detection(&self) -> Statistic<Detection> {
        self.checked().and_then(|trials| {
            if trials.n_wrong == 0 || trials.n_right == 0 {
                return Statistic::unknown("d′ needs planted errors and right ones beside them");
            }
            let z = |accepted: u64, n: u64| {
                let rejected = (n - accepted) as f64;
                Normal::standard().inverse_cdf((rejected + 0.5) / (n as f64 + 1.0))
            };
            let hits = z(trials.wrong_accepted, trials.n_wrong);
            let false_alarms = z(trials.right_accepted, trials.n_right);
            Statistic::Known(Detection {
                d_prime: hits - false_alarms,
                criterion: -0.5 * (hits + false_alarms),
            })
        })
    }

    /// Share of planted errors that were accepted, with Wilson's interval.
    pub fn error_acceptance(&self, alpha: f64) -> Statistic<Bounded> {
        self.checked().and_then(|trials| {
            if trials.n_wrong == 0 {
                return Statistic::unknown("no planted error was seen");
            }
            let z = critical(alpha);
            z.map(|z| Bounded {
                estimate: trials.wrong_accepted as f64 / trials.n_wrong as f64,
                ci: wilson(trials.wrong_accepted, trials.n_wrong, z),
            })
        })
    }

    fn checked(&self) -> Statistic<Self> {
        if self.wrong_accepted > self.n_wrong || self.right_accepted > self.n_right {
            return Statistic::unknown("more were accepted than were seen");
        }
        Statistic::Known(*self)
    }
}

/// Treatment − control share of planted errors accepted, with Newcombe's hybrid score interval
/// (Newcombe 1998, method 10).
///
/// ```
/// use trust::overtrust::{Trials, error_difference};
/// let arm = |wrong_accepted| Trials { n_wrong: 100, wrong_accepted, ..Trials::default() };
/// // statsmodels: confint_proportions_2indep(12, 100, 10, 100, method="newcomb", compare="diff")
/// let difference = error_difference(&arm(10), &arm(12), 0.05);
/// let difference = difference.known().unwrap();
/// assert!((difference.ci[0] + 0.06961498317399598).abs() < 1e-9);
/// assert!((difference.ci[1] - 0.11004065700345766).abs() < 1e-9);
/// ```
pub fn error_difference(control: &Trials, treatment: &Trials, alpha: f64) -> Statistic<Bounded> {
    let (control, treatment) = (control.error_acceptance(alpha), treatment.error_acceptance(alpha));
    control.and_then(|c| {
        treatment.map(|t| {
            let estimate = t.estimate - c.estimate;
            let reach = |a: f64, b: f64| (a * a + b * b).sqrt();
            let down = reach(t.estimate - t.ci[0], c.ci[1] - c.estimate);
            let up = reach(t.ci[1] - t.estimate, c.estimate - c.ci[0]);
            Bounded { estimate, ci: [estimate - down, estimate + up] }
        })
    })
}

/// Whether a variant wins: its trust is up, and its acceptance of errors is not (non-inferior by
/// less than `margin`).
///
/// `trust` is the treatment − control difference of the trust score.
pub fn judge(
    trust: &Bounded,
    control: &Trials,
    treatment: &Trials,
    (margin, alpha): (f64, f64),
) -> Statistic<Judgement> {
    if !(margin > 0.0 && margin < 1.0) {
        return Statistic::unknown("the margin must lie between 0 and 1");
    }
    error_difference(control, treatment, alpha).map(|error_acceptance| {
        let [low, high] = error_acceptance.ci;
        let ruling = if low > 0.0 {
            Ruling::OverTrust
        } else if high >= margin {
            Ruling::NotShownSafe
        } else if trust.ci[0] > 0.0 {
            Ruling::Wins
        } else {
            Ruling::NotBetter
        };
        Judgement { ruling, error_acceptance, margin }
    })
}

fn critical(alpha: f64) -> Statistic<f64> {
    if alpha > 0.0 && alpha < 1.0 {
        Statistic::Known(Normal::standard().inverse_cdf(1.0 - alpha / 2.0))
    } else {
        Statistic::unknown("alpha must lie between 0 and 1")
    }
}

fn wilson(successes: u64, n: u64, z: f64) -> [f64; 2] {
    let (n, share) = (n as f64, successes as f64 / n as f64);
    let centre = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let spread = (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let half_width = z * spread / (1.0 + z * z / n);
    [(centre - half_width).max(0.0), (centre + half_width).min(1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    const MORE_TRUST: Bounded = Bounded { estimate: 4.0, ci: [1.0, 7.0] };
    const SAME_TRUST: Bounded = Bounded { estimate: 1.0, ci: [-2.0, 4.0] };

    fn arm(wrong_accepted: u64, n_wrong: u64) -> Trials {
        Trials { n_wrong, wrong_accepted, n_right: 100, right_accepted: 90 }
    }

    fn ruling(trust: &Bounded, control: Trials, treatment: Trials) -> Ruling {
        let judgement = judge(trust, &control, &treatment, (0.05, 0.05));
        judgement.known().unwrap().ruling
    }

    #[test]
    fn more_trust_with_more_accepted_errors_never_wins() {
        let ruled = ruling(&MORE_TRUST, arm(100, 1_000), arm(200, 1_000));
        assert_eq!(ruled, Ruling::OverTrust);
    }

    #[test]
    fn more_trust_with_too_few_planted_errors_does_not_win_yet() {
        assert_eq!(ruling(&MORE_TRUST, arm(2, 20), arm(2, 20)), Ruling::NotShownSafe);
    }

    #[test]
    fn more_trust_without_more_accepted_errors_wins() {
        assert_eq!(ruling(&MORE_TRUST, arm(100, 1_000), arm(95, 1_000)), Ruling::Wins);
        assert_eq!(ruling(&SAME_TRUST, arm(100, 1_000), arm(95, 1_000)), Ruling::NotBetter);
    }

    #[test]
    fn perfect_detection_stays_finite() {
        let perfect = Trials { n_wrong: 10, wrong_accepted: 0, n_right: 10, right_accepted: 10 };
        assert!(perfect.detection().known().unwrap().d_prime.is_finite());
    }

    #[test]
    fn nothing_planted_and_impossible_counts_are_reasons() {
        let none = Trials::default();
        assert!(none.detection().known().is_none());
        assert!(judge(&MORE_TRUST, &none, &arm(1, 10), (0.05, 0.05)).known().is_none());
        assert!(arm(11, 10).error_acceptance(0.05).known().is_none());
        assert!(judge(&MORE_TRUST, &arm(1, 9), &arm(1, 9), (0.0, 0.05)).known().is_none());
    }
}
