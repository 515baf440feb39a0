//! Patterns against the tokens of a text: every way in which one can be read from a token on.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::grammar::Grammar;
use crate::numbers::{self, Number, Share};
use crate::pattern::Pattern;
use crate::titles::Titles;

/// A value that a text states.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A product, by its place among the titles.
    Product(usize),
    /// A number.
    Number(Number),
    /// A share.
    Share(Share),
    /// Words: a category, an aspect, a quoted term.
    Words(String),
}

/// What a reading holds: values and implications by name, in the order of the text.
pub(crate) type Captures = Vec<(String, Value)>;

/// A reading: the token after it, and what it holds.
pub(crate) type Reading = (usize, Captures);

/// Texts that the claims name: categories, brands, aspects, quoted terms, by the type of their slot.
pub(crate) type Vocabulary = Vec<(&'static str, Vec<String>, String)>;

/// Reads patterns over one text.
pub(crate) struct Matcher<'a> {
    /// The tables.
    pub(crate) grammar: &'a Grammar,
    /// The text.
    pub(crate) tokens: &'a [String],
    /// The tokens before which a comma, a colon, a dash or a bracket stood.
    pub(crate) breaks: &'a [usize],
    /// The titles.
    pub(crate) titles: &'a Titles<'a>,
    /// The texts that the claims name.
    pub(crate) vocabulary: &'a Vocabulary,
    /// Readings of named patterns, by pattern and token.
    pub(crate) known: RefCell<Known>,
}

/// Readings of named patterns, by pattern and token.
pub(crate) type Known = HashMap<(usize, usize), Rc<Vec<Reading>>>;

impl Matcher<'_> {
    /// Every reading of a pattern from a token on.
    pub(crate) fn read(&self, pattern: &Pattern, at: usize) -> Vec<Reading> {
        match pattern {
            Pattern::Sequence(parts) => self.sequence(parts, at),
            Pattern::Choice(choices) => {
                let mut all = Vec::new();
                for reading in choices.iter().flat_map(|choice| self.read(choice, at)) {
                    push_new(&mut all, reading);
                }
                all
            }
            Pattern::Some(inner) => self.some(inner, at),
            Pattern::Word(word) => {
                let fits = self.tokens.get(at) == Some(word);
                fits.then(|| (at + 1, Vec::new())).into_iter().collect()
            }
            Pattern::Slot(kind, name) => self
                .values(kind, at)
                .into_iter()
                .map(|(end, value)| (end, vec![(name.clone(), value)]))
                .collect(),
            Pattern::Note(name, value) => {
                vec![(at, vec![(name.clone(), Value::Words(value.clone()))])]
            }
            Pattern::Named(place) => self.named(*place, at).as_ref().clone(),
        }
    }

    /// Readings of one or more; where several end at one token with the same values, one is kept.
    fn some(&self, inner: &Pattern, at: usize) -> Vec<Reading> {
        let mut all: Vec<Reading> = Vec::new();
        let mut waiting: Vec<Reading> = vec![(at, Vec::new())];
        while let Some((from, captures)) = waiting.pop() {
            for (end, more) in self.read(inner, from) {
                if end == from {
                    continue;
                }
                let mut both = captures.clone();
                more.into_iter().for_each(|value| {
                    if !both.contains(&value) {
                        both.push(value);
                    }
                });
                if !all.contains(&(end, both.clone())) {
                    all.push((end, both.clone()));
                    waiting.push((end, both));
                }
            }
        }
        all
    }

    fn named(&self, place: usize, at: usize) -> Rc<Vec<Reading>> {
        if let Some(known) = self.known.borrow().get(&(place, at)) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.read(&self.grammar.named[place], at));
        self.known.borrow_mut().insert((place, at), Rc::clone(&found));
        found
    }

    fn sequence(&self, parts: &[Pattern], at: usize) -> Vec<Reading> {
        let mut readings: Vec<Reading> = vec![(at, Vec::new())];
        for part in parts {
            let mut next = Vec::new();
            for (end, captures) in &readings {
                for (after, more) in self.read(part, *end) {
                    let both = captures.iter().cloned().chain(more).collect();
                    push_new(&mut next, (after, both));
                }
            }
            readings = next;
            if readings.is_empty() {
                break;
            }
        }
        readings
    }

    /// The values of a type that start at a token.
    fn values(&self, kind: &str, at: usize) -> Vec<(usize, Value)> {
        let number = |(end, number)| (end, Value::Number(number));
        match kind {
            "item" => {
                let named = self.titles.named(self.tokens, at).into_iter();
                named.filter(|(_, i)| *i > 0).map(|(end, i)| (end, Value::Product(i))).collect()
            }
            "self" => {
                let named = self.titles.named(self.tokens, at).into_iter();
                named.filter(|(_, i)| *i == 0).map(|(end, i)| (end, Value::Product(i))).collect()
            }
            "own" => {
                let ends = self.titles.of_own(self.tokens, at).into_iter();
                ends.map(|end| (end, Value::Product(0))).collect()
            }
            "num" => numbers::counts(self.tokens, at).into_iter().map(number).collect(),
            "dec" => numbers::numbers(self.tokens, at).into_iter().map(number).collect(),
            "ord" => {
                let found = self.tokens.get(at).and_then(|token| numbers::ordinal(token));
                found.map(|n| (at + 1, Value::Number(n))).into_iter().collect()
            }
            "frac" => {
                let found = numbers::shares(self.tokens, at).into_iter();
                found.map(|(end, share)| (end, Value::Share(share))).collect()
            }
            _ => self.words(kind, at),
        }
    }

    fn words(&self, kind: &str, at: usize) -> Vec<(usize, Value)> {
        let fits = |entry: &&(&'static str, Vec<String>, String)| {
            entry.0 == kind
                && !entry.1.is_empty()
                && self.tokens[at.min(self.tokens.len())..].starts_with(&entry.1)
        };
        let found = self.vocabulary.iter().filter(fits);
        found.map(|(_, words, text)| (at + words.len(), Value::Words(text.clone()))).collect()
    }
}

fn push_new(readings: &mut Vec<Reading>, reading: Reading) {
    if !readings.contains(&reading) {
        readings.push(reading);
    }
}
