//! The reasons why an answer of a language model is not used.

/// Why an answer is not used. [`Refusal::name`] is what is counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not the JSON that was asked for.
    #[error("it is not the JSON that was asked for: {0}")]
    Malformed(String),
    /// More than anyone would read.
    #[error("it is longer than a reason may be")]
    TooLong,
    /// No sentence at all.
    #[error("it says nothing")]
    Empty,
    /// A character that no sentence needs outside of facts.
    #[error("character {0:?} has no place outside of facts")]
    Character(char),
    /// A place for a fact that is not written as it should be.
    #[error("{{{{{0}}}}} is no place for a fact")]
    Place(String),
    /// A fact nobody gave it.
    #[error("there is no fact {0}")]
    UnknownFact(String),
    /// A fact told twice.
    #[error("fact {0} is told twice")]
    Repeated(String),
    /// A fact that must be told is not, or one of a group without the others.
    #[error("fact {0} is missing")]
    MissingFact(String),
    /// A sentence says it states other claims than it does.
    #[error("the sentence names other claims than it states")]
    Claims,
    /// Facts of two claims in one clause, or one claim's told in two places.
    #[error("facts of two claims are mixed")]
    Mixed,
    /// Words that are not listed for the claim.
    #[error("{0:?} is not among the listed phrases")]
    Unlisted(String),
    /// Brackets, or marks one after the other.
    #[error("its punctuation is not that of a sentence")]
    Punctuation,
    /// Nothing is listed for a form of statement.
    #[error("no phrases are listed for {0}")]
    UnknownForm(String),
}

impl Refusal {
    /// A name to count by.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::TooLong => "too_long",
            Self::Empty => "empty",
            Self::Character(_) => "character",
            Self::Place(_) => "place",
            Self::UnknownFact(_) => "unknown_fact",
            Self::Repeated(_) => "repeated_fact",
            Self::MissingFact(_) => "missing_fact",
            Self::Claims => "claims",
            Self::Mixed => "mixed",
            Self::Unlisted(_) => "unlisted",
            Self::Punctuation => "punctuation",
            Self::UnknownForm(_) => "unknown_form",
        }
    }
}
