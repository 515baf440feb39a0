//! Output of a parser: records as the file has them, and rows it could not read. A negative
//! quantity or a missing shopper is a fact of the file; the preparation after it judges.

use std::fmt;

use domain::{
    EventKind, EventTime, Item, ItemId, Money, PartialItem, RequestId, Review, SubjectId,
};
use serde::{Deserialize, Serialize};

/// One record of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A shopper's interaction with an item, or its exposure.
    Event(EventRecord),
    /// A review of an item.
    Review(Review),
    /// An item of a catalogue.
    Item(Item),
    /// Some facts of an item, from a source without columns for the others.
    Part(PartialItem),
    /// A mention: facts of an item beside an event. A catalogue says more, so a mention counts only
    /// for items that no catalogue describes.
    Mention(Item),
    /// A visitor was found to be a person the shop knows: their histories are one.
    Identity {
        /// The name of the visitor.
        visitor: SubjectId,
        /// The person.
        person: SubjectId,
    },
}

/// An event as the file has it, before cleaning: the shopper may be missing, the quantity
/// negative, the price zero.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRecord {
    /// The shopper, where the file says so.
    pub subject: Option<SubjectId>,
    /// The item.
    pub item_id: ItemId,
    /// The kind of event.
    pub kind: EventKind,
    /// When.
    pub time: EventTime,
    /// Quantity; zero and negative numbers are handed on.
    pub quantity: i64,
    /// Price of one; zero and negative amounts are handed on.
    pub price: Option<Money>,
    /// Order or invoice number.
    pub order: Option<String>,
    /// The visit it belongs to.
    pub session: Option<String>,
    /// The answer of ours it follows from.
    pub request_id: Option<RequestId>,
    /// Country or region, as the file writes it.
    pub region: Option<String>,
    /// Device class, as the file writes it.
    pub device: Option<String>,
    /// Minutes that the shopper's clock is ahead of UTC.
    pub zone_minutes: Option<i32>,
    /// Title of the item in the row.
    pub item_title: Option<String>,
    /// The line of its file, from 1; 0 where it is of no file.
    pub line: u64,
    /// The sender's id, or else format, content hash and occurrence of the row. Unique per shopper.
    pub source_key: String,
}

impl EventRecord {
    /// Makes an event of its necessary parts: quantity one, everything else missing.
    #[must_use]
    pub fn bare(item_id: ItemId, kind: EventKind, time: EventTime, source_key: String) -> Self {
        Self {
            subject: None,
            item_id,
            kind,
            time,
            quantity: 1,
            price: None,
            order: None,
            session: None,
            request_id: None,
            region: None,
            device: None,
            zone_minutes: None,
            item_title: None,
            line: 0,
            source_key,
        }
    }
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reject {
    /// Name of the file.
    pub source: String,
    /// Its line, from 1; where a quoted field spans lines, the first of them.
    pub line: u64,
    /// The problem, and the remedy.
    pub cause: String,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.source, self.line, self.cause)
    }
}
