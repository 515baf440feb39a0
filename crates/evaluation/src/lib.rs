//! Measuring a recommender where the truth is held out: what it finds, how faithful its explanations
//! are, and how long both take.
//!
//! It serves nobody and records no answers.

pub mod aspects;

pub mod evaluate;
pub mod kept;

pub mod faithfulness;

pub mod measure;

pub use evaluate::{EvaluateConfig, EvaluateStage, Evaluated, Protocol, evaluate};
