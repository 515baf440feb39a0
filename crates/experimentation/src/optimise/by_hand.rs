//! Models put into use and taken back by hand, each time with its reason in the journal.
//!
//! The loop never promotes without gate and trial; whoever runs the shop may, and has to say why.

use domain::{ModelVersion, Timestamp};
use serde::Serialize;

use super::challenger::JOURNAL;
use super::{Decision, TrialState};
use shop::{Shop, ShopError};
use training::train::Trained;

/// Longest reason, in bytes.
const LONGEST_WHY: usize = 2_000;

/// A model that was trained.
#[derive(Debug, Clone, Serialize)]
pub struct KeptModel {
    /// When its training ended.
    pub at: Timestamp,
    /// Whether it answers.
    pub is_current: bool,
    /// What was written down then.
    pub trained: Trained,
}

/// A decision about a model, and when it was taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecidedAt {
    /// When.
    pub at: Timestamp,
    /// The decision.
    pub decision: Decision,
}

/// Every model that is kept, newest first.
///
/// # Errors
/// What the store says, or that the report of a model cannot be read.
pub fn kept_models(shop: &Shop) -> Result<Vec<KeptModel>, ShopError> {
    let current = shop.models().current()?;
    let kept = |version: ModelVersion| {
        let trained = training::trained(shop, &version)?;
        Ok(KeptModel { at: made_at(&version), is_current: current == Some(version), trained })
    };
    shop.models().list()?.into_iter().rev().map(kept).collect()
}

/// Decisions about models with their times, newest first.
///
/// # Errors
/// What the store says, or that the journal is damaged.
pub fn journal(shop: &Shop, limit: usize) -> Result<Vec<DecidedAt>, ShopError> {
    let noted = shop.state().noted(JOURNAL, limit)?;
    let decisions = crate::optimise::challenger::decisions(shop, limit)?;
    let both = noted.iter().zip(decisions);
    Ok(both.map(|(noted, decision)| DecidedAt { at: noted.at, decision }).collect())
}

/// Puts a model into use. A trial that runs ends: for its challenger with the promotion, for
/// any other model without a finding.
///
/// # Errors
/// [`ShopError::BadRequest`] without a reason, or when the model is in use already;
/// [`ShopError::ModelGone`], [`ShopError::NoModel`], or what the store says.
pub fn promote(
    shop: &Shop,
    version: &ModelVersion,
    why: &str,
    now: Timestamp,
) -> Result<Decision, ShopError> {
    check(why)?;
    let champion = shop.models().current()?.ok_or(ShopError::NoModel)?;
    if champion == *version {
        let problem = format!("model {version} is in use already");
        return Err(ShopError::BadRequest { field: "model", problem });
    }
    if !shop.models().list()?.contains(version) {
        return Err(ShopError::ModelGone { version: version.clone() });
    }
    let last = crate::optimise::challenger::decisions(shop, 1)?.into_iter().next();
    if let Some(trial) = last.filter(|decision| decision.state == TrialState::OnTrial) {
        if trial.challenger == *version && trial.champion == champion {
            let decided = crate::optimise::challenger::end_trial(
                shop,
                trial,
                TrialState::Promoted,
                why,
                now,
            )?;
            return Ok(decided.decision.expect("an ended trial is a decision"));
        }
        let gone = format!("model {version} was put into use by hand");
        crate::optimise::challenger::end_trial(shop, trial, TrialState::Lost, &gone, now)?;
    }
    shop.models().set_current(version)?;
    let promoted = Decision {
        trial: 0,
        state: TrialState::Promoted,
        challenger: version.clone(),
        champion,
        why: why.to_owned(),
        gate: None,
    };
    crate::optimise::challenger::decide(shop, promoted, TrialState::Promoted, why, now)
}

/// Takes the last promotion back, with the reason in the journal.
///
/// # Errors
/// [`ShopError::BadRequest`] without a reason or where nothing was promoted,
/// [`ShopError::ModelGone`], or what the store says.
pub fn roll_back(shop: &Shop, why: &str, now: Timestamp) -> Result<Decision, ShopError> {
    check(why)?;
    super::challenger::roll_back(shop, why, now)
}

fn check(why: &str) -> Result<(), ShopError> {
    if why.trim().is_empty() || why.len() > LONGEST_WHY {
        let problem = "say why, in up to 2,000 bytes; it stays in the journal".to_owned();
        return Err(ShopError::BadRequest { field: "why", problem });
    }
    Ok(())
}

/// A version is `m` and a ULID; of any other name the time is not known.
fn made_at(version: &ModelVersion) -> Timestamp {
    let id: Option<domain::IngestId> =
        version.as_str().strip_prefix('m').and_then(|id| id.parse().ok());
    Timestamp(id.map_or(0, |id| i64::try_from(id.made_at_ms()).unwrap_or(0)))
}
