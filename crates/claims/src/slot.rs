//! What the fields of facts are, and what follows from that about a claim: the items and texts it
//! names, the people it counts, the history it rests on.
//!
//! Everything here derives from [`Facts::slots`], so that a guard, an audit or a page that asks it
//! covers every kind.

use domain::{Circumstance, Concept, HistoryRef, ItemId, Money, Text, Timestamp};

use crate::{Attribute, Bar, Change, Facts, Field, Lead, Passage, PopularScope, Unknown, Window};

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
    /// A part of a whole, or a cosine, 0 to 1.
    Share(f64),
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

    /// What a sentence of this field would name, and the history that it rests on.
    fn named(self) -> Named<'f> {
        let mut named = Named::default();
        match self {
            Self::Item(item) => named.items.push(item),
            Self::History(history) => named.history.extend(history),
            Self::Changes(changes) => {
                for change in changes {
                    named.history.extend(change.history());
                    named.items.extend(change.item());
                }
            }
            Self::Text(text) => named.texts.extend(text.versions()),
            Self::Texts(texts) => named.texts.extend(texts.iter().flat_map(Text::versions)),
            Self::Words(words) => named.texts.extend(words.iter().map(String::as_str)),
            Self::Concept(concept) => named.texts.push(concept.value()),
            Self::Attribute(Attribute::Named(name)) | Self::Field(Field::Named(name)) => {
                named.texts.push(name);
            }
            Self::Scope(PopularScope::Category { category }) => {
                named.texts.extend(category.versions());
            }
            Self::Attribute(Attribute::Brand | Attribute::Category)
            | Self::Field(Field::Title | Field::Brand | Field::Category | Field::Description)
            | Self::Scope(PopularScope::Shop)
            | Self::People(_)
            | Self::Count(_)
            | Self::Rank(_)
            | Self::RankShown(_)
            | Self::Share(_)
            | Self::Ratio(_)
            | Self::Stars(_)
            | Self::Score(_)
            | Self::Leads(_)
            | Self::Money(_)
            | Self::Time(_)
            | Self::Window(_)
            | Self::Circumstance(_)
            | Self::Bar(_)
            | Self::Unknown(_)
            | Self::Flag(_)
            | Self::Passages(_) => {}
        }
        named.items.extend(named.history.iter().map(|past| &past.item_id));
        named
    }
}

/// What a field names.
#[derive(Default)]
struct Named<'f> {
    items: Vec<&'f ItemId>,
    texts: Vec<&'f str>,
    history: Vec<&'f HistoryRef>,
}

impl Facts {
    /// Returns every item that a sentence of these facts would name, beside the claim's own.
    #[must_use]
    pub fn items_named(&self) -> Vec<&ItemId> {
        self.named().flat_map(|named| named.items).collect()
    }

    /// Returns every text that a sentence of these facts would say, in every language it has:
    /// categories, attributes, terms, aspects, concepts.
    #[must_use]
    pub fn texts_named(&self) -> Vec<&str> {
        self.named().flat_map(|named| named.texts).collect()
    }

    /// Returns the steps of the shopper's history that these facts rest on.
    #[must_use]
    pub fn history(&self) -> Vec<&HistoryRef> {
        self.named().flat_map(|named| named.history).collect()
    }

    /// Returns every count of people in these facts.
    #[must_use]
    pub fn people_counted(&self) -> Vec<People> {
        let people = |slot: Slot<'_>| match slot.value {
            Value::People(people) => Some(people),
            _ => None,
        };
        self.slots().into_iter().filter_map(people).collect()
    }

    /// Returns the trait of the request's situation that these facts speak of.
    #[must_use]
    pub fn circumstance(&self) -> Option<&Circumstance> {
        self.slots().into_iter().find_map(|slot| match slot.value {
            Value::Circumstance(circumstance) => Some(circumstance),
            _ => None,
        })
    }

    /// Returns the place in the list that these facts state, from 1.
    #[must_use]
    pub fn rank_shown(&self) -> Option<u32> {
        self.slots().into_iter().find_map(|slot| match slot.value {
            Value::RankShown(rank) => Some(rank),
            _ => None,
        })
    }

    fn named(&self) -> impl Iterator<Item = Named<'_>> {
        self.slots().into_iter().map(|slot| slot.value.named())
    }
}

#[cfg(test)]
mod tests;
