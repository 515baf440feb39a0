//! Explainers: each puts the events of a history in an order, most important first.

use serde::{Deserialize, Serialize};

use super::case::Case;

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

    /// For each explained item of a case, the positions of its history, most important first. Of
    /// equals, the newer one.
    pub(super) fn orders(self, case: &Case<'_>, seed: u64) -> Vec<Vec<usize>> {
        let n_events = case.history.len();
        let by = |importance: &dyn Fn(usize, usize) -> f64| {
            let order = |target: usize| {
                let values: Vec<f64> =
                    (0..n_events).map(|event| importance(target, event)).collect();
                let mut order: Vec<usize> = (0..n_events).collect();
                order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
                order
            };
            (0..case.targets.len()).map(order).collect()
        };
        match self {
            Self::Attribution => {
                let parts = case.asked.attributions(case.query(), &case.targets);
                by(&|target, event| f64::from(parts[target][event]))
            }
            Self::LeaveOneOut => by(&|target, event| f64::from(case.drops[event][target])),
            Self::GradientsTimesInput => {
                let parts = case.asked.gradients(case.query(), &case.targets);
                by(&|target, event| f64::from(parts[target][event]))
            }
            Self::Attention => {
                let weights = case.asked.attention(case.query());
                by(&|_, event| f64::from(weights[event]))
            }
            Self::Cosine => by(&|target, event| {
                let item = case.history.events()[event].item;
                f64::from(case.asked.cosine(item, case.targets[target]))
            }),
            Self::LastK => by(&|_, event| -(event as f64)),
            Self::Random => {
                by(&|target, event| mix(seed, (target * n_events + event) as u64) as f64)
            }
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
