//! A claim: a statement about one recommended item that a deterministic checker can recompute.
//!
//! A claim is the only source of truth behind a text. Proposing, checking and phrasing claims is
//! the work of `explain`.

use domain::{ClaimId, HistoryRef, IngestId, ItemId, ModelVersion};
use serde::{Deserialize, Serialize};

use crate::Facts;

/// A statement about one recommended item, with everything needed to recompute it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Claim {
    /// Unique within the answer.
    pub claim_id: ClaimId,
    /// The recommended item it is about.
    pub item_id: ItemId,
    /// Kind and facts: `{"kind": …, "facts": {…}}`.
    #[serde(flatten)]
    pub facts: Facts,
    /// The history events and items it rests on.
    pub evidence: Vec<HistoryRef>,
    /// What had been ingested when it was made.
    pub as_of: AsOf,
    /// The model that ranked.
    pub model_version: ModelVersion,
    /// What its checker said.
    pub verdict: Verdict,
}

/// The state of the shop's data that a claim speaks of: the newest ingest id it may count.
/// Item versions carry ids of the same sequence, so this fixes the catalogue too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct AsOf(pub IngestId);

/// What a checker found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Recomputed, and the same.
    Verified,
    /// Recomputed, and different.
    Refuted,
    /// Could not be recomputed, or rests on too few shoppers.
    Unsupported,
}
