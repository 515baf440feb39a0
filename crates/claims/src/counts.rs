//! Counts of distinct shoppers: over which span of time, among which items, and of pairs of items.

use domain::{EventTime, ItemId, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// The span of time a count covers. Both ends are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "span")]
pub enum Window {
    /// Everything ingested so far.
    AllTime,
    /// The days up to an instant.
    Days {
        /// Length in days.
        days: u32,
        /// The last instant that counts.
        until: Timestamp,
    },
}

impl Window {
    /// Whether an event at `time` falls into the window. Ordinals only fall into all of time.
    #[must_use]
    pub fn contains(self, time: EventTime) -> bool {
        match (self, time) {
            (Self::AllTime, _) => true,
            (Self::Days { days, until }, EventTime::At(at)) => {
                at <= until && at.0 > until.0 - i64::from(days) * domain::time::DAY_MS
            }
            (Self::Days { .. }, EventTime::Ordinal(_)) => false,
        }
    }
}

/// Among which items a popularity rank is taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "among")]
pub enum PopularScope {
    /// The whole shop.
    Shop,
    /// The items of one narrowest category.
    Category {
        /// The category.
        category: Text,
    },
}

/// How many distinct shoppers did something with two items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairCounts {
    /// The item of the shopper's history.
    pub other: ItemId,
    /// Distinct shoppers of both.
    pub n_both: u32,
    /// Distinct shoppers of the other item.
    pub n_other: u32,
    /// Distinct shoppers of the recommended item.
    pub n_item: u32,
    /// n_both · n_shoppers / (n_other · n_item): how much more often than by chance.
    pub lift: f64,
    /// The span counted.
    pub window: Window,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_window_of_days_counts_an_event_without_a_clock() {
        let until = Timestamp(1_600_000_000_000);
        let window = Window::Days { days: 1, until };
        assert!(window.contains(EventTime::At(until)));
        assert!(!window.contains(EventTime::At(Timestamp(until.0 - domain::time::DAY_MS))));
        assert!(!window.contains(EventTime::Ordinal(5)));
        assert!(Window::AllTime.contains(EventTime::Ordinal(5)));
    }
}
