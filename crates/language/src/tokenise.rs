//! Texts into words: Han runs by jieba, everything else by Unicode letters and digits.
//!
//! Responsible for one spelling per word (NFKC, lower case, plain apostrophes) and for keeping
//! amounts with their units (`30ml`, `0.5`). Stop words stay in and n-grams are not made: the text signal
//! decides on those. English plurals are left alone.

use std::sync::LazyLock;

use jieba_rs::Jieba;
use unicode_normalization::UnicodeNormalization;

use crate::detect::is_han;

/// Built at the first Chinese text: about 100 MB of dictionary that an English shop never loads.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Loads the Chinese dictionary now rather than at the first Chinese text.
pub fn warm_up() {
    LazyLock::force(&JIEBA);
}

/// One spelling for what reads the same: NFKC, lower case, `'` for every apostrophe.
#[must_use]
pub fn normalise(text: &str) -> String {
    text.nfkc()
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' | '\u{02bc}' => '\'',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of a text in their order.
///
/// Chinese is cut in jieba's default mode with its hidden Markov model: search mode would give
/// overlapping words, and neighbours of a 2-gram would no longer be neighbours in the text.
///
/// ```
/// assert_eq!(language::tokenise("L’Oréal Lip-Gloss, 0.5 oz"), ["l'oréal", "lip", "gloss", "0.5", "oz"]);
/// assert_eq!(language::tokenise("兰蔻小黑瓶30ml"), ["兰蔻", "小黑", "瓶", "30ml"]);
/// ```
#[must_use]
pub fn tokenise(text: &str) -> Vec<String> {
    let text = normalise(text);
    let mut words = Vec::new();
    for run in runs(&text) {
        if run.starts_with(is_han) {
            words.extend(JIEBA.cut(run, true).into_iter().map(|token| token.word.to_owned()));
        } else {
            words.push(run.to_owned());
        }
    }
    words
}

/// Where the nouns of a run of Han characters lie, in characters: words of two or more that jieba
/// tags as nouns, or as verbs used like one.
pub(crate) fn nouns(run: &str) -> Vec<(usize, usize)> {
    if run.chars().nth(1).is_none() {
        return Vec::new();
    }
    let mut at = 0;
    let tagged = JIEBA.tag(run, true).into_iter().map(|tag| {
        let from = at;
        at += tag.word.chars().count();
        (tag.tag, from, at)
    });
    let is_noun = |tag: &str| matches!(tag, "n" | "nz" | "vn" | "an");
    tagged
        .filter(|(tag, from, to)| is_noun(tag) && to - from >= 2)
        .map(|(_, from, to)| (from, to))
        .collect()
}

/// Maximal runs of Han characters, and maximal words of other letters and digits.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut start: Option<(usize, Script)> = None;
    let mut previous = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let script = script(previous, c, next);
        if start.map(|(_, of)| of) != script {
            runs.extend(start.map(|(from, _)| &text[from..at]));
            start = script.map(|of| (at, of));
        }
        previous = Some(c);
    }
    runs.extend(start.map(|(from, _)| &text[from..]));
    runs
}

#[derive(Clone, Copy, PartialEq)]
enum Script {
    Han,
    Other,
}

/// The class of a character; `None` between words. A point between digits and an apostrophe
/// between letters belong to the word around them.
fn script(previous: Option<char>, c: char, next: Option<char>) -> Option<Script> {
    let between = |of: fn(char) -> bool| previous.is_some_and(of) && next.is_some_and(of);
    match c {
        _ if is_han(c) => Some(Script::Han),
        _ if c.is_alphanumeric() || is_mark(c) => Some(Script::Other),
        '.' if between(|c| c.is_ascii_digit()) => Some(Script::Other),
        '\'' if between(|c| c.is_alphabetic() && !is_han(c)) => Some(Script::Other),
        _ => None,
    }
}

/// Combining marks that NFKC could not merge into a letter belong to it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests;
