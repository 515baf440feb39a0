//! A text taken apart: words, marks and places of facts.
//!
//! A character that the two languages do not need outside of facts is an error: digits, markup,
//! signs of currency, letters that only look like Latin ones, and characters nobody sees.

use domain::Language;

use super::refusal::Refusal;
use crate::detect::is_han;

/// The place of a fact: `{{c2.n}}` is `n` of the second statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// Which statement, from 0; `None` in the lists, where a section stands for any.
    pub(super) claim_idx: Option<usize>,
    /// The fact.
    pub(super) name: String,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Token {
    /// An English word in lower case, or one Chinese character.
    Word(String),
    /// Where a fact goes.
    Fact(Place),
    /// A mark of punctuation.
    Mark(char),
}

/// Takes a text apart.
///
/// # Errors
/// [`Refusal::Character`] or [`Refusal::Place`].
pub(super) fn tokens(text: &str, lang: Language) -> Result<Vec<Token>, Refusal> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("{{") {
            let (inner, after) =
                after.split_once("}}").ok_or_else(|| Refusal::Place(shown(after)))?;
            tokens.push(Token::Fact(place(inner).ok_or_else(|| Refusal::Place(shown(inner)))?));
            rest = after;
        } else if c == ' ' {
            rest = &rest[1..];
        } else if is_mark(c, lang) {
            tokens.push(Token::Mark(c));
            rest = &rest[c.len_utf8()..];
        } else {
            let length = word(rest, lang);
            if length == 0 {
                return Err(Refusal::Character(c));
            }
            let shouted = rest[..length].chars().skip(1).find(char::is_ascii_uppercase);
            if let Some(c) = shouted.filter(|_| lang == Language::En) {
                return Err(Refusal::Character(c));
            }
            tokens.push(Token::Word(rest[..length].to_ascii_lowercase().replace('’', "'")));
            rest = &rest[length..];
        }
    }
    Ok(tokens)
}

/// Bytes of the word that a text starts with; 0 where it starts with none.
fn word(text: &str, lang: Language) -> usize {
    match lang {
        Language::Zh => text.chars().next().filter(|&c| is_han(c)).map_or(0, char::len_utf8),
        Language::En => {
            let inner = |c: char| c.is_ascii_alphabetic() || matches!(c, '\'' | '’' | '-');
            let length = text.find(|c| !inner(c)).unwrap_or(text.len());
            let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
            if starts { length } else { 0 }
        }
    }
}

/// Marks a sentence may have. No quotation marks: whoever is quoted is a fact.
pub(super) fn is_mark(c: char, lang: Language) -> bool {
    match lang {
        Language::Zh => matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | '（' | '）'),
        Language::En => matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '(' | ')' | '—' | '–'),
    }
}

/// `c2.n`, or `n` in the lists.
fn place(inner: &str) -> Option<Place> {
    let (claim_idx, name) = match inner.trim().split_once('.') {
        Some((claim, name)) => (Some(claim_idx(claim)?), name),
        None => (None, inner.trim()),
    };
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase());
    is_name.then(|| Place { claim_idx, name: name.to_owned() })
}

/// `c1` is 0. Only plain numbers without a leading zero.
pub(super) fn claim_idx(id: &str) -> Option<usize> {
    let number = id.strip_prefix('c')?;
    let plain = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
    number.parse::<usize>().ok().filter(|_| plain)?.checked_sub(1)
}

/// The beginning of what was wrong, for a log.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Token {
        Token::Word(text.to_owned())
    }

    #[test]
    fn a_text_is_words_marks_and_places() {
        let fact = Token::Fact(Place { claim_idx: Some(1), name: "n".to_owned() });
        assert_eq!(
            tokens("It’s {{c2.n}}, too", Language::En).unwrap(),
            [word("it's"), fact.clone(), Token::Mark(','), word("too")]
        );
        assert_eq!(tokens("有{{c2.n}}", Language::Zh).unwrap(), [word("有"), fact]);
    }

    #[test]
    fn what_no_sentence_needs_is_refused() {
        for bad in ["5", "<b>", "а", "a\u{200b}b", "“a”", "*a*", "10%", "$", "it\nis", "好"] {
            assert!(tokens(bad, Language::En).is_err(), "{bad:?}");
        }
        for bad in ["５", "a", "\u{200b}", "“好”", "<", "￥", "好\n", "〇1"] {
            assert!(tokens(bad, Language::Zh).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_place_is_written_in_one_way_only() {
        for bad in ["{{c0.n}}", "{{c01.n}}", "{{c1.}}", "{{c1.n", "{{c1.N}}", "{{c1.n.m}}", "{{}}"]
        {
            assert!(tokens(bad, Language::En).is_err(), "{bad:?}");
        }
        assert!(tokens("{n}", Language::En).is_err());
    }
}
