//! What was found about each sentence.

use domain::{ItemId, Timestamp};
use serde::Serialize;

/// What was found about an answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The answer.
    pub request_id: String,
    /// The reader's time.
    pub at: Timestamp,
    /// Every sentence, in the order of the list.
    pub sentences: Vec<Told>,
}

/// One sentence with its verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// The item it is about.
    pub item_id: ItemId,
    /// The sentence.
    pub text: String,
    /// The message it was read as; missing where it is unreadable.
    pub message: Option<&'static str>,
    /// What was found.
    pub verdict: Verdict,
    /// What it says, part by part.
    pub parts: Vec<Part>,
}

/// The verdict on a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Recounted, and so.
    True,
    /// What can be recounted is so; the rest is the model's own word, and agrees with its output.
    RestsOnModel,
    /// Something it says is not so.
    False,
    /// No pattern knows it, or what it names is not in the bundle.
    Unreadable,
}

/// Who can say whether a part is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// The rows.
    Rows,
    /// The model.
    Model,
}

/// One thing that a sentence says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// About what.
    pub what: &'static str,
    /// What the sentence says.
    pub told: String,
    /// What was found.
    pub found: String,
    /// Whether they agree.
    pub holds: bool,
    /// By whom.
    pub by: Said,
}

impl Verdict {
    /// The verdict on parts.
    #[must_use]
    pub fn of(parts: &[Part]) -> Self {
        if parts.is_empty() {
            Self::Unreadable
        } else if parts.iter().any(|part| !part.holds) {
            Self::False
        } else if parts.iter().any(|part| part.by == Said::Model) {
            Self::RestsOnModel
        } else {
            Self::True
        }
    }

    /// Whether a shop may stand by it.
    #[must_use]
    pub fn is_good(self) -> bool {
        matches!(self, Self::True | Self::RestsOnModel)
    }

    /// Its name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::RestsOnModel => "rests on the model",
            Self::False => "false",
            Self::Unreadable => "unreadable",
        }
    }
}

impl Report {
    /// Whether no sentence is false or unreadable.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.sentences.iter().all(|told| told.verdict.is_good())
    }
}

impl Part {
    /// Something that the rows say.
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over what they computed")]
    pub(crate) fn rows(
        what: &'static str,
        told: impl ToString,
        found: impl ToString,
        holds: bool,
    ) -> Self {
        Self { what, told: told.to_string(), found: found.to_string(), holds, by: Said::Rows }
    }

    /// Something that only the model can say.
    pub(crate) fn model(
        what: &'static str,
        told: impl ToString,
        found: impl ToString,
        holds: bool,
    ) -> Self {
        Self { by: Said::Model, ..Self::rows(what, told, found, holds) }
    }

    /// A count.
    pub(crate) fn count(what: &'static str, told: Option<u64>, found: usize) -> Self {
        let shown = told.map_or_else(|| "?".to_owned(), |told| told.to_string());
        Self::rows(what, shown, found, told == u64::try_from(found).ok())
    }
}
