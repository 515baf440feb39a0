//! The errors of fitting, saving and reading a model, each with its remedy.

use nearest::NearestError;
use transformer::SequenceError;

/// An error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum SignalsError {
    /// There is nothing to rank.
    #[error("there are no items to learn from; import a product feed or events first")]
    NoItems,
    /// Item list, texts and interactions do not speak of the same items.
    #[error(
        "{what} speaks of {found} items, the item list of {n_items}; give one entry per item, in the order of the list"
    )]
    ItemCountMismatch {
        /// `texts` or `interactions`.
        what: &'static str,
        /// Items it speaks of.
        found: usize,
        /// Items in the list.
        n_items: usize,
    },
    /// The same item is listed twice.
    #[error("item {item} is listed twice; list each item once")]
    DuplicateItem {
        /// The item.
        item: String,
    },
    /// An interaction points past the item list.
    #[error(
        "event {event} of sequence {sequence} speaks of item number {item}, but there are {n_items}; number items from 0"
    )]
    ItemOutOfRange {
        /// Position of the sequence.
        sequence: usize,
        /// Position of the event in it.
        event: usize,
        /// The number.
        item: u32,
        /// Items in the list.
        n_items: usize,
    },
    /// A behaviour weight that is negative or not a number.
    #[error(
        "event {event} of sequence {sequence} weighs {weight}; behaviour weights are zero or more"
    )]
    BadWeight {
        /// Position of the sequence.
        sequence: usize,
        /// Position of the event in it.
        event: usize,
        /// The weight.
        weight: f32,
    },
    /// An encoder's vectors that cannot be compared.
    #[error("the encoder's vectors of items cannot be used: {0}")]
    Nearest(#[from] NearestError),
    /// A setting or constant out of its range.
    #[error("{setting} is {found}; it must be {expected}")]
    BadSetting {
        /// Its name, as in the configuration.
        setting: &'static str,
        /// Its value.
        found: String,
        /// The values it may have.
        expected: &'static str,
    },
    /// The Transformer could not be trained or read.
    #[error(transparent)]
    Sequence(#[from] SequenceError),
    /// A model file is missing.
    #[error("the model has no file {file}; train again with `candor train`")]
    MissingFile {
        /// Its name.
        file: String,
    },
    /// A model file does not hold what it should.
    #[error("model file {file} is damaged: {problem}; train again with `candor train`")]
    DamagedFile {
        /// Its name.
        file: String,
        /// The fault.
        problem: String,
    },
}
