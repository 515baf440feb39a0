//! The shoppers of one item, each with their first and last time: enough to count pairs, orders
//! and windows exactly by merging two sorted lists.

use claims::Window;
use domain::EventTime;

/// One shopper's dealings with one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    shopper: u32,
    /// Sort key of the first time.
    pub first: i64,
    /// Sort key of the last time.
    pub last: i64,
}

/// Every shopper of one item, sorted by shopper number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Visits(Vec<Visit>);

impl Visits {
    /// Counts one more time of a shopper; true for their first.
    pub fn add(&mut self, shopper: u32, time: i64) -> bool {
        match self.0.binary_search_by_key(&shopper, |visit| visit.shopper) {
            Ok(i) => {
                let visit = &mut self.0[i];
                visit.first = visit.first.min(time);
                visit.last = visit.last.max(time);
                false
            }
            Err(i) => {
                self.0.insert(i, Visit { shopper, first: time, last: time });
                true
            }
        }
    }

    /// Counts one shopper's times as another's.
    pub fn join(&mut self, from: u32, into: u32) {
        if let Ok(i) = self.0.binary_search_by_key(&from, |visit| visit.shopper) {
            let visit = self.0.remove(i);
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
        let (mut a, mut b, mut n) = (self.0.iter().peekable(), other.0.iter().peekable(), 0);
        while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
            match left.shopper.cmp(&right.shopper) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    n += u32::from(holds(left, right));
                    a.next();
                    b.next();
                }
            }
        }
        n
    }
}
