//! Patterns of sentences: literal text and typed slots, matched against a whole text.

use std::collections::BTreeMap;

use domain::Language;

use crate::{quantities, words};

/// What stands in the slots of a sentence.
pub(crate) type Slots<'t> = BTreeMap<&'static str, &'t str>;

/// One piece of a pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece {
    Literal(&'static str),
    Slot(&'static str, Kind),
}

/// What a slot holds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Count,
    Number,
    Ordinal,
    Money,
    Day,
    Title,
    Terms,
    Causes,
    Counted,
    Text,
}

/// The sequences of pieces that a pattern with choices stands for.
#[derive(Debug)]
pub(crate) struct Pattern(Vec<Vec<Piece>>);

impl Pattern {
    /// Reads a pattern. The patterns are data of this crate; a test reads them all.
    pub(crate) fn of(text: &'static str) -> Self {
        let mut whole = vec![Vec::new()];
        let mut rest = text;
        while let Some(at) = rest.find(['[', '{']) {
            append(&mut whole, Piece::Literal(&rest[..at]));
            if rest.as_bytes()[at] == b'{' {
                let end = at + rest[at..].find('}').expect("a slot ends");
                append(&mut whole, slot(&rest[at + 1..end]));
                rest = &rest[end + 1..];
            } else {
                let end = closing(rest, at);
                let choices = choices(&rest[at + 1..end]);
                let choices: Vec<_> = choices.into_iter().flat_map(|c| Self::of(c).0).collect();
                let both =
                    |head: &Vec<Piece>, tail: &Vec<Piece>| [head.clone(), tail.clone()].concat();
                whole =
                    whole.iter().flat_map(|h| choices.iter().map(move |t| both(h, t))).collect();
                rest = &rest[end + 1..];
            }
        }
        append(&mut whole, Piece::Literal(rest));
        Self(whole)
    }

    /// Every way in which a text can be read as this pattern, the likeliest first.
    pub(crate) fn readings<'t>(&self, text: &'t str, lang: Language) -> Vec<Slots<'t>> {
        let mut found = Vec::new();
        for pieces in &self.0 {
            read(pieces, text, lang, &mut Slots::new(), &mut found);
        }
        found
    }
}

fn append(whole: &mut [Vec<Piece>], piece: Piece) {
    if piece != Piece::Literal("") {
        whole.iter_mut().for_each(|pieces| pieces.push(piece));
    }
}

fn slot(text: &'static str) -> Piece {
    let (name, kind) = text.split_once(':').unwrap_or((text, "count"));
    let kind = match kind {
        "count" => Kind::Count,
        "number" => Kind::Number,
        "ordinal" => Kind::Ordinal,
        "money" => Kind::Money,
        "day" => Kind::Day,
        "title" => Kind::Title,
        "terms" => Kind::Terms,
        "causes" => Kind::Causes,
        "counted" => Kind::Counted,
        _ => Kind::Text,
    };
    Piece::Slot(name, kind)
}

/// Where the bracket that opens at `from` closes; brackets nest.
fn closing(text: &str, from: usize) -> usize {
    let mut depth = 0;
    let ends = |c: char| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        depth == 0
    };
    from + text[from..].find(ends).expect("a choice ends")
}

fn choices(text: &'static str) -> Vec<&'static str> {
    let mut depth = 0;
    let between = |c: char| {
        depth += i32::from(c == '[') - i32::from(c == ']');
        c == '|' && depth == 0
    };
    text.split(between).collect()
}

fn read<'t>(
    pieces: &[Piece],
    text: &'t str,
    lang: Language,
    slots: &mut Slots<'t>,
    found: &mut Vec<Slots<'t>>,
) {
    match pieces.split_first() {
        None if text.is_empty() => found.push(slots.clone()),
        None => {}
        Some((Piece::Literal(literal), others)) => {
            if let Some(rest) = text.strip_prefix(literal) {
                read(others, rest, lang, slots, found);
            }
        }
        Some((Piece::Slot(name, kind), others)) => {
            for end in ends(text, others.first()) {
                if kind.holds(&text[..end], lang) {
                    slots.insert(name, &text[..end]);
                    read(others, &text[end..], lang, slots, found);
                }
            }
        }
    }
}

/// Where a slot may end: before the next literal, or at the end of the text.
fn ends(text: &str, next: Option<&Piece>) -> Vec<usize> {
    match next {
        Some(Piece::Literal(literal)) => {
            text.match_indices(literal).map(|(at, _)| at).filter(|at| *at > 0).collect()
        }
        Some(Piece::Slot(..)) => text.char_indices().map(|(at, _)| at).skip(1).collect(),
        None => vec![text.len()],
    }
}

impl Kind {
    fn holds(self, text: &str, lang: Language) -> bool {
        match self {
            Self::Count => quantities::count(text).is_some(),
            Self::Number => quantities::number(text).is_some(),
            Self::Ordinal => quantities::ordinal(text, lang).is_some(),
            Self::Money => quantities::money(text, lang).is_some(),
            Self::Day => quantities::day(text, lang).is_some(),
            Self::Title => words::unquoted(text).is_some(),
            Self::Terms => words::terms(text, lang).is_some(),
            Self::Causes => words::causes(text, lang, false).is_some(),
            Self::Counted => words::causes(text, lang, true).is_some(),
            Self::Text => !text.is_empty(),
        }
    }
}
