//! Whether the loop pays: true utility of those who get what it learns, beside those for whom
//! everything stays as it was.

use std::collections::BTreeMap;

use domain::Statistic;
use experiments::effect::{Effect, Estimate, Scale};
use experiments::{Moments, welch};
use serde::Serialize;

use super::visits::{Group, Logged};
use crate::AppError;
use crate::Shop;
use crate::optimise::Decision;

/// Days of one month.
const MONTH: i64 = 30;
/// Decisions listed.
const LISTED: usize = 100;

/// What the loop did, and what it was worth.
#[derive(Debug, Clone, Serialize)]
pub struct Learning {
    /// True utility by month.
    pub months: Vec<Month>,
    /// Decisions about models, oldest first.
    pub decisions: Vec<Decision>,
}

/// True utility per visit in one month; shoppers are the units.
#[derive(Debug, Clone, Serialize)]
pub struct Month {
    /// From 1.
    pub month: i64,
    /// Of those for whom nothing was learned.
    pub frozen: Statistic<Moments>,
    /// Of those who get what was learned.
    pub learning: Statistic<Moments>,
    /// The second minus the first, with its 95 % interval.
    pub difference: Statistic<Estimate>,
}

pub(super) fn collect(shop: &Shop, logged: &Logged) -> Result<Learning, AppError> {
    let n_months = logged.visits.iter().map(|visit| visit.day / MONTH + 1).max().unwrap_or(0);
    let mut decisions = shop.model_decisions(LISTED)?;
    decisions.reverse();
    Ok(Learning {
        months: (1..=n_months).map(|month| of_month(logged, month)).collect(),
        decisions,
    })
}

fn of_month(logged: &Logged, month: i64) -> Month {
    let of = |group| {
        let mut by_shopper: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
        let visits = logged.visits.iter();
        for visit in visits.filter(|v| v.group == group && v.day / MONTH + 1 == month) {
            let (sum, n) = by_shopper.entry(visit.shopper).or_default();
            (*sum, *n) = (*sum + visit.value, *n + 1.0);
        }
        let means: Vec<f64> = by_shopper.into_values().map(|(sum, n)| sum / n).collect();
        Moments::of(&means)
    };
    let (frozen, learning) = (of(Group::Frozen), of(Group::Learning));
    let difference = frozen.clone().and_then(|control| {
        learning.clone().and_then(|treatment| {
            let effect = Effect::between(&control, &treatment, Scale::Absolute);
            effect.map(|effect| welch::test(&effect, 0.05))
        })
    });
    Month { month, frozen, learning, difference }
}
