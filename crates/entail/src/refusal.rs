//! The reasons why a text is not entailed.

/// Why a text is refused. [`Refusal::name`] is what is counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no grammar of the language.
    #[error("no grammar reads this language")]
    Language,
    /// More than anybody would read.
    #[error("it is longer than a reason may be")]
    TooLong,
    /// A character that no sentence needs.
    #[error("character {0:?} has no place in a sentence")]
    Character(char),
    /// No rule reads these words.
    #[error("nothing verified says {0:?}")]
    Unread(String),
    /// The words are understood, and the facts do not say so.
    #[error("the facts do not say {0:?}")]
    NotEntailed(String),
    /// Tone alone, or nothing.
    #[error("it states no fact")]
    Empty,
}

impl Refusal {
    /// A name to count by.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::TooLong => "too_long",
            Self::Character(_) => "character",
            Self::Unread(_) => "unread",
            Self::NotEntailed(_) => "not_entailed",
            Self::Empty => "empty",
        }
    }
}
