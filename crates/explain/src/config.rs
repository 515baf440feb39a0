//! What may be claimed, and from how much evidence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The bars a claim has to clear. Documented key by key in `config/default.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExplainConfig {
    /// Fewest distinct shoppers a count may speak of (privacy and meaning).
    pub min_buyers: u32,
    /// Fewest ratings a mean may rest on.
    pub min_ratings: u32,
    /// Fewest stars worth telling.
    pub min_mean_rating: f64,
    /// Fewest own prices in a category before a price can "fit".
    pub min_prices: u32,
    /// Days of the popularity window, for shops whose events have clocks.
    pub popular_days: u32,
    /// Lowest rank in its scope that is told as popular.
    pub popular_rank: u32,
    /// Days during which an item is new.
    pub new_days: u32,
    /// How many recent items of the history attributes are compared with.
    pub recent_items: usize,
    /// Lowest cosine worth telling.
    pub min_similarity: f64,
    /// Most claims in one reason.
    pub max_claims: usize,
    /// Categories (any language, any level of the path) that never appear in a reason.
    pub sensitive_categories: Vec<String>,
    /// What each kind of claim is worth against the others, by its name on the wire: 1 where missing,
    /// 0 leaves it out; `*` stands for every kind that is not named. Obligatory claims are told whatever stands here.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub kind_weights: BTreeMap<String, f64>,
    /// Share of the positive score from which a reason is moderate.
    pub moderate_share: f64,
    /// Share of the positive score from which a reason is strong.
    pub strong_share: f64,
}

impl ExplainConfig {
    /// What a kind of claim is worth against the others.
    #[must_use]
    pub fn weight_of(&self, kind: &str) -> f64 {
        let named = self.kind_weights.get(kind).or_else(|| self.kind_weights.get("*"));
        named.copied().unwrap_or(1.0)
    }
}

impl Default for ExplainConfig {
    fn default() -> Self {
        Self {
            min_buyers: 5,
            min_ratings: 5,
            min_mean_rating: 4.0,
            min_prices: 3,
            popular_days: 30,
            popular_rank: 20,
            new_days: 30,
            recent_items: 10,
            min_similarity: 0.15,
            max_claims: 3,
            sensitive_categories: Vec::new(),
            kind_weights: BTreeMap::new(),
            moderate_share: 0.3,
            strong_share: 0.6,
        }
    }
}
