//! From a request to a recorded, explained answer.
//!
//! One request reads its caller once, takes one snapshot and scores once. No lock is held while
//! anything is scored, explained or worded.

mod compose;

use std::sync::Arc;

use answers::answer::{Answer, Planted, Record, fresh_request_id};
use answers::evidence_snapshot::EvidenceSnapshot;
use answers::request::Request;
use compose::Made;
use domain::{IngestId, ItemId, ModelVersion, RequestId};
use explain::ExplainConfig;
use language::phrasing::WriterStatus;
use recommend::RecommendConfig;
use shop::history::HistoryConfig;
use shop::live_counts::LiveCounts;
use shop::settings::{Pinned, ShopConfig};
use shop::snapshot::Snapshot;
use shop::{LiveShop, ShopError};
use store::AnswerRecord;

use crate::caller::{Caller, Counterfactual, StoredCaller};
use crate::experiments_in_force::ExperimentsInForce;
use crate::prepared::{Prepared, Present};
use crate::reason_cache::ReasonCache;
use crate::treatment::Treatment;
use crate::wording::{LanguageConfig, Words};

/// Answers requests.
pub struct Recommender {
    shop: Arc<LiveShop>,
    experiments: ExperimentsInForce,
    reasons: ReasonCache,
    words: Words,
}

impl Recommender {
    /// Reads the experiments in force, and prepares to ask a language model where the settings name
    /// one.
    ///
    /// # Errors
    /// What the store says, or [`ShopError::Config`].
    pub fn new(shop: Arc<LiveShop>) -> Result<Self, ShopError> {
        let experiments = ExperimentsInForce::load(shop.shop())?;
        let words = Words::open(shop.shop().config::<LanguageConfig>())?;
        Ok(Self { shop, experiments, reasons: ReasonCache::default(), words })
    }

    /// The shop that answers.
    pub(crate) fn shop(&self) -> &LiveShop {
        &self.shop
    }

    /// The words of reasons.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// How it stands with the language model; `None` where there is none.
    #[must_use]
    pub fn words_status(&self) -> Option<WriterStatus> {
        self.words.status()
    }

    /// Waits until every wording that was asked for has come or failed.
    pub fn wait_for_words(&self) {
        self.words.wait_until_idle();
    }

    /// Takes up what was started, stopped or learned, here or by another process.
    ///
    /// # Errors
    /// What the store says, or that the journal is damaged.
    pub fn refresh_experiments(&self) -> Result<(), ShopError> {
        self.experiments.refresh(self.shop.shop())
    }

    /// Forgets the models of variants: another model than before is current.
    pub fn forget_models(&self) {
        self.experiments.forget_models();
    }

    /// Forgets everything in memory and begins another epoch, after an erasure.
    pub fn begin(&self, epoch: u64) {
        self.experiments.begin(epoch);
        self.reasons.begin(epoch);
    }

    /// Answers a request: scores, ranks, places, explains, records.
    ///
    /// # Errors
    /// [`ShopError::BadRequest`], [`ShopError::NoModel`], or what the store says. An answer that
    /// could not be recorded is not given.
    pub fn recommend(&self, request: &Request) -> Result<Answer, ShopError> {
        self.answer_as(request, fresh_request_id())
    }

    /// As [`Recommender::recommend`], under an id that the caller made up: seeded errors hash it, so that a study
    /// repeats only with its own.
    ///
    /// # Errors
    /// As [`Recommender::recommend`].
    pub fn answer_as(&self, request: &Request, request_id: RequestId) -> Result<Answer, ShopError> {
        request.check()?;
        let snapshot = self.shop.snapshot();
        let stored =
            StoredCaller::read(self.shop.shop(), request, snapshot.counts().as_of(), |_| true)?;
        let prepared = self.prepare(request, stored, &snapshot)?;
        let made = Made { request_id, prepared: &prepared };
        let composed = self.compose(request, made, &snapshot, &prepared.evidence(&snapshot));
        let (mut answer, mut record, wanted) = composed;
        // Words may take long, and the counts of a moment ago need not be kept for them.
        drop(snapshot);
        self.words.word(&wanted, &mut answer.items, &mut record);
        self.record_answer(&answer.request_id, &prepared, &record, answer.as_of.0)?;
        Ok(answer)
    }

    /// What a request is answered from now; `None` before the first training.
    pub(crate) fn present(&self, request: &Request) -> Result<Option<Present>, ShopError> {
        request.check()?;
        let snapshot = self.shop.snapshot();
        let stored = self.read_in_experiments(request, &snapshot)?;
        match self.prepare(request, stored, &snapshot) {
            Ok(prepared) => Ok(Some(Present { snapshot, prepared })),
            Err(ShopError::NoModel) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Gathers what an answer to a request is computed from.
    pub(crate) fn prepare(
        &self,
        request: &Request,
        stored: StoredCaller,
        snapshot: &Snapshot,
    ) -> Result<Prepared, ShopError> {
        let counts = snapshot.counts();
        let assigned_to = self.experiments.assign(self.shop.shop(), &stored)?;
        let caller =
            Caller::of(&stored, request, counts, &Counterfactual::default(), self.shop.shop())?;
        let known = caller.shopper.filter(|_| caller.may_be_profiled());
        let known = known.map(|_| (&stored.heard[..], caller.steps.len()));
        let mut treatment =
            self.experiments.treatment(self.shop.shop(), request, assigned_to, known)?;
        let loaded = self.experiments.model_of(self.shop.shop(), &mut treatment, snapshot)?;
        let record = self.unanswered(request, &caller, &treatment, counts);
        Ok(Prepared { stored, caller, treatment, loaded, record })
    }

    /// Puts an answer on record, with the outcome that `record` holds.
    pub(crate) fn record_answer(
        &self,
        request_id: &RequestId,
        prepared: &Prepared,
        record: &Record,
        as_of: IngestId,
    ) -> Result<(), ShopError> {
        let payload = serde_json::to_string(record).expect("a record is plain data");
        self.shop.shop().state().record_answer(&AnswerRecord {
            request_id: request_id.clone(),
            shopper: prepared.caller.shopper,
            as_of,
            model_version: prepared.loaded.version.clone(),
            payload,
        })?;
        Ok(())
    }

    /// What another model would have answered instead, outside of any experiment and recorded
    /// nowhere: what a study compares with. Under the same id it gets the same seeded errors.
    ///
    /// # Errors
    /// [`ShopError::NoModel`] before the first training, or what the store says.
    pub fn instead(
        &self,
        request: &Request,
        request_id: RequestId,
        model: &ModelVersion,
    ) -> Result<(Answer, Vec<Planted>), ShopError> {
        let snapshot = self.shop.snapshot();
        let prepared = self.prepare_plain(request, &snapshot, model)?;
        let made = Made { request_id, prepared: &prepared };
        let evidence = prepared.evidence(&snapshot);
        let (answer, record, _) = self.compose(request, made, &snapshot, &evidence);
        Ok((answer, record.planted))
    }

    /// As [`Recommender::prepare`], outside of any experiment.
    pub(crate) fn prepare_plain(
        &self,
        request: &Request,
        snapshot: &Snapshot,
        model: &ModelVersion,
    ) -> Result<Prepared, ShopError> {
        let counts = snapshot.counts();
        let stored = StoredCaller::read(self.shop.shop(), request, counts.as_of(), |_| false)?;
        let caller =
            Caller::of(&stored, request, counts, &Counterfactual::default(), self.shop.shop())?;
        let mut treatment =
            Treatment::plain(self.shop.shop().config::<ExplainConfig>().clone(), model.clone());
        let loaded = self.experiments.model_of(self.shop.shop(), &mut treatment, snapshot)?;
        let record = self.unanswered(request, &caller, &treatment, counts);
        Ok(Prepared { stored, caller, treatment, loaded, record })
    }

    /// The answer to what was prepared, recorded nowhere.
    pub(crate) fn unrecorded(
        &self,
        request: &Request,
        present: &Present,
        evidence: &EvidenceSnapshot<'_>,
    ) -> Answer {
        let made = Made { request_id: fresh_request_id(), prepared: &present.prepared };
        self.compose(request, made, &present.snapshot, evidence).0
    }

    /// The items of the history that an answer to this would rest on, newest first.
    pub(crate) fn recent_items(&self, request: &Request) -> Result<Vec<ItemId>, ShopError> {
        let counts = self.shop.counts();
        let stored = StoredCaller::read(self.shop.shop(), request, counts.as_of(), |_| false)?;
        let caller =
            Caller::of(&stored, request, &counts, &Counterfactual::default(), self.shop.shop())?;
        let used = caller.steps.into_iter().filter(|step| !step.masked);
        Ok(used.map(|step| step.past.item_id).collect())
    }

    /// The list that a request would get, without reasons and without a record; empty before the
    /// first training.
    ///
    /// # Errors
    /// [`ShopError::BadRequest`], or what the store says.
    pub fn list(&self, request: &Request) -> Result<Vec<ItemId>, ShopError> {
        Ok(self.present(request)?.map_or_else(Vec::new, |present| present.evidence().list()))
    }

    /// The list that a request would get under a counterfactual: the way that an answer goes,
    /// with the change made in the shopper's own history.
    pub(crate) fn list_under(
        &self,
        request: &Request,
        prepared: &Prepared,
        counterfactual: &Counterfactual,
        counts: &LiveCounts,
    ) -> Result<Vec<ItemId>, ShopError> {
        let caller =
            Caller::of(&prepared.stored, request, counts, counterfactual, self.shop.shop())?;
        let record = self.unanswered(request, &caller, &prepared.treatment, counts);
        let evidence =
            EvidenceSnapshot::new(counts, &prepared.loaded, &record.situation(&caller.steps));
        Ok(evidence.list())
    }

    /// Nobody is given a number for only asking, unless an experiment has a variant for them.
    fn read_in_experiments(
        &self,
        request: &Request,
        snapshot: &Snapshot,
    ) -> Result<StoredCaller, ShopError> {
        let as_of = snapshot.counts().as_of();
        StoredCaller::read(self.shop.shop(), request, as_of, |subject| {
            self.experiments.has_variants_for(subject)
        })
    }

    /// What an answer will be computed from, without its outcome.
    pub(crate) fn unanswered(
        &self,
        request: &Request,
        caller: &Caller,
        treatment: &Treatment,
        counts: &LiveCounts,
    ) -> Record {
        let shop = self.shop.shop();
        let settings = shop.config::<ShopConfig>();
        Record {
            treated: treatment.treated.clone(),
            planted: Vec::new(),
            k: request.k,
            filters: request.filters.clone(),
            seed_items: request.seed_items.clone(),
            lang: request.lang.or(caller.language).unwrap_or(settings.language),
            context: shop.clock().situated(&request.context, counts.latest()),
            pinned: pinned_by(request, &settings.pinned),
            unknown: caller.unknown,
            steering: caller.steering.clone(),
            asked: None,
            history: shop.config::<HistoryConfig>().clone(),
            steps: answers::answer::recorded_steps(&caller.steps),
            bars: treatment.bars.clone(),
            recommend: shop.config::<RecommendConfig>().clone(),
            not_again: caller.not_again.clone(),
            items: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// Places given by hand: those of the request first, then those of the settings.
fn pinned_by(request: &Request, settings: &[Pinned]) -> Vec<Pinned> {
    let mut pinned = request.pinned.clone();
    for placed in settings {
        if pinned.iter().all(|known| known.item_id != placed.item_id) {
            pinned.push(placed.clone());
        }
    }
    pinned
}
