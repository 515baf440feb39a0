//! A shop in service: the shop at rest with its newest snapshot.
//!
//! Every change of the live counts passes one gate, in the order of ingest ids, so that the counts
//! are always exactly those as of one id. Each change publishes a new snapshot; an answer that is
//! being computed keeps the one that it began with and holds no lock.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use domain::{Item, ItemId};

use crate::error::ShopError;
use crate::live_counts::LiveCounts;
use crate::model::LoadedModel;
use crate::opened::Shop;
use crate::snapshot::Snapshot;

/// Longest time that long work lets others go first.
const LONGEST_WAIT: Duration = Duration::from_millis(250);
/// How often it looks whether they are through.
const LOOK: Duration = Duration::from_micros(200);

/// A shop that answers and collects.
pub struct LiveShop {
    shop: Shop,
    /// The newest snapshot; locked only to copy or exchange its pointers.
    newest: RwLock<Snapshot>,
    /// Its holder may change state and counts.
    gate: Mutex<()>,
    /// Callers that wait for the gate.
    n_waiting: AtomicUsize,
}

/// The right to change what is counted, held by one at a time.
pub struct Gate<'a> {
    live: &'a LiveShop,
    _held: MutexGuard<'a, ()>,
}

impl LiveShop {
    /// Counts the shop and loads its model, where there is one.
    ///
    /// # Errors
    /// What the store or the model's files say.
    pub fn new(shop: Shop) -> Result<Self, ShopError> {
        let counts = Arc::new(shop.count()?);
        let loaded = shop.current_model()?.map(Arc::new);
        let newest = RwLock::new(Snapshot { counts, loaded, epoch: 0 });
        Ok(Self { shop, newest, gate: Mutex::default(), n_waiting: AtomicUsize::new(0) })
    }

    /// The shop at rest.
    #[must_use]
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// An item that the shop offers.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<Arc<Item>> {
        let counts = self.counts();
        counts.entry(id).filter(|entry| counts.offers(entry)).map(|e| Arc::clone(&e.item))
    }

    /// An item that is not deleted, also where the catalogue does not list it.
    #[must_use]
    pub fn known_item(&self, id: &ItemId) -> Option<Arc<Item>> {
        self.counts().entry(id).filter(|entry| !entry.deleted).map(|e| Arc::clone(&e.item))
    }

    /// Counts and model as they are now, taken together.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The counts as they are now.
    #[must_use]
    pub fn counts(&self) -> Arc<LiveCounts> {
        self.snapshot().counts
    }

    /// The model in use.
    ///
    /// # Errors
    /// [`ShopError::NoModel`] before the first training.
    pub fn model(&self) -> Result<Arc<LoadedModel>, ShopError> {
        self.snapshot().loaded.ok_or(ShopError::NoModel)
    }

    /// Puts a model into use, beside the same counts.
    pub fn use_model(&self, model: LoadedModel) {
        let model = Some(Arc::new(model));
        self.publish(|newest| newest.loaded = model);
    }

    /// Takes up the model that another process made current. Returns whether it is another one.
    ///
    /// # Errors
    /// What the store or the model's files say.
    pub fn refresh_model(&self) -> Result<bool, ShopError> {
        let Some(version) = self.shop.models().current()? else { return Ok(false) };
        if self.model().is_ok_and(|loaded| loaded.version == version) {
            return Ok(false);
        }
        self.use_model(self.shop.model(&version)?);
        Ok(true)
    }

    /// Waits for the right to change what is counted.
    #[must_use]
    pub fn gate(&self) -> Gate<'_> {
        self.n_waiting.fetch_add(1, Ordering::Relaxed);
        let held = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        self.n_waiting.fetch_sub(1, Ordering::Relaxed);
        Gate { live: self, _held: held }
    }

    /// As [`LiveShop::gate`], for one slice of long work: whoever waits goes first, because a lock
    /// that is taken again at once would keep them out for as long as the work takes.
    #[must_use]
    pub fn gate_after_others(&self) -> Gate<'_> {
        let begun = Instant::now();
        while self.n_waiting.load(Ordering::Relaxed) > 0 && begun.elapsed() < LONGEST_WAIT {
            std::thread::park_timeout(LOOK);
        }
        self.gate()
    }

    /// Puts another snapshot into use. What only the old one held is freed without the lock.
    fn publish(&self, change: impl FnOnce(&mut Snapshot)) -> Snapshot {
        let mut newest = self.newest.write().unwrap_or_else(PoisonError::into_inner);
        let old = newest.clone();
        change(&mut newest);
        let published = newest.clone();
        drop(newest);
        drop(old);
        published
    }
}

impl Gate<'_> {
    /// Changes the counts. Answers that are being computed keep the counts that they began with.
    pub fn change(&self, change: impl FnOnce(&mut LiveCounts)) {
        // Copied and changed without the lock: nobody else publishes counts while the gate is held.
        let mut next = LiveCounts::clone(&self.live.counts());
        change(&mut next);
        let next = Arc::new(next);
        self.live.publish(|newest| newest.counts = next);
    }

    /// Puts other counts, and a model with them where there is one, into use in one step, so that
    /// no answer is computed from new counts and an old model. Returns the epoch that begins: what
    /// is computed from a snapshot of an earlier one must stay in no cache.
    pub fn replace(&self, counted: LiveCounts, model: Option<LoadedModel>) -> u64 {
        let (counts, model) = (Arc::new(counted), model.map(Arc::new));
        let published = self.live.publish(|newest| {
            let loaded = model.or_else(|| newest.loaded.take());
            *newest = Snapshot { counts, loaded, epoch: newest.epoch + 1 };
        });
        published.epoch
    }
}
