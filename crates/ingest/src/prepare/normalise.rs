//! Second stage: one way of writing for every text, and one spelling for every brand.
//! Refuses to judge taste: titles in capitals stay in capitals, and no word is replaced.

use std::collections::BTreeMap;

use domain::{Item, Review, Text};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

mod brands;
mod markup;

pub use brands::BrandSpellings;

/// Something that was changed in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// `&amp;` became `&`, also where it was encoded more than once.
    EntitiesDecoded,
    /// Tags, scripts and styles were taken out.
    TagsStripped,
    /// Control, zero-width and direction characters were taken out.
    ControlsRemoved,
    /// Characters in pieces became single characters (Unicode NFC).
    Composed,
    /// Runs of white space became one space, none at the ends.
    SpaceCollapsed,
    /// The brand got the spelling that most of its items have.
    BrandRespelled,
}

/// Whether a text may carry tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Titles, brands, categories: only tags of HTML are none of the name, and `<3` is part of it.
    Name,
    /// Descriptions and reviews.
    Prose,
}

/// Normalises records and counts what it changed.
#[derive(Debug)]
pub struct Normaliser {
    /// The spellings seen; complete before the first item is normalised.
    pub brands: BrandSpellings,
    counts: BTreeMap<Change, u64>,
}

impl Normaliser {
    /// A normaliser that spells brands as `brands` says.
    #[must_use]
    pub fn new(brands: BrandSpellings) -> Self {
        Self { brands, counts: BTreeMap::new() }
    }

    /// The item with every text normalised.
    pub fn item(&mut self, item: Item) -> Item {
        let brand = self.text(item.brand, Kind::Name);
        let attributes =
            item.attributes.into_iter().map(|(name, values)| (name, self.texts(values)));
        Item {
            attributes: attributes.collect(),
            title: self.text(item.title, Kind::Name),
            categories: self.texts(item.categories),
            further_categories: self.paths(item.further_categories),
            description: self.text(item.description, Kind::Prose),
            brand: self.brand(brand),
            ..item
        }
    }

    /// The review with headline and body normalised.
    pub fn review(&mut self, review: Review) -> Review {
        Review {
            title: self.string(&review.title, Kind::Prose),
            text: self.string(&review.text, Kind::Prose),
            ..review
        }
    }

    /// How many texts each change was made to.
    #[must_use]
    pub fn into_counts(self) -> BTreeMap<Change, u64> {
        self.counts
    }

    fn texts(&mut self, texts: Vec<Text>) -> Vec<Text> {
        let normalised = texts.into_iter().map(|text| self.text(text, Kind::Name));
        normalised.filter(|text| !text.is_empty()).collect()
    }

    fn paths(&mut self, paths: Vec<Vec<Text>>) -> Vec<Vec<Text>> {
        let paths = paths.into_iter().map(|path| self.texts(path));
        paths.filter(|path| !path.is_empty()).collect()
    }

    fn text(&mut self, text: Text, kind: Kind) -> Text {
        let text = each_version(text, |raw| self.string(raw, kind));
        if text.is_empty() { Text::Missing } else { text }
    }

    fn string(&mut self, raw: &str, kind: Kind) -> String {
        let (text, changes) = normalised(raw, kind);
        for change in changes {
            self.count(change);
        }
        text
    }

    fn brand(&mut self, brand: Text) -> Text {
        let mut n_respelled = 0;
        let brand = each_version(brand, |spelling| {
            let common = self.brands.common(spelling);
            n_respelled += u64::from(common != spelling);
            common.to_owned()
        });
        (0..n_respelled).for_each(|_| self.count(Change::BrandRespelled));
        brand
    }

    fn count(&mut self, change: Change) {
        *self.counts.entry(change).or_default() += 1;
    }
}

/// Items that arrive together, normalised as an import of them would.
#[must_use]
pub fn together(items: Vec<Item>) -> Vec<Item> {
    let mut brands = BrandSpellings::default();
    items.iter().for_each(|item| brands.see(&item.brand));
    let mut normaliser = Normaliser::new(brands);
    items.into_iter().map(|item| normaliser.item(item)).collect()
}

/// [`Text::map`] for a change that counts.
fn each_version(text: Text, mut change: impl FnMut(&str) -> String) -> Text {
    let mut changed: Vec<String> = text.versions().map(&mut change).collect();
    changed.reverse();
    let next = std::cell::RefCell::new(changed);
    text.map(|_| next.borrow_mut().pop().unwrap_or_default())
}

/// The text as it is shown, and what was changed in it.
fn normalised(raw: &str, kind: Kind) -> (String, Vec<Change>) {
    let mut changes = Vec::new();
    let mut step = |change, before: &str, after: String| {
        if after != before {
            changes.push(change);
        }
        after
    };
    let mut text = step(Change::EntitiesDecoded, raw, formats::decoded(raw));
    let stripped = match kind {
        Kind::Name => formats::without_tags(&text),
        Kind::Prose => markup::stripped(&text),
    };
    text = step(Change::TagsStripped, &text, stripped);
    text =
        step(Change::ControlsRemoved, &text, text.chars().filter(|&c| !is_invisible(c)).collect());
    // Of ASCII there is nothing to compose, and most text of most shops is ASCII.
    if !text.is_ascii() {
        text = step(Change::Composed, &text, text.nfc().collect());
    }
    text = step(Change::SpaceCollapsed, &text, collapsed(&text));
    (text, changes)
}

/// Control characters other than white space, and characters without width or ink. The zero-width
/// joiner stays: emoji are made with it.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn collapsed(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests;
