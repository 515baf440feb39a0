//! Why ids of events are not those of the catalogue: what would make most of them so.
//!
//! Responsible for trying what systems are known to do to ids: a beginning or an end that one of
//! them adds, letters in another case, zeros or `.0` of spreadsheets, another number of the same item.

use std::collections::BTreeMap;

use domain::{Item, ItemId, Text};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::Unlisted;
use crate::id_edit::{End, IdEdit};

/// Ids that are looked at; those of most events.
const MOST_LOOKED_AT: usize = 400;
/// Longest id that is looked for within another.
const LONGEST: usize = 80;
/// A guess has to explain so many of the ids.
const LEAST_SHARE: f64 = 0.5;

/// Which ids are to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Those of the events.
    Events,
    /// Those of the catalogue.
    Catalogue,
}

/// What would align ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// What is different, for people.
    pub cause: String,
    /// Options of `import` that align them, e.g. `--id-prefix strip:gla_`.
    pub options: String,
    /// What is to be imported again with them.
    pub import_again: Which,
    /// An id of an event, and the id of the catalogue that it probably means.
    pub example: (ItemId, ItemId),
    /// How many of the unknown ids it explains, of those looked at.
    pub explains: (usize, usize),
}

/// The guess that explains most ids; `None` where none explains half of them.
pub(super) fn guess(unlisted: &[Unlisted], listed: &FxHashMap<ItemId, Item>) -> Option<Guess> {
    let unknown: Vec<&str> =
        unlisted.iter().take(MOST_LOOKED_AT).map(|u| u.item_id.as_str()).collect();
    let known: FxHashSet<&str> = listed.keys().map(ItemId::as_str).collect();
    let guesses = [
        by_key(&unknown, &known, "letters are in another case", "--id-match case", |id| {
            id.to_lowercase()
        }),
        by_key(&unknown, &known, "one side has leading zeros", "--id-match zeros", |id| {
            id.trim_start_matches('0').to_owned()
        }),
        longer_events(&unknown, &known),
        longer_catalogue(&unknown, &known),
        by_attribute(&unknown, listed),
    ];
    let enough = |guess: &Guess| {
        let (n, of) = guess.explains;
        n > 0 && n as f64 >= LEAST_SHARE * of as f64
    };
    // Of equals the first: what says least.
    guesses
        .into_iter()
        .flatten()
        .filter(enough)
        .reduce(|best, guess| if guess.explains.0 > best.explains.0 { guess } else { best })
}

fn guess_of(
    cause: String,
    options: String,
    import_again: Which,
    pairs: &[(&str, &str)],
    n: usize,
) -> Option<Guess> {
    let (event, item) = pairs.first()?;
    let example = (ItemId::new(*event).ok()?, ItemId::new(*item).ok()?);
    Some(Guess { cause, options, import_again, example, explains: (pairs.len(), n) })
}

/// Ids that are the same by a key.
fn by_key(
    unknown: &[&str],
    known: &FxHashSet<&str>,
    cause: &str,
    options: &str,
    key: impl Fn(&str) -> String,
) -> Option<Guess> {
    let by_key: FxHashMap<String, &str> = known.iter().map(|&id| (key(id), id)).collect();
    let pairs: Vec<_> =
        unknown.iter().filter_map(|&id| Some((id, *by_key.get(&key(id))?))).collect();
    guess_of(cause.to_owned(), options.to_owned(), Which::Events, &pairs, unknown.len())
}

/// Ids of events that hold an id of the catalogue.
fn longer_events(unknown: &[&str], known: &FxHashSet<&str>) -> Option<Guess> {
    let (prefix, suffix) = ends(unknown, known)?;
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for &id in unknown {
        let short = edited(id, prefix.as_deref(), suffix.as_deref());
        pairs.extend(known.get(short.as_str()).map(|&found| (id, found)));
    }
    let cause = format!("ids of events {}", described(prefix.as_deref(), suffix.as_deref()));
    let options = options("strip", prefix.as_deref(), suffix.as_deref());
    guess_of(cause, options, Which::Events, &pairs, unknown.len())
}

/// Ids of the catalogue that hold an id of an event.
fn longer_catalogue(unknown: &[&str], known: &FxHashSet<&str>) -> Option<Guess> {
    let mut ids: Vec<&str> = known.iter().copied().collect();
    ids.sort_unstable();
    let unknown_set: FxHashSet<&str> = unknown.iter().copied().collect();
    // The items that events meant may be few among many.
    let sample: Vec<&str> =
        ids.iter().copied().filter(|id| inner(id, &unknown_set).is_some()).collect();
    let (prefix, suffix) = ends(&sample, &unknown_set)?;
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    let mut found = FxHashSet::default();
    for id in sample {
        let short = edited(id, prefix.as_deref(), suffix.as_deref());
        if let Some(&event) = unknown_set.get(short.as_str()).filter(|id| found.insert(**id)) {
            pairs.push((event, id));
        }
    }
    let varies = [&prefix, &suffix].into_iter().flatten().any(|end| end.contains('*'));
    let cause = format!("ids of the catalogue {}", described(prefix.as_deref(), suffix.as_deref()));
    let (how, again) = match varies {
        true => ("strip", Which::Catalogue),
        false => ("add", Which::Events),
    };
    let options = options(how, prefix.as_deref(), suffix.as_deref());
    guess_of(cause, options, again, &pairs, unknown.len())
}

fn edited(id: &str, prefix: Option<&str>, suffix: Option<&str>) -> String {
    let strip = |id: &str, text: Option<&str>, end| match text {
        Some(text) => IdEdit::Strip(text.to_owned()).apply(id, end),
        None => id.to_owned(),
    };
    strip(&strip(id, prefix, End::Prefix), suffix, End::Suffix)
}

fn described(prefix: Option<&str>, suffix: Option<&str>) -> String {
    match (prefix, suffix) {
        (Some(prefix), Some(suffix)) => format!("begin with “{prefix}” and end in “{suffix}”"),
        (Some(prefix), None) => format!("begin with “{prefix}”"),
        (None, suffix) => format!("end in “{}”", suffix.unwrap_or_default()),
    }
}

fn options(how: &str, prefix: Option<&str>, suffix: Option<&str>) -> String {
    let option = |name: &str, text: Option<&str>| {
        text.map(|text| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:".contains(c);
            match text.chars().all(plain) {
                true => format!("--id-{name} {how}:{text}"),
                false => format!("--id-{name} '{how}:{text}'"),
            }
        })
    };
    let options = [option("prefix", prefix), option("suffix", suffix)];
    options.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The longest id within another, with the ends around it.
fn inner<'i>(long: &'i str, short: &FxHashSet<&str>) -> Option<(&'i str, &'i str)> {
    if !long.is_ascii() || long.len() > LONGEST {
        return None;
    }
    for length in (1..long.len()).rev() {
        for from in (0..=long.len() - length).rev() {
            if short.contains(&long[from..from + length]) {
                return Some((&long[..from], &long[from + length..]));
            }
        }
    }
    None
}

/// The ends that most long ids have around short ones: alike, or of one shape.
fn ends(long: &[&str], short: &FxHashSet<&str>) -> Option<(Option<String>, Option<String>)> {
    let found: Vec<(&str, &str)> = long.iter().filter_map(|id| inner(id, short)).collect();
    let mut by_ends: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    found.iter().for_each(|&ends| *by_ends.entry(ends).or_default() += 1);
    let (&(prefix, suffix), &n) = by_ends.iter().max_by_key(|(_, n)| **n)?;
    let own = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    if n as f64 >= LEAST_SHARE * long.len() as f64 && !prefix.contains('*') {
        return Some((own(prefix), own(suffix)));
    }
    let prefixes: Vec<&str> = found.iter().map(|(prefix, _)| *prefix).collect();
    let suffixes: Vec<&str> = found.iter().map(|(_, suffix)| *suffix).collect();
    let (prefix, suffix) = (shape(&prefixes, End::Prefix)?, shape(&suffixes, End::Suffix)?);
    (prefix.is_some() || suffix.is_some()).then_some((prefix, suffix))
}

/// What ends have in common, as a pattern; `None` where they have no sign beside the id in common.
fn shape(ends: &[&str], end: End) -> Option<Option<String>> {
    let first = ends.first()?;
    if ends.iter().all(|other| other == first) {
        return Some((!first.is_empty()).then(|| (*first).to_owned()));
    }
    let common = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let head = ends.iter().map(|other| common(first, other)).min()?;
    let reversed = |text: &str| text.chars().rev().collect::<String>();
    let tail = ends.iter().map(|other| common(&reversed(first), &reversed(other))).min()?;
    let shortest = ends.iter().map(|end| end.len()).min()?;
    let tail = tail.min(shortest.saturating_sub(head));
    let (mut head, mut tail) = (&first[..head], &first[first.len() - tail..]);
    // Only a sign between two numbers says where one ends: digits in common are chance.
    let sign = |c: char| !c.is_ascii_alphanumeric();
    match end {
        End::Prefix => {
            tail = tail.rfind(sign).map_or("", |at| &tail[at..=at]);
            head = head.rfind(sign).map_or("", |at| &head[..=at]);
        }
        End::Suffix => {
            head = head.find(sign).map_or("", |at| &head[at..=at]);
            tail = tail.find(sign).map_or("", |at| &tail[at..]);
        }
    }
    let beside = if end == End::Prefix { tail } else { head };
    (!beside.is_empty()).then(|| Some(format!("{head}*{tail}")))
}

/// Ids of events that stand in an attribute of the catalogue: another number of the same item.
fn by_attribute(unknown: &[&str], listed: &FxHashMap<ItemId, Item>) -> Option<Guess> {
    let unknown_set: FxHashSet<&str> = unknown.iter().copied().collect();
    let mut pairs: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for (id, item) in listed {
        for (name, values) in &item.attributes {
            for value in values.iter().flat_map(Text::versions) {
                if let Some(&event) = unknown_set.get(value) {
                    pairs.entry(name).or_default().insert(event, id.as_str());
                }
            }
        }
    }
    let (name, pairs) = pairs.into_iter().max_by_key(|(_, pairs)| pairs.len())?;
    let pairs: Vec<(&str, &str)> = pairs.into_iter().collect();
    let cause = format!("events name items by their “{name}” instead of their id");
    guess_of(cause, format!("--id-match {name}"), Which::Events, &pairs, unknown.len())
}

#[cfg(test)]
mod tests;
