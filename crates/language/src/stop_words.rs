//! Words that say nothing about a product, per language, as data files anyone can review.

use std::collections::HashSet;
use std::sync::LazyLock;

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    [
        include_str!("../data/stop_words_en.txt"),
        include_str!("../data/stop_words_zh.txt"),
    ]
    .into_iter()
    .flat_map(str::lines)
    .map(str::trim)
    .filter(|line| !line.is_empty() && !line.starts_with('#'))
    .collect()
});

/// Whether a word, as [`tokenise`](crate::tokenise()) gives it, is a function word of either
/// language.
#[must_use]
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}
