//! Demand through the recorded time: seasons, festivals, trends, and the habits of one shopper.

use domain::Timestamp;
use domain::time::DAY_MS;

use crate::ShopConfig;
use crate::chance::{Chance, Stage};
use crate::grammar::Grammar;
use crate::taste::Taste;

const HOUR_MS: i64 = 3_600_000;

/// One day of the shop.
struct Day {
    /// How busy it is beside other days.
    traffic: f64,
    /// How much presents are on people's minds.
    gifts: f64,
    /// Demand for each narrow category beside its yearly mean.
    demand: Vec<f64>,
}

/// Every recorded day, oldest first.
pub(crate) struct Calendar {
    now: Timestamp,
    days: Vec<Day>,
}

impl Calendar {
    /// Works out the demand of each day.
    pub(crate) fn new(config: &ShopConfig, grammar: &Grammar) -> Self {
        let mut chance = Chance::new(config.seed, Stage::Catalogue, 1);
        let trends: Vec<f64> = grammar.narrows.iter().map(|_| 0.35 * chance.normal()).collect();
        let n_days = ShopConfig::N_DAYS;
        let day = |i: usize| {
            let start = Timestamp(config.now.0 - (n_days - i) as i64 * DAY_MS);
            let progress = i as f64 / n_days as f64 - 0.5;
            new_day(start, progress, grammar, &trends)
        };
        Self { now: config.now, days: (0..n_days).map(day).collect() }
    }

    /// Position of the day that holds `ms`, from 0.
    fn index(&self, ms: i64) -> usize {
        let back = (self.now.0 - ms).max(0) / DAY_MS;
        self.days.len().saturating_sub(1 + back as usize)
    }

    /// Demand for each narrow category on the day of `ms`.
    pub(crate) fn demand(&self, ms: i64) -> &[f64] {
        &self.days[self.index(ms)].demand
    }

    /// How much presents are on people's minds on the day of `ms`; 1 is usual.
    pub(crate) fn gifts(&self, ms: i64) -> f64 {
        self.days[self.index(ms)].gifts
    }

    /// How far the recorded time has gone at `ms`: −0.5 at its beginning, 0.5 at its end.
    pub(crate) fn progress(&self, ms: i64) -> f64 {
        self.index(ms) as f64 / self.days.len() as f64 - 0.5
    }

    /// When one shopper comes by: `n` visits by their habits, oldest first, all before `now`.
    pub(crate) fn visits(&self, taste: &Taste, n: usize, chance: &mut Chance) -> Vec<i64> {
        let zone_ms = i64::from(taste.zone_minutes) * 60_000;
        let today = (self.now.0 + zone_ms).div_euclid(DAY_MS);
        let first = if chance.hit(0.5) { 0 } else { chance.below(self.days.len() * 5 / 6) };
        let back = |i: usize| (self.days.len() - i) as i64;
        let weights: Vec<f64> = (0..self.days.len())
            .map(|i| match (i >= first, is_weekend(today - back(i))) {
                (false, _) => 0.0,
                (true, true) => self.days[i].traffic * taste.weekend,
                (true, false) => self.days[i].traffic,
            })
            .collect();
        let mut visits: Vec<i64> = (0..n)
            .map(|_| {
                let day = today - back(chance.weighted(&weights).unwrap_or(first));
                day * DAY_MS + time_of_day(taste, chance) - zone_ms
            })
            .collect();
        visits.sort_unstable();
        visits
    }
}

/// Saturday or Sunday, by days since 1970-01-01 (a Thursday).
fn is_weekend(days: i64) -> bool {
    (days + 3).rem_euclid(7) >= 5
}

fn time_of_day(taste: &Taste, chance: &mut Chance) -> i64 {
    let daypart = chance.weighted(&taste.dayparts).unwrap_or(3) as i64;
    let within = match daypart {
        0 => 3.0 * chance.unit() * chance.unit() * 2.0, // mostly soon after midnight
        1 => 6.0 - 4.5 * chance.unit() * chance.unit(), // mostly late in the morning
        _ => 6.0 * chance.unit(),
    };
    (daypart * 6 * HOUR_MS + (within * HOUR_MS as f64) as i64).min(DAY_MS - HOUR_MS / 2)
}

fn new_day(start: Timestamp, progress: f64, grammar: &Grammar, trends: &[f64]) -> Day {
    let (month, day) = month_and_day(start);
    let at = month + (day - 15.0) / 30.0;
    let season =
        |peak: f64, strength: f64| strength * (std::f64::consts::TAU * (at - peak) / 12.0).cos();
    let demand = grammar
        .narrows
        .iter()
        .zip(trends)
        .map(|(narrow, trend)| {
            let season = narrow.peak.map_or(0.0, |(peak, strength)| season(peak, strength));
            (season + trend * progress).exp()
        })
        .collect();
    let date = month * 100.0 + day;
    Day {
        traffic: match date {
            d if (601.0..=618.0).contains(&d) => 1.5,   // mid-year sale
            d if (1020.0..=1111.0).contains(&d) => 1.4, // autumn sale
            _ => 1.0,
        },
        gifts: match date {
            d if (905.0..=1003.0).contains(&d) => 2.5, // Mid-Autumn, about
            d if (1210.0..=1231.0).contains(&d) => 2.5,
            _ => 1.0,
        },
        demand,
    }
}

/// Month 1–12 and day 1–31 of a UTC date.
fn month_and_day(at: Timestamp) -> (f64, f64) {
    let date = at.date();
    let mut parts = date.rsplit('-').filter_map(|part| part.parse().ok());
    let day = parts.next().unwrap_or(1.0);
    (parts.next().unwrap_or(1.0), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flasks_sell_in_winter_and_sunscreen_in_summer() {
        let grammar = Grammar::embedded();
        let calendar = Calendar::new(&ShopConfig::default(), &grammar);
        let ratio = |key: &str| {
            let at = grammar.narrow_idx(key).unwrap();
            let july = Timestamp::parse("2026-07-10").unwrap().0;
            let october = Timestamp::parse("2026-10-28").unwrap().0;
            calendar.demand(october)[at] / calendar.demand(july)[at]
        };
        assert!(ratio("thermos") > 2.0 && ratio("sunscreen") < 0.6);
    }

    #[test]
    fn the_first_of_november_2026_is_a_sunday() {
        assert!(is_weekend(20_758) && !is_weekend(20_759));
        let now = ShopConfig::default().now.0;
        assert_eq!(now / DAY_MS, 20_758);
        assert_eq!(month_and_day(Timestamp(now)), (11.0, 1.0));
    }
}
