//! From a request to a recorded, explained answer.

use std::collections::BTreeMap;

use domain::claim::Unknown;
use domain::{
    AsOf, IngestId, ItemId, Language, ModelVersion, Preferences, Reason, ReasonId, RequestContext,
    RequestId, ShopperId,
};
use explain::{Evidence, Reader, Weighed};
use recommend::Shown;
use store::AnswerRecord;

use crate::answer::{
    Answer, AnsweredItem, Planted, Record, RecordedItem, RecordedReason, RecordedStep,
};
use crate::experiment::Treatment;
use crate::feedback::Rejected;
use crate::history::{self, Step};
use crate::model::LoadedModel;
use crate::reason_cache::StateKey;
use crate::request::{Pinned, Request};
use crate::tally::Tally;
use crate::witness::Witness;
use crate::words::ToBeWorded;
use crate::{AppError, Live, probe};

/// What the shop may use of the one who asks.
struct Asker {
    shopper: Option<ShopperId>,
    steps: Vec<Step>,
    unknown: Option<Unknown>,
    not_again: Vec<ItemId>,
    language: Option<Language>,
}

impl Asker {
    fn may_be_profiled(&self) -> bool {
        self.unknown != Some(Unknown::ProfilingOff)
    }
}

/// What an answer is made for, and how.
struct Made<'a> {
    request: &'a Request,
    request_id: RequestId,
    asker: &'a Asker,
    treatment: &'a Treatment,
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
    pub(crate) fn answer_as(
        &self,
        request: &Request,
        request_id: RequestId,
    ) -> Result<Answer, AppError> {
        request.check()?;
        let enrolled = self.enrol(request)?;
        let (asker, answer, record, wanted) = {
            let tally = self.tally();
            let asker = self.asker(request, tally.as_of())?;
            let known = asker.shopper.filter(|_| asker.may_be_profiled());
            let known = known.map(|shopper| (shopper, asker.steps.len()));
            let mut treatment = self.treatment(request, enrolled, known)?;
            // Under the lock of the counts: an erasure replaces both at once.
            let loaded = self.model_of(&mut treatment)?;
            let made = Made { request, request_id, asker: &asker, treatment: &treatment };
            let (answer, record, wanted) = self.compose(made, &loaded, &tally);
            (asker, answer, record, wanted)
        };
        // Nothing is held any more: whoever waits for words keeps nobody waiting.
        let (mut answer, mut record) = (answer, record);
        self.word(&wanted, &mut answer.items, &mut record);
        let payload = serde_json::to_string(&record).expect("a record is plain data");
        self.shop().state().record_answer(&AnswerRecord {
            request_id: answer.request_id.clone(),
            shopper: asker.shopper,
            as_of: answer.as_of.0,
            model_version: answer.model_version.clone(),
            payload,
        })?;
        Ok(answer)
    }

    /// What another model would have answered instead, outside of any experiment and recorded
    /// nowhere: what a study compares with. Under the same id it is probed alike.
    pub(crate) fn instead(
        &self,
        request: &Request,
        request_id: RequestId,
        model: &ModelVersion,
    ) -> Result<(Answer, Vec<Planted>), AppError> {
        let tally = self.tally();
        let asker = self.asker(request, tally.as_of())?;
        let mut treatment = Treatment::plain(self.config().explain.clone(), model.clone());
        let loaded = self.model_of(&mut treatment)?;
        let made = Made { request, request_id, asker: &asker, treatment: &treatment };
        let (answer, record) = self.compose(made, &loaded, &tally);
        Ok((answer, record.planted))
    }

    fn asker(&self, request: &Request, as_of: IngestId) -> Result<Asker, AppError> {
        let config = &self.config().history;
        let state = self.shop().state();
        let subject = request.subject()?;
        let shopper = subject.map(|subject| state.shopper(&subject)).transpose()?.flatten();
        let preferences = match shopper {
            Some(shopper) => state.preferences(shopper, as_of)?,
            None => Preferences::default(),
        };
        let events = match shopper.filter(|_| preferences.profiling) {
            Some(shopper) => state.recent(shopper, config.events, as_of)?,
            None => Vec::new(),
        };
        let not_again: Vec<ItemId> = events
            .iter()
            .filter(|event| config.not_again_after.contains(&event.kind))
            .map(|event| event.item_id.clone())
            .collect();
        let heard = match shopper.filter(|_| preferences.profiling) {
            Some(shopper) => state.feedback_of(shopper)?,
            None => Vec::new(),
        };
        let rejected = Rejected::of(&heard, &events);
        let own = history::steps(events.iter().filter(|event| rejected.keeps(event)), config);
        let unknown = match (preferences.profiling, own.is_empty()) {
            (false, _) => Some(Unknown::ProfilingOff),
            (true, true) => Some(Unknown::NoHistory),
            (true, false) => None,
        };
        let seeds = request.seed_items.iter().cloned().map(history::seed);
        let steps = seeds.chain(own).take(config.steps).collect();
        Ok(Asker { shopper, steps, unknown, not_again, language: preferences.language })
    }

    /// The items of the history that an answer to this would rest on, newest first.
    pub(crate) fn recent_items(&self, request: &Request) -> Result<Vec<ItemId>, AppError> {
        let as_of = self.tally().as_of();
        let asker = self.asker(request, as_of)?;
        Ok(asker.steps.into_iter().map(|step| step.past.item_id).collect())
    }

    fn compose(
        &self,
        made: Made<'_>,
        loaded: &LoadedModel,
        tally: &Tally,
    ) -> (Answer, Record, ToBeWorded) {
        let config = self.config();
        let Made { request, asker, treatment, .. } = made;
        let lang = request.lang.or(asker.language).unwrap_or(config.shop.language);
        let context = self.shop().clock().situated(&request.context, tally.latest());
        let mut record = self.record(&made, context, lang);
        let key = StateKey::new(tally.as_of(), &loaded.version, &record);
        let witness = Witness::new(tally, loaded, &record.situation(&asker.steps));
        let shown = witness.place();
        let mut warnings = warnings(request, tally, &witness, shown.len());
        let not_shown = record.pinned.iter().filter(|p| !witness.is_eligible(&p.item_id));
        warnings.extend(not_shown.map(|p| format!("pinned item {} may not be shown", p.item_id)));
        // A place given by hand says so even to somebody who wants no reasons.
        let explains = |item: &ItemId| treatment.explain || witness.promotion(item).is_some();
        let reasons = match treatment.explain || !record.pinned.is_empty() {
            true => self.reasons(&made, lang, key, &witness),
            false => vec![None; shown.len()],
        };
        let answered = |(shown, reason)| {
            let mut item = answered(shown, reason, loaded, &witness);
            item.reasons.retain(|_| explains(&item.item_id));
            item
        };
        let mut items: Vec<AnsweredItem> = shown.iter().zip(reasons).map(answered).collect();
        let n_unexplained = items.iter().filter(|item| item.reasons.is_empty()).count();
        if treatment.explain && n_unexplained > 0 {
            warnings.push(format!("{n_unexplained} items have no reason that could be verified"));
        }
        if config.probes.wants(request.traffic, &made.request_id) {
            let worst = |rank| worst(rank, loaded, &witness);
            record.planted.extend(probe::plant(&made.request_id, &mut items, worst));
        }
        // What was put in wrong on purpose stays as it is.
        let wanted = match record.planted.is_empty() {
            true => self.to_be_worded(request.phrasing, &items, treatment.length(), &witness),
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

    /// One reason per item, where something could be verified.
    fn reasons(
        &self,
        made: &Made<'_>,
        lang: Language,
        key: StateKey,
        witness: &Witness<'_>,
    ) -> Vec<Option<Reason>> {
        let bars = &made.treatment.bars;
        let weighed =
            self.reasons.get_or(key, || explain::weigh(&witness.placements(), witness, bars));
        let reader = Reader { lang, preferred: made.treatment.preferred.clone() };
        let tell = |weighed: &Weighed| {
            if weighed.n_unverified > 0 {
                let (item, n_unverified) = (&weighed.placement.item_id, weighed.n_unverified);
                tracing::debug!(%item, n_unverified, "claims dropped");
            }
            let reason_id = reason_id(&made.request_id, weighed.placement.rank_shown);
            explain::tell(reason_id, weighed, &reader, witness, bars)
        };
        weighed.iter().map(tell).collect()
    }

    /// What the answer will be computed from, without its outcome.
    fn record(&self, made: &Made<'_>, context: RequestContext, lang: Language) -> Record {
        let Made { request, asker, treatment, .. } = made;
        let step = |step: &Step| RecordedStep {
            item_id: step.past.item_id.clone(),
            event_id: step.past.event_id,
            weight: step.weight,
        };
        Record {
            treated: treatment.treated.clone(),
            planted: Vec::new(),
            k: request.k,
            filters: request.filters.clone(),
            seed_items: request.seed_items.clone(),
            lang,
            context,
            pinned: pinned_by(request, &self.config().shop.pinned),
            unknown: asker.unknown,
            steps: asker.steps.iter().map(step).collect(),
            bars: treatment.bars.clone(),
            recommend: self.config().recommend.clone(),
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

/// The eligible item that scores worst, for the place of this rank.
fn worst(rank: u32, loaded: &LoadedModel, witness: &Witness<'_>) -> Option<AnsweredItem> {
    let (item, score) = witness.worst()?;
    let shown = Shown { item, score, rank_by_score: rank, rank_shown: rank };
    Some(answered(&shown, None, loaded, witness))
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

/// What each signal adds to the score of an item.
pub(crate) fn signals_of(witness: &Witness<'_>, item: &ItemId) -> BTreeMap<String, f64> {
    let contributions = witness.contributions(item).unwrap_or_default();
    contributions
        .parts
        .iter()
        .map(|part| (signal_name(part.signal), part.by_event.iter().sum::<f64>() + part.base))
        .collect()
}

/// The name of a signal on the wire.
pub(crate) fn signal_name(signal: signals::SignalName) -> String {
    match serde_json::to_value(signal) {
        Ok(serde_json::Value::String(name)) => name,
        _ => format!("{signal:?}").to_lowercase(),
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

/// The id of the reason at a place of an answer.
pub(crate) fn reason_id(request_id: &RequestId, rank: u32) -> ReasonId {
    ReasonId::new(format!("{request_id}.{rank}")).expect("a request id and a number is an id")
}

pub(crate) fn fresh_request_id() -> RequestId {
    RequestId::new(format!("r{}", ulid::Ulid::generate())).expect("a ULID is an id")
}
