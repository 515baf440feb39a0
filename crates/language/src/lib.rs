//! Language: words of Chinese and English shop texts.
//!
//! Responsible for splitting texts into comparable words and for telling the two languages apart.
//! Refuses to weigh words (that is the text signal's work) and to translate.

pub mod detect;
pub mod stop_words;
pub mod tokenise;

pub use detect::{detect, han_share};
pub use stop_words::is_stop_word;
pub use tokenise::{normalise, tokenise, warm_up};
