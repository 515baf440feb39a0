//! A reason: verified claims, and the sentences that state them.

use serde::{Deserialize, Serialize};

use domain::{ClaimId, Language, ReasonId};

use crate::Claim;

/// How the explanation was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// From catalogue, placement or counts alone.
    Rule,
    /// From what shoppers do together.
    Association,
    /// From re-running the model without part of the history.
    Counterfactual,
    /// From a simpler model fitted to the score.
    Surrogate,
    /// Phrased by a language model from verified claims.
    Llm,
}

/// How much of the positive score the claims account for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Little, or nothing: the reason says so.
    Weak,
    /// A fair part.
    Moderate,
    /// Most of it.
    Strong,
}

/// One sentence and the claims it states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sentence {
    /// What is read.
    pub text: String,
    /// The claims behind every fact in it; never empty.
    pub claim_ids: Vec<ClaimId>,
}

/// The language model that chose the words of a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WordedBy {
    /// Its name.
    pub model: String,
    /// The version of what it was asked by.
    pub prompt_version: String,
}

/// Why an item is shown: verified claims in order, phrased.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// Unique everywhere.
    pub reason_id: ReasonId,
    /// The sentences joined, for callers that show one line.
    pub text: String,
    /// The language of the text.
    pub lang: Language,
    /// How the explanation was found.
    pub method: Method,
    /// How much of the score it accounts for.
    pub strength: Strength,
    /// True when a language model chose the words.
    pub ai_generated: bool,
    /// Which one; missing where the words are the grammar's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worded_by: Option<WordedBy>,
    /// The sentences, each citing its claims.
    pub sentences: Vec<Sentence>,
    /// The claims; every one verified.
    pub claims: Vec<Claim>,
}
