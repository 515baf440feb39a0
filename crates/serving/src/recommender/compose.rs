//! Composing an answer from what was prepared: places, reasons, seeded errors and the record.

use answers::answer::{Answer, AnsweredItem, Record, RecordedItem, RecordedReason, reason_id};
use answers::evidence_snapshot::{EvidenceSnapshot, signals_of};
use answers::request::Request;
use claims::{AsOf, Reason};
use domain::{ItemId, Language, RequestId};
use experimentation::seeded_error;
use experimentation::seeded_error::SeededErrorConfig;
use explain::{Evidence, Proposal, Reader, VerifiedItem};
use recommend::Placed;
use shop::live_counts::LiveCounts;
use shop::model::LoadedModel;
use shop::settings::ShopConfig;
use shop::snapshot::Snapshot;

use super::Recommender;
use crate::prepared::Prepared;
use crate::reason_cache::StateKey;
use crate::wording::ToBeWorded;

/// What an answer is made for, and how.
pub(super) struct Made<'a> {
    pub(super) request_id: RequestId,
    pub(super) prepared: &'a Prepared,
}

impl Recommender {
    pub(super) fn compose(
        &self,
        request: &Request,
        made: Made<'_>,
        snapshot: &Snapshot,
        evidence: &EvidenceSnapshot<'_>,
    ) -> (Answer, Record, ToBeWorded) {
        let (shop, counts) = (self.shop.shop(), snapshot.counts());
        let Prepared { stored: _, caller, treatment, loaded, record } = made.prepared;
        let (lang, mut record) = (record.lang, record.clone());
        let key = StateKey::new(counts.as_of(), &loaded.version, &record);
        let shown = evidence.place();
        let mut warnings = warnings(request, counts, evidence, shown.len());
        let not_shown = record.pinned.iter().filter(|p| !evidence.is_eligible(&p.item_id));
        warnings.extend(not_shown.map(|p| format!("pinned item {} may not be shown", p.item_id)));
        // A place given by hand says so even to somebody who wants no reasons.
        let explains = |item: &ItemId| treatment.explain || evidence.promotion(item).is_some();
        let reasons = match treatment.explain || !record.pinned.is_empty() {
            true => self.reasons(&made, lang, (key, snapshot.epoch), evidence),
            false => vec![None; shown.len()],
        };
        let answered = |(shown, reason)| {
            let mut item = answered(shown, reason, loaded, evidence);
            item.reasons.retain(|_| explains(&item.item_id));
            item
        };
        let mut items: Vec<AnsweredItem> = shown.iter().zip(reasons).map(answered).collect();
        let n_unexplained = items.iter().filter(|item| item.reasons.is_empty()).count();
        if treatment.explain && n_unexplained > 0 {
            warnings.push(format!("{n_unexplained} items have no reason that could be verified"));
        }
        if shop.config::<SeededErrorConfig>().wants(request.traffic, &made.request_id) {
            let worst = |rank| self.worst(rank, made.prepared, snapshot, evidence);
            record.planted.extend(seeded_error::plant(&made.request_id, &mut items, worst));
        }
        // What was put in wrong on purpose stays as it is.
        let wanted = match record.planted.is_empty() {
            true => self.words.to_be_worded(request.phrasing, &items, treatment.length(), evidence),
            false => ToBeWorded::default(),
        };
        record.items = items.iter().map(recorded).collect();
        record.warnings.clone_from(&warnings);
        let answer = Answer {
            request_id: made.request_id,
            variant: treatment.treated.label(),
            model_version: loaded.version.clone(),
            as_of: AsOf(counts.as_of()),
            profiled: caller.unknown.is_none(),
            simulated: shop.config::<ShopConfig>().simulated,
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
        evidence: &EvidenceSnapshot<'_>,
    ) -> Option<AnsweredItem> {
        let (counts, in_use) = (snapshot.counts(), snapshot.loaded.as_ref()?);
        let judge = EvidenceSnapshot::new(
            counts,
            in_use,
            &prepared.record.situation(&prepared.caller.steps),
        );
        let shown = evidence.put(judge.worst(evidence)?, rank)?;
        Some(answered(&shown, None, &prepared.loaded, evidence))
    }

    /// One reason per item, where something could be verified.
    fn reasons(
        &self,
        made: &Made<'_>,
        lang: Language,
        (key, epoch): (StateKey, u64),
        evidence: &EvidenceSnapshot<'_>,
    ) -> Vec<Option<Reason>> {
        let Prepared { treatment, caller, .. } = made.prepared;
        let bars = &treatment.bars;
        let verified = self
            .reasons
            .get_or(key, epoch, || explain::verify_items(&evidence.placements(), evidence, bars));
        let reader = Reader { lang, preferred: treatment.preferred.clone() };
        let render = |verified: &VerifiedItem| {
            if verified.n_unverified > 0 {
                let (item, n_unverified) = (&verified.placement.item_id, verified.n_unverified);
                tracing::debug!(%item, n_unverified, "claims dropped");
            }
            let reason_id = reason_id(&made.request_id, verified.placement.rank_shown);
            if caller.steering.unsaid.is_empty() {
                return explain::render(reason_id, verified, &reader, evidence, bars);
            }
            let item = &verified.placement.item_id;
            let told = |p: &Proposal| !caller.steering.silences(item, p.facts.kind().name());
            explain::render(reason_id, &verified.only(told), &reader, evidence, bars)
        };
        verified.iter().map(render).collect()
    }
}

fn answered(
    shown: &Placed,
    reason: Option<Reason>,
    loaded: &LoadedModel,
    evidence: &EvidenceSnapshot<'_>,
) -> AnsweredItem {
    let item_id = loaded.model.items()[shown.item as usize].clone();
    AnsweredItem {
        signals: signals_of(evidence, &item_id),
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
    counts: &LiveCounts,
    evidence: &EvidenceSnapshot<'_>,
    n_shown: usize,
) -> Vec<String> {
    let unknown = request.seed_items.iter().filter(|id| counts.entry(id).is_none());
    let mut warnings: Vec<String> =
        unknown.map(|id| format!("seed item {id} is not in the catalogue")).collect();
    if n_shown < request.k {
        let n = evidence.n_eligible();
        warnings.push(format!("only {n} items may be shown under these filters"));
    }
    warnings
}
