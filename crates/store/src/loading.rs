//! How a history goes in: slice by slice, each let through by whoever loads it.
//!
//! A shop at rest lets every slice through at once. A shop in service counts each slice before
//! anybody else writes, so that its counts are always those as of one id.

use domain::{ItemId, StoredEvent, StoredItem, StoredReview};

use crate::{Joined, LoadProgress, StoreError};

/// Something that a slice brought, as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub enum TakenIn {
    /// A version of an item.
    Item(ItemId, StoredItem),
    /// An event.
    Event(StoredEvent),
    /// A review.
    Review(StoredReview),
    /// A visitor who was found to be a person.
    Join(Joined),
}

/// Lets the slices of a load through, and is told how far it is.
pub trait Loading {
    /// Rows of a slice; whole shoppers go together where nobody is told of the rows.
    fn slice_rows(&self) -> usize;

    /// Whether the slices are to be handed back as they were stored.
    fn is_told(&self) -> bool;

    /// Is told how far the load is.
    fn at(&mut self, at: LoadProgress);

    /// Lets a slice through by calling `write` once, which returns what was new in it.
    ///
    /// # Errors
    /// That of `write`, or its own; the load then ends with it.
    fn through(
        &mut self,
        write: &mut dyn FnMut() -> Result<Vec<TakenIn>, StoreError>,
    ) -> Result<(), StoreError>;
}

/// Loads into a shop at rest.
pub(crate) struct AtRest<'p>(pub(crate) &'p mut dyn FnMut(LoadProgress));

impl Loading for AtRest<'_> {
    /// Long enough to make the fsync cheap, short enough to let other processes in.
    fn slice_rows(&self) -> usize {
        20_000
    }

    fn is_told(&self) -> bool {
        false
    }

    fn at(&mut self, at: LoadProgress) {
        (self.0)(at);
    }

    fn through(
        &mut self,
        write: &mut dyn FnMut() -> Result<Vec<TakenIn>, StoreError>,
    ) -> Result<(), StoreError> {
        write().map(drop)
    }
}
