//! Signals: what a score is made of, each able to account for its score by history event.
//!
//! Responsible for fitting ([`Model::fit`]), scoring, attributing and blending; one signal, one
//! file. A model goes in and out as named bytes ([`files`]), which `app` hands to `store`. The words
//! that signals share with metrics and baselines are those of [`interactions`]; the network behind
//! the sequence signal is in [`transformer`].

pub mod config;
pub mod constants;
pub mod error;
pub mod masked;
pub mod signal;
pub mod training;

mod kept;
mod sparse;

pub mod context;
pub mod popularity;
pub mod sequence;
pub mod text;
pub mod transition;

#[cfg(test)]
mod laws;

mod blend;
mod selection;
mod tune;
mod validation;

mod fitted;

pub mod files;
pub mod fit;
pub mod impressions;
pub mod model;
pub mod report;

pub use interactions::{
    Circumstance, Context, History, HistoryEvent, Interaction, Interactions, ItemIdx, Mark, Query,
    RegionIdx,
};

pub use config::{HoldOut, SequenceSettings, SignalsConfig, TuningConfig};
pub use constants::{Blend, BlendWeight};
pub use context::ContextSignal;
pub use error::SignalsError;
pub use fitted::Constants;
pub use impressions::{Impression, Impressions, Refined, refine};
pub use masked::MaskedScores;
pub use model::{Breakdown, BreakdownPart, Model};
pub use popularity::Popularity;
pub use report::{
    ChoiceGain, Epoch, FitReport, Progress, RankingQuality, SequenceReport, SignalReport, Stage,
    Watch,
};
pub use signal::{Attribution, Signal, SignalName};
pub use text::{TextSignal, TextSimilarity};
pub use training::{ItemText, TrainingData};
pub use transition::Transition;
