//! Something a shopper did.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{EventTime, IngestId, Invalid, ItemId, Money, RequestId, ShopperId, SubjectId};

/// The kind of thing a shopper did with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// Looked at its page.
    View,
    /// Clicked on it in a list.
    Click,
    /// Put it into the cart.
    Cart,
    /// Took it out of the cart.
    Uncart,
    /// Saved it for later.
    Wish,
    /// Bought it.
    Purchase,
    /// Gave it back.
    Refund,
    /// Rated it.
    Rate,
    /// Said "not interested".
    Dismiss,
    /// Was shown it in a list: what the shop did, and no interaction of the shopper.
    Exposure,
}

impl EventKind {
    /// Every kind, with a stable number for storage.
    pub const ALL: [Self; 10] = [
        Self::View,
        Self::Click,
        Self::Cart,
        Self::Uncart,
        Self::Wish,
        Self::Purchase,
        Self::Refund,
        Self::Rate,
        Self::Dismiss,
        Self::Exposure,
    ];

    /// The stable number of the kind in storage.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The inverse of [`EventKind::code`].
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Click => "click",
            Self::Cart => "cart",
            Self::Uncart => "uncart",
            Self::Wish => "wish",
            Self::Purchase => "purchase",
            Self::Refund => "refund",
            Self::Rate => "rate",
            Self::Dismiss => "dismiss",
            Self::Exposure => "exposure",
        }
    }

    /// Whether the shopper then owned it: what counts for "bought".
    #[must_use]
    pub fn is_purchase(self) -> bool {
        self == Self::Purchase
    }

    /// Whether it shows interest (as against giving back, turning away, or only being shown it).
    #[must_use]
    pub fn is_positive(self) -> bool {
        !matches!(self, Self::Uncart | Self::Refund | Self::Dismiss | Self::Exposure)
    }

    /// Whether the shopper did it: only interactions make a history.
    #[must_use]
    pub fn is_interaction(self) -> bool {
        self != Self::Exposure
    }
}

impl FromStr for EventKind {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let name = raw.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
            Invalid::new(
                "event kind",
                "is not known",
                raw,
                "use view, click, cart, uncart, wish, purchase, refund, rate, dismiss or exposure",
            )
        })
    }
}

/// An event as it is sent, before the store gives it an id.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Who, in the shop's words.
    pub subject: SubjectId,
    /// The kind of event.
    pub kind: EventKind,
    /// With which item.
    pub item_id: ItemId,
    /// When.
    pub time: EventTime,
    /// How many, at least one.
    pub quantity: u32,
    /// The price of one at that moment.
    pub price: Option<Money>,
    /// The visit it belongs to.
    pub session: Option<String>,
    /// The recommendation it follows from.
    pub request_id: Option<RequestId>,
    /// Country or region code.
    pub region: Option<String>,
    /// Device class.
    pub device: Option<String>,
    /// Minutes that the shopper's clock is ahead of UTC.
    pub zone_minutes: Option<i32>,
    /// The key by which a retry or a re-import is the same event: the sender's message id, or else source,
    /// row content and occurrence. Unique per shopper.
    pub source_key: String,
}

/// An acknowledged event, as the store gives it back.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvent {
    /// Time-ordered id made at ingest.
    pub id: IngestId,
    /// Who.
    pub shopper: ShopperId,
    /// The kind of event.
    pub kind: EventKind,
    /// With which item.
    pub item_id: ItemId,
    /// When.
    pub time: EventTime,
    /// How many.
    pub quantity: u32,
    /// The price of one at that moment.
    pub price: Option<Money>,
    /// The visit it belongs to.
    pub session: Option<String>,
    /// The recommendation it follows from.
    pub request_id: Option<RequestId>,
    /// Country or region code.
    pub region: Option<String>,
    /// Device class.
    pub device: Option<String>,
    /// Minutes that the shopper's clock is ahead of UTC.
    pub zone_minutes: Option<i32>,
}

/// One entry of the history that a reason speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryRef {
    /// The item of the event.
    pub item_id: ItemId,
    /// The event; missing when the item was a seed of the request (product page, cart).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<IngestId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_comes_back_from_its_name_and_its_code() {
        for kind in EventKind::ALL {
            assert_eq!(kind.name().parse::<EventKind>().unwrap(), kind);
            assert_eq!(EventKind::from_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.name()));
        }
        assert!("teleport".parse::<EventKind>().is_err());
    }
}
