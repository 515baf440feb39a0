//! What preparing did, in figures. Refuses prose: `cli` prints it.

use std::collections::BTreeMap;

use domain::EventKind;
use serde::{Deserialize, Serialize};

use super::Prepared;
use super::augment::{Band, DaypartCounts, PriceBand};
use super::clean::{DroppedRow, Rule, RuleCount};
use super::normalise::Change;

/// The figures of one import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepareReport {
    /// Rows read, rejected (the first with line and cause) and left out; encodings.
    pub read: formats::Summary,
    /// What was handed on.
    pub passed: Passed,
    /// What each rule of cleaning met and dropped.
    pub by_rule: BTreeMap<Rule, RuleCount>,
    /// The first rows that each rule dropped.
    #[serde(default)]
    pub dropped: BTreeMap<Rule, Vec<DroppedRow>>,
    /// How many texts each normalisation changed.
    pub by_normalisation: BTreeMap<Change, u64>,
    /// Spellings that gave way to a commoner spelling of the same brand.
    pub n_brands_respelled: u64,
    /// Price quartiles of each category with enough items.
    pub price_bands: Vec<PriceBand>,
    /// Items by their band within their category.
    pub items_by_band: BTreeMap<Band, u64>,
    /// Events by part of the local day.
    pub dayparts: DaypartCounts,
}

/// Records handed on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// Events.
    pub events: u64,
    /// The same by kind.
    pub events_by_kind: BTreeMap<EventKind, u64>,
    /// Reviews.
    pub reviews: u64,
    /// Items, those told in passing included.
    pub items: u64,
    /// Visitors found to be a person.
    pub identities: u64,
}

impl Passed {
    pub(super) fn count(&mut self, prepared: &Prepared) {
        match prepared {
            Prepared::Event(event) => {
                self.events += 1;
                *self.events_by_kind.entry(event.kind).or_default() += 1;
            }
            Prepared::Review(_) => self.reviews += 1,
            Prepared::Item(_) | Prepared::Part(_) | Prepared::Mention(_) => self.items += 1,
            Prepared::Identity { .. } => self.identities += 1,
        }
    }
}
