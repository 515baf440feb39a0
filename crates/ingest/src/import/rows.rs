//! What is loaded of what was prepared: ids of variants become those of their items, and what is
//! said of a product in passing counts only where no catalogue describes it.

use std::collections::BTreeSet;

use domain::item::{IN_PASSING, VARIANT_ID};
use domain::{Event, IngestId, Item, ItemId, Review, StoredItem};
use rustc_hash::FxHashMap;
use store::{HistoryRow, StoreError, every};

use crate::prepare::Prepared;
use shop::variants::Variants;
use shop::{Shop, ShopError};

/// Makes rows for one shop, in the order of the files.
pub(super) struct Rows<'s> {
    shop: &'s Shop,
    variants: Variants,
    /// How this import described items so far: loading lags behind.
    described: FxHashMap<ItemId, Description>,
}

enum Description {
    /// By the files that are read.
    InFiles,
    ByCatalogue,
    InPassing(Box<Item>),
}

impl<'s> Rows<'s> {
    /// Rows for a shop as it is now.
    pub(super) fn new(shop: &'s Shop) -> Result<Self, ShopError> {
        Ok(Self { shop, variants: variants(shop)?, described: FxHashMap::default() })
    }

    /// The items that the files list.
    pub(super) fn into_listed(self) -> BTreeSet<ItemId> {
        let listed = self
            .described
            .into_iter()
            .filter(|(_, described)| matches!(described, Description::InFiles));
        listed.map(|(id, _)| id).collect()
    }

    /// The row to load; `None` where there is nothing to.
    ///
    /// # Errors
    /// What the store says of what it holds already.
    pub(super) fn row(&mut self, prepared: Prepared) -> Result<Option<HistoryRow>, StoreError> {
        Ok(Some(match prepared {
            Prepared::Event(event) => {
                let item_id = self.variants.item_of(event.item_id);
                HistoryRow::Event(Event { item_id, ..event })
            }
            Prepared::Review(review) => {
                let item_id = self.variants.item_of(review.item_id);
                HistoryRow::Review(Review { item_id, ..review })
            }
            Prepared::Identity { visitor, person } => HistoryRow::Join { visitor, person },
            Prepared::Item(item) => {
                self.described.insert(item.id.clone(), Description::InFiles);
                HistoryRow::Item(item)
            }
            Prepared::Part(part) => {
                let by =
                    if part.is_listing() { Description::InFiles } else { Description::ByCatalogue };
                self.described.insert(part.item.id.clone(), by);
                HistoryRow::Part(part)
            }
            Prepared::Mention(item) => return Ok(self.mentioned(item)?.map(HistoryRow::Item)),
        }))
    }

    /// The item as it is after a mention; `None` where a catalogue describes it, or it was deleted.
    fn mentioned(&mut self, mention: Item) -> Result<Option<Item>, StoreError> {
        let id = mention.id.clone();
        let is_variant = self.variants.item_of(id.clone()) != id;
        let known = match self.described.remove(&id) {
            _ if is_variant => Some(Description::ByCatalogue),
            Some(described) => Some(described),
            None => self.stored(&id)?,
        };
        let described = match known {
            Some(described @ (Description::InFiles | Description::ByCatalogue)) => described,
            Some(Description::InPassing(mut item)) => {
                item.overlay(mention);
                Description::InPassing(item)
            }
            None => Description::InPassing(Box::new(mention.unlisted(IN_PASSING))),
        };
        let item = match &described {
            Description::InFiles | Description::ByCatalogue => None,
            Description::InPassing(item) => Some(Item::clone(item)),
        };
        self.described.insert(id, described);
        Ok(item)
    }

    /// How earlier imports described an item.
    fn stored(&self, id: &ItemId) -> Result<Option<Description>, StoreError> {
        let version = self.shop.state().item(id, IngestId(u128::MAX))?;
        Ok(version.map(|version| match version.item.filter(|item| !is_catalogued(item)) {
            Some(item) => Description::InPassing(Box::new(item)),
            None => Description::ByCatalogue,
        }))
    }
}

/// Whether an item has facts that are never told in passing.
fn is_catalogued(item: &Item) -> bool {
    let has_more = item.in_stock.is_some() || item.available_since.is_some();
    has_more
        || !item.description.is_empty()
        || item.attributes.keys().any(|name| name != IN_PASSING)
}

/// Which items the variants that events may name belong to.
fn variants(shop: &Shop) -> Result<Variants, ShopError> {
    let mut variants = Variants::default();
    let mut newest: FxHashMap<ItemId, Item> = FxHashMap::default();
    shop.state().scan_items(
        IngestId(u128::MAX),
        &mut every(|(id, version): (ItemId, StoredItem)| {
            match version.item.filter(|item| item.attributes.contains_key(VARIANT_ID)) {
                Some(item) => newest.insert(id, item),
                None => newest.remove(&id),
            };
        }),
    )?;
    newest.values().for_each(|item| variants.learn(None, Some(item)));
    Ok(variants)
}
