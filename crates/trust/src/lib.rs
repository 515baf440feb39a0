//! Measures trust: scores from questionnaires, their reliability, and whether trust is earned.
//!
//! Responsible for reliability, factor analysis, the trust score and the over-trust verdict.
//! Takes answers and returns numbers, without I/O. Behaviour and audits are no part of the score;
//! the trust report shows them beside it.

pub mod responses;

pub mod bootstrap;

pub mod alpha;
pub mod omega;

pub mod scale;

pub mod cfa;

pub mod questionnaire;
pub mod score;

pub mod overtrust;

pub mod analyse;

pub use analyse::{Analysis, Request, ScaleItems, analyse};
pub use bootstrap::Bootstrap;
pub use questionnaire::{Construct, Questionnaire, SurveyItem};
pub use responses::Responses;

/// Why a questionnaire cannot be analysed, and what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TrustError {
    /// An item that the data do not have.
    #[error("there is no item {item:?}; the items are {found}")]
    UnknownItem {
        /// The name asked for.
        item: String,
        /// Some of the known names.
        found: String,
    },
    /// A scale without enough items.
    #[error("scale {0} has one item; a reliability needs two or more")]
    TooFewItems(String),
    /// An item twice in one scale.
    #[error("item {item} is listed twice in scale {scale}; list it once")]
    RepeatedItem {
        /// The scale.
        scale: String,
        /// The item.
        item: String,
    },
    /// Two scales of one name.
    #[error("there are two scales named {0}; give each its own name")]
    RepeatedScale(String),
    /// A reversed item that no scale has.
    #[error("item {0} is reversed but belongs to no scale; add it to one, or do not reverse it")]
    ReversedNowhere(String),
    /// A row of another length.
    #[error("row {row} has {found} answers instead of {expected}; leave unanswered items empty")]
    Ragged {
        /// The row, from 1.
        row: usize,
        /// How many answers it has.
        found: usize,
        /// How many items there are.
        expected: usize,
    },
    /// A questionnaire that could not be scored.
    #[error("the questionnaire cannot be used: {problem}")]
    Questionnaire {
        /// The problem.
        problem: String,
    },
    /// No scale at all.
    #[error("there is no scale to analyse; name at least one")]
    NoScale,
}
