//! What can be checked without asking anybody: whether reasons are true, leak nothing, and whether
//! sellers and shoppers are treated evenly.

mod fairness;
mod safety;
mod strengths;

use std::collections::BTreeMap;

use claims::Strength;
use domain::Statistic;
use serde::Serialize;

use super::{
    Share,
    behaviour::{share, share_of},
};
use crate::outcomes::{Outcome, Outcomes};
use evaluation::faithfulness::ReplayedReason;
use shop::{Shop, ShopError};

pub use fairness::{Bucket, Fairness, Gap, ImpressionShare, Provider};
pub use safety::{Check, Safety, safety};

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

/// Shoppers whose lists of today are explained again, to see what becomes of items without what their
/// reasons rest on.
const REPLAYED: usize = 200;

/// Whether reasons are true, and as strong as they say.
#[derive(Debug, Clone, Serialize)]
pub struct Reliability {
    /// Delivered claims that recompute to the same from the raw log.
    pub verified: Statistic<Share>,
    /// Claims that no longer recompute because somebody was erased; in neither number above.
    pub n_after_erasure: u64,
    /// By the strength that a reason states of itself.
    pub by_strength: BTreeMap<Strength, ByStrength>,
    /// Whether the items of stronger reasons leave the list likelier without what these rest on.
    pub is_calibrated: Statistic<bool>,
}

/// Reasons that state one strength.
#[derive(Debug, Clone, Serialize)]
pub struct ByStrength {
    /// How many were delivered.
    pub n: u64,
    /// Of such reasons in lists of today, those whose item leaves the list once the events that the
    /// reason rests on are masked.
    pub leaves: Statistic<Share>,
    /// Of those in view, followed.
    pub follow_through: Statistic<Share>,
    /// Of those in view, corrected.
    pub corrections: Statistic<Share>,
}

pub(super) fn audits(shop: &Shop, outcomes: &Outcomes) -> Result<Audits, ShopError> {
    Ok(Audits {
        reliability: reliability(shop, outcomes)?,
        safety: crate::trust::audits::safety::safety(shop)?,
        fairness: crate::trust::audits::fairness::fairness(shop, outcomes)?,
    })
}

fn reliability(shop: &Shop, outcomes: &Outcomes) -> Result<Reliability, ShopError> {
    let report = audit::audit(shop)?;
    let replayed = evaluation::faithfulness::replayed_strengths(shop, REPLAYED)?;
    let told = |strength| (strength, told(outcomes, &replayed, strength));
    Ok(Reliability {
        verified: share(report.n_verified, report.n_verified + report.n_failed),
        n_after_erasure: report.n_after_erasure,
        by_strength: strengths::ALL.map(told).into(),
        is_calibrated: strengths::are_calibrated(&replayed),
    })
}

fn told(outcomes: &Outcomes, replayed: &[Vec<ReplayedReason>], strength: Strength) -> ByStrength {
    let items = || outcomes.items().filter(move |(_, item)| item.strength == Some(strength));
    let in_view = || items().filter(|(_, item)| item.outcome.exposed);
    ByStrength {
        n: items().count() as u64,
        leaves: strengths::leaves(replayed, strength),
        follow_through: share_of(in_view(), Outcome::followed),
        corrections: share_of(in_view(), Outcome::corrected),
    }
}
