//! Learning from shoppers: what came of answers, experiments and their results, questionnaires, trust,
//! and the loop that decides which reasons and which model they get.
//!
//! Read offline; nothing here answers anybody.

mod metric;
mod unit;

mod config;
mod definition;

pub mod outcomes;
pub mod seeded_error;
pub mod style;

pub mod survey;

pub mod experiment;

pub mod optimise;

pub mod conclusion;

pub mod trust;
