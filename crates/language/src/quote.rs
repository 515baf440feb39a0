//! Words that two texts share, as a reason may quote them: whole words that stand in both texts,
//! spelt as there.
//!
//! Responsible for leaving out what only looks like a word: pieces that the tokeniser guessed, single
//! characters of a longer word, numbers cut off what they count. The caller finds the shared terms.

use std::ops::Range;

use crate::detect::is_han;
use crate::tokenise::{Tokeniser, normalise, parts};

/// The terms that stand in one of the texts of each side as whole words next to each other, as the
/// second side spells them. A term is a word or two with a space between; one that lies within
/// another is left out.
#[must_use]
pub fn shared(tokeniser: &Tokeniser, terms: &[String], a: &[&str], b: &[&str]) -> Vec<String> {
    let read = |texts: &[&str]| texts.iter().map(|text| Spelt::read(tokeniser, text)).collect();
    let (a, b): (Vec<Spelt>, Vec<Spelt>) = (read(a), read(b));
    let both = |term: &String| {
        let words: Vec<&str> = term.split(' ').collect();
        let found = |side: &[Spelt]| {
            side.iter().find_map(|text| Some((text.find(tokeniser, &words, term)?, text.clone())))
        };
        let (in_a, text_a) = found(&a)?;
        let (in_b, text_b) = found(&b)?;
        // “Lip gloss” and “lip-gloss” are the same two words, but not the same letters.
        (text_a.normal[in_a] == text_b.normal[in_b.clone()]).then(|| text_b.spelling(in_b))
    };
    let found: Vec<String> = terms.iter().filter_map(both).collect();
    let lowered: Vec<String> = found.iter().map(|term| normalise(term)).collect();
    let within = |n: usize| {
        let inside = |(other, text): (usize, &String)| {
            other != n && text.contains(lowered[n].as_str()) && (*text != lowered[n] || other < n)
        };
        lowered.iter().enumerate().any(inside)
    };
    found.iter().enumerate().filter(|&(n, _)| !within(n)).map(|(_, term)| term.clone()).collect()
}

/// A text with its words.
#[derive(Clone)]
struct Spelt {
    original: String,
    normal: String,
    /// Words, each followed by the words within it.
    words: Vec<Range<usize>>,
}

impl Spelt {
    fn read(tokeniser: &Tokeniser, text: &str) -> Self {
        let normal = normalise(text);
        let inner = |word: Range<usize>| {
            let parts = parts(&normal[word.clone()]);
            let parts = parts.into_iter().map(move |p| word.start + p.start..word.start + p.end);
            parts.collect::<Vec<_>>()
        };
        let words = tokeniser.spans(&normal).into_iter();
        let words = words.flat_map(|word| std::iter::once(word.clone()).chain(inner(word)));
        let words = words.collect();
        Self { original: text.to_owned(), normal, words }
    }

    /// Where the words of a term stand next to each other and are whole.
    fn find(&self, tokeniser: &Tokeniser, words: &[&str], term: &str) -> Option<Range<usize>> {
        // A word of the shop may hold a space.
        let starts = self.words.iter().filter(|at| self.normal[(*at).clone()] == *term);
        let whole = |at: &Range<usize>| self.is_whole(tokeniser, at);
        if let Some(at) = starts.into_iter().find(|at| whole(at)) {
            return Some(at.clone());
        }
        let [first, second] = words else { return None };
        let is = |at: &Range<usize>, word: &str| &self.normal[at.clone()] == word;
        let pairs = self.words.iter().filter(|at| is(at, first)).filter_map(|left| {
            let right = self.words.iter().find(|at| at.start >= left.end)?;
            let between = &self.normal[left.end..right.start];
            (is(right, second) && matches!(between, "" | " " | "-")).then_some((left, right))
        });
        let both = pairs.map(|(left, right)| (left, right, left.start..right.end));
        let mut both = both.filter(|(left, right, pair)| {
            self.stands_alone(pair)
                || [left, right].into_iter().all(|at| self.is_whole(tokeniser, at))
        });
        both.next().map(|(_, _, pair)| pair)
    }

    /// Whether a word is more than a piece of one.
    fn is_whole(&self, tokeniser: &Tokeniser, at: &Range<usize>) -> bool {
        let word = &self.normal[at.clone()];
        let is_single = word.chars().nth(1).is_none();
        let is_bare_number = word.bytes().all(|b| b.is_ascii_digit());
        let is_known = !word.chars().all(is_han) || tokeniser.knows(word);
        !is_single && !is_bare_number && is_known || self.stands_alone(at)
    }

    /// Whether neither letters nor digits touch it.
    fn stands_alone(&self, at: &Range<usize>) -> bool {
        let touches = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '.' | '&');
        !self.normal[..at.start].chars().next_back().is_some_and(touches)
            && !self.normal[at.end..]
                .chars()
                .next()
                .is_some_and(|c| c.is_alphanumeric() || c == '-')
    }

    /// The words as the text spells them, where that says more than a first capital does.
    fn spelling(&self, at: Range<usize>) -> String {
        let normal = &self.normal[at.clone()];
        if self.original.chars().count() != self.normal.chars().count() {
            return normal.to_owned();
        }
        let from = self.normal[..at.start].chars().count();
        let of = self.original.chars().skip(from).take(normal.chars().count());
        let spelt: String = of.collect();
        if normalise(&spelt) != normal {
            return normal.to_owned();
        }
        let says_more = |word: &str| {
            word.chars().skip(1).any(char::is_uppercase)
                || word.chars().any(|c| c.is_ascii_digit() || is_han(c))
        };
        let is_name = spelt.chars().any(|c| c.is_ascii_digit());
        let word = |(spelt, normal): (&str, &str)| {
            (if is_name || says_more(spelt) { spelt } else { normal }).to_owned()
        };
        spelt.split(' ').zip(normal.split(' ')).map(word).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests;
