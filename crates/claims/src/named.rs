//! What facts tell about themselves: the items and texts they name, the people they count, the
//! history they rest on.
//!
//! All of it derives from [`Facts::slots`], so that a guard, an audit or a page that asks here covers
//! every kind.

use domain::{Circumstance, HistoryRef, ItemId, Text};

use crate::{Attribute, Facts, Field, People, PopularScope, Slot, Value};

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
        self.slots().into_iter().map(|slot| Named::of(slot.value))
    }
}

/// What a field names.
#[derive(Default)]
struct Named<'f> {
    items: Vec<&'f ItemId>,
    texts: Vec<&'f str>,
    history: Vec<&'f HistoryRef>,
}

impl<'f> Named<'f> {
    /// What a sentence of a field would name, and the history that it rests on.
    fn of(value: Value<'f>) -> Self {
        let mut named = Self::default();
        match value {
            Value::Item(item) => named.items.push(item),
            Value::History(history) => named.history.extend(history),
            Value::Changes(changes) => {
                for change in changes {
                    named.history.extend(change.history());
                    named.items.extend(change.item());
                }
            }
            Value::Text(text) => named.texts.extend(text.versions()),
            Value::Texts(texts) => named.texts.extend(texts.iter().flat_map(Text::versions)),
            Value::Words(words) => named.texts.extend(words.iter().map(String::as_str)),
            Value::Concept(concept) => named.texts.push(concept.value()),
            Value::Attribute(Attribute::Named(name)) | Value::Field(Field::Named(name)) => {
                named.texts.push(name);
            }
            Value::Scope(PopularScope::Category { category }) => {
                named.texts.extend(category.versions());
            }
            Value::Attribute(Attribute::Brand | Attribute::Category)
            | Value::Field(Field::Title | Field::Brand | Field::Category | Field::Description)
            | Value::Scope(PopularScope::Shop)
            | Value::People(_)
            | Value::Count(_)
            | Value::Rank(_)
            | Value::RankShown(_)
            | Value::Share(_)
            | Value::Cosine(_)
            | Value::Ratio(_)
            | Value::Stars(_)
            | Value::Score(_)
            | Value::Leads(_)
            | Value::Money(_)
            | Value::Time(_)
            | Value::Window(_)
            | Value::Circumstance(_)
            | Value::Bar(_)
            | Value::Unknown(_)
            | Value::Flag(_)
            | Value::Passages(_) => {}
        }
        named.items.extend(named.history.iter().map(|past| &past.item_id));
        named
    }
}

#[cfg(test)]
mod tests;
