//! A statement by form and named facts, and an accepted text that makes it.

use serde::{Deserialize, Serialize};

/// A fact of a claim, ready to be read: `n` = “1,204 shoppers”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its name in the lists.
    pub name: &'static str,
    /// The value as it stands in the text.
    pub value: String,
}

/// A verified claim as it may be phrased: which sort of sentence it is, and its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its section in the lists, e.g. `bought_together`.
    pub form: &'static str,
    /// Its facts.
    pub slots: Vec<Slot>,
}

impl Statement {
    /// Whether the statement has a fact of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.value(name).is_some()
    }

    /// The text that stands for a fact.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.slots.iter().find(|slot| slot.name == name).map(|slot| slot.value.as_str())
    }
}

/// A text with `{{c1.name}}` where facts go; `c1` is the first of the statements it was written
/// for. Holds no fact itself, so that it can be kept, and used for other facts of the same forms.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The text.
    pub text: String,
    /// Which statements it states: `c1`, `c2` …
    pub claim_ids: Vec<String>,
}
