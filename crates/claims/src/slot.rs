//! What the fields of facts are: an item, a text, a count of people, a price.

use domain::{Circumstance, Concept, HistoryRef, ItemId, Money, Text, Timestamp};

use crate::{Attribute, Bar, Change, Field, Lead, Passage, PopularScope, Unknown, Window};

/// One field of the facts of a claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slot<'f> {
    /// The name of the field on the wire.
    pub name: &'static str,
    /// What it is, with its value.
    pub value: Value<'f>,
}

/// What a field of facts is. Variants differ in meaning, not only in type: a count of people is
/// judged by privacy, a count of anything else is not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'f> {
    /// An item that the claim names beside its own.
    Item(&'f ItemId),
    /// Steps of the shopper's history.
    History(&'f [HistoryRef]),
    /// Changes that a counterfactual makes.
    Changes(&'f [Change]),
    /// A text of the catalogue or of the lexicon of aspects.
    Text(&'f Text),
    /// Several texts of the catalogue.
    Texts(&'f [Text]),
    /// Words of the catalogue, or of a question about it.
    Words(&'f [String]),
    /// What a shopper likes or asked for.
    Concept(&'f Concept),
    /// An attribute of the catalogue.
    Attribute(&'f Attribute),
    /// A field of the catalogue.
    Field(&'f Field),
    /// Among which items a rank is taken.
    Scope(&'f PopularScope),
    /// How many people did something.
    People(People),
    /// How many of anything but people: prices, days, items, parts of a count of people.
    Count(u32),
    /// A rank from 1; `None` where the item has none.
    Rank(Option<u32>),
    /// The place in the list that was answered, from 1.
    RankShown(u32),
    /// A part of a whole, 0 to 1.
    Share(f64),
    /// How alike two vectors are, 0 to 1.
    Cosine(f64),
    /// How many times as much as by chance.
    Ratio(f64),
    /// Mean stars, 1 to 5.
    Stars(f64),
    /// A difference of scores.
    Score(f64),
    /// A difference of scores, by signal.
    Leads(&'f [Lead]),
    /// A price; `None` where the catalogue has none.
    Money(Option<Money>),
    /// An instant.
    Time(Timestamp),
    /// A span of time.
    Window(Window),
    /// A trait of the situation of a request.
    Circumstance(&'f Circumstance),
    /// A rule that keeps an item out.
    Bar(Bar),
    /// Why nothing is known of the shopper.
    Unknown(Unknown),
    /// Whether something holds.
    Flag(bool),
    /// Places in reviews.
    Passages(&'f [Passage]),
}

/// A count of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct People {
    /// Who is counted.
    pub who: Who,
    /// How many.
    pub n: u32,
}

/// Who is counted. Each has a bar of its own below which a count is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Who {
    /// Distinct shoppers.
    Shoppers,
    /// Distinct reviewers.
    Reviewers,
    /// Whoever rated. A shopper may rate twice, so this is at most one count too high for each
    /// further rating; a mean of few ratings gives single ones away.
    Raters,
}

impl<'f> Slot<'f> {
    pub(crate) const fn new(name: &'static str, value: Value<'f>) -> Self {
        Self { name, value }
    }
}

impl<'f> Value<'f> {
    pub(crate) const fn people(who: Who, n: u32) -> Self {
        Self::People(People { who, n })
    }
}
