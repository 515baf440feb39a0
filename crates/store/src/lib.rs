//! The only persistence: a shop is a folder with `state.db`, `models/<version>/…` and
//! `evaluations/<report>.json`.
//!
//! Responsible for keeping what was acknowledged, giving it back as of any id, and erasing it
//! without a trace. No SQL and no path inside a shop's folder is known anywhere else. Counts with a
//! meaning, signals and claims are computed by the crates above.

pub mod chain;
pub mod observed;
pub mod record;
pub mod scan;
pub mod state;

pub mod backup;
pub mod erased_names;
pub mod loading;

pub mod error;
mod files;
mod ids;

mod memory;
mod sqlite;

pub mod models;
pub mod reports;
pub mod shop;

#[cfg(test)]
mod conformance;

pub use backup::BackedUp;
pub use chain::{Chained, Link};
pub use erased_names::ErasedNames;
pub use error::StoreError;
pub use loading::{Loading, TakenIn};
pub use memory::MemoryState;
pub use models::{Mapped, Model, ModelFile, Models};
pub use observed::{
    Assigned, Feedback, Noted, Observations, StoredFeedback, StoredSurvey, Survey, SurveyAnswers,
};
pub use record::{
    Ack, Answer, AnswerRecord, Corrected, Counts, Erased, Export, ExportedEvent,
    ExportedPreferences, ExportedReview, HistoryRow, ImportRecord, ImportRun, ItemAck, Joined,
    LoadProgress, LoadReport, Loaded, Remembered, Repeat, ReviewAck,
};
pub use reports::Reports;
pub use scan::{Each, every, try_each};
pub use shop::Shop;
pub use sqlite::SqliteState;
pub use state::State;
