//! What shoppers took of the lists they were shown, as signals learn from it.

use crate::optimise::OptimiseConfig;
use signals::SignalsConfig;
use std::collections::{VecDeque, hash_map::Entry};

use claims::Unknown;
use domain::{IngestId, ModelVersion, ShopperId};
use rustc_hash::FxHashMap;
use signals::{History, HistoryEvent, Impression, Impressions, Mark, Model, Progress, Refined};
use store::{Answer, Each, try_each};

use super::Reward;
use crate::outcomes::{Seen, SeenAnswer, SeenItem};
use answers::answer::{Record, RecordedStep};
use shop::context::of_request;
use shop::{Shop, ShopError};

/// The newest lists that are learned from.
const MOST_LISTS: usize = 50_000;

/// Constants and weights by what was taken of the lists shown since the model was fitted. `None`
/// where there is too little of it.
pub(super) fn refine(
    shop: &Shop,
    served: &ModelVersion,
    seen: &Seen,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Option<Refined>, ShopError> {
    let since = training::trained(shop, served)?.as_of;
    let model = &shop.model(served)?.model;
    let shown = shown(shop, seen, model, since)?;
    if shown.is_empty() {
        return Ok(None);
    }
    let before = training::gather_as_of(shop, since)?;
    Ok(signals::refine(model, &before.data, &shown, shop.config::<SignalsConfig>(), &progress)?)
}

/// Lists that came into view after a moment, with what became of them. Probes teach nothing, nor
/// do shoppers who have switched profiling off.
fn shown(
    shop: &Shop,
    seen: &Seen,
    model: &Model,
    since: IngestId,
) -> Result<Vec<Impressions>, ShopError> {
    let newest = shop.state().newest()?;
    let reward = &shop.config::<OptimiseConfig>().reward;
    let mut numbers: FxHashMap<ShopperId, Option<u32>> = FxHashMap::default();
    let mut shown = VecDeque::new();
    let scan =
        |each: &mut Each<'_, Answer>| shop.state().scan_answers(since, IngestId(u128::MAX), each);
    try_each(scan, |answer| {
        // Outcomes hold only answers that could be read: an error here is no old damage.
        let seen = seen.answer(&answer.record.request_id).filter(|seen| teaches(seen));
        let Some((seen, shopper)) = seen.and_then(|seen| Some((seen, seen.shopper?))) else {
            return Ok(());
        };
        let record = Record::read(&answer)?;
        let n = numbers.len() as u32;
        let number = match numbers.entry(shopper) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let profiling = shop.state().preferences(shopper, newest)?.profiling;
                *new.insert(profiling.then_some(n))
            }
        };
        if let Some(shopper) = number {
            shown.push_back(as_shown(shopper, &record, seen, (model, reward)));
        }
        if shown.len() > MOST_LISTS {
            shown.pop_front();
        }
        Ok::<(), ShopError>(())
    })?;
    Ok(shown.into())
}

fn teaches(answer: &SeenAnswer) -> bool {
    answer.probe.is_none() && answer.unknown != Some(Unknown::ProfilingOff)
}

/// A list in the numbers of a model; items that it does not have, and what never came into view, are
/// left out.
fn as_shown(
    shopper: u32,
    record: &Record,
    seen: &SeenAnswer,
    (model, reward): (&Model, &Reward),
) -> Impressions {
    let step = |(distance, step): (usize, &RecordedStep)| {
        let item = model.index_of(&step.item_id).filter(|_| !step.masked)?;
        let (distance, mark) = (distance as u32, Mark::default());
        Some(HistoryEvent { item, weight: step.weight, distance, mark })
    };
    let item = |(place, seen): (u32, &SeenItem)| {
        let item = model.index_of(&seen.item_id).filter(|_| seen.outcome.exposed)?;
        Some(Impression { item, place, worth: reward.of_item(seen.outcome) as f32 })
    };
    Impressions {
        shopper,
        history: History::from_events(record.steps.iter().enumerate().filter_map(step).collect()),
        context: of_request(&record.context, record.context.now, model),
        items: (1..).zip(&seen.items).filter_map(item).collect(),
    }
}
