//! Whether the loop pays: true utility of those who get what it learns, beside what the frozen
//! beginning would have given the same shoppers at the same moments, and beside the shoppers who get
//! that.

use std::collections::BTreeMap;

use domain::Statistic;
use experimentation::optimise::TrialState;
use experiments::effect::{Effect, Estimate, Scale};
use experiments::{Moments, welch};
use serde::Serialize;
use shop::{Shop, ShopError};

use crate::visits::{Group, Logged, Visit};

/// Days of one month.
const MONTH: i64 = 30;
/// Decisions listed.
const LISTED: usize = 100;

/// What the loop did, and what it was worth.
#[derive(Debug, Clone, Serialize)]
pub struct Learning {
    /// True utility by month.
    pub months: Vec<Month>,
    /// The same over all months after the first, in which there is little to learn from.
    pub later: Month,
    /// Decisions about models, oldest first.
    pub decisions: Vec<Decided>,
}

/// One decision about a model. Versions are left out: they are made of clock and chance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decided {
    /// Number of the trial, from 1; 0 of a model that did not come to it.
    pub trial: u32,
    /// What was decided.
    pub state: TrialState,
    /// Why.
    pub why: String,
}

/// True utility in one stretch of time; shoppers are the units.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// From 1; 0 of more than one.
    pub month: i64,
    /// Of what comes of a visit: the same shoppers at the same moments, beside what the frozen
    /// beginning would have given them.
    pub visit: Compared,
    /// Of an item shown, likewise.
    pub item: Compared,
    /// Of what comes of a visit, beside other shoppers, who get the frozen beginning.
    pub groups: Compared,
}

/// Those for whom nothing is learned, and those who get what is.
#[derive(Debug, Clone, Serialize)]
pub struct Compared {
    /// Mean of the first.
    pub frozen: Statistic<f64>,
    /// Mean of the second.
    pub learning: Statistic<f64>,
    /// The second minus the first, with its 95 % interval.
    pub difference: Statistic<Estimate>,
}

pub(crate) fn collect(shop: &Shop, logged: &Logged) -> Result<Learning, ShopError> {
    let month = |visit: &Visit| visit.day / MONTH + 1;
    let n_months = logged.visits.iter().map(month).max().unwrap_or(0);
    let of = |month, visits: Vec<&Visit>| Month {
        month,
        visit: paired(&visits, |visit| Some((visit.instead?.visit, visit.worth.visit))),
        item: paired(&visits, |visit| Some((visit.instead?.item, visit.worth.item))),
        groups: compared(&visits, |visit| visit.worth.visit),
    };
    let of_month = |n| of(n, logged.visits.iter().filter(|visit| month(visit) == n).collect());
    let decisions = experimentation::optimise::decisions(shop, LISTED)?.into_iter().rev();
    let decided = |decision: experimentation::optimise::Decision| Decided {
        trial: decision.trial,
        state: decision.state,
        why: decision.why,
    };
    Ok(Learning {
        months: (1..=n_months).map(of_month).collect(),
        later: of(0, logged.visits.iter().filter(|visit| month(visit) > 1).collect()),
        decisions: decisions.map(decided).collect(),
    })
}

/// Each shopper's mean; `None` where a visit has no such number.
fn by_shopper<'a>(
    visits: impl Iterator<Item = &'a Visit>,
    of: impl Fn(&Visit) -> Option<f64>,
) -> Statistic<Moments> {
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (visit, value) in visits.filter_map(|visit| Some((visit, of(visit)?))) {
        let (sum, n) = sums.entry(visit.shopper).or_default();
        (*sum, *n) = (*sum + value, *n + 1.0);
    }
    let means: Vec<f64> = sums.into_values().map(|(sum, n)| sum / n).collect();
    Moments::of(&means)
}

fn paired(visits: &[&Visit], both: impl Fn(&Visit) -> Option<(f64, f64)>) -> Compared {
    let of = |value: &dyn Fn(f64, f64) -> f64| {
        by_shopper(visits.iter().copied(), |visit| {
            both(visit).map(|(before, now)| value(before, now))
        })
    };
    let difference = of(&|before, now| now - before).and_then(|moments| {
        let (estimate, se) = (moments.mean, moments.squared_error().sqrt());
        if se <= 0.0 {
            return Statistic::unknown("both showed the same to everyone");
        }
        let (n_total, degrees_of_freedom) = (moments.n, moments.n as f64 - 1.0);
        let effect = Effect { estimate, se, degrees_of_freedom, n_total };
        Statistic::Known(welch::test(&effect, 0.05))
    });
    let mean = |moments: Moments| moments.mean;
    Compared {
        frozen: of(&|before, _| before).map(mean),
        learning: of(&|_, now| now).map(mean),
        difference,
    }
}

fn compared(visits: &[&Visit], of: impl Fn(&Visit) -> f64) -> Compared {
    let of_group = |group| {
        by_shopper(visits.iter().copied().filter(|visit| visit.group == group), |v| Some(of(v)))
    };
    let (frozen, learning) = (of_group(Group::Frozen), of_group(Group::Learning));
    let difference = frozen.clone().and_then(|control| {
        learning.clone().and_then(|treatment| {
            let effect = Effect::between(&control, &treatment, Scale::Absolute);
            effect.map(|effect| welch::test(&effect, 0.05))
        })
    });
    let mean = |moments: Moments| moments.mean;
    Compared { frozen: frozen.map(mean), learning: learning.map(mean), difference }
}
