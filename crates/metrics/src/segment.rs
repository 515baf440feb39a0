//! Parts of the cases that are looked at on their own: by activity, cold items, cold shoppers.

use interactions::Interactions;
use serde::{Deserialize, Serialize};

use super::lists::Catalogue;
use crate::split::Case;

/// A part of the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// At most 5 events of history.
    #[serde(rename = "history_up_to_5")]
    HistoryUpTo5,
    /// 6 to 10 events.
    #[serde(rename = "history_6_to_10")]
    History6To10,
    /// 11 to 20 events.
    #[serde(rename = "history_11_to_20")]
    History11To20,
    /// More than 20 events.
    #[serde(rename = "history_over_20")]
    HistoryOver20,
    /// The item asked for has no training event.
    ColdItem,
    /// The shopper has no training event.
    ColdShopper,
}

impl Segment {
    /// Every segment, in the order they are shown.
    pub const ALL: [Self; 6] = [
        Self::HistoryUpTo5,
        Self::History6To10,
        Self::History11To20,
        Self::HistoryOver20,
        Self::ColdItem,
        Self::ColdShopper,
    ];

    /// A heading for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::HistoryUpTo5 => "history of at most 5 events",
            Self::History6To10 => "history of 6 to 10 events",
            Self::History11To20 => "history of 11 to 20 events",
            Self::HistoryOver20 => "history of more than 20 events",
            Self::ColdItem => "items that training never saw",
            Self::ColdShopper => "shoppers whom training never saw",
        }
    }

    /// Whether a case belongs to it. Activity counts the whole history, not what rankers see of it.
    pub(super) fn holds(self, case: &Case, train: &Interactions, catalogue: &Catalogue) -> bool {
        match (self, case.history.len()) {
            (Self::HistoryUpTo5, n) => n <= 5,
            (Self::History6To10, n) => (6..=10).contains(&n),
            (Self::History11To20, n) => (11..=20).contains(&n),
            (Self::HistoryOver20, n) => n > 20,
            (Self::ColdItem, _) => catalogue.counts[case.target as usize] == 0,
            (Self::ColdShopper, _) => {
                let trained = train.sequences.get(case.shopper_idx);
                trained.is_none_or(Vec::is_empty)
            }
        }
    }
}
