//! Histories packed end to end: every row is a real event, none is padding.

use std::ops::Range;

use interactions::Mark;

/// One event as the model reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input {
    /// Row of the item table.
    pub(crate) row: u32,
    /// Steps back from the newest event.
    pub(crate) distance: u32,
    /// Its kind and gap.
    pub(crate) mark: Mark,
}

/// Some histories, oldest event first within each, one row per event.
#[derive(Debug, Clone, Default)]
pub(crate) struct Batch {
    /// Row of the item table of each event.
    pub(crate) items: Vec<u32>,
    /// Distance of each event from the newest of its history.
    pub(crate) positions: Vec<u32>,
    /// Kind and gap of each event.
    pub(crate) marks: Vec<Mark>,
    /// The rows of each history; never empty.
    pub(crate) histories: Vec<Range<usize>>,
}

impl Batch {
    /// Number of rows.
    pub(crate) fn n_rows(&self) -> usize {
        self.items.len()
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.items.clear();
        self.positions.clear();
        self.marks.clear();
        self.histories.clear();
    }

    /// Appends one history, oldest event first. An empty one is left out.
    pub(crate) fn push(&mut self, events: impl Iterator<Item = Input>) {
        let first = self.items.len();
        for event in events {
            self.items.push(event.row);
            self.positions.push(event.distance);
            self.marks.push(event.mark);
        }
        if self.items.len() > first {
            self.histories.push(first..self.items.len());
        }
    }
}

/// Which positions of each history are wanted at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Every one: training.
    Every,
    /// Only the newest: serving. The last block then does little work.
    Newest,
}

impl Wanted {
    /// How many positions of a history are wanted; they are its last.
    pub(crate) fn of(self, history: &Range<usize>) -> usize {
        match self {
            Self::Every => history.len(),
            Self::Newest => 1,
        }
    }
}
