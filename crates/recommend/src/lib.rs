//! From scores to a list: rank what may be shown, then place for variety.
//!
//! Responsible for eligibility, ranking, diversity and places given by hand, all deterministic.
//! The caller says which items may be shown. Nothing is hidden: an item that variety or a hand moved
//! carries both ranks. Entry points: [`recommend()`] and [`place`].

pub mod config;
pub mod diversify;
pub mod eligibility;
pub mod pin;
pub mod rank;

pub use config::RecommendConfig;
pub use diversify::{Likeness, Placed};
pub use eligibility::Eligibility;
pub use pin::{Pin, pin};
pub use rank::{rank_of, top};

use signals::{Model, Query};

/// Scores, ranks and places: the whole pipeline for one request.
///
/// `scores` is a buffer that is left holding the blended score of every item (length `n_items`),
/// so that the explanation speaks of the very numbers that ranked.
pub fn recommend(
    model: &Model,
    query: Query<'_>,
    eligibility: &Eligibility,
    likeness: &dyn Likeness,
    config: &RecommendConfig,
    k: usize,
    scores: &mut Vec<f32>,
) -> Vec<Placed> {
    model.score(query, scores);
    place(scores, eligibility, likeness, config, k)
}

/// Ranks and places items whose scores are known.
#[must_use]
pub fn place(
    scores: &[f32],
    eligibility: &Eligibility,
    likeness: &dyn Likeness,
    config: &RecommendConfig,
    k: usize,
) -> Vec<Placed> {
    let pool = top(scores, eligibility, k.saturating_mul(config.pool_per_place).max(k));
    diversify::diversify(&pool, likeness, config, k)
}
