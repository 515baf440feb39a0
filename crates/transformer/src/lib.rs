//! A causal Transformer over a shopper's last events (SASRec family): its network, its training
//! loop, and its files.
//!
//! Written by hand on one matrix product, because that is several times faster here than any
//! framework on processors. [`Trainer`] trains epoch by epoch and can stop and resume;
//! [`SequenceModel`] scores histories and is saved as safetensors bytes. Data files are read and
//! model files written by `store`; attribution of scores to events is the business of `signals`.

mod adam;
mod attributions;
mod backward;
mod batch;
pub mod config;
pub mod features;
mod forward;
mod loss;
pub mod model;
mod table;
pub mod train;
pub mod validate;
mod weights;

pub use config::{Loss, SequenceConfig};
pub use features::{FeatureRows, ItemFeatures};
pub use model::SequenceModel;
pub use train::{Progress, Trainer, TrainingData};
pub use validate::{Held, Ranking};

use interactions::ItemIdx;

/// The errors of training and of model files, each with its remedy.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SequenceError {
    /// A setting that cannot work.
    #[error("sequence.{field} = {value} cannot work: {hint}")]
    Config {
        /// The setting.
        field: &'static str,
        /// Its value.
        value: String,
        /// Values to choose instead.
        hint: &'static str,
    },
    /// An item number beyond the catalogue.
    #[error(
        "sequence {sequence} holds item {item}, but there are {n_items} items; renumber them from 0"
    )]
    UnknownItem {
        /// Which sequence, from 0.
        sequence: usize,
        /// The item.
        item: ItemIdx,
        /// Items there are.
        n_items: usize,
    },
    /// No sequence has two events.
    #[error(
        "nothing to learn from: no sequence has two events; train once shoppers have come back"
    )]
    NoSequences,
    /// Item features that do not fit the catalogue.
    #[error("item features do not fit: {problem}; make them again from this catalogue")]
    Features {
        /// The mismatch.
        problem: String,
    },
    /// Marks that do not fit the sequences.
    #[error("marks of events do not fit: {problem}; make them from the same sequences")]
    Marks {
        /// The mismatch.
        problem: String,
    },
    /// A model or training state that cannot be read.
    #[error("sequence model file, {name}: {problem}; train again, or restore the file")]
    File {
        /// The array or entry.
        name: String,
        /// The fault.
        problem: String,
    },
    /// A training state of other data.
    #[error(
        "this training state is of other data or settings; start over, or start warm from the model"
    )]
    OtherData,
}

#[cfg(test)]
mod tests;
