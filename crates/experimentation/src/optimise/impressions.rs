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
use crate::outcomes::{AnswerOutcomes, ItemOutcome, Outcomes};
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
    outcomes: &Outcomes,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Option<Refined>, ShopError> {
    let since = training::trained(shop, served)?.as_of;
    let model = &shop.model(served)?.model;
    let impressions = impressions(shop, outcomes, model, since)?;
    if impressions.is_empty() {
        return Ok(None);
    }
    let before = training::gather_as_of(shop, since)?;
    Ok(signals::refine(
        model,
        &before.data,
        &impressions,
        shop.config::<SignalsConfig>(),
        &progress,
    )?)
}

/// Lists that came into view after a moment, with what became of them. Seeded errors teach
/// nothing, nor do shoppers who have switched profiling off.
fn impressions(
    shop: &Shop,
    outcomes: &Outcomes,
    model: &Model,
    since: IngestId,
) -> Result<Vec<Impressions>, ShopError> {
    let newest = shop.state().newest()?;
    let reward = &shop.config::<OptimiseConfig>().reward;
    let mut numbers: FxHashMap<ShopperId, Option<u32>> = FxHashMap::default();
    let mut impressions = VecDeque::new();
    let scan =
        |each: &mut Each<'_, Answer>| shop.state().scan_answers(since, IngestId(u128::MAX), each);
    try_each(scan, |answer| {
        // Outcomes hold only answers that could be read: an error here is no old damage.
        let known = outcomes.answer(&answer.record.request_id).filter(|known| teaches(known));
        let Some((known, shopper)) = known.and_then(|known| Some((known, known.shopper?))) else {
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
            impressions.push_back(impressions_of(shopper, &record, known, (model, reward)));
        }
        if impressions.len() > MOST_LISTS {
            impressions.pop_front();
        }
        Ok::<(), ShopError>(())
    })?;
    Ok(impressions.into())
}

fn teaches(answer: &AnswerOutcomes) -> bool {
    answer.seeded_error.is_none() && answer.unknown != Some(Unknown::ProfilingOff)
}

/// A list in the numbers of a model; items that it does not have, and what never came into view, are
/// left out.
fn impressions_of(
    shopper: u32,
    record: &Record,
    answer: &AnswerOutcomes,
    (model, reward): (&Model, &Reward),
) -> Impressions {
    let step = |(distance, step): (usize, &RecordedStep)| {
        let item = model.index_of(&step.item_id).filter(|_| !step.masked)?;
        let (distance, mark) = (distance as u32, Mark::default());
        Some(HistoryEvent { item, weight: step.weight, distance, mark })
    };
    let item = |(place, own): (u32, &ItemOutcome)| {
        let item = model.index_of(&own.item_id).filter(|_| own.outcome.exposed)?;
        Some(Impression { item, place, worth: reward.of_item(own.outcome) as f32 })
    };
    Impressions {
        shopper,
        history: History::from_events(record.steps.iter().enumerate().filter_map(step).collect()),
        context: of_request(&record.context, record.context.now, model),
        items: (1..).zip(&answer.items).filter_map(item).collect(),
    }
}
