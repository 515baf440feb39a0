//! The grammar of sentences: which message a text is, and what stands in its slots.

use std::sync::OnceLock;

use domain::Language;

use crate::pattern::{Pattern, Slots};

/// Lines of language, message and pattern.
const TABLE: &str = include_str!("../data/sentences.tsv");

/// One way to read a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reading<'t> {
    /// The message, as the table names it.
    pub(crate) message: &'static str,
    /// What stands in its slots.
    pub(crate) slots: Slots<'t>,
}

struct Line {
    lang: Language,
    message: &'static str,
    pattern: Pattern,
}

fn table() -> &'static [Line] {
    static READ: OnceLock<Vec<Line>> = OnceLock::new();
    READ.get_or_init(|| TABLE.lines().filter_map(line).collect())
}

fn line(text: &'static str) -> Option<Line> {
    let mut fields = text.splitn(3, '\t');
    let lang = fields.next()?.parse().ok()?;
    Some(Line { lang, message: fields.next()?, pattern: Pattern::of(fields.next()?) })
}

/// Longest sentence that is read, in bytes, and most closing quotation marks in one: beyond them
/// the ways to read it become too many to try.
const MOST_BYTES: usize = 4_000;
const MOST_QUOTED: usize = 14;

/// Every way to read a sentence, the likeliest first.
pub(crate) fn readings(text: &str, lang: Language) -> Vec<Reading<'_>> {
    if text.len() > MOST_BYTES || text.matches(['”', '》']).count() > MOST_QUOTED {
        return Vec::new();
    }
    let lines = table().iter().filter(|line| line.lang == lang);
    let read = |line: &Line| {
        let message = line.message;
        let slots = line.pattern.readings(text.trim(), lang);
        slots.into_iter().map(move |slots| Reading { message, slots }).collect::<Vec<_>>()
    };
    lines.flat_map(read).collect()
}
