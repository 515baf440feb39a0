//! The settings of questions and corrections.

use serde::{Deserialize, Serialize};

use super::memory::Limits;

/// Questions and corrections.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskConfig {
    /// What "more of this" adds to a score, and "less of this" takes from it.
    pub preference_boost: f32,
    /// Most changes of a history that are tried to bring an item in.
    pub bring_in_tries: usize,
    /// Most conversations that are remembered, the last ones.
    pub conversations: usize,
    /// Most turns of one that are remembered, the last ones.
    pub turns: usize,
    /// Minutes after which a conversation that rests is forgotten.
    pub conversation_minutes: u32,
}

impl AskConfig {
    pub(super) fn limits(&self) -> Limits {
        let Self { conversations, turns, conversation_minutes: minutes, .. } = *self;
        Limits { conversations, turns, minutes }
    }
}

impl Default for AskConfig {
    fn default() -> Self {
        Self {
            preference_boost: 1.0,
            bring_in_tries: 24,
            conversations: 1000,
            turns: 6,
            conversation_minutes: 30,
        }
    }
}
