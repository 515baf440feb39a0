//! Whether events and the catalogue speak of the same items, and if not, why.
//!
//! Responsible for counting which ids of events the catalogue knows, and for listing those that it
//! does not. Ids are changed by an import, never here.

mod guess;

use std::collections::{BTreeMap, BTreeSet};

use domain::{IngestId, Item, ItemId, StoredEvent, StoredItem};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use store::{Counts, every};

use crate::error::ShopError;
use crate::opened::Shop;
use crate::variants::Variants;

pub use guess::{Guess, Which};

/// Most ids given as examples.
const MOST_EXAMPLES: usize = 5;

/// Some of a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How many.
    pub n: u64,
    /// Of how many.
    pub of: u64,
}

impl Part {
    /// The share, 0 to 1; 1 of nothing.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.of == 0 { 1.0 } else { self.n as f64 / self.of as f64 }
    }
}

/// An id that only events name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unlisted {
    /// The id.
    pub item_id: ItemId,
    /// How many events name it.
    pub n_events: u64,
}

/// How far events name items of the catalogue. An item that the catalogue listed once counts as known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Matching {
    /// Events that name an item of the catalogue, of all.
    pub events: Part,
    /// Distinct ids of events that the catalogue knows, of all.
    pub ids: Part,
    /// Ids that it does not know, those of most events first.
    pub examples: Vec<Unlisted>,
    /// Why, where it can be guessed.
    pub guess: Option<Guess>,
}

/// Counts; `None` for a shop that never had a catalogue, or has no events.
///
/// # Errors
/// What the store says.
pub fn matching(shop: &Shop) -> Result<Option<Matching>, ShopError> {
    let read = Read::of(shop)?;
    if read.listed.is_empty() || read.n_events.is_empty() {
        return Ok(None);
    }
    let unlisted = read.unlisted();
    let of_events: u64 = read.n_events.values().sum();
    let n_unlisted: u64 = unlisted.iter().map(|unlisted| unlisted.n_events).sum();
    let ids =
        Part { n: (read.n_events.len() - unlisted.len()) as u64, of: read.n_events.len() as u64 };
    Ok(Some(Matching {
        events: Part { n: of_events - n_unlisted, of: of_events },
        ids,
        guess: guess::guess(&unlisted, &read.listed),
        examples: unlisted.into_iter().take(MOST_EXAMPLES).collect(),
    }))
}

/// Ids that events name and the catalogue never listed, those of most events first. None for a shop
/// that never had a catalogue.
///
/// # Errors
/// What the store says.
pub fn unlisted(shop: &Shop) -> Result<Vec<Unlisted>, ShopError> {
    let read = Read::of(shop)?;
    Ok(if read.listed.is_empty() { Vec::new() } else { read.unlisted() })
}

/// Ids of the catalogue and of events.
struct Read {
    /// Items that the catalogue lists or listed, as last described.
    listed: FxHashMap<ItemId, Item>,
    n_events: FxHashMap<ItemId, u64>,
}

impl Read {
    fn of(shop: &Shop) -> Result<Self, ShopError> {
        let newest = shop.state().newest()?;
        let mut listed: FxHashMap<ItemId, Item> = FxHashMap::default();
        shop.state().scan_items(
            newest,
            &mut every(|(id, version): (ItemId, StoredItem)| {
                if let Some(item) = version.item.filter(|item| !item.is_told_in_passing()) {
                    listed.insert(id, item);
                }
            }),
        )?;
        let mut variants = Variants::default();
        listed.values().for_each(|item| variants.learn(None, Some(item)));
        let mut by_id: FxHashMap<ItemId, u64> = FxHashMap::default();
        let mut count = |event: StoredEvent| match by_id.get_mut(&event.item_id) {
            Some(n) => *n += 1,
            None => {
                by_id.insert(event.item_id, 1);
            }
        };
        shop.state().scan_events(newest, &mut every(&mut count))?;
        let mut n_events: FxHashMap<ItemId, u64> = FxHashMap::default();
        for (id, n) in by_id {
            *n_events.entry(variants.item_of(id)).or_default() += n;
        }
        Ok(Self { listed, n_events })
    }

    fn unlisted(&self) -> Vec<Unlisted> {
        let unknown = self.n_events.iter().filter(|(id, _)| !self.listed.contains_key(*id));
        let mut unlisted: Vec<Unlisted> =
            unknown.map(|(id, &n)| Unlisted { item_id: id.clone(), n_events: n }).collect();
        unlisted
            .sort_by(|a, b| b.n_events.cmp(&a.n_events).then_with(|| a.item_id.cmp(&b.item_id)));
        unlisted
    }
}

/// Rows of each sort, with the items that the shop offers as the number of items.
///
/// # Errors
/// What the store says.
pub fn counts(shop: &Shop) -> Result<Counts, ShopError> {
    let counts = shop.state().counts()?;
    let is_listed = scan(shop, |item| item.is_listed())?;
    if is_listed.is_empty() {
        return Ok(counts);
    }
    let n_listed = is_listed.values().filter(|&&is_listed| is_listed).count();
    Ok(Counts { items: n_listed as u64, ..counts })
}

/// Items that are in the catalogue or were held back from it, as of now: neither deleted nor known
/// from events alone.
///
/// # Errors
/// What the store says.
pub fn catalogue(shop: &Shop) -> Result<BTreeMap<ItemId, Item>, ShopError> {
    scan(shop, |item| item)
}

/// The ids of [`catalogue`], in a fraction of its memory.
///
/// # Errors
/// What the store says.
pub fn ids(shop: &Shop) -> Result<BTreeSet<ItemId>, ShopError> {
    Ok(scan(shop, drop)?.into_keys().collect())
}

/// What `keep` keeps of each item of the catalogue.
fn scan<T>(shop: &Shop, keep: impl Fn(Item) -> T) -> Result<BTreeMap<ItemId, T>, ShopError> {
    let mut kept = BTreeMap::new();
    shop.state().scan_items(
        IngestId(u128::MAX),
        &mut every(|(id, version): (ItemId, StoredItem)| {
            match version.item.filter(|item| !item.is_told_in_passing()) {
                Some(item) => kept.insert(id, keep(item)),
                None => kept.remove(&id),
            };
        }),
    )?;
    Ok(kept)
}
