//! Over-trust: whether people accept seeded errors, and whether a variant looks better only because
//! they do.
//!
//! Works on seeded items and reasons whose truth is known. Rejecting a seeded error is the signal:
//! sensitivity d′ measures how well people tell wrong from right, the criterion how readily they
//! reject at all.

use domain::Statistic;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

/// Counts of accepted and shown seeded errors, and of accepted and shown right items or reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Trials {
    /// Seeded wrong items or reasons that were seen.
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

/// Treatment − control share of seeded errors accepted. Shoppers are the units: a shopper who
/// accepts ten errors counts once.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ErrorDifference {
    /// With an interval for this look alone.
    #[serde(rename = "error_acceptance")]
    pub now: Bounded,
    /// With an interval that holds however often one looks.
    #[serde(rename = "error_acceptance_at_every_look")]
    pub at_every_look: Bounded,
}

/// The ruling on a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// Trust is up, and acceptance of errors is not up by the margin or more.
    Wins,
    /// Acceptance of errors is up: whatever trust did, it was not earned.
    OverTrust,
    /// Acceptance of errors may be up by the margin or more: seed more errors before deciding.
    NotShownSafe,
    /// Safe, but trust is not shown to be up.
    NotBetter,
}

/// A ruling and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// The ruling.
    pub ruling: Ruling,
    /// Treatment − control share of seeded errors accepted.
    #[serde(flatten)]
    pub error_acceptance: ErrorDifference,
    /// Largest rise of acceptance that still counts as none.
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

    fn checked(&self) -> Statistic<Self> {
        if self.wrong_accepted > self.n_wrong || self.right_accepted > self.n_right {
            return Statistic::unknown("more were accepted than were seen");
        }
        Statistic::Known(*self)
    }
}

/// Judges a variant: it wins if its trust is up and its acceptance of errors is not (non-inferior
/// by less than `margin`). To win takes intervals that hold at every look. The alarm does not wait
/// for them, because a false alarm costs less than a late one.
///
/// `trust` is the treatment − control difference of the trust score, at every look.
pub fn judge(trust: &Bounded, errors: &ErrorDifference, margin: f64) -> Statistic<Judgement> {
    if !(margin > 0.0 && margin < 1.0) {
        return Statistic::unknown("the margin must lie between 0 and 1");
    }
    let ruling = if errors.now.ci[0] > 0.0 {
        Ruling::OverTrust
    } else if errors.at_every_look.ci[1] >= margin {
        Ruling::NotShownSafe
    } else if trust.ci[0] > 0.0 {
        Ruling::Wins
    } else {
        Ruling::NotBetter
    };
    Statistic::Known(Judgement { ruling, error_acceptance: *errors, margin })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MORE_TRUST: Bounded = Bounded { estimate: 4.0, ci: [1.0, 7.0] };
    const SAME_TRUST: Bounded = Bounded { estimate: 1.0, ci: [-2.0, 4.0] };

    fn ruling(trust: &Bounded, now: [f64; 2], at_every_look: [f64; 2]) -> Ruling {
        let bounded = |ci: [f64; 2]| Bounded { estimate: f64::midpoint(ci[0], ci[1]), ci };
        let errors = ErrorDifference { now: bounded(now), at_every_look: bounded(at_every_look) };
        judge(trust, &errors, 0.05).known().unwrap().ruling
    }

    #[test]
    fn more_trust_with_more_accepted_errors_never_wins() {
        assert_eq!(ruling(&MORE_TRUST, [0.01, 0.04], [-0.01, 0.04]), Ruling::OverTrust);
    }

    #[test]
    fn more_trust_with_too_few_planted_errors_does_not_win_yet() {
        assert_eq!(ruling(&MORE_TRUST, [-0.02, 0.04], [-0.04, 0.06]), Ruling::NotShownSafe);
    }

    #[test]
    fn more_trust_without_more_accepted_errors_wins() {
        assert_eq!(ruling(&MORE_TRUST, [-0.02, 0.02], [-0.03, 0.03]), Ruling::Wins);
        assert_eq!(ruling(&SAME_TRUST, [-0.02, 0.02], [-0.03, 0.03]), Ruling::NotBetter);
    }

    #[test]
    fn perfect_detection_stays_finite() {
        let perfect = Trials { n_wrong: 10, wrong_accepted: 0, n_right: 10, right_accepted: 10 };
        assert!(perfect.detection().known().unwrap().d_prime.is_finite());
    }

    #[test]
    fn nothing_planted_and_impossible_counts_are_reasons() {
        assert!(Trials::default().detection().known().is_none());
        let impossible = Trials { n_wrong: 10, wrong_accepted: 11, n_right: 9, right_accepted: 0 };
        assert!(impossible.detection().known().is_none());
        let none = Bounded { estimate: 0.0, ci: [0.0, 0.0] };
        let errors = ErrorDifference { now: none, at_every_look: none };
        assert!(judge(&MORE_TRUST, &errors, 0.0).known().is_none());
    }
}
