//! What shoppers took of the lists they were shown, as signals learn from it.

use std::collections::{VecDeque, hash_map::Entry};

use claims::Unknown;
use domain::{IngestId, ModelVersion, ShopperId};
use rustc_hash::FxHashMap;
use signals::{History, HistoryEvent, Impression, Impressions, Mark, Model, Progress, Refined};
use store::{Answer, Each, try_each};

use super::Reward;
use crate::{
    AppError, Shop,
    answer::{Record, RecordedStep},
    context::of_request,
    seen::{Seen, SeenAnswer, SeenItem},
};

/// The newest lists that are learned from.
const MOST_LISTS: usize = 50_000;

impl Shop {
    /// Constants and weights by what was taken of the lists shown since the model was fitted. `None`
    /// where there is too little of it.
    pub(super) fn refine(
        &self,
        served: &ModelVersion,
        seen: &Seen,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Option<Refined>, AppError> {
        let since = self.trained(served)?.as_of;
        let model = &self.model(served)?.model;
        let shown = self.shown(seen, model, since)?;
        if shown.is_empty() {
            return Ok(None);
        }
        let before = self.gather_as_of(since)?;
        Ok(signals::refine(model, &before.data, &shown, &self.config().signals, &progress)?)
    }

    /// Lists that came into view after a moment, with what became of them. Probes teach nothing, nor
    /// do shoppers who have switched profiling off.
    fn shown(
        &self,
        seen: &Seen,
        model: &Model,
        since: IngestId,
    ) -> Result<Vec<Impressions>, AppError> {
        let newest = self.state().newest()?;
        let reward = &self.config().optimise.reward;
        let mut numbers: FxHashMap<ShopperId, Option<u32>> = FxHashMap::default();
        let mut shown = VecDeque::new();
        let scan = |each: &mut Each<'_, Answer>| {
            self.state().scan_answers(since, IngestId(u128::MAX), each)
        };
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
                    let profiling = self.state().preferences(shopper, newest)?.profiling;
                    *new.insert(profiling.then_some(n))
                }
            };
            if let Some(shopper) = number {
                shown.push_back(as_shown(shopper, &record, seen, (model, reward)));
            }
            if shown.len() > MOST_LISTS {
                shown.pop_front();
            }
            Ok::<(), AppError>(())
        })?;
        Ok(shown.into())
    }
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
