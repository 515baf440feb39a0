//! Honest paraphrases of every form, from data files: what a model is shown, and what the lists
//! were grown from.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use domain::Language;

/// A form: what may stand for its facts, and how it may be said.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Examples {
    /// Facts in the order of the file, each with an example of what stands there.
    pub facts: Vec<(String, String)>,
    /// Sentences with `{fact}` where facts go.
    pub sentences: Vec<String>,
}

static EXAMPLES: [OnceLock<BTreeMap<String, Examples>>; Language::COUNT] =
    [const { OnceLock::new() }; Language::COUNT];

/// Every form of a language, by name; none where the language has no list.
#[must_use]
pub fn examples(lang: Language) -> &'static BTreeMap<String, Examples> {
    let of_language = || read(crate::data::of(lang, "paraphrases").unwrap_or_default());
    EXAMPLES[lang.index()].get_or_init(of_language)
}

/// Reads a file of examples.
fn read(file: &str) -> BTreeMap<String, Examples> {
    let mut forms: BTreeMap<String, Examples> = BTreeMap::new();
    let mut current = None;
    for line in file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            current = Some(forms.entry(name.to_owned()).or_default());
        } else if let Some(form) = &mut current {
            match line.strip_prefix('{').and_then(|l| l.split_once("} = ")) {
                Some((fact, value)) => form.facts.push((fact.to_owned(), value.to_owned())),
                None => form.sentences.push(line.to_owned()),
            }
        }
    }
    forms
}
