//! Interactions: what shoppers did, as the numbers that models learn from and are asked with.
//!
//! Responsible for items as positions in a list ([`ItemIdx`]), for sequences of events with their
//! situations ([`Interactions`]), and for the history behind one answer with the one operator that
//! masks events of it ([`History::without`]). Scoring is the business of `signals`.

pub mod circumstance;
pub mod history;
pub mod interaction;
pub mod mark;

pub use circumstance::{Circumstance, Context, RegionIdx};
pub use history::{History, HistoryEvent, Query};
pub use interaction::{Interaction, Interactions, ItemIdx};
pub use mark::Mark;
