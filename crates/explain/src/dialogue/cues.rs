//! Cues: words that tell an intent when they appear in order.

use super::Intent;

/// Groups of alternatives, one of each of which must appear, one after the other. In a file groups
/// are separated by `~` and alternatives by `|`.
pub(super) struct Cue {
    pub intent: Intent,
    groups: Vec<Vec<String>>,
}

impl Cue {
    pub(super) fn new(intent: Intent, text: &str) -> Self {
        let alternatives = |group: &str| {
            let words = group.split('|').map(str::trim).filter(|word| !word.is_empty());
            words.map(str::to_owned).collect::<Vec<_>>()
        };
        Self { intent, groups: text.split('~').map(alternatives).collect() }
    }

    /// Whether the cue stands in a folded text with a space at both ends.
    pub(super) fn holds(&self, text: &str) -> bool {
        let mut from = 0;
        for group in &self.groups {
            let ends = group.iter().filter_map(|word| end_of(&text[from..], word));
            let Some(end) = ends.min() else { return false };
            from += end;
        }
        true
    }
}

/// Where a word ends: Latin ones stand between spaces, `n't` at the end of another. The space after
/// it may begin the next word.
fn end_of(text: &str, word: &str) -> Option<usize> {
    if !word.is_ascii() {
        return text.find(word).map(|at| at + word.len());
    }
    let at = match word {
        "n't" => text.find("n't ")?,
        _ => text.find(&format!(" {word} "))? + 1,
    };
    Some(at + word.len())
}
