//! How a shopper likes to be spoken to, and how a shop speaks.

use domain::Language;
use serde::{Deserialize, Serialize};

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// As little as tells the facts.
    Short,
    /// A sentence or two.
    #[default]
    Normal,
}

/// How it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formality {
    /// As to somebody known.
    Casual,
    /// Friendly.
    #[default]
    Friendly,
    /// Reserved.
    Formal,
}

/// How to word one reason. Chosen by facts about the shopper, never stating one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Style {
    /// The reader's language.
    pub lang: Language,
    /// How much is said.
    pub length: Length,
    /// How it is said.
    pub formality: Formality,
    /// The shop's voice, in its own words; empty for none.
    pub voice: String,
    /// Which of several wordings, so that not every reason of a kind reads alike.
    pub variant: u32,
}

impl Style {
    /// A plain style.
    #[must_use]
    pub fn plain(lang: Language) -> Self {
        Self {
            lang,
            length: Length::default(),
            formality: Formality::default(),
            voice: String::new(),
            variant: 0,
        }
    }
}
