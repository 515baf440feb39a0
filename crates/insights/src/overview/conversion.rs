//! Who buys, day by day: everybody, and the arms of each experiment that runs.

use experimentation::survey::SurveyConfig;
use std::collections::BTreeMap;

use domain::time::DAY_MS;
use domain::{EventKind, EventTime, IngestId, ShopperId, StoredEvent, Timestamp};
use store::{Assigned, every};

use crate::report_cache::Counter;
use shop::{Shop, ShopError};

/// Days that conversion is told of, up to the latest event.
const DAYS: i64 = 60;

/// Who buys, day by day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Conversion {
    /// The day of the latest event; missing where no event has a time.
    pub until: Option<Timestamp>,
    /// Fewest shoppers of a day that is told of.
    pub min_shoppers: usize,
    /// Everybody.
    pub everybody: Vec<Day>,
    /// By experiment that runs, in the order in which they began, and by variant; from each
    /// shopper's assignment on. An experiment whose days all have too few shoppers has no variants.
    pub by_experiment: Vec<(String, BTreeMap<String, Vec<Day>>)>,
}

/// One day with enough shoppers to be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Days before the latest one, 0 or less.
    pub before: i64,
    /// Shoppers who did anything.
    pub n_shoppers: u64,
    /// Those of them who bought something.
    pub n_bought: u64,
}

impl Day {
    /// Share of the shoppers who bought.
    #[must_use]
    pub fn share(self) -> f64 {
        self.n_bought as f64 / self.n_shoppers as f64
    }
}

pub(super) fn read(
    shop: &Shop,
    latest: Option<Timestamp>,
    counter: &Counter,
) -> Result<Conversion, ShopError> {
    let Some(until) = latest else { return Ok(Conversion::default()) };
    let state = shop.state();
    counter.expect(state.counts()?.events);
    let assignments = Assignments::read(shop)?;
    let mut counted = Counted { until: day(until), ..Counted::default() };
    state.scan_events(
        IngestId(u128::MAX),
        &mut every(|event: StoredEvent| {
            counter.add_one();
            let Some(at) = EventTime::instant(event.time) else { return };
            let arms = assignments.arms_of(event.shopper, event.id);
            counted.add(event.shopper, day(at), event.kind, arms);
        }),
    )?;
    let min_shoppers = shop.config::<SurveyConfig>().min_group;
    let (everybody, mut by_arm) = counted.days(min_shoppers);
    let mut by_experiment: Vec<_> =
        assignments.experiments.iter().map(|name| (name.clone(), BTreeMap::new())).collect();
    for (arm, (experiment, variant)) in assignments.arms.into_iter().enumerate() {
        let days = by_arm.remove(&arm);
        by_experiment[experiment].1.extend(days.map(|days| (variant, days)));
    }
    Ok(Conversion { until: Some(until), min_shoppers, everybody, by_experiment })
}

/// The arms of everybody who is in an experiment that runs.
#[derive(Debug, Default)]
struct Assignments {
    experiments: Vec<String>,
    /// Which experiment, and the variant.
    arms: Vec<(usize, String)>,
    /// By shopper: since when, and in which arm.
    of: Vec<(ShopperId, IngestId, usize)>,
}

impl Assignments {
    fn read(shop: &Shop) -> Result<Self, ShopError> {
        let mut assignments = Self::default();
        for definition in
            experimentation::experiment::all(shop)?.into_iter().filter(|one| !one.stopped)
        {
            let experiment = assignments.experiments.len();
            shop.state().scan_assignments(
                &definition.name,
                &mut every(|one: Assigned| {
                    let arm = assignments.arm(experiment, &one.variant);
                    assignments.of.push((one.shopper, one.id, arm));
                }),
            )?;
            assignments.experiments.push(definition.name);
        }
        assignments.of.sort_unstable();
        Ok(assignments)
    }

    fn arm(&mut self, experiment: usize, variant: &str) -> usize {
        let is_it = |(of, name): &(usize, String)| *of == experiment && name == variant;
        self.arms.iter().position(is_it).unwrap_or_else(|| {
            self.arms.push((experiment, variant.to_owned()));
            self.arms.len() - 1
        })
    }

    /// The arms that a shopper was in when something was taken in.
    fn arms_of(&self, shopper: ShopperId, id: IngestId) -> impl Iterator<Item = usize> {
        let from = self.of.partition_point(|(of, ..)| *of < shopper);
        let own = self.of[from..].iter().take_while(move |(of, ..)| *of == shopper);
        own.filter(move |(_, since, _)| id > *since).map(|(.., arm)| *arm)
    }
}

fn day(at: Timestamp) -> i64 {
    at.0.div_euclid(DAY_MS)
}

/// Shoppers and buyers by day. A log is read shopper by shopper, so that it takes only the current
/// one's days to count everybody once.
#[derive(Debug, Default)]
struct Counted {
    until: i64,
    shopper: Option<ShopperId>,
    /// Of the current shopper, by day and arm: whether they bought.
    current: BTreeMap<(i64, Option<usize>), bool>,
    n: BTreeMap<(Option<usize>, i64), (u64, u64)>,
}

impl Counted {
    fn add(
        &mut self,
        shopper: ShopperId,
        day: i64,
        kind: EventKind,
        arms: impl Iterator<Item = usize>,
    ) {
        if !kind.is_interaction() || day <= self.until - DAYS {
            return;
        }
        if self.shopper != Some(shopper) {
            self.finish();
            self.shopper = Some(shopper);
        }
        let bought = kind == EventKind::Purchase;
        for arm in std::iter::once(None).chain(arms.map(Some)) {
            *self.current.entry((day, arm)).or_default() |= bought;
        }
    }

    fn finish(&mut self) {
        for ((day, arm), bought) in std::mem::take(&mut self.current) {
            let (n_shoppers, n_bought) = self.n.entry((arm, day)).or_default();
            *n_shoppers += 1;
            *n_bought += u64::from(bought);
        }
    }

    fn days(mut self, least: usize) -> (Vec<Day>, BTreeMap<usize, Vec<Day>>) {
        self.finish();
        let (mut everybody, mut by_arm) = (Vec::new(), BTreeMap::<usize, Vec<Day>>::new());
        for ((arm, day), (n_shoppers, n_bought)) in self.n {
            if n_shoppers < least as u64 {
                continue;
            }
            let day = Day { before: day - self.until, n_shoppers, n_bought };
            match arm {
                None => everybody.push(day),
                Some(arm) => by_arm.entry(arm).or_default().push(day),
            }
        }
        (everybody, by_arm)
    }
}

#[cfg(test)]
mod tests;
