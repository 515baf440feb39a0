//! Gathers the facts that many rows hold about the same item, so that it is handed on once and the
//! newest row wins. Memory is bounded: past a limit everything gathered is handed on.

use std::collections::HashMap;

use domain::{EventTime, Item, ItemId};

use crate::Record;

/// Items held before they are handed on; about 200 bytes each, and their texts.
const MAX_HELD: usize = 200_000;

/// The newest facts of each item, in order of first appearance.
#[derive(Default)]
pub(crate) struct LatestItems {
    places: HashMap<ItemId, usize>,
    items: Vec<(EventTime, Item)>,
}

impl LatestItems {
    /// Takes the facts of a row; returns the items to be handed on when the limit is reached.
    pub(crate) fn see(&mut self, time: EventTime, item: Item) -> Vec<Record> {
        if let Some(&at) = self.places.get(&item.id) {
            let (known_at, known) = &mut self.items[at];
            if time >= *known_at {
                *known_at = time;
                known.overlay(item);
            } else {
                let newer = std::mem::replace(known, item);
                known.overlay(newer);
            }
            return Vec::new();
        }
        self.places.insert(item.id.clone(), self.items.len());
        self.items.push((time, item));
        if self.items.len() < MAX_HELD { Vec::new() } else { self.drain() }
    }

    /// Whether an earlier row of the item said something else.
    pub(crate) fn differs(&self, item: &Item) -> bool {
        self.places.get(&item.id).is_some_and(|&at| {
            let mut both = self.items[at].1.clone();
            both.overlay(item.clone());
            both != self.items[at].1
        })
    }

    /// Everything gathered so far.
    pub(crate) fn drain(&mut self) -> Vec<Record> {
        self.places.clear();
        let items = std::mem::take(&mut self.items);
        items.into_iter().map(|(_, item)| Record::Item(item)).collect()
    }
}
