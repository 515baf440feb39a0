//! Signals: what a score is made of, each able to account for its score by history event.
//!
//! Responsible for fitting, scoring, attributing, blending and evaluating. Refuses to load or
//! save: models go in and out as named byte files that `app` hands to `store`.

pub mod baselines;
pub mod circumstance;
pub mod evaluate;
pub mod history;
pub mod interactions;
pub mod mark;
pub mod masked;
pub mod nearest;
pub mod sequence;
pub mod signal;
pub mod split;
pub mod training;

mod sparse;

pub mod context;
pub mod popularity;
pub mod text;
pub mod transition;

#[cfg(test)]
mod laws;

mod blend;
mod earn;
mod tune;
mod validation;

pub mod config;
pub mod constants;
pub mod error;
pub mod files;
pub mod fit;
pub mod model;
pub mod report;
pub mod shown;

pub use circumstance::{Circumstance, Context, RegionIdx};
pub use config::{HoldOut, SequenceSettings, SignalsConfig, TuningConfig};
pub use constants::{Blend, BlendWeight, Constants};
pub use context::ContextSignal;
pub use error::SignalsError;
pub use history::{History, HistoryEvent, Query};
pub use interactions::{Interaction, Interactions, ItemIdx, ItemText};
pub use mark::Mark;
pub use masked::MaskedScores;
pub use model::{Breakdown, BreakdownPart, Model};
pub use popularity::Popularity;
pub use report::{
    Epoch, FitReport, Progress, RankingQuality, SequenceReport, SignalReport, Stage, Watch,
};
pub use shown::{Refined, Shown, ShownItem, Taken, refine};
pub use signal::{Attribution, Signal, SignalName};
pub use text::{TextSignal, TextSimilarity};
pub use training::TrainingData;
pub use transition::Transition;
