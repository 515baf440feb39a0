//! What arrives while serving: events, reviews, items, decisions. Acknowledged means on disk *and*
//! counted, so that the next answer knows it.
//!
//! Many callers, one write: whoever gets through the gate writes for everyone who waits
//! (flat combining), so that one sync to disk serves many small requests.

mod foreign;
mod native;
pub mod shopify;

use std::sync::{Arc, Mutex, PoisonError};

use domain::{
    Event, EventTime, IngestId, Item, ItemId, Review, StoredItem, StoredReview, SubjectId,
    Timestamp,
};
use shop::live_counts::ReviewAspects;
use shop::{LiveShop, ShopError};
use store::erased_names::is_covered;
use store::{Ack, ReviewAck, StoreError};

use crate::prepare::normalise;

pub use foreign::{Batch, Identity, read_batch};
pub use formats::wire::Shape;
pub use native::{NativeEvent, Rejected};

/// Takes in what arrives for a shop in service.
pub struct Collector {
    shop: Arc<LiveShop>,
    queue: Queue,
}

/// Batches that wait for the gate.
#[derive(Debug, Default)]
struct Queue(Mutex<Vec<Waiting>>);

#[derive(Debug)]
struct Waiting {
    events: Vec<Event>,
    outcome: Arc<Mutex<Option<Outcome>>>,
}

type Outcome = Result<Vec<Ack>, Arc<StoreError>>;

impl Collector {
    /// For a shop in service.
    #[must_use]
    pub fn new(shop: Arc<LiveShop>) -> Self {
        Self { shop, queue: Queue::default() }
    }

    /// Removes from a batch what people did who were erased since; how much there was. The same rule
    /// as for a file that is imported again.
    ///
    /// # Errors
    /// What the store says.
    pub fn leave_out_erased(&self, batch: &mut Batch) -> Result<usize, ShopError> {
        let state = self.shop.shop().state();
        let Some(last) = state.last_erasure()? else { return Ok(0) };
        let last = Timestamp(last.made_at_ms() as i64);
        let covers = |subject: &SubjectId, time: EventTime| {
            // What happens now is later than every erasure, and asks the store nothing.
            if !is_covered(last, time) {
                return Ok(false);
            }
            let erased = state.erased_at(subject)?;
            Ok(erased.is_some_and(|erased| is_covered(erased, time)))
        };
        let events = leave_out(&mut batch.events, |e| covers(&e.subject, e.time))?;
        let reviews = leave_out(&mut batch.reviews, |r| covers(&r.subject, r.time))?;
        Ok(events + reviews)
    }

    /// Takes in events. When this returns they survive a crash and count in the next answer.
    ///
    /// # Errors
    /// What the store says; then nothing of the batch is acknowledged.
    pub fn collect(&self, mut events: Vec<Event>) -> Result<Vec<Ack>, ShopError> {
        let outcome = Arc::default();
        self.shop.counts().name_items(events.iter_mut().map(|event| &mut event.item_id));
        self.queue.push(Waiting { events, outcome: Arc::clone(&outcome) });
        let gate = self.shop.gate();
        // Somebody who was through the gate before may have written ours.
        if let Some(done) = take(&outcome) {
            return done.map_err(ShopError::Store);
        }
        let waiting = self.queue.drain();
        let batch = waiting.iter().flat_map(|w| w.events.iter().cloned()).collect();
        let written = self.shop.shop().state().append_events(batch).map_err(Arc::new);
        if let Ok(acks) = &written {
            gate.change(|counts| {
                acks.iter().filter(|ack| ack.fresh).for_each(|ack| counts.add_event(&ack.event));
            });
        }
        hand_out(waiting, written);
        let done = take(&outcome).expect("the batch just written held this caller's events");
        done.map_err(ShopError::Store)
    }

    /// Takes in reviews.
    ///
    /// # Errors
    /// What the store says.
    pub fn collect_reviews(&self, mut reviews: Vec<Review>) -> Result<Vec<ReviewAck>, ShopError> {
        self.shop.counts().name_items(reviews.iter_mut().map(|review| &mut review.item_id));
        let gate = self.shop.gate();
        let acks = self.shop.shop().state().append_reviews(reviews.clone())?;
        let fresh = acks.iter().zip(reviews).filter(|(ack, _)| ack.fresh);
        // Read before the counts are held: finding opinions takes longer than counting them.
        let aspects: Vec<_> = fresh
            .map(|(ack, review)| {
                let stored = stored_review(ack, review);
                (stored.shopper, stored.item_id.clone(), ReviewAspects::from(&stored))
            })
            .collect();
        gate.change(|counts| {
            for (reviewer, item, aspects) in aspects {
                counts.add_review_aspects(reviewer, &item, aspects);
            }
        });
        Ok(acks)
    }

    /// Says that visitors were found to be people; how many had not been told before. From now on
    /// a visitor's history is the person's.
    ///
    /// # Errors
    /// What the store says.
    pub fn identify(&self, identities: &[Identity]) -> Result<usize, ShopError> {
        let mut n_joined = 0;
        for Identity { visitor, person } in identities {
            // Most calls say again what was said before, and a write waits for the disk.
            if self.are_one(visitor, person)? {
                continue;
            }
            let gate = self.shop.gate();
            if let Some(joined) = self.shop.shop().state().join(visitor, person)? {
                gate.change(|counts| counts.join(&joined));
                n_joined += 1;
            }
        }
        Ok(n_joined)
    }

    fn are_one(&self, visitor: &SubjectId, person: &SubjectId) -> Result<bool, ShopError> {
        let state = self.shop.shop().state();
        let visitor = state.shopper(visitor)?;
        Ok(visitor.is_some() && visitor == state.shopper(person)?)
    }

    /// Takes in items, each as a new version where something changed. Returns how many did. Texts
    /// are normalised as an import does, so that an item is the same whichever way it came.
    ///
    /// # Errors
    /// What the store says.
    pub fn put_items(&self, items: Vec<Item>) -> Result<usize, ShopError> {
        // What the shop itself describes, it sells.
        let items = items.into_iter().map(Item::listed).collect();
        let items = normalise::together(items);
        let gate = self.shop.gate();
        let acks = self.shop.shop().state().put_items(items.clone())?;
        let changed: Vec<_> = acks.into_iter().zip(items).filter(|(ack, _)| ack.fresh).collect();
        gate.change(|counts| {
            for (ack, item) in &changed {
                let version = StoredItem { version: ack.version, item: Some(item.clone()) };
                counts.add_item(&item.id, &version);
            }
        });
        Ok(changed.len())
    }

    /// Takes an item out of the shop. Its past versions stay, so that old proofs still hold.
    ///
    /// # Errors
    /// [`ShopError::NoItem`] when there is none, or what the store says.
    pub fn delete_item(&self, id: &ItemId) -> Result<IngestId, ShopError> {
        let gate = self.shop.gate();
        if self.shop.known_item(id).is_none() {
            return Err(ShopError::NoItem(id.clone()));
        }
        let version = self.shop.shop().state().delete_item(id)?;
        let version = version.ok_or_else(|| ShopError::NoItem(id.clone()))?;
        gate.change(|counts| counts.add_item(id, &StoredItem { version, item: None }));
        Ok(version)
    }
}

/// Removes the entries that are to be left out; how many there were.
fn leave_out<T>(
    entries: &mut Vec<T>,
    mut is_left_out: impl FnMut(&T) -> Result<bool, StoreError>,
) -> Result<usize, ShopError> {
    let before = entries.len();
    let mut kept = Vec::with_capacity(before);
    for entry in entries.drain(..) {
        if !is_left_out(&entry)? {
            kept.push(entry);
        }
    }
    *entries = kept;
    Ok(before - entries.len())
}

fn stored_review(ack: &ReviewAck, review: Review) -> StoredReview {
    StoredReview {
        id: ack.id,
        shopper: ack.shopper,
        item_id: review.item_id,
        time: review.time,
        rating: review.rating,
        title: review.title,
        text: review.text,
    }
}

impl Queue {
    fn push(&self, waiting: Waiting) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(waiting);
    }

    fn drain(&self) -> Vec<Waiting> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn take(outcome: &Mutex<Option<Outcome>>) -> Option<Outcome> {
    outcome.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Gives each waiting caller its own part of what was written, or the common error.
fn hand_out(waiting: Vec<Waiting>, written: Outcome) {
    let mut acks = written.map(Vec::into_iter);
    for Waiting { events, outcome } in waiting {
        let own = match &mut acks {
            Ok(acks) => Ok(acks.take(events.len()).collect()),
            Err(error) => Err(Arc::clone(error)),
        };
        *outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(own);
    }
}
