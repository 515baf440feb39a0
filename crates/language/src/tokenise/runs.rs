//! Stretches of one script in a text, and which stretches of letters and digits are one code.

use std::ops::Range;

use crate::detect::{is_han, is_hiragana, is_katakana};

/// A stretch of one script, as bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) at: Range<usize>,
    pub(super) script: Script,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Han,
    Hiragana,
    Katakana,
    /// Letters of other scripts and digits.
    Other,
}

/// Maximal runs of Han characters, of either kana, and of other letters and digits. Codes that are
/// written with a hyphen are one run.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut previous = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let end = at + c.len_utf8();
        match (script(previous, c, next), runs.last_mut()) {
            (Some(script), Some(run)) if run.script == script && run.at.end == at => {
                run.at.end = end;
            }
            (Some(script), _) => runs.push(Run { at: at..end, script }),
            (None, _) => {}
        }
        previous = Some(c);
    }
    joined(text, runs)
}

/// The class of a character; `None` between words. A point between digits, an apostrophe between
/// letters and a sign of per cent after a digit belong to the word around them.
fn script(previous: Option<char>, c: char, next: Option<char>) -> Option<Script> {
    let between = |of: fn(char) -> bool| previous.is_some_and(of) && next.is_some_and(of);
    match c {
        _ if is_han(c) => Some(Script::Han),
        _ if is_hiragana(c) => Some(Script::Hiragana),
        _ if is_katakana(c) => Some(Script::Katakana),
        _ if c.is_alphanumeric() || is_mark(c) => Some(Script::Other),
        '.' if between(|c| c.is_ascii_digit()) => Some(Script::Other),
        '\'' if between(|c| c.is_alphabetic() && !is_han(c)) => Some(Script::Other),
        '%' if previous.is_some_and(|c| c.is_ascii_digit()) => Some(Script::Other),
        _ => None,
    }
}

/// Combining marks that NFKC could not merge into a letter belong to it.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Joins runs of letters and digits with a hyphen between them where both are one code.
fn joined(text: &str, runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        let is_han_next = text[run.at.end..].chars().next().is_some_and(is_han);
        match joined.last_mut() {
            Some(last)
                if (last.script, run.script) == (Script::Other, Script::Other)
                    && &text[last.at.end..run.at.start] == "-"
                    && is_one_code(&text[last.at.clone()], &text[run.at.clone()], is_han_next) =>
            {
                last.at.end = run.at.end;
            }
            _ => joined.push(run),
        }
    }
    joined
}

/// USB-C and T-shirt (a single letter), MX-5 and WH-1000XM5 (letters, then a number), 24-105mm and
/// B07-X2 (a digit on both sides); not lip-gloss and not 0.5-ounce.
fn is_one_code(left: &str, right: &str, is_han_next: bool) -> bool {
    let is_letters = |text: &str| text.bytes().all(|b| b.is_ascii_alphabetic());
    let has_digit = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let single = |text: &str| text.len() == 1 && is_letters(text);
    let starts_with_digit = right.starts_with(|c: char| c.is_ascii_digit());
    single(left)
        // The letter may begin a compound of its own: nike-T恤.
        || single(right) && !is_han_next
        || is_letters(left) && left.len() <= 6 && starts_with_digit
        || has_digit(left) && has_digit(right)
}
