//! What shoppers said of reasons, as it is kept, and what it says of them: which events teach nothing,
//! and which kinds of claims they find helpful.

mod rejected;

use std::collections::BTreeMap;

use domain::{FeedbackKind, ItemId};
use serde::{Deserialize, Serialize};
use store::{StoreError, StoredFeedback};

pub use rejected::Rejected;

/// How much a kind's weight may move away from 1.
const MOST_MOVED: f64 = 0.5;

/// Judgments that count as much as what is believed before any.
const PRIOR_JUDGMENTS: f64 = 4.0;

/// What is written beside feedback, so that learning from it needs no answer to be read again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Detail {
    /// Where the item stood.
    pub rank: u32,
    /// Kinds of the claims that its reason told.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// History items that those claims rest on.
    #[serde(default)]
    pub rests_on: Vec<ItemId>,
    /// Whether item or reason was planted wrong on purpose.
    #[serde(default)]
    pub planted: bool,
    /// Whether a correction does what is asked: then this only counts, and taking the correction
    /// back restores everything.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub corrected: bool,
}

impl Detail {
    /// Reads what was kept beside a judgment of a reason.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]: what cannot be read may forbid a use, so that nothing is answered
    /// as if it had not been said.
    pub fn of(feedback: &StoredFeedback) -> Result<Self, StoreError> {
        serde_json::from_str(&feedback.detail).map_err(|e| StoreError::Corrupt {
            what: "feedback",
            detail: format!("{}: {e}", feedback.id),
        })
    }
}

/// How much each kind of claim should weigh for a shopper, by what they said of reasons: around 1.
///
/// # Errors
/// [`StoreError::Corrupt`] where something that they said cannot be read.
pub fn preferred(feedback: &[StoredFeedback]) -> Result<BTreeMap<String, f64>, StoreError> {
    let mut judged: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for one in feedback {
        let helped = match one.kind {
            FeedbackKind::Helpful => 1.0,
            FeedbackKind::Wrong | FeedbackKind::Unclear | FeedbackKind::DontUse => 0.0,
            _ => continue,
        };
        let detail = Detail::of(one)?;
        for kind in detail.kinds.into_iter().filter(|_| !detail.planted && !detail.corrected) {
            let (n, n_helped) = judged.entry(kind).or_default();
            (*n, *n_helped) = (*n + 1.0, *n_helped + helped);
        }
    }
    let weight = |(n, n_helped): (f64, f64)| {
        let moved = (2.0 * n_helped + PRIOR_JUDGMENTS) / (n + PRIOR_JUDGMENTS) - 1.0;
        1.0 + moved.clamp(-MOST_MOVED, MOST_MOVED)
    };
    Ok(judged.into_iter().map(|(kind, counts)| (kind, weight(counts))).collect())
}

#[cfg(test)]
mod tests;
