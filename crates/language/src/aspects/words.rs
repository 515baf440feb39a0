//! Words that no list names but that reviews hold opinions on: candidates for what a shop's own
//! reviews speak of. The caller counts them and decides which mean anything.

use super::Polarity;
use super::pairing::{Hit, hits, nearest, polarity};
use super::units::{Unit, clauses};
use crate::is_stop_word;
use crate::tokenise::nouns;

/// A word and the opinion beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The word, in lower case.
    pub word: String,
    /// Praise or fault.
    pub polarity: Polarity,
    /// First character in the text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// Longest word, in characters, that can become an aspect.
const LONGEST: usize = 16;

/// Nouns beside an opinion: of Chinese those that jieba tags so; of English words those that an
/// article, a possessive or an opinion word stands before.
#[must_use]
pub fn words_with_opinions(text: &str) -> Vec<Mention> {
    clauses(text).iter().flat_map(|clause| in_clause(clause)).collect()
}

fn in_clause(clause: &[Unit]) -> Vec<Mention> {
    let known = hits(clause);
    let blocked = |hit: &Hit| hit.entry.doubts || hit.entry.contrasts;
    if known.iter().any(blocked) || !known.iter().any(|hit| hit.entry.polarity.is_some()) {
        return Vec::new();
    }
    let free = |from, to| known.iter().all(|hit| to <= hit.from || hit.to <= from);
    let candidates = chinese(clause).into_iter().chain(english(clause, &known));
    candidates
        .filter(|&(from, to)| free(from, to))
        .filter_map(|(from, to)| {
            let mut with = known.clone();
            let at = with.partition_point(|hit| hit.from < from);
            with.insert(at, Hit { from, to, entry: Default::default() });
            let opinion = nearest(&with, at)?;
            Some(Mention {
                word: clause[from..to].iter().map(|unit| unit.text.as_str()).collect(),
                polarity: polarity(clause, &with, opinion),
                start: clause[from].start,
                end: clause[to - 1].end,
            })
        })
        .filter(|said| said.word.chars().count() <= LONGEST && !is_stop_word(&said.word))
        .collect()
}

/// Where jieba's nouns of two or more characters lie.
fn chinese(clause: &[Unit]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < clause.len() {
        let run = clause[from..].iter().take_while(|unit| unit.is_han()).count();
        let text: String = clause[from..from + run].iter().map(|unit| unit.text.as_str()).collect();
        found.extend(nouns(&text).into_iter().map(|(a, b)| (from + a, from + b)));
        from += run.max(1);
    }
    found
}

/// Where English nouns lie, by what stands before them.
fn english(clause: &[Unit], known: &[Hit]) -> Vec<(usize, usize)> {
    const BEFORE: [&str; 10] =
        ["the", "a", "an", "this", "that", "my", "its", "their", "your", "our"];
    let opinion_ends = |at| known.iter().any(|hit| hit.to == at && hit.entry.polarity.is_some());
    let noun = |&at: &usize| {
        let unit = &clause[at];
        let word = unit.text.len() > 3 && unit.text.bytes().all(|b| b.is_ascii_lowercase());
        word && at > 0 && (BEFORE.contains(&clause[at - 1].text.as_str()) || opinion_ends(at))
    };
    (0..clause.len()).filter(noun).map(|at| (at, at + 1)).collect()
}
