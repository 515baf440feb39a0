//! A shop at a glance: how well its model ranks, how content and trusting those are who were asked,
//! and how many of its shoppers buy.
//!
//! Responsible for leaving out groups in which somebody could be recognised. Refuses to mix what was
//! answered with what was done.

use std::collections::BTreeMap;

use domain::time::DAY_MS;
use domain::{EventKind, EventTime, IngestId, ShopperId, Statistic, Timestamp};
use trust::score::Scores;

use crate::survey::{Respondents, Satisfaction};
use crate::{AppError, Live, Trained};

/// Days that conversion is told of, up to the latest event.
const DAYS: i64 = 60;

/// A shop at a glance.
#[derive(Debug)]
pub struct Overview {
    /// What was measured when the model in use was trained; missing before the first training.
    pub trained: Option<Trained>,
    /// How satisfied those are who were asked; unknown where they are too few.
    pub satisfaction: Statistic<Satisfaction>,
    /// Trust, by dimension and overall.
    pub trust: Scores,
    /// Who buys, day by day.
    pub conversion: Conversion,
}

/// Who buys, day by day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Conversion {
    /// The day of the latest event; missing where no event has a time.
    pub until: Option<Timestamp>,
    /// Fewest shoppers of a day that is told of.
    pub min_shoppers: usize,
    /// Everybody.
    pub everybody: Vec<Day>,
    /// By variant, where an experiment runs; from each shopper's assignment on.
    pub by_variant: BTreeMap<String, Vec<Day>>,
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

impl Live {
    /// The shop at a glance. Reads the log and the questionnaires once.
    ///
    /// # Errors
    /// What the store says.
    pub fn overview(&self) -> Result<Overview, AppError> {
        let trained = match self.model() {
            Ok(model) => Some(self.shop().trained(&model.version)?),
            Err(_) => None,
        };
        Ok(Overview {
            trained,
            satisfaction: self.satisfaction()?,
            trust: self.shop().questionnaired()?.scores,
            conversion: self.conversion()?,
        })
    }

    fn satisfaction(&self) -> Result<Statistic<Satisfaction>, AppError> {
        let read = Respondents::read(self.shop())?;
        let mut of = Satisfaction::default();
        read.latest().filter_map(|person| person.satisfaction).for_each(|mean| of.count(mean));
        let least = self.config().surveys.min_group;
        Ok(match of.n < least as u64 {
            true => Statistic::unknown(format!("fewer than {least} people answered")),
            false => Statistic::Known(of),
        })
    }

    fn conversion(&self) -> Result<Conversion, AppError> {
        let until = self.tally().latest();
        let Some(until) = until else { return Ok(Conversion::default()) };
        let assigned = self.assigned_now()?;
        let mut counted = Counted { until: day(until), ..Counted::default() };
        self.shop().state().scan_events(IngestId(u128::MAX), &mut |event| {
            let Some(at) = EventTime::instant(event.time) else { return };
            let since = assigned.get(&event.shopper).filter(|(_, since)| event.id > *since);
            let variant = since.map(|(variant, _)| variant.as_str());
            counted.add(event.shopper, day(at), event.kind, variant);
        })?;
        let min_shoppers = self.config().surveys.min_group;
        let (everybody, by_variant) = counted.days(min_shoppers);
        Ok(Conversion { until: Some(until), min_shoppers, everybody, by_variant })
    }

    /// The variant of each shopper in the experiment that runs, and since when.
    fn assigned_now(&self) -> Result<BTreeMap<ShopperId, (String, IngestId)>, AppError> {
        let mut assigned = BTreeMap::new();
        if let Some(experiment) = self.running_experiment() {
            self.shop().state().scan_assignments(&experiment, &mut |one| {
                assigned.insert(one.shopper, (format!("{experiment}/{}", one.variant), one.id));
            })?;
        }
        Ok(assigned)
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
    /// Of the current shopper, by day: whether they bought, under which variant.
    current: BTreeMap<(i64, Option<String>), bool>,
    n: BTreeMap<(Option<String>, i64), (u64, u64)>,
}

impl Counted {
    fn add(&mut self, shopper: ShopperId, day: i64, kind: EventKind, variant: Option<&str>) {
        if !kind.is_deed() || day <= self.until - DAYS {
            return;
        }
        if self.shopper != Some(shopper) {
            self.finish();
            self.shopper = Some(shopper);
        }
        let bought = kind == EventKind::Purchase;
        *self.current.entry((day, None)).or_default() |= bought;
        if let Some(variant) = variant {
            *self.current.entry((day, Some(variant.to_owned()))).or_default() |= bought;
        }
    }

    fn finish(&mut self) {
        for ((day, variant), bought) in std::mem::take(&mut self.current) {
            let (n_shoppers, n_bought) = self.n.entry((variant, day)).or_default();
            *n_shoppers += 1;
            *n_bought += u64::from(bought);
        }
    }

    fn days(mut self, least: usize) -> (Vec<Day>, BTreeMap<String, Vec<Day>>) {
        self.finish();
        let (mut everybody, mut by_variant) = (Vec::new(), BTreeMap::<String, Vec<Day>>::new());
        for ((variant, day), (n_shoppers, n_bought)) in self.n {
            if n_shoppers < least as u64 {
                continue;
            }
            let day = Day { before: day - self.until, n_shoppers, n_bought };
            match variant {
                None => everybody.push(day),
                Some(variant) => by_variant.entry(variant).or_default().push(day),
            }
        }
        (everybody, by_variant)
    }
}

#[cfg(test)]
mod tests;
