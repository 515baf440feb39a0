//! What an answer is computed from, beside the counts and the model: a history, a context, and the
//! rules of what may be shown.

use claims::Unknown;
use domain::{ItemId, RequestContext};
use recommend::RecommendConfig;
use shop::effective_corrections::Steering;
use shop::history::{HistoryConfig, Step};
use shop::settings::Pinned;

use crate::request::Filters;

/// What decides which items may be shown.
pub struct Rules<'a> {
    /// Which items were asked for.
    pub filters: &'a Filters,
    /// Items that the request began from.
    pub seed_items: &'a [ItemId],
    /// Items that are not shown again.
    pub not_again: &'a [ItemId],
    /// Places given by hand.
    pub pinned: &'a [Pinned],
    /// What the shopper's corrections make of it.
    pub steering: &'a Steering,
}

/// What an answer was computed from.
pub struct Situation<'a> {
    /// Steps, newest first; those that are not used are marked.
    pub steps: &'a [Step],
    /// Why nothing of the history is used, where nothing is.
    pub unknown: Option<Unknown>,
    /// Where `now` is missing, it is the latest time that is known.
    pub context: &'a RequestContext,
    /// What may be shown.
    pub rules: Rules<'a>,
    /// Length of the list.
    pub k: usize,
    /// How a list is put together.
    pub recommend: &'a RecommendConfig,
    /// What of a shopper's past counts, for what would be if they did something more.
    pub history: &'a HistoryConfig,
}
