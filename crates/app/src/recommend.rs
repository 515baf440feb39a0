//! From a request to a recorded, explained answer.

use std::collections::BTreeMap;

use domain::claim::Unknown;
use domain::{
    AsOf, IngestId, ItemId, Language, Preferences, ReasonId, RequestContext, RequestId, ShopperId,
};
use explain::{Evidence, Explained, Placement};
use recommend::Shown;
use store::AnswerRecord;

use crate::answer::{Answer, AnsweredItem, Record, RecordedItem, RecordedReason, RecordedStep};
use crate::history::{self, Step};
use crate::model::LoadedModel;
use crate::request::{Pinned, Request};
use crate::tally::Tally;
use crate::witness::{Rules, Situation, Witness};
use crate::{AppError, Live};

/// What the shop may use of the one who asks.
struct Asker {
    shopper: Option<ShopperId>,
    steps: Vec<Step>,
    unknown: Option<Unknown>,
    not_again: Vec<ItemId>,
    language: Option<Language>,
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
        let (asker, answer, record) = {
            let tally = self.tally();
            // Under the lock of the counts: an erasure replaces both at once.
            let loaded = self.model()?;
            let asker = self.asker(request, tally.as_of())?;
            let (answer, record) = self.compose(request, request_id, &asker, &loaded, &tally);
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
        let own = history::steps(&events, config);
        let unknown = match (preferences.profiling, own.is_empty()) {
            (false, _) => Some(Unknown::ProfilingOff),
            (true, true) => Some(Unknown::NoHistory),
            (true, false) => None,
        };
        let seeds = request.seed_items.iter().cloned().map(history::seed);
        let steps = seeds.chain(own).take(config.steps).collect();
        Ok(Asker { shopper, steps, unknown, not_again, language: preferences.language })
    }

    fn compose(
        &self,
        request: &Request,
        request_id: RequestId,
        asker: &Asker,
        loaded: &LoadedModel,
        tally: &Tally,
    ) -> (Answer, Record) {
        let config = self.config();
        let lang = request.lang.or(asker.language).unwrap_or(config.shop.language);
        let pinned = pinned_by(request, &config.shop.pinned);
        let context = self.shop().clock().situated(&request.context, tally.latest());
        let situation = Situation {
            steps: &asker.steps,
            unknown: asker.unknown,
            context: &context,
            rules: Rules {
                filters: &request.filters,
                seed_items: &request.seed_items,
                not_again: &asker.not_again,
                pinned: &pinned,
            },
        };
        let witness = Witness::new(tally, loaded, &situation);
        let shown = witness.place(&config.recommend, request.k);
        let mut warnings = warnings(request, tally, &witness, shown.len());
        let not_shown = pinned.iter().filter(|pinned| !witness.is_eligible(&pinned.item_id));
        warnings.extend(not_shown.map(|p| format!("pinned item {} may not be shown", p.item_id)));
        let items: Vec<AnsweredItem> = shown
            .iter()
            .map(|shown| self.answered(shown, request, &request_id, lang, loaded, &witness))
            .collect();
        let n_unexplained = items.iter().filter(|item| item.reasons.is_empty()).count();
        if request.explain && n_unexplained > 0 {
            warnings.push(format!("{n_unexplained} items have no reason that could be verified"));
        }
        let record = self.record(request, asker, context, lang, &items, &warnings);
        let record = Record { pinned, ..record };
        let answer = Answer {
            request_id,
            variant: "default".to_owned(),
            model_version: loaded.version.clone(),
            as_of: AsOf(tally.as_of()),
            profiled: asker.unknown.is_none(),
            simulated: config.shop.simulated,
            items,
            warnings,
        };
        (answer, record)
    }

    fn answered(
        &self,
        shown: &Shown,
        request: &Request,
        request_id: &RequestId,
        lang: Language,
        loaded: &LoadedModel,
        witness: &Witness<'_>,
    ) -> AnsweredItem {
        let item_id = loaded.model.items()[shown.item as usize].clone();
        let placement = Placement {
            item_id: item_id.clone(),
            rank_by_score: shown.rank_by_score,
            rank_shown: shown.rank_shown,
            k: request.k as u32,
        };
        // A place given by hand says so even to somebody who wants no reasons.
        let explains = request.explain || witness.promotion(&item_id).is_some();
        let explained = explains.then(|| {
            let reason_id = reason_id(request_id, shown.rank_shown);
            explain::explain(&reason_id, &placement, lang, witness, &self.config().explain)
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

    fn record(
        &self,
        request: &Request,
        asker: &Asker,
        context: RequestContext,
        lang: Language,
        items: &[AnsweredItem],
        warnings: &[String],
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
            reason: item.reasons.first().map(|reason| RecordedReason {
                method: reason.method,
                strength: reason.strength,
                claims: reason.claims.clone(),
            }),
        };
        Record {
            k: request.k,
            filters: request.filters.clone(),
            seed_items: request.seed_items.clone(),
            lang,
            context,
            pinned: Vec::new(),
            placing: Some(self.config().recommend.clone()),
            unknown: asker.unknown,
            steps: asker.steps.iter().map(step).collect(),
            bars: self.config().explain.clone(),
            not_again: asker.not_again.clone(),
            items: items.iter().map(item).collect(),
            warnings: warnings.to_vec(),
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

fn fresh_request_id() -> RequestId {
    RequestId::new(format!("r{}", ulid::Ulid::generate())).expect("a ULID is an id")
}
