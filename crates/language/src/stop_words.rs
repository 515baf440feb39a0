//! Words that say nothing about a product, per language, as data files anyone can review.

use std::collections::HashSet;
use std::sync::LazyLock;

static STOP_WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    crate::data::in_every_language("stop_words")
        .flat_map(|(_, list)| list.lines())
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Whether a word, as [`tokenise`](crate::tokenise()) gives it, is a function word of a
/// language that has a list of them.
#[must_use]
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{normalise, tokenise};

    #[test]
    fn every_listed_word_is_one_the_tokeniser_can_write() {
        for &word in STOP_WORDS.iter() {
            assert_eq!(normalise(word), word);
            assert!(!tokenise(word).is_empty(), "{word}");
        }
    }

    #[test]
    fn function_words_stop_and_product_words_do_not() {
        assert!(is_stop_word("the") && is_stop_word("的"));
        assert!(!is_stop_word("new") && !is_stop_word("口红"));
    }
}
