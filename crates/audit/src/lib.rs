//! The audit: every delivered claim recounted from the raw event log as of its moment.
//!
//! It replays the log in the order of ingest, and stops at each answer's `as_of` to verify its
//! claims, its scores and its order with the model that ranked. It trusts nothing but the log, the
//! catalogue's versions and the model's files; that the answers are those recorded, it proves by
//! the audit chain.

mod chain;
pub mod list;
mod recheck;
mod report;

use std::collections::BTreeMap;

use claims::{Claim, Verdict};
use domain::{
    IngestId, ItemId, ModelVersion, RequestId, ShopperId, StoredEvent, StoredItem, StoredReview,
    Timestamp,
};
use explain::{PastEvent, verify_claim};
use rustc_hash::FxHashMap;
use store::{Answer, Each, Joined, every, try_each};

use answers::answer::{Record, RecordedItem, RecordedStep};
use answers::evidence_snapshot::EvidenceSnapshot;
use shop::history::{Step, seed};
use shop::live_counts::{LiveCounts, ReviewAspects};
use shop::model::LoadedModel;
use shop::{Shop, ShopError};

pub use recheck::{Rechecked, RecheckedClaim, recheck};
pub use report::{AuditReport, DayChain, Finding, KindCount, Problem};

/// How many events around an answer are searched for those its proof names.
const EVENTS_SEARCHED: usize = 100_000;

/// From when to when answers were recorded, by the clock of the server that did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AuditRange {
    /// The first instant; from the beginning where missing.
    pub from: Option<Timestamp>,
    /// The first instant that does not belong to it; up to now where missing.
    pub to: Option<Timestamp>,
}

impl AuditRange {
    /// The ids it covers: after the first, up to and including the second.
    fn ids(self) -> (IngestId, IngestId) {
        let before = |instant| IngestId(IngestId::first_at(instant).0.saturating_sub(1));
        (self.from.map_or(IngestId::ZERO, before), self.to.map_or(IngestId(u128::MAX), before))
    }
}

/// Verifies every recorded answer again.
///
/// # Errors
/// What the store says. What the audit finds is in the report, not an error.
pub fn audit(shop: &Shop) -> Result<AuditReport, ShopError> {
    audit_range(shop, AuditRange::default())
}

/// Verifies every answer again that was recorded within a range of time.
///
/// # Errors
/// As [`audit`].
pub fn audit_range(shop: &Shop, range: AuditRange) -> Result<AuditReport, ShopError> {
    let (after, until) = range.ids();
    let mut answers = Vec::new();
    shop.state().scan_answers(after, until, &mut every(|answer| answers.push(answer)))?;
    let mut report = audit_answers(shop, answers)?;
    chain::verify(shop, (after, until), &mut report)?;
    Ok(report)
}

/// Verifies one recorded answer again.
///
/// # Errors
/// [`ShopError::NoAnswer`], or what the store says.
pub fn audit_one(shop: &Shop, request_id: &RequestId) -> Result<AuditReport, ShopError> {
    Ok(crate::recheck::recheck(shop, request_id)?.report)
}

fn audit_answers(shop: &Shop, answers: Vec<Answer>) -> Result<AuditReport, ShopError> {
    let mut report = AuditReport::default();
    audit_each(shop, answers, &mut report, &mut |_, _| {})?;
    Ok(report)
}

/// Verifies answers again, and hands over each claim with what its checker says now.
fn audit_each(
    shop: &Shop,
    mut answers: Vec<Answer>,
    report: &mut AuditReport,
    each: &mut dyn FnMut(&Claim, Verdict),
) -> Result<(), ShopError> {
    answers.sort_by_key(|answer| (answer.record.as_of, answer.id));
    let erased_last = shop.state().erasures()?.last().copied();
    let until = answers.last().map_or(IngestId::ZERO, |answer| answer.record.as_of);
    let mut audit = Audit {
        shop,
        counts: LiveCounts::default(),
        models: FxHashMap::default(),
        erased_last,
        report,
        each,
    };
    let mut replay = Replay::new(shop, until)?;
    let mut answers = answers.into_iter().peekable();
    let events = |each: &mut Each<'_, StoredEvent>| shop.state().replay_events(until, each);
    try_each(events, |event| {
        while let Some(answer) = answers.next_if(|answer| answer.record.as_of < event.id) {
            replay.catch_up(&mut audit.counts, answer.record.as_of);
            audit.verify(&answer)?;
        }
        replay.catch_up(&mut audit.counts, event.id);
        audit.counts.add_event(&event);
        Ok::<(), ShopError>(())
    })?;
    for answer in answers {
        replay.catch_up(&mut audit.counts, answer.record.as_of);
        audit.verify(&answer)?;
    }
    Ok(())
}

/// Catalogue versions and reviews, to be merged with the events by ingest id.
struct Replay {
    items: std::iter::Peekable<std::vec::IntoIter<(ItemId, StoredItem)>>,
    reviews: std::iter::Peekable<std::vec::IntoIter<(ShopperId, ItemId, ReviewAspects)>>,
    joins: std::iter::Peekable<std::vec::IntoIter<Joined>>,
}

impl Replay {
    fn new(shop: &Shop, until: IngestId) -> Result<Self, ShopError> {
        let (mut items, mut reviews) = (Vec::new(), Vec::new());
        shop.state().scan_items(until, &mut every(|(id, version)| items.push((id, version))))?;
        shop.state().scan_reviews(
            until,
            &mut every(|review: StoredReview| {
                reviews.push((
                    review.shopper,
                    review.item_id.clone(),
                    ReviewAspects::from(&review),
                ));
            }),
        )?;
        let joins = shop.state().joins(until)?;
        Ok(Self {
            items: items.into_iter().peekable(),
            reviews: reviews.into_iter().peekable(),
            joins: joins.into_iter().peekable(),
        })
    }

    fn catch_up(&mut self, counts: &mut LiveCounts, until: IngestId) {
        while let Some((id, version)) = self.items.next_if(|(_, v)| v.version <= until) {
            counts.add_item(&id, &version);
        }
        while let Some((reviewer, item, aspects)) =
            self.reviews.next_if(|(_, _, aspects)| aspects.review <= until)
        {
            counts.add_review_aspects(reviewer, &item, aspects);
        }
        while let Some(joined) = self.joins.next_if(|joined| joined.id <= until) {
            counts.join(&joined);
        }
        counts.advance(until);
    }
}

struct Audit<'a> {
    shop: &'a Shop,
    counts: LiveCounts,
    /// By version and the weights of a variant.
    models: FxHashMap<(ModelVersion, String), Result<LoadedModel, ShopError>>,
    erased_last: Option<IngestId>,
    report: &'a mut AuditReport,
    each: &'a mut dyn FnMut(&Claim, Verdict),
}

impl Audit<'_> {
    fn verify(&mut self, answer: &Answer) -> Result<(), ShopError> {
        self.report.n_answers += 1;
        let found = steps_of(self.shop, answer)?;
        let verified = found.and_then(|(record, steps)| self.try_verify(answer, &record, &steps));
        if let Err(problem) = verified {
            self.report.note(Some(&answer.record.request_id), None, problem);
        }
        Ok(())
    }

    /// Whether counts may since have fallen because somebody was erased.
    fn may_be_lowered(&self, answer: &Answer) -> bool {
        self.erased_last.is_some_and(|erased| erased > answer.record.as_of)
    }

    fn try_verify(
        &mut self,
        answer: &Answer,
        record: &Record,
        steps: &[Step],
    ) -> Result<(), Problem> {
        let lowered = self.may_be_lowered(answer);
        let version = &answer.record.model_version;
        let weights = serde_json::to_string(&record.treated.weights);
        let key = (version.clone(), weights.expect("weights are plain data"));
        if !self.models.contains_key(&key) {
            let model = self.shop.model(version);
            let model = model.map(|model| model.weighted(record.treated.weights.as_ref()));
            self.models.insert(key.clone(), model);
        }
        let loaded = self.models[&key].as_ref().map_err(|e| model_problem(e, version, lowered))?;
        let evidence = EvidenceSnapshot::new(&self.counts, loaded, &record.situation(steps));
        if !lowered {
            for problem in list::problems(record, &evidence) {
                self.report.note(Some(&answer.record.request_id), None, problem);
            }
        }
        let mut judged: Vec<(&Claim, Verdict)> = Vec::new();
        for claim in record.asked.iter().flat_map(|asked| &asked.claims) {
            judged.push((claim, verify_claim(claim, &evidence, &record.bars)));
        }
        for item in &record.items {
            self.report.check_words(&answer.record.request_id, item, record.lang, &evidence);
            for claim in item.reason.iter().flat_map(|reason| &reason.claims) {
                let verdict = match is_at_home(claim, item) {
                    true => verify_claim(claim, &evidence, &record.bars),
                    false => Verdict::Refuted,
                };
                judged.push((claim, verdict));
            }
        }
        for (claim, verdict) in judged {
            self.judge(answer, record, claim, verdict);
        }
        Ok(())
    }

    fn judge(&mut self, answer: &Answer, record: &Record, claim: &Claim, verdict: Verdict) {
        let (kind, lowered) = (claim.facts.kind().name(), self.may_be_lowered(answer));
        self.report.count(kind, record.lang, verdict, lowered);
        (self.each)(claim, verdict);
        if verdict != Verdict::Verified && !lowered {
            let request_id = &answer.record.request_id;
            let problem = Problem::Claim { kind: kind.to_owned(), verdict };
            self.report.note(Some(request_id), Some(claim.claim_id.clone()), problem);
        }
    }
}

/// What an answer recorded, with the history behind it.
fn steps_of(
    shop: &Shop,
    answer: &Answer,
) -> Result<Result<(Record, Vec<Step>), Problem>, ShopError> {
    let record: Record = match serde_json::from_str(&answer.record.payload) {
        Ok(record) => record,
        Err(error) => return Ok(Err(Problem::Damaged { detail: error.to_string() })),
    };
    Ok(steps_behind(shop, answer, &record)?.map(|steps| (record, steps)))
}

/// The history behind an answer, read again from the raw log; the problem where the log does not
/// have it.
///
/// # Errors
/// What the store says: a log that cannot be read now says nothing of the answer.
pub fn steps_behind(
    shop: &Shop,
    answer: &Answer,
    record: &Record,
) -> Result<Result<Vec<Step>, Problem>, ShopError> {
    let wants_events = record.steps.iter().any(|step| step.event_id.is_some());
    let events = match answer.record.shopper.filter(|_| wants_events) {
        Some(shopper) => shop.state().recent(shopper, EVENTS_SEARCHED, answer.record.as_of)?,
        None => Vec::new(),
    };
    let by_id: BTreeMap<IngestId, &StoredEvent> = events.iter().map(|e| (e.id, e)).collect();
    Ok(record.steps.iter().map(|step| step_from_log(step, &by_id)).collect())
}

/// Why a model cannot be asked. An erasure removes models, but damages none.
fn model_problem(error: &ShopError, version: &ModelVersion, lowered: bool) -> Problem {
    let version = version.clone();
    match error {
        ShopError::ModelGone { .. } if lowered => Problem::Erased,
        ShopError::ModelGone { .. } => Problem::ModelGone { version },
        damage => Problem::ModelDamaged { version, detail: damage.to_string() },
    }
}

/// Whether a claim stands where it belongs: it may be true and speak of another item.
fn is_at_home(claim: &Claim, item: &RecordedItem) -> bool {
    let at_its_rank = claim.facts.rank_shown().is_none_or(|rank| rank == item.rank);
    at_its_rank && claim.item_id == item.item_id
}

fn step_from_log(
    step: &RecordedStep,
    events: &BTreeMap<IngestId, &StoredEvent>,
) -> Result<Step, Problem> {
    let Some(id) = step.event_id else {
        return Ok(seed(step.item_id.clone()));
    };
    let event = events.get(&id).filter(|event| event.item_id == step.item_id);
    let event = event.ok_or(Problem::EventGone { event_id: id })?;
    let past = PastEvent {
        item_id: event.item_id.clone(),
        event_id: Some(id),
        kind: Some(event.kind),
        time: Some(event.time),
        price: event.price,
    };
    Ok(Step { past, weight: step.weight, masked: step.masked })
}
