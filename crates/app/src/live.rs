//! A shop in service: live counts and the current model over the shop at rest.
//!
//! Everything that changes what is counted goes through one gate, in the order of ingest ids, so
//! that the counts are always exactly those as of one id. Each change publishes a new snapshot;
//! whoever computes an answer keeps the one they took and holds no lock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use domain::Item;
use explain::dialogue::Mapper;

use crate::ask::Conversations;
use crate::collect::Queue;
use crate::figures::Figures;
use crate::global::ModelExplanation;
use crate::model::LoadedModel;
use crate::reason_cache::ReasonCache;
use crate::running::Trials;
use crate::snapshot::Snapshot;
use crate::tally::Tally;
use crate::words::Words;
use crate::{AppError, Config, Shop};

/// A shop that answers and collects.
pub struct Live {
    shop: Shop,
    /// The newest snapshot; locked only to copy or exchange its pointers.
    newest: RwLock<Snapshot>,
    /// Whoever holds it may change state and counts.
    gate: Mutex<()>,
    pub(crate) queue: Queue,
    /// What shapes answers beside the settings.
    pub(crate) trials: Trials,
    pub(crate) reasons: ReasonCache,
    pub(crate) conversations: Conversations,
    pub(crate) mapper: Option<Box<dyn Mapper>>,
    /// Where a language model words reasons.
    pub(crate) words: Option<Words>,
    pub(crate) explained: Mutex<Option<Arc<ModelExplanation>>>,
    /// What was read of the whole log.
    pub(crate) figures: Figures,
    /// Held while a model is fitted, so that an erasure is never overtaken by an older reading.
    fitting: Mutex<()>,
}

impl Live {
    /// Counts the shop and loads its model, where there is one.
    ///
    /// # Errors
    /// What the store or the model's files say.
    pub fn new(shop: Shop) -> Result<Self, AppError> {
        let tally = Arc::new(shop.count()?);
        let loaded = shop.current_model()?.map(Arc::new);
        let trials = Trials::load(&shop)?;
        let words = Words::open(&shop.config::<Config>().language)?;
        let live = Self {
            words,
            trials,
            conversations: Conversations::new(shop.config::<Config>().ask.limits()),
            mapper: None,
            shop,
            newest: RwLock::new(Snapshot { tally, loaded, epoch: 0 }),
            gate: Mutex::default(),
            queue: Queue::default(),
            reasons: ReasonCache::default(),
            explained: Mutex::default(),
            figures: Figures::default(),
            fitting: Mutex::default(),
        };
        // An erasure that was interrupted is completed before anything is answered.
        if let Some(model) = live.refit_without_the_erased()? {
            live.use_model(model);
        }
        live.remove_models_of_the_erased()?;
        Ok(live)
    }

    /// Lets something else than the built-in reader have a look at questions that the reader does
    /// not understand. It can only choose among the typed intents.
    #[must_use]
    pub fn with_mapper(self, mapper: Box<dyn Mapper>) -> Self {
        Self { mapper: Some(mapper), ..self }
    }

    /// The shop at rest.
    #[must_use]
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The shop's settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        self.shop.config::<Config>()
    }

    /// An item that the shop offers.
    #[must_use]
    pub fn item(&self, id: &domain::ItemId) -> Option<Arc<Item>> {
        let tally = self.tally();
        tally.entry(id).filter(|entry| tally.offers(entry)).map(|e| Arc::clone(&e.item))
    }

    /// An item that is not deleted, also where the catalogue does not list it.
    #[must_use]
    pub fn known_item(&self, id: &domain::ItemId) -> Option<Arc<Item>> {
        self.tally().entry(id).filter(|entry| !entry.deleted).map(|e| Arc::clone(&e.item))
    }

    /// Counts and model as they are now, taken together.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.newest.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The counts as they are now.
    #[must_use]
    pub fn tally(&self) -> Arc<Tally> {
        self.snapshot().tally
    }

    /// The model in use.
    ///
    /// # Errors
    /// [`AppError::NoModel`] before the first training.
    pub fn model(&self) -> Result<Arc<LoadedModel>, AppError> {
        self.snapshot().loaded.ok_or(AppError::NoModel)
    }

    pub(crate) fn use_model(&self, model: LoadedModel) {
        let model = Some(Arc::new(model));
        self.publish(|newest| newest.loaded = model);
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

    /// Takes up what another process did: the model that it made current, if there is another one,
    /// experiments that it started or stopped, and what it learned.
    ///
    /// # Errors
    /// What the store or the model's files say.
    pub fn refresh_model(&self) -> Result<bool, AppError> {
        self.refresh_trials()?;
        let current = self.shop.models().current()?;
        let Some(version) = current else {
            return Ok(false);
        };
        if self.model().is_ok_and(|loaded| loaded.version == version) {
            return Ok(false);
        }
        self.use_model(self.shop.model(&version)?);
        self.trials.forget_models();
        Ok(true)
    }

    pub(crate) fn gate(&self) -> MutexGuard<'_, ()> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn fitting(&self) -> MutexGuard<'_, ()> {
        self.fitting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the counts; only while holding the gate. Answers that are being computed keep the
    /// counts that they began with.
    pub(crate) fn change_tally(&self, _gate: &MutexGuard<'_, ()>, change: impl FnOnce(&mut Tally)) {
        // Copied and changed without the lock: nobody else publishes counts while the gate is held.
        let mut next = Tally::clone(&self.tally());
        change(&mut next);
        let next = Arc::new(next);
        self.publish(|newest| newest.tally = next);
    }

    /// Puts other counts, and a model with them where there is one, into use in one step, so that
    /// no answer is computed from new counts and an old model. What is being computed from the
    /// snapshot before ends in no cache.
    pub(crate) fn replace(
        &self,
        _gate: &MutexGuard<'_, ()>,
        counted: Tally,
        model: Option<LoadedModel>,
    ) {
        let (tally, model) = (Arc::new(counted), model.map(Arc::new));
        let published = self.publish(|newest| {
            let loaded = model.or_else(|| newest.loaded.take());
            *newest = Snapshot { tally, loaded, epoch: newest.epoch + 1 };
        });
        self.trials.begin(published.epoch);
        self.reasons.begin(published.epoch);
        self.conversations.clear();
        self.figures.forget();
        *self.explained.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
