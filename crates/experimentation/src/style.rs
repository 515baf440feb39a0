//! The style of reasons that a policy chooses between, and the context that it chooses by.

use std::collections::BTreeMap;

use claims::ClaimKind;
use domain::Language;
use serde::{Deserialize, Serialize};

/// A way of putting reasons.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Style {
    /// What each kind of claim is worth, by name; 1 where missing.
    pub kinds: BTreeMap<String, f64>,
    /// Most claims in one reason; as the settings of reasons where missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_claims: Option<usize>,
}

/// How much is known of a shopper.
pub fn segment(n_steps: usize) -> &'static str {
    match n_steps {
        0 => "new",
        1..5 => "some",
        _ => "many",
    }
}

/// The context that styles are learned in.
pub fn context(lang: Language, n_steps: usize) -> String {
    format!("{}/{}", lang.tag(), segment(n_steps))
}

/// Why a name is that of no kind of claim that reasons are made of, and which is meant; `None` where
/// it is one.
pub fn not_a_kind(name: &str) -> Option<String> {
    if ClaimKind::named(name).is_some_and(ClaimKind::is_of_reasons) {
        return None;
    }
    let names: Vec<&str> = ClaimKind::OF_REASONS.iter().map(|kind| kind.name()).collect();
    Some(format!(
        "no kind of claim is called {name}; did you mean {}? There are {}",
        closest(name),
        names.join(", ")
    ))
}

/// The kind that a name most likely means: the one of the fewest changed letters.
fn closest(name: &str) -> &'static str {
    let names = ClaimKind::OF_REASONS.iter().map(|kind| kind.name());
    names.min_by_key(|kind| n_changes(name, kind)).expect("there are kinds")
}

/// How many letters have to be put in, left out or exchanged to turn one word into another.
fn n_changes(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    // Changes from what was read of `from` to each beginning of `to`.
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (n_read, letter) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], n_read + 1);
        for (at, other) in to.iter().enumerate() {
            let exchanged = diagonal + usize::from(letter != *other);
            diagonal = row[at + 1];
            row[at + 1] = exchanged.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}
