//! Signals: what a score is made of, each able to account for its score by history event.
//!
//! Responsible for fitting, scoring, attributing, blending and evaluating. Refuses to load or
//! save: models go in and out as named byte files that `app` hands to `store`.

pub mod evaluate;
pub mod history;
pub mod interactions;
pub mod signal;

pub use history::{History, HistoryEvent, Query};
pub use interactions::{Interaction, Interactions, ItemIdx, ItemText};
pub use signal::{Attribution, Signal, SignalName};
