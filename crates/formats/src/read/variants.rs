//! Makes one item of the variants that a feed lists apart: sizes and colours of one product are
//! one thing to recommend. Memory is bounded: past a limit the groups held are handed on.

use std::collections::{HashMap, VecDeque};

use domain::item::VARIANT_ID;
use domain::{Fact, Item, ItemId, PartialItem, Says, Text};

use crate::Record;
use crate::output::{Halt, Output};

/// Groups held, some 4 kB each (80 MB in all); beyond it the older half is handed on.
const MAX_HELD: usize = 20_000;

/// Groups in order of first appearance.
pub(crate) struct Groups {
    /// Each group's place among all that were seen.
    places: HashMap<ItemId, usize>,
    n_handed_on: usize,
    held: VecDeque<Group>,
    max_held: usize,
    n_mixed_prices: u64,
    says: Says,
}

impl Default for Groups {
    fn default() -> Self {
        Self::holding(MAX_HELD)
    }
}

impl Groups {
    fn holding(max_held: usize) -> Self {
        let (places, held) = (HashMap::new(), VecDeque::new());
        let says = Says::everything();
        Self { places, n_handed_on: 0, held, max_held, n_mixed_prices: 0, says }
    }

    /// Groups of a source that speaks of some facts only.
    pub(crate) fn saying(says: Says) -> Self {
        Self { says, ..Self::default() }
    }

    /// An item as a record of the source.
    pub(crate) fn record(&self, item: Item) -> Record {
        let says = self.says;
        if says == Says::everything() {
            Record::Item(item)
        } else {
            Record::Part(PartialItem { item, says })
        }
    }

    /// Takes a variant of a group; returns the items to be handed on when the limit is reached.
    /// Variants stand near each other in feeds: the newer half stays, so that none is torn apart.
    pub(crate) fn see(&mut self, group: &ItemId, variant: Item) -> Vec<Record> {
        if let Some(&place) = self.places.get(group) {
            self.held[place - self.n_handed_on].add(variant);
            return Vec::new();
        }
        self.places.insert(group.clone(), self.n_handed_on + self.held.len());
        self.held.push_back(Group::of(group, variant));
        if self.held.len() < self.max_held { Vec::new() } else { self.hand_on(self.max_held / 2) }
    }

    /// Bars a group that is held: none of its variants can be bought, whatever they say.
    pub(crate) fn bar(&mut self, group: &ItemId) {
        if let Some(&place) = self.places.get(group) {
            self.held[place - self.n_handed_on].is_barred = true;
        }
    }

    /// Returns everything held, and the groups that have no one price.
    pub(crate) fn hand_on_all(mut self, output: &mut Output<'_>) -> Result<(), Halt> {
        let records = self.hand_on(self.held.len());
        records.into_iter().try_for_each(|record| output.record(record))?;
        output
            .leave_out_n("prices of products whose variants differ in price", self.n_mixed_prices);
        Ok(())
    }

    fn hand_on(&mut self, n: usize) -> Vec<Record> {
        let oldest: Vec<Group> = self.held.drain(..n).collect();
        self.n_handed_on += n;
        for group in &oldest {
            self.places.remove(&group.item.id);
            self.n_mixed_prices += u64::from(!group.prices_agree);
        }
        oldest.into_iter().map(|group| self.record(group.whole())).collect()
    }
}

/// The facts that one of the columns says, by the names of a header.
pub(crate) fn said(names: &[String], facts: &[(Fact, &[&str])]) -> Says {
    let is_there = |known: &&str| names.iter().any(|name| name == known);
    let said = facts.iter().filter(|(_, columns)| columns.iter().any(&is_there));
    said.map(|(fact, _)| *fact).collect()
}

struct Group {
    item: Item,
    prices_agree: bool,
    is_barred: bool,
}

impl Group {
    fn of(group: &ItemId, variant: Item) -> Self {
        let mut group =
            Self { item: Item::bare(group.clone()), prices_agree: true, is_barred: false };
        group.add(variant);
        group
    }

    fn whole(self) -> Item {
        let in_stock = if self.is_barred { Some(false) } else { self.item.in_stock };
        Item { in_stock, ..self.item }
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
        item.url = item.url.take().or(variant.url);
        item.gtin = item.gtin.take().or(variant.gtin);
        item.shipping = item.shipping.take().or(variant.shipping);
        for image in variant.image.into_iter().chain(variant.images) {
            match &item.image {
                None => item.image = Some(image),
                Some(main) if *main != image && !item.images.contains(&image) => {
                    item.images.push(image);
                }
                Some(_) => {}
            }
        }
        for path in [variant.categories].into_iter().chain(variant.further_categories) {
            item.add_categories(path);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_not_torn_apart_where_the_limit_is_reached() {
        let mut groups = Groups::holding(4);
        let id = |name: String| ItemId::new(name).expect("it is not blank");
        let mut records = Vec::new();
        for n in 0..33 {
            let variant = Item::bare(id(format!("v{n}")));
            records.extend(groups.see(&id(format!("g{}", n / 3)), variant));
            assert!(groups.held.len() < 4);
        }
        records.extend(groups.hand_on(groups.held.len()));
        let n_variants = |record: &Record| match record {
            Record::Item(item) => (item.id.to_string(), item.attributes[VARIANT_ID].len()),
            _ => unreachable!("groups are items"),
        };
        let told: Vec<_> = records.iter().map(n_variants).collect();
        assert_eq!(told, (0..11).map(|n| (format!("g{n}"), 3)).collect::<Vec<_>>());
    }
}
