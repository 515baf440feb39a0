//! Planted errors of an experiment: who accepted them, and whether more trust came with that.
//!
//! Shoppers are the units: whoever accepts ten errors is one who accepts errors.

use std::collections::{BTreeMap, BTreeSet};

use domain::{ShopperId, Statistic};
use experiments::clustered::{Cluster, Clustered, Level, Looks, difference};
use serde::Serialize;
use trust::overtrust::{Bounded, Detection, ErrorDifference, Judgement, Trials, judge};

use super::MetricResult;
use crate::definition::Definition;
use crate::experiment::{Observed, TrialsByShopper};
use crate::metric::Metric;
use answers::answer::PlantedError;

/// What planted errors showed of one variant.
#[derive(Debug, Clone, Serialize)]
pub struct PlantedResult {
    /// Shoppers who saw any.
    pub n_shoppers: u64,
    /// The counts.
    #[serde(flatten)]
    pub trials: Trials,
    /// How well wrong was told from right.
    pub detection: Statistic<Detection>,
}

/// By treatment, whether its trust was earned.
pub(super) fn over_trust(
    definition: &Definition,
    observed: &Observed,
    metrics: &[MetricResult],
    (margin, alpha): (f64, f64),
) -> BTreeMap<String, Statistic<Judgement>> {
    let trust = metrics.iter().find(|metric| metric.name == Metric::Trust.name());
    let treatments = definition.variants.iter().filter(|v| v.name != definition.control);
    let judged = treatments.map(|variant| {
        let difference = trust.and_then(|metric| metric.of(&variant.name));
        let bounded = match difference.and_then(|found| found.sequential_absolute.known()) {
            Some(known) => Bounded { estimate: known.estimate, ci: known.ci },
            // Without answers trust is not shown to be up, and acceptance of errors still judged.
            None => Bounded { estimate: 0.0, ci: [-100.0, 100.0] },
        };
        let arms = comparable(observed, &definition.control, &variant.name);
        let errors = errors(&arms, alpha, definition.planned_n);
        (variant.name.clone(), errors.and_then(|errors| judge(&bounded, &errors, margin)))
    });
    judged.collect()
}

/// How much more errors the second arm accepts.
fn errors(
    [control, treatment]: &[Clustered; 2],
    alpha: f64,
    planned_n: f64,
) -> Statistic<ErrorDifference> {
    if control.n == 0 || treatment.n == 0 {
        return Statistic::unknown("no planted error was seen in both arms");
    }
    let at = |looks| {
        let difference = difference(control, treatment, Level { alpha, looks });
        difference.map(|found| Bounded { estimate: found.estimate, ci: found.ci })
    };
    at(Looks::One).and_then(|now| {
        at(Looks::Every { planned_n }).map(|at_every_look| ErrorDifference { now, at_every_look })
    })
}

/// What planted errors showed of each variant.
pub(super) fn planted(
    observed: &Observed,
) -> BTreeMap<String, BTreeMap<PlantedError, PlantedResult>> {
    let result = |by_shopper: &TrialsByShopper| {
        let trials = by_shopper.values().fold(Trials::default(), |sum, trials| sum.plus(*trials));
        PlantedResult {
            n_shoppers: n_shown_errors(by_shopper),
            trials,
            detection: trials.detection(),
        }
    };
    let results = |sorts: &BTreeMap<PlantedError, TrialsByShopper>| {
        let seen = sorts.iter().filter(|(_, by_shopper)| n_shown_errors(by_shopper) > 0);
        seen.map(|(what, by_shopper)| (*what, result(by_shopper))).collect::<BTreeMap<_, _>>()
    };
    let results = observed.planted.iter().map(|(variant, sorts)| (variant.clone(), results(sorts)));
    results.filter(|(_, sorts)| !sorts.is_empty()).collect()
}

/// Shoppers who saw anything wrong.
fn n_shown_errors(by_shopper: &TrialsByShopper) -> u64 {
    by_shopper.values().filter(|trials| trials.n_wrong > 0).count() as u64
}

/// What the shoppers of two arms accepted of the sorts of error that both were shown.
fn comparable(observed: &Observed, a: &str, b: &str) -> [Clustered; 2] {
    let sorts = |variant: &str| observed.planted.get(variant).into_iter().flatten();
    let shown = |variant: &str| -> BTreeSet<PlantedError> {
        let shown = sorts(variant).filter(|(_, by_shopper)| n_shown_errors(by_shopper) > 0);
        shown.map(|(what, _)| *what).collect()
    };
    let both = &shown(a) & &shown(b);
    [a, b].map(|variant| {
        let mut by_shopper: BTreeMap<ShopperId, Trials> = BTreeMap::new();
        for (_, of_sort) in sorts(variant).filter(|(what, _)| both.contains(what)) {
            for (shopper, trials) in of_sort {
                let sum = by_shopper.entry(*shopper).or_default();
                *sum = sum.plus(*trials);
            }
        }
        let wrong =
            |trials: &Trials| Cluster { n: trials.n_wrong, successes: trials.wrong_accepted };
        Clustered::of(by_shopper.values().map(wrong))
    })
}
