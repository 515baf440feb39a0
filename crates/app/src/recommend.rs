//! From a request to a recorded, explained answer.

use std::collections::BTreeMap;

use domain::claim::Unknown;
use domain::{
    AsOf, IngestId, ItemId, Language, Preferences, ReasonId, RequestContext, RequestId, ShopperId,
};
use explain::{Evidence, Explained, Placement};
use recommend::Shown;
use store::AnswerRecord;

use crate::answer::{
    Answer, AnsweredItem, Planted, Record, RecordedItem, RecordedReason, RecordedStep,
};
use crate::experiment::Treatment;
use crate::feedback::Rejected;
use crate::history::{self, Step};
use crate::model::LoadedModel;
use crate::request::Request;
use crate::tally::Tally;
use crate::witness::{Rules, Situation, Witness};
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
        request.check()?;
        let request_id = fresh_request_id();
        let enrolled = self.enrol(request)?;
        let (asker, answer, record) = {
            let tally = self.tally();
            let asker = self.asker(request, tally.as_of())?;
            let known = asker.shopper.filter(|_| asker.may_be_profiled());
            let known = known.map(|shopper| (shopper, asker.steps.len()));
            let mut treatment = self.treatment(request, enrolled, known)?;
            // Under the lock of the counts: an erasure replaces both at once.
            let loaded = self.model_of(&mut treatment)?;
            let made = Made { request, request_id, asker: &asker, treatment: &treatment };
            let (answer, record) = self.compose(made, &loaded, &tally);
            (asker, answer, record)
        };
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

    fn compose(&self, made: Made<'_>, loaded: &LoadedModel, tally: &Tally) -> (Answer, Record) {
        let Made { request, request_id, asker, treatment } = made;
        let config = self.config();
        let lang = request.lang.or(asker.language).unwrap_or(config.shop.language);
        let context = self.shop().clock().situated(&request.context, tally.latest());
        let situation = Situation {
            steps: &asker.steps,
            unknown: asker.unknown,
            context: &context,
            rules: Rules {
                filters: &request.filters,
                seed_items: &request.seed_items,
                not_again: &asker.not_again,
            },
        };
        let witness = Witness::new(tally, loaded, &situation);
        let shown = witness.place(&config.recommend, request.k);
        let mut warnings = warnings(request, tally, &witness, shown.len());
        let put = Put { request, request_id: &request_id, lang, treatment };
        let mut items: Vec<AnsweredItem> =
            shown.iter().map(|shown| put.item(shown, loaded, &witness)).collect();
        let n_unexplained = items.iter().filter(|item| item.reasons.is_empty()).count();
        if treatment.explain && n_unexplained > 0 {
            warnings.push(format!("{n_unexplained} items have no reason that could be verified"));
        }
        let planted = config
            .probes
            .wants(request.traffic, &request_id)
            .then(|| probe::plant(&request_id, &mut items, |at| put.worst(at, loaded, &witness)));
        let planted = planted.flatten().into_iter().collect();
        let record = self.record(put, (asker, context), &items, (&warnings, planted));
        let answer = Answer {
            request_id,
            variant: treatment.treated.label(),
            model_version: loaded.version.clone(),
            as_of: AsOf(tally.as_of()),
            profiled: asker.unknown.is_none(),
            simulated: config.shop.simulated,
            items,
            warnings,
            planted: Vec::new(),
        };
        (answer, record)
    }

    fn record(
        &self,
        put: Put<'_>,
        (asker, context): (&Asker, RequestContext),
        items: &[AnsweredItem],
        (warnings, planted): (&[String], Vec<Planted>),
    ) -> Record {
        let step = |step: &Step| RecordedStep {
            item_id: step.past.item_id.clone(),
            event_id: step.past.event_id,
            weight: step.weight,
        };
        let item = |item: &AnsweredItem| RecordedItem {
            item_id: item.item_id.clone(),
            rank: item.rank,
            score: item.score,
            signals: item.signals.clone(),
            // A planted reason has no claims: it is on record as planted, not as a reason.
            reason: item.reasons.first().filter(|reason| !reason.claims.is_empty()).map(|reason| {
                RecordedReason {
                    method: reason.method,
                    strength: reason.strength,
                    claims: reason.claims.clone(),
                }
            }),
        };
        Record {
            treated: put.treatment.treated.clone(),
            planted,
            k: put.request.k,
            filters: put.request.filters.clone(),
            seed_items: put.request.seed_items.clone(),
            lang: put.lang,
            context,
            unknown: asker.unknown,
            steps: asker.steps.iter().map(step).collect(),
            bars: put.treatment.bars.clone(),
            not_again: asker.not_again.clone(),
            items: items.iter().map(item).collect(),
            warnings: warnings.to_vec(),
        }
    }
}

/// How the items of one answer are put.
#[derive(Clone, Copy)]
struct Put<'a> {
    request: &'a Request,
    request_id: &'a RequestId,
    lang: Language,
    treatment: &'a Treatment,
}

impl Put<'_> {
    fn item(self, shown: &Shown, loaded: &LoadedModel, witness: &Witness<'_>) -> AnsweredItem {
        let item_id = loaded.model.items()[shown.item as usize].clone();
        let placement = Placement {
            item_id: item_id.clone(),
            rank_by_score: shown.rank_by_score,
            rank_shown: shown.rank_shown,
            k: self.request.k as u32,
        };
        let explained = self.treatment.explain.then(|| {
            let reason_id = reason_id(self.request_id, shown.rank_shown);
            explain::explain(&reason_id, &placement, self.lang, witness, &self.treatment.bars)
        });
        if let Some(Explained { n_unverified, .. }) = &explained
            && *n_unverified > 0
        {
            tracing::debug!(item = %item_id, n_unverified, "claims dropped");
        }
        let signals = signals_of(witness, &item_id);
        AnsweredItem {
            item_id,
            rank: shown.rank_shown,
            score: f64::from(shown.score),
            signals,
            reasons: explained.and_then(|e| e.reason).into_iter().collect(),
        }
    }

    /// The eligible item that scores worst, in the place of another; for probes.
    fn worst(
        self,
        place: &Placement,
        loaded: &LoadedModel,
        witness: &Witness<'_>,
    ) -> Option<AnsweredItem> {
        let worst = witness.worst()?;
        let item_id = loaded.model.items()[worst as usize].clone();
        (item_id != place.item_id).then(|| AnsweredItem {
            signals: signals_of(witness, &item_id),
            item_id,
            rank: place.rank_shown,
            score: f64::from(witness.score_of(worst)),
            reasons: Vec::new(),
        })
    }
}

/// What each signal adds to the score of an item.
fn signals_of(witness: &Witness<'_>, item: &ItemId) -> BTreeMap<String, f64> {
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

fn fresh_request_id() -> RequestId {
    RequestId::new(format!("r{}", ulid::Ulid::generate())).expect("a ULID is an id")
}
