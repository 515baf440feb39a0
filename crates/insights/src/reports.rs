//! The reports that are computed from the whole log and cached of a shop in service, and how to get
//! them.
//!
//! Responsible for which computation belongs to which report, and for forgetting all of them together.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::IngestId;
use experimentation::experiment::Results;
use experimentation::trust::{Audits, Behaviour, Questionnaired};
use shop::{LiveShop, ShopError};

use crate::explanations::{Delivered, Found};
use crate::inventory::Inventory;
use crate::model_explanation::ModelExplanation;
use crate::overview::Overview;
use crate::report_cache::{CacheKey, CachedReport, Lookup, Named, Report};
use crate::{model_explanation, overview};

/// The reports of a shop in service: one value of each is kept, a few of those that have names.
pub struct Reports {
    shop: Arc<LiveShop>,
    explained: Arc<Mutex<Option<Arc<ModelExplanation>>>>,
    overview: Arc<CachedReport<Overview>>,
    delivered: Arc<CachedReport<Delivered>>,
    found: Named<Found>,
    tree: Arc<CachedReport<Arc<ModelExplanation>>>,
    trust: Arc<CachedReport<(Questionnaired, Behaviour)>>,
    audits: Arc<CachedReport<Audits>>,
    results: Named<Results>,
    inventory: Arc<CachedReport<Inventory>>,
}

impl Reports {
    /// Of a shop in service.
    #[must_use]
    pub fn new(shop: Arc<LiveShop>) -> Self {
        Self {
            shop,
            explained: Arc::default(),
            overview: Arc::default(),
            delivered: Arc::default(),
            found: Named::default(),
            tree: Arc::default(),
            trust: Arc::default(),
            audits: Arc::default(),
            results: Named::default(),
            inventory: Arc::default(),
        }
    }

    /// Forgets everything: after an erasure nothing that counted the erased may stay in memory.
    pub fn forget(&self) {
        *self.explained.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.overview.forget();
        self.delivered.forget();
        self.found.forget();
        self.tree.forget();
        self.trust.forget();
        self.audits.forget();
        self.results.forget();
        self.inventory.forget();
    }

    /// The shop at a glance.
    ///
    /// # Errors
    /// What the store says.
    pub fn overview(&self, lookup: Lookup) -> Result<Report<Overview>, ShopError> {
        let live = Arc::clone(&self.shop);
        let read =
            move |_, counter: &_| overview::read(live.shop(), live.counts().latest(), counter);
        self.overview.get(&self.key()?, lookup, read)
    }

    /// The reasons delivered so far. Only what is new is read.
    ///
    /// # Errors
    /// What the store says.
    pub fn explanations(&self, lookup: Lookup) -> Result<Report<Delivered>, ShopError> {
        let live = Arc::clone(&self.shop);
        self.delivered.get(&self.key()?, lookup, move |before, counter| {
            let before =
                before.map_or_else(Delivered::default, |delivered| Delivered::clone(&delivered));
            crate::explanations::delivered_after(live.shop(), before, counter)
        })
    }

    /// The newest reasons of the request, the item or the shopper of this name.
    ///
    /// # Errors
    /// What the store says.
    pub fn find_reasons(&self, name: &str, lookup: Lookup) -> Result<Report<Found>, ShopError> {
        let (live, sought) = (Arc::clone(&self.shop), name.to_owned());
        self.found.of(name).get(&self.key()?, lookup, move |before, counter| {
            let before = before.map_or_else(Found::default, |found| Found::clone(&found));
            crate::explanations::found_after(live.shop(), before, &sought, counter)
        })
    }

    /// What the model in use relies on, worked out where nobody has.
    ///
    /// # Errors
    /// [`ShopError::NoModel`], or what the store says.
    pub fn model_explanation(
        &self,
        lookup: Lookup,
    ) -> Result<Report<Arc<ModelExplanation>>, ShopError> {
        let (live, explained) = (Arc::clone(&self.shop), Arc::clone(&self.explained));
        // It is worked out once per model, whatever was written since.
        let key =
            CacheKey { newest: IngestId::ZERO, model: Some(self.shop.model()?.version.clone()) };
        self.tree.get(&key, lookup, move |_, _| explain_model(&live, &explained))
    }

    /// The explanation of the model in use, if it was worked out already and nobody is at it now.
    #[must_use]
    pub fn known_explanation(&self) -> Option<Arc<ModelExplanation>> {
        let loaded = self.shop.model().ok()?;
        let kept = self.explained.try_lock().ok()?;
        kept.clone().filter(|known| known.model_version == loaded.version)
    }

    /// Explains the model in use as a whole. Computed once per model, and anew after an erasure.
    ///
    /// # Errors
    /// [`ShopError::NoModel`], or what the store says.
    pub fn explain_model(&self) -> Result<Arc<ModelExplanation>, ShopError> {
        explain_model(&self.shop, &self.explained)
    }

    /// What people answered, and what they did.
    ///
    /// # Errors
    /// What the store says.
    pub fn answered_and_done(
        &self,
        lookup: Lookup,
    ) -> Result<Report<(Questionnaired, Behaviour)>, ShopError> {
        let live = Arc::clone(&self.shop);
        let read = move |_, _: &_| experimentation::trust::answered_and_done(live.shop());
        self.trust.get(&self.key()?, lookup, read)
    }

    /// What can be checked without asking anybody, which takes as long as an audit.
    ///
    /// # Errors
    /// What the store says.
    pub fn audits_of_trust(&self, lookup: Lookup) -> Result<Report<Audits>, ShopError> {
        let live = Arc::clone(&self.shop);
        let read = move |_, _: &_| experimentation::trust::all_audits(live.shop());
        self.audits.get(&self.key()?, lookup, read)
    }

    /// What came of an experiment so far.
    ///
    /// # Errors
    /// [`ShopError::NoExperiment`], or what the store says.
    pub fn experiment_results(
        &self,
        name: &str,
        lookup: Lookup,
    ) -> Result<Report<Results>, ShopError> {
        experimentation::experiment::named(self.shop.shop(), name)?;
        let (live, of) = (Arc::clone(&self.shop), name.to_owned());
        let read = move |_, _: &_| experimentation::experiment::results(live.shop(), &of);
        self.results.of(name).get(&self.key()?, lookup, read)
    }

    /// What the shop holds.
    ///
    /// # Errors
    /// What the store says.
    pub fn inventory(&self, lookup: Lookup) -> Result<Report<Inventory>, ShopError> {
        let live = Arc::clone(&self.shop);
        let read = move |_, _: &_| crate::inventory::read(live.shop());
        self.inventory.get(&self.key()?, lookup, read)
    }

    /// Computations that were begun so far, by report.
    #[must_use]
    pub fn n_computed(&self) -> BTreeMap<&'static str, u64> {
        let of = self;
        BTreeMap::from([
            ("overview", of.overview.n_begun()),
            ("explanations", of.delivered.n_begun()),
            ("search", of.found.n_begun()),
            ("tree", of.tree.n_begun()),
            ("trust", of.trust.n_begun()),
            ("audit", of.audits.n_begun()),
            ("experiment", of.results.n_begun()),
            ("data", of.inventory.n_begun()),
        ])
    }

    fn key(&self) -> Result<CacheKey, ShopError> {
        let model = self.shop.model().ok().map(|model| model.version.clone());
        Ok(CacheKey { newest: self.shop.shop().state().newest_of_all()?, model })
    }
}

fn explain_model(
    live: &LiveShop,
    explained: &Mutex<Option<Arc<ModelExplanation>>>,
) -> Result<Arc<ModelExplanation>, ShopError> {
    // Held while one is computed, so that many who ask at once wait for one fit.
    let mut kept = explained.lock().unwrap_or_else(PoisonError::into_inner);
    let snapshot = live.snapshot();
    let loaded = snapshot.model()?;
    if let Some(known) = kept.as_ref().filter(|known| known.model_version == loaded.version) {
        return Ok(Arc::clone(known));
    }
    let explained = model_explanation::explain_loaded(live.shop(), loaded, snapshot.counts())?;
    let explained = Arc::new(explained);
    *kept = Some(Arc::clone(&explained));
    Ok(explained)
}
