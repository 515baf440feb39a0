//! Rows of people who were erased: a file that is imported again does not bring them back.

use domain::EventTime;
use store::{ErasedNames, State, StoreError};

use crate::prepare::Prepared;

/// Finds the rows that an erasure covers, and counts them.
pub(super) struct Erased {
    names: ErasedNames,
    n_left_out: u64,
}

impl Erased {
    /// The names that the shop has erased.
    ///
    /// # Errors
    /// What the store says.
    pub(super) fn of(state: &dyn State) -> Result<Self, StoreError> {
        Ok(Self { names: state.erased_names()?, n_left_out: 0 })
    }

    /// Whether a row is of somebody who was erased, and from before that. Counts it if so.
    pub(super) fn cover(&mut self, row: &Prepared) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let is_covered = match row {
            Prepared::Event(event) => self.names.cover(&event.subject, event.time),
            Prepared::Review(review) => self.names.cover(&review.subject, review.time),
            // A join has no date: it would make the erased name anew.
            Prepared::Identity { visitor, person } => {
                let undated = EventTime::Ordinal(0);
                self.names.cover(visitor, undated) || self.names.cover(person, undated)
            }
            Prepared::Item(_) | Prepared::Part(_) | Prepared::Mention(_) => false,
        };
        self.n_left_out += u64::from(is_covered);
        is_covered
    }

    /// Rows left out so far.
    pub(super) fn n_left_out(&self) -> u64 {
        self.n_left_out
    }
}
