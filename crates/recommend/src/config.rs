//! The constants of ranking and variety.

use serde::{Deserialize, Serialize};

/// How a list is put together. Documented key by key in `config/default.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecommendConfig {
    /// Weight of score against novelty in MMR, 0 to 1; 1 switches MMR off.
    pub relevance: f32,
    /// Largest share of a list that one narrowest category may take, 0 to 1; 1 switches it off.
    pub category_share: f32,
    /// Candidates looked at per place in the list.
    pub pool_per_place: usize,
}

impl Default for RecommendConfig {
    fn default() -> Self {
        Self { relevance: 0.95, category_share: 0.6, pool_per_place: 5 }
    }
}

impl RecommendConfig {
    /// Most items of one category in a list of `k`: at least one.
    #[must_use]
    pub fn category_cap(&self, k: usize) -> usize {
        ((k as f32 * self.category_share).ceil() as usize).max(1)
    }
}
