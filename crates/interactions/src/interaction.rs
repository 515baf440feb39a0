//! Training data: who did what in which order, with items as dense numbers.

use domain::{EventKind, EventTime};

use crate::Context;

/// Position of an item in the model's item list.
pub type ItemIdx = u32;

/// One event of one shopper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interaction {
    /// The item.
    pub item: ItemIdx,
    /// The kind of event.
    pub kind: EventKind,
    /// Behaviour weight of the kind, from configuration.
    pub weight: f32,
    /// When.
    pub time: EventTime,
    /// The situation it was done in.
    pub context: Context,
    /// How many steps directly before it are not to be learned from: they are left out, and the
    /// others keep their distance, as in a history.
    pub n_masked_before: u32,
}

/// Every shopper's events, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Interactions {
    /// Number of items; every `item` is below it.
    pub n_items: usize,
    /// One sequence per shopper, oldest event first.
    pub sequences: Vec<Vec<Interaction>>,
    /// Names of the regions that contexts number.
    pub regions: Vec<String>,
}

impl Interaction {
    /// An event in a situation of which nothing is known.
    #[must_use]
    pub fn new(item: ItemIdx, kind: EventKind, weight: f32, time: EventTime) -> Self {
        Self { item, kind, weight, time, context: Context::default(), n_masked_before: 0 }
    }
}

impl Interactions {
    /// Sequences in which no region is named.
    #[must_use]
    pub fn new(n_items: usize, sequences: Vec<Vec<Interaction>>) -> Self {
        Self { n_items, sequences, regions: Vec::new() }
    }

    /// Number of events.
    #[must_use]
    pub fn n_events(&self) -> usize {
        self.sequences.iter().map(Vec::len).sum()
    }
}
