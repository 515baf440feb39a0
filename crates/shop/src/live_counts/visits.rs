//! The shoppers of one item, each with their first and last time: enough to count pairs, orders
//! and windows exactly by merging two sorted lists.

use claims::Window;
use domain::EventTime;

use super::postings::{OfShopper, Postings};

/// One shopper's dealings with one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    shopper: u32,
    /// Sort key of the first time.
    pub first: i64,
    /// Sort key of the last time.
    pub last: i64,
}

impl OfShopper for Visit {
    fn shopper(&self) -> u32 {
        self.shopper
    }
}

/// Every shopper of one item, sorted by shopper number.
#[derive(Debug, Clone, Default)]
pub struct Visits(Postings<Visit>);

impl Visits {
    /// Counts one more time of a shopper; true for their first.
    pub fn add(&mut self, shopper: u32, time: i64) -> bool {
        self.0.put(Visit { shopper, first: time, last: time }, |visit| {
            visit.first = visit.first.min(time);
            visit.last = visit.last.max(time);
        })
    }

    /// Counts one shopper's times as another's.
    pub fn join(&mut self, from: u32, into: u32) {
        if let Some(visit) = self.0.remove(from) {
            self.add(into, visit.first);
            self.add(into, visit.last);
        }
    }

    /// Distinct shoppers.
    #[must_use]
    pub fn n_shoppers(&self) -> u32 {
        self.0.len() as u32
    }

    /// Distinct shoppers whose last time falls into the window. Exact as long as the window ends
    /// at or after the latest event, which the evidence of an answer sees to.
    #[must_use]
    pub fn n_within(&self, window: Window) -> u32 {
        let within = |visit: &&Visit| window.contains(EventTime::from_key(visit.last));
        self.0.iter().filter(within).count() as u32
    }

    /// Distinct shoppers of both lists for whom `holds`.
    pub fn count_both(&self, other: &Self, holds: impl Fn(&Visit, &Visit) -> bool) -> u32 {
        self.0.count_both(&other.0, holds)
    }
}
