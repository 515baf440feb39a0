//! What may be claimed, and from how much evidence.

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
    /// Fewest distinct reviewers who mention an aspect.
    pub min_reviewers: u32,
    /// Fewest own prices in a category before a price can "fit".
    pub min_prices: u32,
    /// Days of the popularity window, for shops whose events have clocks.
    pub popular_days: u32,
    /// Lowest rank in its scope that is told as popular.
    pub popular_rank: u32,
    /// Days before a reduction whose lowest price is the former price.
    pub former_days: u32,
    /// Fewest days an item must have had a price before a reduction of it is told.
    pub min_former_days: u32,
    /// Days after which a reduction is no news any more.
    pub discounted_days: u32,
    /// Fewest times the shop's share that is told of a situation.
    pub min_context_lift: f64,
    /// Days during which an item is new.
    pub new_days: u32,
    /// How many recent items of the history attributes are compared with.
    pub recent_items: usize,
    /// Lowest cosine worth telling.
    pub min_similarity: f64,
    /// Most events that a `flips` claim may leave out; 0 switches these claims off.
    pub flip_events: usize,
    /// Most claims in one reason.
    pub max_claims: usize,
    /// Categories (any language, any level of the path) that never appear in a reason.
    pub sensitive_categories: Vec<String>,
    /// Smallest share of the model's first ten items that a surrogate tree must find on shoppers
    /// it was not fitted on, to be shown.
    pub surrogate_overlap: f64,
    /// Share of the positive score from which a reason is moderate.
    pub moderate_share: f64,
    /// Share of the positive score from which a reason is strong.
    pub strong_share: f64,
}

impl Default for ExplainConfig {
    fn default() -> Self {
        Self {
            min_buyers: 5,
            min_ratings: 5,
            min_mean_rating: 4.0,
            min_reviewers: 5,
            min_prices: 3,
            popular_days: 30,
            popular_rank: 20,
            former_days: 30,
            min_former_days: 7,
            discounted_days: 60,
            min_context_lift: 1.3,
            new_days: 30,
            recent_items: 10,
            min_similarity: 0.15,
            flip_events: 4,
            max_claims: 3,
            sensitive_categories: Vec::new(),
            surrogate_overlap: 0.3,
            moderate_share: 0.3,
            strong_share: 0.6,
        }
    }
}
