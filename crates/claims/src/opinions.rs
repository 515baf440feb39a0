//! What reviewers say about an aspect of an item, and where they say it.

use domain::{IngestId, Text};
use serde::{Deserialize, Serialize};

/// A place in a review where something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Passage {
    /// The review.
    pub review: IngestId,
    /// First character, counted from 0 over the headline, a line feed, and the text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
}

/// What reviewers say about one aspect of an item. Each reviewer counts once, with the latest
/// review in which they mention it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Opinions {
    /// The aspect, by the word of the shop's lexicon: never a text of a review.
    pub aspect: Text,
    /// Reviewers who mention it.
    pub n_reviewers: u32,
    /// Of these, the ones who praise it.
    pub n_positive: u32,
    /// Of these, the ones who find fault with it.
    pub n_negative: u32,
    /// Where the newest praise stands.
    pub praise: Vec<Passage>,
    /// Where the newest faults stand.
    pub faults: Vec<Passage>,
}
