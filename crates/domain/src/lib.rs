//! The shop's words: item, event, shopper, context, money, language.
//!
//! Responsible for the meaning of each type and for rejecting values without one: a constructor
//! that can fail returns [`Invalid`]. Everything here is plain data; reading, storing, scoring and
//! phrasing are done by the crates that use it.

pub mod id;
pub mod language;
pub mod money;
pub mod statistic;
pub mod time;

pub mod event;
pub mod item;
pub mod review;
pub mod shopper;

pub mod circumstance;
pub mod correction;
pub mod feedback;

pub use circumstance::{Circumstance, CircumstanceKind};
pub use correction::{Concept, Correction, Tag, Unused};
pub use event::{Event, EventKind, HistoryRef, StoredEvent};
pub use feedback::FeedbackKind;
pub use id::{
    ClaimId, IngestId, ItemId, ModelVersion, ReasonId, RequestId, ShopperId, SubjectId, SurveyId,
};
pub use item::{Fact, Item, PartialItem, Says, StoredItem};
pub use language::{Language, Text, Translations};
pub use money::{Currency, Money};
pub use review::{Rating, Review, StoredReview};
pub use shopper::{Device, Preferences, RequestContext, Surface};
pub use statistic::Statistic;
pub use time::{Daypart, EventTime, Season, Timestamp};

/// A value that means nothing in a shop, and what would have been right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {problem} (got {got:?}); {hint}")]
pub struct Invalid {
    /// The word that was being read, e.g. `item id`.
    pub what: &'static str,
    /// The fault of the value.
    pub problem: &'static str,
    /// The value, shortened to 80 characters.
    pub got: String,
    /// The remedy.
    pub hint: &'static str,
}

impl Invalid {
    /// Builds the error, shortening `got` so that hostile input cannot fill a log.
    #[must_use]
    pub fn new(what: &'static str, problem: &'static str, got: &str, hint: &'static str) -> Self {
        Self { what, problem, got: got.chars().take(80).collect(), hint }
    }
}
