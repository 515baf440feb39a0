//! The listed phrases, per language and form of statement, from data files anyone can review.
//!
//! A file has sections `[form: facts (optional facts)]` with one pattern a line. In a pattern
//! `(a|b|)` is a, b or nothing, `{n}` the place of a fact, and `@name` what `@name = …` said
//! before. Phrases of `[any]` may stand in every form. Responsible for reading the files and for
//! finding a text's words in them. A word is listed or it is not; nothing is
//! guessed.

mod automaton;

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::Language;

use super::template::Token;
use automaton::{Automaton, Builder};

/// Which facts a form must and may tell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormFacts {
    /// Facts that must be told.
    pub required: Vec<String>,
    /// Facts that may be told, each group wholly or not at all.
    pub optional: Vec<Vec<String>>,
}

/// The phrases of one form.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) facts: FormFacts,
    phrases: Automaton,
}

type Lists = HashMap<String, Form>;

static ENGLISH: LazyLock<Lists> =
    LazyLock::new(|| read(include_str!("../../data/phrasing_en.txt"), Language::En));
static CHINESE: LazyLock<Lists> =
    LazyLock::new(|| read(include_str!("../../data/phrasing_zh.txt"), Language::Zh));

fn lists(lang: Language) -> &'static Lists {
    match lang {
        Language::Zh => &CHINESE,
        Language::En => &ENGLISH,
    }
}

/// The list of a form, where there is one.
pub(super) fn form(name: &str, lang: Language) -> Option<&'static Form> {
    lists(lang).get(name)
}

/// The facts that a form must and may tell; `None` where nothing is listed for it.
#[must_use]
pub fn facts(form: &str, lang: Language) -> Option<FormFacts> {
    lists(lang).get(form).map(|form| form.facts.clone())
}

/// Whether there are listed phrases for a form; a statement of any other is left to the grammar.
#[must_use]
pub fn offers(form: &str, lang: Language) -> bool {
    lists(lang).contains_key(form)
}

impl Form {
    /// Whether a text is nothing but phrases of `[any]` and of the form, one after the other, with
    /// marks between them. `Err` is where the last phrase ended that could be read.
    pub(super) fn reads(&self, text: &[Token]) -> Result<(), usize> {
        self.phrases.reads(text)
    }
}

/// Reads a file of ours; a mistake in it is found by the first test that uses it.
fn read(file: &str, lang: Language) -> Lists {
    let mut sections: Vec<(FormFacts, String, Builder)> = Vec::new();
    let mut named: HashMap<&str, String> = HashMap::new();
    let mut any: Vec<String> = Vec::new();
    for line in file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            let Some((name, facts)) = head.split_once(':') else { continue };
            let mut builder = Builder::new(lang);
            any.iter().for_each(|pattern| builder.add(pattern));
            sections.push((facts_of(facts), name.to_owned(), builder));
        } else if let Some((name, pattern)) =
            line.strip_prefix('@').and_then(|l| l.split_once(" = "))
        {
            named.insert(name, resolve(pattern, &named));
        } else {
            let pattern = resolve(line, &named);
            match sections.last_mut() {
                Some((.., builder)) => builder.add(&pattern),
                None => any.push(pattern),
            }
        }
    }
    let form = |(facts, name, builder): (FormFacts, String, Builder)| {
        (name, Form { facts, phrases: builder.finish() })
    };
    sections.into_iter().map(form).collect()
}

/// Puts in what `@name` stands for.
fn resolve(pattern: &str, named: &HashMap<&str, String>) -> String {
    let mut parts = pattern.split('@');
    let mut resolved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(part.len());
        let stands_for = named.get(&part[..end]).expect("a list names what was defined above it");
        resolved.push_str(&format!("({stands_for}){}", &part[end..]));
    }
    resolved
}

/// `n other (lift) (rank place)`: required facts, and groups of optional ones.
fn facts_of(head: &str) -> FormFacts {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    let mut groups = head.split('(');
    let required = words(groups.next().unwrap_or_default());
    let optional = groups.map(|group| words(group.trim().trim_end_matches(')'))).collect();
    FormFacts { required, optional }
}

#[cfg(test)]
mod tests;
