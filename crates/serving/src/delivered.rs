//! Reading a delivered answer again: the recorded claims, phrased anew.

use answers::answer::{Answer, AnsweredItem, Record, RecordedItem, reason_id};
use answers::evidence_snapshot::EvidenceSnapshot;
use domain::RequestId;
use explain::rephrase;
use shop::history::{HistoryConfig, Step};
use shop::settings::ShopConfig;
use shop::{LiveShop, Shop, ShopError};

/// What was shown and why. Texts are phrased again from the recorded claims and today's
/// catalogue titles; `audit::audit_one` verifies the claims.
///
/// # Errors
/// [`ShopError::NoAnswer`], [`ShopError::DamagedAnswer`], or what the store says.
pub fn delivered(live: &LiveShop, request_id: &RequestId) -> Result<Answer, ShopError> {
    let stored = live.shop().state().answer(request_id)?;
    let stored = stored.ok_or_else(|| ShopError::NoAnswer(request_id.clone()))?;
    let record = Record::read(&stored)?;
    let stored = stored.record;
    let steps = steps_of(live.shop(), stored.shopper, &record, stored.as_of)?;
    let snapshot = live.snapshot();
    let evidence =
        EvidenceSnapshot::new(snapshot.counts(), snapshot.model()?, &record.situation(&steps));
    let items = record.items.iter().map(|i| again(i, request_id, &record, &evidence)).collect();
    Ok(Answer {
        request_id: stored.request_id,
        variant: record.treated.label(),
        model_version: stored.model_version,
        as_of: claims::AsOf(stored.as_of),
        profiled: record.unknown.is_none(),
        simulated: live.shop().config::<ShopConfig>().simulated,
        items,
        warnings: record.warnings,
        planted: record.planted,
    })
}

fn steps_of(
    shop: &Shop,
    shopper: Option<domain::ShopperId>,
    record: &Record,
    as_of: domain::IngestId,
) -> Result<Vec<Step>, ShopError> {
    let events = match shopper {
        Some(shopper) => {
            shop.state().recent(shopper, shop.config::<HistoryConfig>().events, as_of)?
        }
        None => Vec::new(),
    };
    let of_event = |step: &answers::answer::RecordedStep| {
        let mut past = shop::history::seed(step.item_id.clone());
        past.past.event_id = step.event_id;
        past.masked = step.masked;
        past.past.kind = events.iter().find(|e| Some(e.id) == step.event_id).map(|e| e.kind);
        past
    };
    Ok(record.steps.iter().map(of_event).collect())
}

fn again(
    item: &RecordedItem,
    request_id: &RequestId,
    record: &Record,
    evidence: &EvidenceSnapshot<'_>,
) -> AnsweredItem {
    let reason = item.reason.clone().map(|reason| {
        let id = reason_id(request_id, item.rank);
        let plain = rephrase(id, reason.claims, reason.strength, record.lang, evidence);
        let statements = explain::statements_of(&plain.claims, record.lang, evidence);
        let worded =
            reason.worded.and_then(|wording| explain::reword(&plain, &statements, &wording));
        worded.unwrap_or(plain)
    });
    AnsweredItem {
        item_id: item.item_id.clone(),
        rank: item.rank,
        score: item.score,
        signals: item.signals.clone(),
        reasons: reason.into_iter().collect(),
    }
}
