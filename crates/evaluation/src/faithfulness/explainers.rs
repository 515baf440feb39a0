//! Explainers: each puts the events of a history in an order, most important first.

use serde::{Deserialize, Serialize};

/// Who says which events an item owes its place to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Explainer {
    /// The ranker's own account: exact where it is additive, leaving out where it is not.
    Attribution,
    /// What the score loses when the event alone is masked and everything runs again.
    LeaveOneOut,
    /// To first order, what the score gains as the event's item vector grows. The Transformer only.
    GradientsTimesInput,
    /// How much the newest position attends to the event in the last block. The Transformer only.
    Attention,
    /// Likeness of the event's item to the explained one.
    Cosine,
    /// The newest events.
    LastK,
    /// Any order, by the seed.
    Random,
}

impl Explainer {
    /// The name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Attribution => "attribution",
            Self::LeaveOneOut => "leave-one-out",
            Self::GradientsTimesInput => "gradients × input",
            Self::Attention => "attention",
            Self::Cosine => "cosine",
            Self::LastK => "last-k",
            Self::Random => "random",
        }
    }
}

/// A number that looks random, from two (SplitMix64; Steele et al., OOPSLA 2014).
pub(super) fn mix(seed: u64, n: u64) -> u64 {
    let mut z = seed.wrapping_add(n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
