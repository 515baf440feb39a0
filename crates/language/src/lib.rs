//! Language: words of shop texts.
//!
//! Responsible for splitting texts into comparable words, for telling languages apart, for
//! finding what reviews say of which aspect, and for phrasing claims by a language model whose
//! every word is checked.
//! Words are weighed by the text signal in `signals`. Entry points: [`tokenise()`], [`detect()`],
//! [`aspects`], [`llm`] and [`phrasing`].

pub mod aspects;
mod data;
pub mod detect;
pub mod encoder;
pub mod llm;
pub mod phrasing;
pub mod quote;
pub mod stop_words;
pub mod tokenise;
pub mod writing;

pub use detect::{detect, han_share};
pub use stop_words::is_stop_word;
pub use tokenise::{Tokeniser, normalise, tokenise, warm_up};
pub use writing::{Writing, writing};
