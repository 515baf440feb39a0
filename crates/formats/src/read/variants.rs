//! Makes one item of the variants that a feed lists apart: sizes and colours of one product are
//! one thing to recommend. Refuses to grow without end: past a limit what is held is handed on.

use std::collections::HashMap;

use domain::item::VARIANT_ID;
use domain::{Item, ItemId, Text};

use crate::Record;

/// Groups held before they are handed on.
const MAX_HELD: usize = 200_000;

/// Groups in order of first appearance.
#[derive(Default)]
pub(crate) struct Groups {
    places: HashMap<ItemId, usize>,
    held: Vec<Group>,
    n_mixed_prices: u64,
}

struct Group {
    item: Item,
    prices_agree: bool,
}

impl Groups {
    /// Takes a variant of a group; gives back what is to be handed on when the limit is reached.
    pub(crate) fn see(&mut self, group: &ItemId, variant: Item) -> Vec<Record> {
        if let Some(&at) = self.places.get(group) {
            self.held[at].add(variant);
            return Vec::new();
        }
        self.places.insert(group.clone(), self.held.len());
        self.held.push(Group::of(group, variant));
        if self.held.len() < MAX_HELD { Vec::new() } else { self.drain() }
    }

    /// Everything held.
    pub(crate) fn drain(&mut self) -> Vec<Record> {
        self.places.clear();
        let held = std::mem::take(&mut self.held);
        self.n_mixed_prices += held.iter().filter(|group| !group.prices_agree).count() as u64;
        held.into_iter().map(|group| Record::Item(group.item)).collect()
    }

    /// Groups handed on whose variants cost different amounts, so that they have no one price.
    pub(crate) fn n_mixed_prices(&self) -> u64 {
        self.n_mixed_prices
    }
}

impl Group {
    fn of(group: &ItemId, variant: Item) -> Self {
        let mut group = Self { item: Item::bare(group.clone()), prices_agree: true };
        group.add(variant);
        group
    }

    /// The first variant names the product; the others add their colours and sizes. A price holds
    /// only where it holds for all: a reason must not name one that the next size does not have.
    fn add(&mut self, variant: Item) {
        let item = &mut self.item;
        let own = (variant.id != item.id).then(|| Text::from(variant.id.as_str()));
        if variant.price.is_some() {
            self.prices_agree &= item.price.is_none_or(|price| Some(price) == variant.price);
            item.price = variant.price.filter(|_| self.prices_agree);
        }
        item.in_stock = either(item.in_stock, variant.in_stock);
        fill(&mut item.title, variant.title);
        fill(&mut item.brand, variant.brand);
        fill(&mut item.description, variant.description);
        if item.categories.is_empty() {
            item.categories = variant.categories;
        }
        let ids = own.map(|id| (VARIANT_ID.to_owned(), vec![id]));
        for (name, values) in variant.attributes.into_iter().chain(ids) {
            let known = item.attributes.entry(name).or_default();
            for value in values {
                if !known.contains(&value) {
                    known.push(value);
                }
            }
        }
    }
}

fn fill(known: &mut Text, other: Text) {
    if known.is_empty() {
        *known = other;
    }
}

/// A group can be bought where one of its variants can.
fn either(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a || b),
        (known, None) | (None, known) => known,
    }
}
