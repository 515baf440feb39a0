//! The model's own output for a bundle: run again as of the answer, as it was and without the steps that claims name.

use answers::answer::{Record, RecordedStep};
use answers::evidence_snapshot::EvidenceSnapshot;
use claims::Facts;
use domain::{HistoryRef, ItemId, StoredEvent};
use explain::{Evidence as _, PastEvent};
use shop::history::Step;
use shop::snapshot::Snapshot;
use shop::{LiveShop, ShopError};
use verify::bundle::{ModelOutput, Without};

use crate::log::Log;

/// What the model puts out; `None` where it cannot be run as it was: the shop has gone on since, another model
/// is in use, or an experiment changed the scores.
pub(crate) fn output(
    live: &LiveShop,
    stored: &store::Answer,
    record: &Record,
    log: &Log,
) -> Result<Option<ModelOutput>, ShopError> {
    let snapshot = live.snapshot();
    let model = snapshot.model()?;
    let is_same = snapshot.counts().as_of() == stored.record.as_of
        && model.version == stored.record.model_version
        && record.treated.weights.is_none()
        && record.planted.is_empty();
    if !is_same {
        return Ok(None);
    }
    let events = stored.record.shopper.map(|reader| log.of_person(reader, stored.record.as_of));
    let steps = steps(&record.steps, &events.unwrap_or_default());
    let evidence = run(&snapshot, record, &steps)?;
    let listed = record.items.iter().map(|item| item.item_id.clone());
    if evidence.list() != listed.collect::<Vec<_>>() {
        return Ok(None);
    }
    let ranks = record.items.iter().filter_map(|item| {
        Some((item.item_id.clone(), evidence.rank_without(&item.item_id, &[])?))
    });
    let named = record.items.iter().filter_map(|item| Some((&item.item_id, item.reason.as_ref()?)));
    let masks = named.flat_map(|(item, reason)| {
        reason.claims.iter().filter_map(move |claim| Some((item, history_of(&claim.facts)?)))
    });
    let without = masks.map(|(item, history)| without(&snapshot, record, &steps, item, history));
    Ok(Some(ModelOutput {
        steps: evidence.history().iter().map(|past| past.item_id.clone()).collect(),
        rank_by_score: ranks.collect(),
        without: without.collect::<Result<_, _>>()?,
    }))
}

fn history_of(facts: &Facts) -> Option<&[HistoryRef]> {
    match facts {
        Facts::Contributed { history, .. } | Facts::Flips { history, .. } => Some(history),
        _ => None,
    }
}

fn run<'s>(
    snapshot: &'s Snapshot,
    record: &Record,
    steps: &[Step],
) -> Result<EvidenceSnapshot<'s>, ShopError> {
    Ok(EvidenceSnapshot::new(snapshot.counts(), snapshot.model()?, &record.situation(steps)))
}

/// A whole run of its own, with the steps masked from the beginning.
fn without(
    snapshot: &Snapshot,
    record: &Record,
    steps: &[Step],
    of: &ItemId,
    history: &[HistoryRef],
) -> Result<Without, ShopError> {
    let mut masked = steps.to_vec();
    for step in &mut masked {
        step.masked |= history.contains(&step.past.to_ref());
    }
    let evidence = run(snapshot, record, &masked)?;
    Ok(Without {
        steps: history.iter().map(|past| past.item_id.clone()).collect(),
        of: of.clone(),
        score: evidence.score(of),
        rank_by_score: evidence.rank_without(of, &[]),
        list: evidence.list(),
    })
}

/// The steps of the record, with what the log says of their events.
fn steps(recorded: &[RecordedStep], events: &[&StoredEvent]) -> Vec<Step> {
    let step = |step: &RecordedStep| {
        let event = events.iter().find(|event| Some(event.id) == step.event_id);
        let past = PastEvent {
            item_id: step.item_id.clone(),
            event_id: step.event_id,
            kind: event.map(|event| event.kind),
            time: event.map(|event| event.time),
            price: event.and_then(|event| event.price),
        };
        Step { past, weight: step.weight, masked: step.masked }
    };
    recorded.iter().map(step).collect()
}
