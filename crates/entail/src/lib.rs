//! Decides whether a freely written text follows from verified claims.
//!
//! A text is cut into words, read by a grammar per language (`data/<language>.txt`) as a sequence of
//! propositions, and every proposition is compared with the facts of the claims. A text is entailed
//! if all of its words are read and all of its propositions follow. Nothing is repaired or guessed:
//! words that no rule reads refuse the whole text. `language` asks the model; `explain` verifies
//! the claims.

mod check;
mod grammar;
mod matching;
mod numbers;
mod pattern;
mod reading;
mod refusal;
mod situation;
mod titles;
mod tokens;

pub use reading::{Entailed, entails};
pub use refusal::Refusal;
pub use situation::{Deed, Product, Situation};
