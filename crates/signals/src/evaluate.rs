//! Evaluation.

pub mod rank;
