//! A text as clauses of units: one Han character, or one word of other letters and digits, each
//! with its place in the raw text. Nothing is normalised that would move a place.

use crate::detect::is_han;

/// One Han character or one other word, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) text: String,
    /// First character in the text.
    pub(super) start: u32,
    /// One past the last.
    pub(super) end: u32,
}

impl Unit {
    pub(super) fn is_han(&self) -> bool {
        self.text.starts_with(is_han)
    }
}

/// Cuts a text at punctuation, line ends, and blanks between Han characters.
pub(super) fn clauses(text: &str) -> Vec<Vec<Unit>> {
    let characters: Vec<char> = text.chars().map(plain).collect();
    let mut clauses = vec![Vec::new()];
    let mut at = 0;
    while at < characters.len() {
        let c = characters[at];
        let end = if is_han(c) { at + 1 } else { word_end(&characters, at) };
        if end > at {
            let text = singular(characters[at..end].iter().collect());
            let unit = Unit { text, start: at as u32, end: end as u32 };
            clauses.last_mut().expect("there is always a last clause").push(unit);
        } else if ends_clause(&characters, at) {
            clauses.push(Vec::new());
        }
        at = end.max(at + 1);
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

/// Lower case, ASCII for its full-width form, one apostrophe; always one character for one.
fn plain(c: char) -> char {
    let c = match c {
        '\u{2018}' | '\u{2019}' | '\u{02bc}' => '\'',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    };
    c.to_lowercase().next().unwrap_or(c)
}

fn word_end(characters: &[char], from: usize) -> usize {
    let of_word = |c: char| c.is_alphanumeric() && !is_han(c);
    let belongs = |at: usize| {
        let neighbours = at > from && characters.get(at + 1).copied().is_some_and(of_word);
        of_word(characters[at]) || (characters[at] == '\'' && neighbours)
    };
    (from..characters.len()).find(|&at| !belongs(at)).unwrap_or(characters.len())
}

fn ends_clause(characters: &[char], at: usize) -> bool {
    let neighbour = |at: Option<usize>| at.and_then(|at| characters.get(at)).copied();
    let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
    match characters[at] {
        '.' => !after.is_some_and(|c| c.is_ascii_digit()),
        // Between Han characters a blank is punctuation.
        ' ' | '\u{3000}' => before.is_some_and(is_han) && after.is_some_and(is_han),
        // These list or introduce, and the opinion on them still follows.
        '、' | ':' | '-' | '/' | '\'' | '"' | '“' | '”' | '*' | '&' => false,
        c => c.is_ascii_punctuation() || !(c.is_alphanumeric() || c.is_whitespace()) || c == '\n',
    }
}

/// An English plural as its singular, roughly: enough for one spelling on both sides.
pub(super) fn singular(word: String) -> String {
    let is_plural = word.len() > 3
        && word.is_ascii()
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
        && !word.ends_with("'s");
    match is_plural {
        true => word[..word.len() - 1].to_owned(),
        false => word,
    }
}
