//! Values that go into and come out of the store, beside those of `domain`.
//!
//! Plain data; nothing here reads or writes.

use std::time::Duration;

use domain::{
    Correction, Event, EventKind, EventTime, IngestId, Item, ItemId, ModelVersion, Money,
    PartialItem, Preferences, Rating, RequestId, Review, ShopperId, StoredEvent, StoredReview,
    SubjectId, Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::observed::{Assigned, StoredFeedback, StoredSurvey};

/// An event taken in, or recognised.
#[derive(Debug, Clone, PartialEq)]
pub struct Ack {
    /// The event's id.
    pub id: IngestId,
    /// The shopper.
    pub shopper: ShopperId,
    /// False when this shopper already had the source key.
    pub fresh: bool,
    /// The event as it is stored; the first one where it was a repeat.
    pub event: StoredEvent,
}

/// A review taken in, or recognised.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewAck {
    /// The review's id.
    pub id: IngestId,
    /// The author.
    pub shopper: ShopperId,
    /// False when this shopper already had the source key.
    pub fresh: bool,
}

impl ReviewAck {
    /// The review as it was stored.
    #[must_use]
    pub fn stored(&self, review: Review) -> StoredReview {
        StoredReview {
            id: self.id,
            shopper: self.shopper,
            item_id: review.item_id,
            time: EventTime::from_key(review.time.key()),
            rating: review.rating,
            title: review.title,
            text: review.text,
        }
    }
}

/// An item taken in, or found unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemAck {
    /// The version that now holds.
    pub version: IngestId,
    /// False when nothing had changed.
    pub fresh: bool,
}

/// A visitor found to be a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joined {
    /// From here on they are one.
    pub id: IngestId,
    /// The number that the visitor's rows lie under.
    pub visitor: ShopperId,
    /// The person.
    pub shopper: ShopperId,
}

/// A stored correction.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Corrected {
    /// When it was taken in.
    pub id: IngestId,
    /// The correction.
    pub correction: Correction,
    /// Whether they took it back since.
    pub taken_back: bool,
    /// When they took it back, as the id of that.
    pub taken_back_at: Option<IngestId>,
}

/// An answer with everything needed to verify it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRecord {
    /// Unique and opaque; made by the server.
    pub request_id: RequestId,
    /// The shopper whose history it used, where it used one.
    pub shopper: Option<ShopperId>,
    /// The newest id it could have counted.
    pub as_of: IngestId,
    /// The model that ranked.
    pub model_version: ModelVersion,
    /// Answer and proofs, as JSON. Names no other shopper.
    pub payload: String,
}

/// A recorded answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// When it was recorded.
    pub id: IngestId,
    /// The record.
    #[serde(flatten)]
    pub record: AnswerRecord,
}

/// Whether a request repeats one that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repeat {
    /// Not seen, or forgotten.
    First,
    /// The same request: this was the response.
    Same(String),
    /// Another request under the same key.
    Conflict,
}

/// A response kept for retries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The `Idempotency-Key`.
    pub key: String,
    /// Hash of the request's body.
    pub fingerprint: String,
    /// Every shopper the response speaks of, so that erasing one forgets it.
    pub shoppers: Vec<ShopperId>,
    /// The response, as JSON.
    pub response: String,
    /// When it may be forgotten.
    pub expires: Timestamp,
}

/// The report of an import, for the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecord {
    /// When it ended.
    pub at: Timestamp,
    /// Where the rows came from, e.g. a file name.
    pub source: String,
    /// Counts, as JSON. Quotes no row.
    pub report: String,
    /// The rejected rows with line and reason, as JSON. They may quote a person, so every erasure
    /// drops them.
    pub rejects: Option<String>,
    /// How it came about; missing of imports of earlier versions.
    pub run: Option<ImportRun>,
}

/// How an import came about, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRun {
    /// Its name, unique within the shop.
    pub id: String,
    /// Its origin, times and state, as JSON. Quotes no row.
    pub about: String,
}

/// The result of an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// The tombstone.
    pub id: IngestId,
    /// The number the shopper had, for the owners of artefacts and caches.
    pub shopper: ShopperId,
    /// Events removed.
    pub events: u64,
    /// Reviews removed.
    pub reviews: u64,
    /// Answers removed.
    pub answers: u64,
    /// Whether the bytes are gone from the disk too. False while a long read still holds the old
    /// pages; the store then goes on trying by itself.
    pub wiped: bool,
}

/// Numbers of events, shoppers, items and reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Events.
    pub events: u64,
    /// Shoppers.
    pub shoppers: u64,
    /// Current items, deleted ones left out.
    pub items: u64,
    /// Reviews.
    pub reviews: u64,
}

/// One row of a history to be loaded.
#[derive(Debug, Clone, PartialEq)]
pub enum HistoryRow {
    /// An event.
    Event(Event),
    /// A review.
    Review(Review),
    /// A product.
    Item(Item),
    /// Some facts of a product; the others stay as they are.
    Part(PartialItem),
    /// A visitor was found to be a person. Joined when every row is in.
    Join {
        /// The visitor's name.
        visitor: SubjectId,
        /// The person's.
        person: SubjectId,
    },
}

/// How far a load has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LoadProgress {
    /// Rows read so far.
    pub read: u64,
    /// Rows on disk so far, repeats included.
    pub stored: u64,
}

/// Rows of one kind after a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Loaded {
    /// New rows.
    pub fresh: u64,
    /// Rows that were there already.
    pub known: u64,
}

impl Loaded {
    /// Counts one row.
    pub fn count(&mut self, fresh: bool) {
        if fresh {
            self.fresh += 1;
        } else {
            self.known += 1;
        }
    }

    /// Adds the counts of another part.
    pub fn add(&mut self, other: Self) {
        self.fresh += other.fresh;
        self.known += other.known;
    }

    /// All rows.
    #[must_use]
    pub fn total(self) -> u64 {
        self.fresh + self.known
    }
}

/// The result of a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LoadReport {
    /// Events.
    pub events: Loaded,
    /// Reviews.
    pub reviews: Loaded,
    /// Item versions.
    pub items: Loaded,
    /// Visitors joined to people.
    pub joins: Loaded,
    /// From the first row read to the last one on disk.
    pub elapsed: Duration,
}

impl LoadReport {
    /// Rows of every kind.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.events.total() + self.reviews.total() + self.items.total() + self.joins.total()
    }

    /// Rows per second over the whole load; zero when no time passed.
    #[must_use]
    pub fn rows_per_second(&self) -> f64 {
        let seconds = self.elapsed.as_secs_f64();
        if seconds > 0.0 { self.total() as f64 / seconds } else { 0.0 }
    }
}

/// Everything kept about one shopper, in the form they may take away.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Export {
    /// The person, in the shop's words.
    pub subject: SubjectId,
    /// Their decisions, oldest first.
    pub preferences: Vec<ExportedPreferences>,
    /// Their corrections, oldest first.
    pub corrections: Vec<Corrected>,
    /// Their events, oldest first.
    pub events: Vec<ExportedEvent>,
    /// Their reviews, oldest first.
    pub reviews: Vec<ExportedReview>,
    /// The answers they were given, oldest first.
    pub answers: Vec<Answer>,
    /// Their feedback, oldest first.
    pub feedback: Vec<StoredFeedback>,
    /// Their questionnaires and answers, oldest first.
    pub surveys: Vec<StoredSurvey>,
    /// The variants of experiments they got.
    pub assignments: Vec<Assigned>,
}

/// One decision of a shopper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportedPreferences {
    /// When it was taken in.
    pub id: IngestId,
    /// The preferences from then on.
    #[serde(flatten)]
    pub preferences: Preferences,
}

/// An event in an export: a [`StoredEvent`] without the shopper's number.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `StoredEvent`")]
pub struct ExportedEvent {
    pub id: IngestId,
    pub kind: EventKind,
    pub item_id: ItemId,
    pub time: EventTime,
    pub quantity: u32,
    pub price: Option<Money>,
    pub session: Option<String>,
    pub request_id: Option<RequestId>,
    pub region: Option<String>,
    pub device: Option<String>,
    pub zone_minutes: Option<i32>,
}

impl From<StoredEvent> for ExportedEvent {
    fn from(event: StoredEvent) -> Self {
        Self {
            id: event.id,
            kind: event.kind,
            item_id: event.item_id,
            time: event.time,
            quantity: event.quantity,
            price: event.price,
            session: event.session,
            request_id: event.request_id,
            region: event.region,
            device: event.device,
            zone_minutes: event.zone_minutes,
        }
    }
}

/// A review in an export: a [`StoredReview`] without the shopper's number.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `StoredReview`")]
pub struct ExportedReview {
    pub id: IngestId,
    pub item_id: ItemId,
    pub time: EventTime,
    pub rating: Option<Rating>,
    pub title: String,
    pub text: String,
}

impl From<StoredReview> for ExportedReview {
    fn from(review: StoredReview) -> Self {
        Self {
            id: review.id,
            item_id: review.item_id,
            time: review.time,
            rating: review.rating,
            title: review.title,
            text: review.text,
        }
    }
}

/// An event under its id. Times are kept as the store will give them back.
pub(crate) fn stored_event(event: Event, shopper: ShopperId, id: IngestId) -> StoredEvent {
    StoredEvent {
        id,
        shopper,
        kind: event.kind,
        item_id: event.item_id,
        time: EventTime::from_key(event.time.key()),
        quantity: event.quantity,
        price: event.price,
        session: event.session,
        request_id: event.request_id,
        region: event.region,
        device: event.device,
        zone_minutes: event.zone_minutes,
    }
}
