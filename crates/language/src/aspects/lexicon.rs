//! The word lists in memory. Their format is described at the head of each file.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::Language;

use super::Polarity;
use super::units::{Unit, clauses};

const ASPECTS: [(Language, &str); 2] = [
    (Language::Zh, include_str!("../../data/aspects_zh.txt")),
    (Language::En, include_str!("../../data/aspects_en.txt")),
];
const OPINIONS: [&str; 2] =
    [include_str!("../../data/opinions_zh.txt"), include_str!("../../data/opinions_en.txt")];

/// The roles of one term of the lists; several at once.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Entry {
    /// Names this aspect.
    pub(super) aspect: Option<&'static str>,
    /// Lengthens an aspect term before it.
    pub(super) suffix: bool,
    /// Praises or finds fault.
    pub(super) polarity: Option<Polarity>,
    /// Means this aspect without naming it.
    pub(super) implies: Option<&'static str>,
    /// Is turned round where it speaks of this aspect: a low price is a good one.
    pub(super) turns_for: Option<&'static str>,
    /// Turns an opinion round.
    pub(super) negates: bool,
    /// May stand between the two.
    pub(super) degree: bool,
    /// Makes the clause a wish or a doubt.
    pub(super) doubts: bool,
    /// Begins a new clause.
    pub(super) contrasts: bool,
}

struct Lexicon {
    entries: HashMap<String, Entry>,
    /// Units of the longest term.
    longest: usize,
    /// Key, language, name.
    names: Vec<(&'static str, Language, &'static str)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(read);

/// The name of an aspect in a language.
pub(super) fn name(key: &str, language: Language) -> Option<&'static str> {
    let mut names = LEXICON.names.iter();
    names.find(|(k, of, _)| *k == key && *of == language).map(|(_, _, name)| *name)
}

pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    LEXICON.names.iter().filter(|(_, of, _)| *of == Language::Zh).map(|(key, ..)| *key).chain(
        LEXICON
            .names
            .iter()
            .filter(|(key, of, _)| *of == Language::En && name(key, Language::Zh).is_none())
            .map(|(key, ..)| *key),
    )
}

/// The longest term at a place of a clause, and how many units it takes.
pub(super) fn longest_at(clause: &[Unit], at: usize) -> Option<(Entry, usize)> {
    let most = LEXICON.longest.min(clause.len() - at);
    (1..=most).rev().find_map(|n| {
        let entry = LEXICON.entries.get(&spelling(&clause[at..at + n]))?;
        Some((*entry, n))
    })
}

/// Units as the lists spell them: blanks beside Latin words only.
fn spelling(units: &[Unit]) -> String {
    let mut spelling = String::new();
    for (i, unit) in units.iter().enumerate() {
        if i > 0 && !(unit.is_han() && units[i - 1].is_han()) {
            spelling.push(' ');
        }
        spelling.push_str(&unit.text);
    }
    spelling
}

fn read() -> Lexicon {
    let mut lexicon = Lexicon { entries: HashMap::new(), longest: 1, names: Vec::new() };
    for (language, file) in ASPECTS {
        for (head, terms) in lines(file) {
            let (key, name) = head.split_once(' ').unwrap_or((head, ""));
            if key == "+" {
                lexicon.add(terms, |entry| entry.suffix = true);
            } else {
                lexicon.names.push((key, language, name));
                lexicon.add(terms, |entry| entry.aspect = Some(key));
            }
        }
    }
    for file in OPINIONS {
        for (head, terms) in lines(file) {
            lexicon.add(terms, |entry| note_opinion(entry, head));
        }
    }
    lexicon
}

fn note_opinion(entry: &mut Entry, head: &'static str) {
    if let Some(aspect) = head.strip_prefix('~') {
        entry.turns_for = Some(aspect);
        return;
    }
    let implied = head.split_once(' ').map(|(_, aspect)| aspect);
    match head.as_bytes().first() {
        Some(b'+') => entry.polarity = Some(Polarity::Positive),
        Some(b'-') => entry.polarity = Some(Polarity::Negative),
        Some(b'n') => entry.negates = true,
        Some(b'v') => entry.degree = true,
        Some(b'i') => entry.doubts = true,
        Some(b'b') => entry.contrasts = true,
        _ => {}
    }
    entry.implies = implied.or(entry.implies);
}

impl Lexicon {
    fn add(&mut self, terms: &'static str, note: impl Fn(&mut Entry)) {
        for term in terms.split(',') {
            for units in clauses(term) {
                self.longest = self.longest.max(units.len());
                note(self.entries.entry(spelling(&units)).or_default());
            }
        }
    }
}

/// `head: terms` of every line that is not a remark.
fn lines(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'))
        .map(|(head, terms)| (head.trim(), terms.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read_and_every_implied_aspect_has_a_name() {
        for (language, file) in ASPECTS {
            for (head, terms) in lines(file) {
                assert!(!terms.is_empty(), "{head}");
                let key = head.split(' ').next().unwrap_or_default();
                assert!(key == "+" || name(key, language).is_some_and(|name| !name.is_empty()));
            }
        }
        for (head, _) in OPINIONS.into_iter().flat_map(lines) {
            let (kind, implied) = head.split_once(' ').unwrap_or((head, ""));
            if let Some(turned) = head.strip_prefix('~') {
                assert!(super::super::name(turned).is_some(), "{turned}");
            } else if implied.is_empty() {
                assert!(["+", "-", "0", "no", "very", "if", "but"].contains(&kind), "{head}");
            } else {
                assert_eq!(&kind[1..], implied, "the line says which aspect it speaks of");
                assert!(super::super::name(implied).is_some(), "{implied}");
            }
        }
    }
}
