//! Facts into an accepted text.

use domain::Language;

use super::examples::examples;
use super::statement::{Line, Statement};
use super::template::claim_idx;
use crate::{Writing, detect::is_han, writing};

/// The text of a line with the facts in it. Only for lines that were accepted for statements of
/// these forms: what has no fact here is left out.
///
/// In English a sentence starts with a capital letter; in Chinese, digits and Latin words stand
/// apart from characters.
#[must_use]
pub fn fill(line: &Line, statements: &[Statement], lang: Language) -> String {
    let mut text = String::new();
    let mut parts = line.text.split("{{");
    push(&mut text, parts.next().unwrap_or_default(), lang);
    for part in parts {
        let (place, words) = part.split_once("}}").unwrap_or((part, ""));
        push(&mut text, value(place, statements).unwrap_or_default(), lang);
        push(&mut text, words, lang);
    }
    text
}

/// A statement in the words of one of its examples, which stands for the grammar where there is
/// none: `n` chooses among them. Empty for a form without examples.
#[must_use]
pub fn plainly(statement: &Statement, n: usize, lang: Language) -> String {
    let known = examples(lang).get(statement.form).map(|known| known.sentences.as_slice());
    let sentences = known.unwrap_or_default();
    let Some(sentence) = sentences.get(n % sentences.len().max(1)) else {
        return String::new();
    };
    let text = sentence.replace('{', "{{c1.").replace('}', "}}");
    let line = Line { text, claim_ids: vec!["c1".to_owned()] };
    fill(&line, std::slice::from_ref(statement), lang)
}

fn value<'a>(place: &str, statements: &'a [Statement]) -> Option<&'a str> {
    let (claim, name) = place.trim().split_once('.')?;
    statements.get(claim_idx(claim)?)?.value(name)
}

fn push(text: &mut String, more: &str, lang: Language) {
    match writing(lang) {
        Writing::Words => push_words(text, more),
        Writing::Characters => push_characters(text, more),
    }
}

fn push_words(text: &mut String, more: &str) {
    let starts_sentence = text.trim_end().chars().next_back().is_none_or(|c| ".!?".contains(c));
    match more.chars().next() {
        Some(first) if starts_sentence && first.is_ascii_lowercase() => {
            text.push(first.to_ascii_uppercase());
            text.push_str(&more[1..]);
        }
        _ => text.push_str(more),
    }
}

fn push_characters(text: &mut String, more: &str) {
    let more = more.trim();
    if let (Some(last), Some(first)) = (text.chars().next_back(), more.chars().next()) {
        let latin = |c: char| c.is_ascii_alphanumeric();
        if is_han(last) && latin(first) || latin(last) && is_han(first) {
            text.push(' ');
        }
    }
    text.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrasing::Slot;

    fn statements(value: &str) -> [Statement; 1] {
        [Statement { form: "f", slots: vec![Slot { name: "n", value: value.to_owned() }] }]
    }

    fn line(text: &str) -> Line {
        Line { text: text.to_owned(), claim_ids: vec!["c1".to_owned()] }
    }

    #[test]
    fn facts_stand_as_each_language_writes_them() {
        let english = |text: &str| fill(&line(text), &statements("most bought"), Language::En);
        assert_eq!(english("{{c1.n}}. {{c1.n}} so."), "Most bought. Most bought so.");
        assert_eq!(english("so {{c1.n}}."), "So most bought.");
        let chinese = |text: &str| fill(&line(text), &statements("12 位"), Language::Zh);
        assert_eq!(chinese("有{{c1.n}}买过。"), "有 12 位买过。");
        assert_eq!(chinese("共 {{ c1.n }}。"), "共 12 位。");
    }
}
