//! A shop in service with everything that works on it: answers, questions, corrections, collection
//! and reports share one shop and its newest snapshot.

mod erase;
mod operations;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{Currency, Item, ItemId, Timestamp};
use explain::dialogue::Mapper;
use ingest::Collector;
use ingest::collect::shopify::{Topic, WebhookOutcome};
use insights::Reports;
use serde_json::Value;
use serving::dialogue::{AskRequest, Asked};
use serving::{Corrections, Dialogue, Feedback, Profiles, Recommender};
use shop::live_counts::LiveCounts;
use shop::model::LoadedModel;
use shop::snapshot::Snapshot;
use shop::{LiveShop, Shop, ShopError};

use crate::config::Config;

pub use erase::Erasure;

/// A shop that answers and collects.
pub struct Live {
    shop: Arc<LiveShop>,
    /// Requests to answers.
    pub recommender: Arc<Recommender>,
    /// What shoppers let us know about answers.
    pub feedback: Feedback,
    /// What shoppers decide and put right.
    pub corrections: Arc<Corrections>,
    /// What is known of shoppers.
    pub profiles: Profiles,
    /// Questions that shoppers ask back.
    pub dialogue: Dialogue,
    /// What arrives.
    pub collector: Collector,
    /// What the shop's own people look at.
    pub reports: Reports,
    /// Held while a model is fitted, so that an erasure is never overtaken by an older reading.
    fitting: Mutex<()>,
}

impl Live {
    /// Counts the shop, loads its model, where there is one, and wires what works on it.
    ///
    /// # Errors
    /// What the store or the model's files say.
    pub fn new(shop: Shop) -> Result<Self, ShopError> {
        let shop = Arc::new(LiveShop::new(shop)?);
        let recommender = Arc::new(Recommender::new(Arc::clone(&shop))?);
        let corrections = Arc::new(Corrections::new(Arc::clone(&shop), Arc::clone(&recommender)));
        let live = Self {
            feedback: Feedback::new(Arc::clone(&shop)),
            profiles: Profiles::new(
                Arc::clone(&shop),
                Arc::clone(&recommender),
                Arc::clone(&corrections),
            ),
            dialogue: Dialogue::new(
                Arc::clone(&shop),
                Arc::clone(&recommender),
                Arc::clone(&corrections),
            ),
            collector: Collector::new(Arc::clone(&shop)),
            reports: Reports::new(Arc::clone(&shop)),
            fitting: Mutex::default(),
            shop,
            recommender,
            corrections,
        };
        // An erasure that was interrupted is completed before anything is answered.
        if let Some(model) = live.refit_without_the_erased()? {
            live.shop.use_model(model);
        }
        live.remove_models_of_the_erased()?;
        Ok(live)
    }

    /// Lets something else than the built-in reader have a look at questions that the reader does
    /// not understand. It can only choose among the typed intents.
    #[must_use]
    pub fn with_mapper(mut self, mapper: Box<dyn Mapper>) -> Self {
        self.dialogue = self.dialogue.with_mapper(mapper);
        self
    }

    /// The shop in service.
    #[must_use]
    pub fn in_service(&self) -> &LiveShop {
        &self.shop
    }

    /// The shop in service, for work that goes on in the background.
    #[must_use]
    pub fn shared(&self) -> Arc<LiveShop> {
        Arc::clone(&self.shop)
    }

    /// The shop at rest.
    #[must_use]
    pub fn shop(&self) -> &Shop {
        self.shop.shop()
    }

    /// The shop's settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        self.shop().config()
    }

    /// An item that the shop offers.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<Arc<Item>> {
        self.shop.item(id)
    }

    /// An item that is not deleted, also where the catalogue does not list it.
    #[must_use]
    pub fn known_item(&self, id: &ItemId) -> Option<Arc<Item>> {
        self.shop.known_item(id)
    }

    /// Counts and model as they are now, taken together.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.shop.snapshot()
    }

    /// The counts as they are now.
    #[must_use]
    pub fn counts(&self) -> Arc<LiveCounts> {
        self.shop.counts()
    }

    /// The model in use.
    ///
    /// # Errors
    /// [`ShopError::NoModel`] before the first training.
    pub fn model(&self) -> Result<Arc<LoadedModel>, ShopError> {
        self.shop.model()
    }

    /// Answers a question, asked at `now`; a confirmed wish to be forgotten is carried out.
    ///
    /// # Errors
    /// Those of [`Dialogue::ask`].
    pub fn ask(&self, asked: &AskRequest, now: Timestamp) -> Result<Asked, ShopError> {
        self.dialogue.ask(asked, now, &|subject| self.erase(subject).map(|erasure| erasure.removed))
    }

    /// Does what a webhook of Shopify asks. `currency` is the shop's.
    ///
    /// # Errors
    /// Those of [`Collector::take_webhook`].
    pub fn take_webhook(
        &self,
        topic: Topic,
        body: &Value,
        currency: Currency,
        now: Timestamp,
    ) -> Result<WebhookOutcome, ShopError> {
        let erase = |subject: &_| self.erase(subject).map(|_| ());
        self.collector.take_webhook(topic, body, currency, now, &erase)
    }

    /// Takes up what another process did: the model that it made current, if there is another one,
    /// experiments that it started or stopped, and what it learned.
    ///
    /// # Errors
    /// What the store or the model's files say.
    pub fn refresh_model(&self) -> Result<bool, ShopError> {
        self.recommender.refresh_experiments()?;
        let is_another = self.shop.refresh_model()?;
        if is_another {
            self.recommender.forget_models();
        }
        Ok(is_another)
    }

    /// Forgets what is kept in memory beside the counts, after an erasure.
    fn forget(&self, epoch: u64) {
        self.recommender.begin(epoch);
        self.dialogue.forget();
        self.reports.forget();
    }

    fn fitting(&self) -> MutexGuard<'_, ()> {
        self.fitting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
