//! What is counted live: who bought and viewed what, ratings, the catalogue, all as of one ingest
//! id.
//!
//! The same structure serves twice: kept up to date while serving, and rebuilt event by event by
//! the audit. A copy shares everything that neither changes afterwards, so that an answer works on
//! its own copy while events are counted in the next one. It holds no person, only shopper numbers,
//! and knows nothing about models.

mod postings;
mod questions;
mod review_aspects;
mod situations;
mod visits;

use std::sync::Arc;

use domain::{
    Circumstance, Device, EventKind, IngestId, Item, ItemId, Money, ShopperId, StoredEvent,
    StoredItem, StoredReview, Text, Timestamp,
};
use explain::{RatingSum, Relation};
use store::{Joined, TakenIn};

use crate::persistent::{Chunks, Trie};
use crate::variants::Variants;
use review_aspects::{CategoryWords, ItemAspects};
use situations::Situations;

pub use review_aspects::ReviewAspects;
pub use situations::Known;
pub use visits::Visits;

/// Position of an item in the counts; never reused.
pub type ItemNo = u32;

/// One item, with everything counted about it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The catalogue's entry; a bare item where only events know it.
    pub item: Arc<Item>,
    /// True after the shop deleted it.
    pub deleted: bool,
    /// Whether the catalogue lists it; false where events alone know it.
    pub listed: bool,
    /// Number of its narrowest category.
    pub category: Option<u32>,
    /// Numbers of the narrowest categories of its further paths.
    pub further: Vec<u32>,
    bought: Visits,
    viewed: Visits,
    ratings: RatingSum,
    aspects: ItemAspects,
    situations: Situations,
    /// Each price with the version that brought it, oldest first; `None` without one.
    prices: Vec<(IngestId, Option<Money>)>,
}

/// One shopper: what any change of theirs touches.
#[derive(Debug, Clone, Default)]
struct Counted {
    /// Whether they bought, whether they viewed, anything.
    active: [bool; 2],
    /// The items that count them, so that a join need not look at all the others.
    touched: Arc<Vec<ItemNo>>,
}

/// Counts of a shop as of one ingest id.
#[derive(Debug, Clone, Default)]
pub struct LiveCounts {
    as_of: IngestId,
    latest: Option<Timestamp>,
    /// The same of every copy: positions of items mean the same in all of them.
    numbering: Arc<()>,
    entries: Chunks<Arc<Entry>>,
    item_nos: Trie<ItemId, ItemNo>,
    categories: Trie<Text, u32>,
    n_categories: u32,
    /// What reviews say, by category; items without one together.
    words: Trie<Option<u32>, CategoryWords>,
    situations: Situations,
    shopper_nos: Trie<ShopperId, u32>,
    shoppers: Chunks<Counted>,
    n_active: [u32; 2],
    /// Visitors with events who are counted as the people they were found to be.
    n_joined: usize,
    variants: Variants,
    /// Whether a catalogue ever listed anything.
    has_catalogue: bool,
}

impl LiveCounts {
    /// The newest ingest id that is counted.
    #[must_use]
    pub fn as_of(&self) -> IngestId {
        self.as_of
    }

    /// The latest instant of any counted event.
    #[must_use]
    pub fn latest(&self) -> Option<Timestamp> {
        self.latest
    }

    /// Number of items, deleted ones included.
    #[must_use]
    pub fn n_items(&self) -> usize {
        self.entries.len()
    }

    /// Number of shoppers with an event or a review.
    #[must_use]
    pub fn n_shoppers(&self) -> usize {
        self.shoppers.len() - self.n_joined
    }

    /// Every entry, in the order items became known.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> + Clone {
        self.entries.iter().map(|entry| &**entry)
    }

    /// Whether the shop offers an item: its catalogue lists it, or it never had a catalogue and
    /// events are all that is known.
    #[must_use]
    pub fn offers(&self, entry: &Entry) -> bool {
        !entry.deleted && (entry.listed || !self.has_catalogue)
    }

    /// Every entry of an item that the shop offers.
    pub fn offered(&self) -> impl Iterator<Item = &Entry> + Clone {
        self.entries().filter(|entry| self.offers(entry))
    }

    /// The entry at a position of these counts or of an earlier copy.
    ///
    /// # Panics
    /// At a position that these counts have not given away.
    #[must_use]
    pub fn entry_at(&self, no: ItemNo) -> &Entry {
        self.entries.get(no as usize)
    }

    /// What is the same of counts and of every copy of them: an item has the same position in
    /// all that know it.
    pub fn numbering(&self) -> &Arc<()> {
        &self.numbering
    }

    /// The position of an item.
    #[must_use]
    pub fn item_no(&self, id: &ItemId) -> Option<ItemNo> {
        self.item_nos.get(id).copied()
    }

    /// The item that an id means: of a variant its group, of anything else itself.
    #[must_use]
    pub fn item_of(&self, id: ItemId) -> ItemId {
        self.variants.item_of(id)
    }

    /// Replaces ids of variants by those of their items.
    pub fn name_items<'i>(&self, ids: impl Iterator<Item = &'i mut ItemId>) {
        for id in ids {
            *id = self.variants.item_of(id.clone());
        }
    }

    /// The entry of an item.
    #[must_use]
    pub fn entry(&self, id: &ItemId) -> Option<&Entry> {
        self.item_no(id).map(|no| self.entry_at(no))
    }

    /// Says that everything up to `as_of` is counted.
    pub fn advance(&mut self, as_of: IngestId) {
        self.as_of = self.as_of.max(as_of);
    }

    /// Counts an event.
    pub fn add_event(&mut self, event: &StoredEvent) {
        self.advance(event.id);
        self.latest = self.latest.max(event.time.instant());
        let item = self.known(&event.item_id);
        let shopper = self.shopper_no(event.shopper);
        let Some(relation) = relation(event.kind) else { return };
        let time = event.time.key();
        let entry = self.entries.changed(item);
        let is_first = match relation {
            Relation::Bought => {
                let circumstances = circumstances_of(event);
                entry.situations.add(shopper, &circumstances);
                self.situations.add(shopper, &circumstances);
                entry.bought.add(shopper, time)
            }
            Relation::Viewed => entry.viewed.add(shopper, time),
        };
        if !is_first {
            return;
        }
        let counted = self.shoppers.get_mut(shopper as usize);
        Arc::make_mut(&mut counted.touched).push(item);
        let which = usize::from(relation == Relation::Viewed);
        self.n_active[which] += u32::from(!counted.active[which]);
        counted.active[which] = true;
    }

    /// Counts something that a load brought.
    pub fn take_in(&mut self, taken: &TakenIn) {
        match taken {
            TakenIn::Item(id, version) => self.add_item(id, version),
            TakenIn::Event(event) => self.add_event(event),
            TakenIn::Review(review) => self.add_review(review),
            TakenIn::Join(joined) => self.join(joined),
        }
    }

    /// Counts what a visitor did as the person's.
    pub fn join(&mut self, joined: &Joined) {
        self.advance(joined.id);
        let Some(visitor) = self.shopper_nos.remove(&joined.visitor) else { return };
        let person = self.shopper_no(joined.shopper);
        let left = std::mem::take(self.shoppers.get_mut(visitor as usize));
        for &item in &*left.touched {
            let entry = self.entries.changed(item);
            entry.bought.join(visitor, person);
            entry.viewed.join(visitor, person);
            entry.aspects.join(visitor, person);
            entry.situations.join(visitor, person);
        }
        self.situations.join(visitor, person);
        let counted = self.shoppers.get_mut(person as usize);
        for which in 0..2 {
            let (was_active, is_active) = (left.active[which], &mut counted.active[which]);
            self.n_active[which] -= u32::from(was_active && *is_active);
            *is_active |= was_active;
        }
        self.n_joined += 1;
    }

    /// Counts a review: its rating, and what it says.
    pub fn add_review(&mut self, review: &StoredReview) {
        self.add_review_aspects(review.shopper, &review.item_id, ReviewAspects::from(review));
    }

    /// Counts a review that was read before.
    pub fn add_review_aspects(
        &mut self,
        reviewer: ShopperId,
        item: &ItemId,
        aspects: ReviewAspects,
    ) {
        self.advance(aspects.review);
        let item = self.known(item);
        let reviewer = self.shopper_no(reviewer);
        let entry = self.entries.changed(item);
        if let Some(rating) = aspects.rating {
            entry.ratings.n += 1;
            entry.ratings.tenths += u64::from(rating.tenths());
        }
        self.words.get_or(&entry.category, CategoryWords::default).add(&aspects);
        entry.aspects.add(reviewer, aspects);
        Arc::make_mut(&mut self.shoppers.get_mut(reviewer as usize).touched).push(item);
    }

    /// Takes in a version of an item.
    pub fn add_item(&mut self, id: &ItemId, version: &StoredItem) {
        self.advance(version.version);
        let no = self.known(id);
        self.variants.learn(Some(&self.entries.get(no as usize).item), version.item.as_ref());
        match &version.item {
            Some(item) => {
                let category = item.category().map(|name| self.category_no(name));
                let narrowest = item.narrowest_categories().into_iter();
                let numbers: Vec<u32> = narrowest.map(|name| self.category_no(name)).collect();
                let further = numbers.into_iter().filter(|no| Some(*no) != category).collect();
                let entry = self.entries.changed(no);
                if entry.category != category {
                    self.words.get_or(&entry.category, CategoryWords::default).lose(&entry.aspects);
                    self.words.get_or(&category, CategoryWords::default).gain(&entry.aspects);
                }
                (entry.item, entry.deleted, entry.category) =
                    (Arc::new(item.clone()), false, category);
                entry.further = further;
                entry.listed = item.is_listed();
                self.has_catalogue |= entry.listed;
            }
            None => self.entries.changed(no).deleted = true,
        }
        let price = version.item.as_ref().and_then(|item| item.price);
        let prices = &mut self.entries.changed(no).prices;
        if prices.last().is_none_or(|(_, last)| *last != price) {
            prices.push((version.version, price));
        }
    }

    fn known(&mut self, id: &ItemId) -> ItemNo {
        if let Some(&no) = self.item_nos.get(id) {
            return no;
        }
        let no = self.entries.len() as ItemNo;
        self.item_nos.insert(id, no);
        self.entries.push(Arc::new(Entry {
            item: Arc::new(Item::bare(id.clone())),
            deleted: false,
            listed: false,
            category: None,
            further: Vec::new(),
            bought: Visits::default(),
            viewed: Visits::default(),
            ratings: RatingSum::default(),
            aspects: ItemAspects::default(),
            situations: Situations::default(),
            prices: Vec::new(),
        }));
        no
    }

    fn category_no(&mut self, name: &Text) -> u32 {
        if let Some(&no) = self.categories.get(name) {
            return no;
        }
        self.n_categories += 1;
        self.categories.insert(name, self.n_categories - 1);
        self.n_categories - 1
    }

    fn shopper_no(&mut self, shopper: ShopperId) -> u32 {
        if let Some(&no) = self.shopper_nos.get(&shopper) {
            return no;
        }
        let no = self.shoppers.len() as u32;
        self.shopper_nos.insert(&shopper, no);
        self.shoppers.push(Counted::default());
        no
    }
}

impl Chunks<Arc<Entry>> {
    /// An entry, to be changed.
    fn changed(&mut self, no: ItemNo) -> &mut Entry {
        Arc::make_mut(self.get_mut(no as usize))
    }
}

fn circumstances_of(event: &StoredEvent) -> Vec<Circumstance> {
    let known = Known {
        time: Some(event.time),
        zone_minutes: event.zone_minutes,
        region: event.region.as_deref(),
        device: event.device.as_deref().and_then(Device::named),
    };
    known.circumstances()
}

fn relation(kind: EventKind) -> Option<Relation> {
    match kind {
        EventKind::Purchase => Some(Relation::Bought),
        EventKind::View | EventKind::Click => Some(Relation::Viewed),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
