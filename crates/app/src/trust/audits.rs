//! What can be checked without asking anybody: whether reasons are true, leak nothing, and whether
//! sellers and shoppers are treated evenly.

mod fairness;
mod safety;

use std::collections::BTreeMap;

use domain::{Statistic, Strength};
use serde::Serialize;

use super::Share;
use super::behaviour::{share, share_of};
use crate::seen::{Outcome, Seen, SeenItem};
use crate::{AppError, Shop};

pub use fairness::{Bucket, Fairness, Gap, Provider, Shown};
pub use safety::{Check, Safety};

/// What was checked.
#[derive(Debug, Clone, Serialize)]
pub struct Audits {
    /// Whether reasons are true, and as strong as they say.
    pub reliability: Reliability,
    /// Whether reasons give anybody away.
    pub safety: Safety,
    /// Whether sellers and shoppers are treated evenly.
    pub fairness: Fairness,
}

/// Whether reasons are true, and as strong as they say.
#[derive(Debug, Clone, Serialize)]
pub struct Reliability {
    /// Delivered claims that recompute to the same from the raw log.
    pub verified: Statistic<Share>,
    /// Claims that no longer recompute because somebody was erased; in neither number above.
    pub n_after_erasure: u64,
    /// By the strength that a reason states of itself.
    pub by_strength: BTreeMap<Strength, ToldStrength>,
    /// Whether stronger reasons account for more of the score, as they say.
    pub is_calibrated: Statistic<bool>,
}

/// Reasons that state one strength.
#[derive(Debug, Clone, Serialize)]
pub struct ToldStrength {
    /// How many were delivered.
    pub n: u64,
    /// Mean share of the score that they told, where they told one.
    pub mean_share_told: Statistic<f64>,
    /// Of those in view, followed.
    pub follow_through: Statistic<Share>,
    /// Of those in view, corrected.
    pub corrections: Statistic<Share>,
}

impl Shop {
    pub(super) fn audits(&self, seen: &Seen) -> Result<Audits, AppError> {
        Ok(Audits {
            reliability: self.reliability(seen)?,
            safety: self.safety()?,
            fairness: self.fairness(seen)?,
        })
    }

    fn reliability(&self, seen: &Seen) -> Result<Reliability, AppError> {
        let report = self.audit()?;
        let by_strength: BTreeMap<_, _> = [Strength::Weak, Strength::Moderate, Strength::Strong]
            .map(|strength| (strength, told(seen, strength)))
            .into();
        Ok(Reliability {
            verified: share(report.n_verified, report.n_verified + report.n_failed),
            n_after_erasure: report.n_after_erasure,
            is_calibrated: calibrated(&by_strength),
            by_strength,
        })
    }
}

fn told(seen: &Seen, strength: Strength) -> ToldStrength {
    let items = || {
        let items = seen.answers.iter().flat_map(|answer| &answer.items);
        items.filter(move |item| item.strength == Some(strength) && !item.planted)
    };
    let in_view = || items().filter(|item: &&SeenItem| item.outcome.exposed);
    let shares: Vec<f64> = items().filter_map(|item| item.told_share).collect();
    let mean = shares.iter().sum::<f64>() / shares.len() as f64;
    ToldStrength {
        n: items().count() as u64,
        mean_share_told: Statistic::finite(mean, "no reason of this strength told a share"),
        follow_through: share_of(in_view(), Outcome::followed),
        corrections: share_of(in_view(), Outcome::corrected),
    }
}

fn calibrated(by_strength: &BTreeMap<Strength, ToldStrength>) -> Statistic<bool> {
    let told = by_strength.values().filter_map(|told| told.mean_share_told.known().copied());
    let told: Vec<f64> = told.collect();
    if told.len() < 2 {
        return Statistic::unknown("reasons of two strengths are needed to compare");
    }
    Statistic::Known(told.windows(2).all(|pair| pair[0] <= pair[1]))
}
