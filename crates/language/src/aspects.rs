//! Which aspects of a product a review speaks of, whether it praises them or finds fault, and
//! exactly where: by word lists per language that anyone can review (`data/aspects_*`,
//! `data/opinions_*`).
//!
//! Responsible for finding an opinion word near an aspect word in one clause, turned round where
//! it is negated. Mentions are counted by the caller; of a review's text only single words are
//! returned, because a review is data.

mod lexicon;
mod pairing;
mod units;
mod words;

use domain::{Language, Text};

pub use words::{Mention, words_with_opinions};

/// Praise or fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Polarity {
    /// Something good is said.
    Positive,
    /// Something bad is said.
    Negative,
}

impl Polarity {
    fn turned(self, turn: bool) -> Self {
        match (self, turn) {
            (Self::Positive, true) => Self::Negative,
            (Self::Negative, true) => Self::Positive,
            (same, false) => same,
        }
    }
}

/// An opinion on a listed aspect, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opinion {
    /// Key of the aspect in the lists, e.g. `delivery`.
    pub aspect: &'static str,
    /// Praise or fault.
    pub polarity: Polarity,
    /// First character of the aspect's words; of the opinion's where the aspect is only implied.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// True when the opinion names no aspect but means one (便宜, “overpriced”).
    pub implied: bool,
}

/// Every opinion of a text on a listed aspect, in its order. Positions count characters.
///
/// ```
/// use language::aspects::{Polarity, opinions};
/// let found = opinions("物流很快，但是包装太差了");
/// let found: Vec<_> = found.iter().map(|o| (o.aspect, o.polarity, o.start, o.end)).collect();
/// assert_eq!(found, [
///     ("delivery", Polarity::Positive, 0, 2),
///     ("packaging", Polarity::Negative, 7, 9),
/// ]);
/// assert_eq!(opinions("The smell isn't great.")[0].polarity, Polarity::Negative);
/// ```
#[must_use]
pub fn opinions(text: &str) -> Vec<Opinion> {
    units::clauses(text).iter().flat_map(|clause| pairing::opinions(clause)).collect()
}

/// The name of a listed aspect as a shopper reads it, in each language that has one.
#[must_use]
pub fn name(key: &str) -> Option<Text> {
    let of = |language| lexicon::name(key, language);
    match (of(Language::Zh), of(Language::En)) {
        (None, None) => None,
        (zh, en) => Some(Text::both(zh.or(en)?, en.or(zh)?)),
    }
}

/// The keys of all listed aspects, in the order of the lists.
pub fn keys() -> impl Iterator<Item = &'static str> {
    lexicon::keys()
}

#[cfg(test)]
mod tests;
