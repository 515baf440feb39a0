//! From a request to a recorded, explained answer.

use std::sync::Arc;

use claims::{AsOf, Reason};
use domain::{IngestId, ItemId, Language, ModelVersion, RequestId};
use explain::{Evidence, Proposal, Reader, Weighed};
use recommend::Shown;
use shop::settings::Pinned;
use store::AnswerRecord;

pub(crate) use answers::answer::{fresh_request_id, reason_id};
pub(crate) use answers::evidence_snapshot::signals_of;

use crate::{
    AppError, Live,
    answer::{Answer, AnsweredItem, Planted, Record, RecordedItem, RecordedReason},
    asker::{Asker, Caller, Supposed},
    model::LoadedModel,
    probe,
    reason_cache::StateKey,
    request::Request,
    running::Treatment,
    snapshot::Snapshot,
    tally::Tally,
    witness::Witness,
    words::ToBeWorded,
};

/// Everything that an answer is computed from.
pub(crate) struct Prepared {
    pub caller: Caller,
    pub asker: Asker,
    pub treatment: Treatment,
    pub loaded: Arc<LoadedModel>,
    /// What will be recorded, without its outcome.
    pub record: Record,
}

impl Prepared {
    /// The evidence of the answer: everything is scored once, when this is made.
    pub(crate) fn witness<'a>(&'a self, snapshot: &'a Snapshot) -> Witness<'a> {
        let situation = self.record.situation(&self.asker.steps);
        Witness::new(snapshot.tally(), &self.loaded, &situation)
    }
}

/// What a request is answered from at one moment.
pub(crate) struct Present {
    pub snapshot: Snapshot,
    pub prepared: Prepared,
}

impl Present {
    /// The evidence: everything is scored once, when this is made.
    pub(crate) fn witness(&self) -> Witness<'_> {
        self.prepared.witness(&self.snapshot)
    }
}

/// What an answer is made for, and how.
struct Made<'a> {
    request_id: RequestId,
    prepared: &'a Prepared,
}

impl Live {
    /// Answers a request: scores, ranks, places, explains, records.
    ///
    /// # Errors
    /// [`AppError::BadRequest`], [`AppError::NoModel`], or what the store says. An answer that
    /// could not be recorded is not given.
    pub fn recommend(&self, request: &Request) -> Result<Answer, AppError> {
        self.answer_as(request, fresh_request_id())
    }

    /// As [`Live::recommend`], under an id that the caller made up: probes hash it, so that a study
    /// repeats only with its own.
    ///
    /// # Errors
    /// As [`Live::recommend`].
    pub fn answer_as(&self, request: &Request, request_id: RequestId) -> Result<Answer, AppError> {
        request.check()?;
        let snapshot = self.snapshot();
        let caller = self.caller_or_new(request, snapshot.tally().as_of())?;
        let prepared = self.prepare(request, caller, &snapshot)?;
        let made = Made { request_id, prepared: &prepared };
        let composed = self.compose(request, made, &snapshot, &prepared.witness(&snapshot));
        let (mut answer, mut record, wanted) = composed;
        // Words may take long, and the counts of a moment ago need not be kept for them.
        drop(snapshot);
        self.word(&wanted, &mut answer.items, &mut record);
        self.record_answer(&answer.request_id, &prepared, &record, answer.as_of.0)?;
        Ok(answer)
    }

    /// What a request is answered from now; `None` before the first training.
    pub(crate) fn present(&self, request: &Request) -> Result<Option<Present>, AppError> {
        request.check()?;
        let snapshot = self.snapshot();
        let caller = self.caller_of_trials(request, snapshot.tally().as_of())?;
        match self.prepare(request, caller, &snapshot) {
            Ok(prepared) => Ok(Some(Present { snapshot, prepared })),
            Err(AppError::NoModel) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Gathers what an answer to a request is computed from.
    pub(crate) fn prepare(
        &self,
        request: &Request,
        caller: Caller,
        snapshot: &Snapshot,
    ) -> Result<Prepared, AppError> {
        let tally = snapshot.tally();
        let enrolled = self.enrol(&caller)?;
        let asker = Asker::of(&caller, request, tally, &Supposed::default(), self.config())?;
        let known = asker.shopper.filter(|_| asker.may_be_profiled());
        let known = known.map(|_| (&caller.heard[..], asker.steps.len()));
        let mut treatment = self.treatment(request, enrolled, known)?;
        let loaded = self.model_of(&mut treatment, snapshot)?;
        let record = self.unanswered(request, &asker, &treatment, tally);
        Ok(Prepared { caller, asker, treatment, loaded, record })
    }

    /// Puts an answer on record, with the outcome that `record` holds.
    pub(crate) fn record_answer(
        &self,
        request_id: &RequestId,
        prepared: &Prepared,
        record: &Record,
        as_of: IngestId,
    ) -> Result<(), AppError> {
        let payload = serde_json::to_string(record).expect("a record is plain data");
        self.shop().state().record_answer(&AnswerRecord {
            request_id: request_id.clone(),
            shopper: prepared.asker.shopper,
            as_of,
            model_version: prepared.loaded.version.clone(),
            payload,
        })?;
        Ok(())
    }

    /// What another model would have answered instead, outside of any experiment and recorded
    /// nowhere: what a study compares with. Under the same id it is probed alike.
    ///
    /// # Errors
    /// [`AppError::NoModel`] before the first training, or what the store says.
    pub fn instead(
        &self,
        request: &Request,
        request_id: RequestId,
        model: &ModelVersion,
    ) -> Result<(Answer, Vec<Planted>), AppError> {
        let snapshot = self.snapshot();
        let prepared = self.prepare_plain(request, &snapshot, model)?;
        let made = Made { request_id, prepared: &prepared };
        let witness = prepared.witness(&snapshot);
        let (answer, record, _) = self.compose(request, made, &snapshot, &witness);
        Ok((answer, record.planted))
    }

    /// As [`Live::prepare`], outside of any experiment.
    pub(crate) fn prepare_plain(
        &self,
        request: &Request,
        snapshot: &Snapshot,
        model: &ModelVersion,
    ) -> Result<Prepared, AppError> {
        let tally = snapshot.tally();
        let caller = self.caller(request, tally.as_of())?;
        let asker = Asker::of(&caller, request, tally, &Supposed::default(), self.config())?;
        let mut treatment = Treatment::plain(self.config().explain.clone(), model.clone());
        let loaded = self.model_of(&mut treatment, snapshot)?;
        let record = self.unanswered(request, &asker, &treatment, tally);
        Ok(Prepared { caller, asker, treatment, loaded, record })
    }

    /// The answer to what was prepared, recorded nowhere.
    pub(crate) fn unrecorded(
        &self,
        request: &Request,
        present: &Present,
        witness: &Witness<'_>,
    ) -> Answer {
        let made = Made { request_id: fresh_request_id(), prepared: &present.prepared };
        self.compose(request, made, &present.snapshot, witness).0
    }

    /// The items of the history that an answer to this would rest on, newest first.
    pub(crate) fn recent_items(&self, request: &Request) -> Result<Vec<ItemId>, AppError> {
        let tally = self.tally();
        let caller = self.caller(request, tally.as_of())?;
        let asker = Asker::of(&caller, request, &tally, &Supposed::default(), self.config())?;
        let used = asker.steps.into_iter().filter(|step| !step.masked);
        Ok(used.map(|step| step.past.item_id).collect())
    }

    fn compose(
        &self,
        request: &Request,
        made: Made<'_>,
        snapshot: &Snapshot,
        witness: &Witness<'_>,
    ) -> (Answer, Record, ToBeWorded) {
        let (config, tally) = (self.config(), snapshot.tally());
        let Prepared { caller: _, asker, treatment, loaded, record } = made.prepared;
        let (lang, mut record) = (record.lang, record.clone());
        let key = StateKey::new(tally.as_of(), &loaded.version, &record);
        let shown = witness.place();
        let mut warnings = warnings(request, tally, witness, shown.len());
        let not_shown = record.pinned.iter().filter(|p| !witness.is_eligible(&p.item_id));
        warnings.extend(not_shown.map(|p| format!("pinned item {} may not be shown", p.item_id)));
        // A place given by hand says so even to somebody who wants no reasons.
        let explains = |item: &ItemId| treatment.explain || witness.promotion(item).is_some();
        let reasons = match treatment.explain || !record.pinned.is_empty() {
            true => self.reasons(&made, lang, (key, snapshot.epoch), witness),
            false => vec![None; shown.len()],
        };
        let answered = |(shown, reason)| {
            let mut item = answered(shown, reason, loaded, witness);
            item.reasons.retain(|_| explains(&item.item_id));
            item
        };
        let mut items: Vec<AnsweredItem> = shown.iter().zip(reasons).map(answered).collect();
        let n_unexplained = items.iter().filter(|item| item.reasons.is_empty()).count();
        if treatment.explain && n_unexplained > 0 {
            warnings.push(format!("{n_unexplained} items have no reason that could be verified"));
        }
        if config.probes.wants(request.traffic, &made.request_id) {
            let worst = |rank| self.worst(rank, made.prepared, snapshot, witness);
            record.planted.extend(probe::plant(&made.request_id, &mut items, worst));
        }
        // What was put in wrong on purpose stays as it is.
        let wanted = match record.planted.is_empty() {
            true => self.to_be_worded(request.phrasing, &items, treatment.length(), witness),
            false => ToBeWorded::default(),
        };
        record.items = items.iter().map(recorded).collect();
        record.warnings.clone_from(&warnings);
        let answer = Answer {
            request_id: made.request_id,
            variant: treatment.treated.label(),
            model_version: loaded.version.clone(),
            as_of: AsOf(tally.as_of()),
            profiled: asker.unknown.is_none(),
            simulated: config.shop.simulated,
            items,
            warnings,
            planted: Vec::new(),
        };
        (answer, record, wanted)
    }

    /// The item for this rank that the model in use thinks worst of, whichever model ranks here:
    /// under every variant the same, so that what their shoppers accept can be compared.
    fn worst(
        &self,
        rank: u32,
        prepared: &Prepared,
        snapshot: &Snapshot,
        witness: &Witness<'_>,
    ) -> Option<AnsweredItem> {
        let (tally, in_use) = (snapshot.tally(), snapshot.loaded.as_ref()?);
        let judge = Witness::new(tally, in_use, &prepared.record.situation(&prepared.asker.steps));
        let shown = witness.put(judge.worst(witness)?, rank)?;
        Some(answered(&shown, None, &prepared.loaded, witness))
    }

    /// One reason per item, where something could be verified.
    fn reasons(
        &self,
        made: &Made<'_>,
        lang: Language,
        (key, epoch): (StateKey, u64),
        witness: &Witness<'_>,
    ) -> Vec<Option<Reason>> {
        let Prepared { treatment, asker, .. } = made.prepared;
        let bars = &treatment.bars;
        let weighed = self
            .reasons
            .get_or(key, epoch, || explain::weigh(&witness.placements(), witness, bars));
        let reader = Reader { lang, preferred: treatment.preferred.clone() };
        let tell = |weighed: &Weighed| {
            if weighed.n_unverified > 0 {
                let (item, n_unverified) = (&weighed.placement.item_id, weighed.n_unverified);
                tracing::debug!(%item, n_unverified, "claims dropped");
            }
            let reason_id = reason_id(&made.request_id, weighed.placement.rank_shown);
            if asker.steering.unsaid.is_empty() {
                return explain::tell(reason_id, weighed, &reader, witness, bars);
            }
            let item = &weighed.placement.item_id;
            let told = |p: &Proposal| !asker.steering.silences(item, p.facts.kind().name());
            explain::tell(reason_id, &weighed.only(told), &reader, witness, bars)
        };
        weighed.iter().map(tell).collect()
    }

    /// What an answer will be computed from, without its outcome.
    pub(crate) fn unanswered(
        &self,
        request: &Request,
        asker: &Asker,
        treatment: &Treatment,
        tally: &Tally,
    ) -> Record {
        let config = self.config();
        Record {
            treated: treatment.treated.clone(),
            planted: Vec::new(),
            k: request.k,
            filters: request.filters.clone(),
            seed_items: request.seed_items.clone(),
            lang: request.lang.or(asker.language).unwrap_or(config.shop.language),
            context: self.shop().clock().situated(&request.context, tally.latest()),
            pinned: pinned_by(request, &config.shop.pinned),
            unknown: asker.unknown,
            steering: asker.steering.clone(),
            asked: None,
            history: config.history.clone(),
            steps: answers::answer::recorded_steps(&asker.steps),
            bars: treatment.bars.clone(),
            recommend: config.recommend.clone(),
            not_again: asker.not_again.clone(),
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

fn answered(
    shown: &Shown,
    reason: Option<Reason>,
    loaded: &LoadedModel,
    witness: &Witness<'_>,
) -> AnsweredItem {
    let item_id = loaded.model.items()[shown.item as usize].clone();
    AnsweredItem {
        signals: signals_of(witness, &item_id),
        item_id,
        rank: shown.rank_shown,
        score: f64::from(shown.score),
        reasons: reason.into_iter().collect(),
    }
}

fn recorded(item: &AnsweredItem) -> RecordedItem {
    let reason = |reason: &Reason| RecordedReason {
        method: reason.method,
        strength: reason.strength,
        claims: reason.claims.clone(),
        worded: None,
    };
    RecordedItem {
        item_id: item.item_id.clone(),
        rank: item.rank,
        score: item.score,
        signals: item.signals.clone(),
        // A planted reason has no claims: it is on record as planted, not as a reason.
        reason: item.reasons.first().filter(|reason| !reason.claims.is_empty()).map(reason),
    }
}

fn warnings(
    request: &Request,
    tally: &Tally,
    witness: &Witness<'_>,
    n_shown: usize,
) -> Vec<String> {
    let unknown = request.seed_items.iter().filter(|id| tally.entry(id).is_none());
    let mut warnings: Vec<String> =
        unknown.map(|id| format!("seed item {id} is not in the catalogue")).collect();
    if n_shown < request.k {
        let n = witness.n_eligible();
        warnings.push(format!("only {n} items may be shown under these filters"));
    }
    warnings
}
