//! The style of reasons that a policy chooses between, and the context that it chooses by.

use std::collections::BTreeMap;

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
