//! Words for verified claims by a language model that is not trusted with a single fact.
//!
//! Responsible for what a model is told (forms and names of facts, never a title, a review or a
//! number), for which of its answers are accepted (only texts made wholly of listed phrases, see
//! `data/phrasing_*`), and for putting facts into accepted texts. `explain` decides whether a claim
//! is true. An answer that is not accepted is not used; none is repaired.

mod accept;
mod examples;
mod fill;
mod filler;
mod lists;
mod prompt;
mod refusal;
mod statement;
mod style;
mod template;
mod writer;

pub use accept::{accept, check};
pub use examples::{Examples, examples};
pub use fill::{fill, plainly};
pub use filler::Filler;
pub use lists::{FormFacts, facts, offers};
pub use prompt::{PROMPT_VERSION, again, prompt};
pub use refusal::Refusal;
pub use statement::{Line, Slot, Statement};
pub use style::{Formality, Length, Style};
pub use writer::{Wording, Writer, WriterStatus};
