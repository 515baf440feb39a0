//! Compares variants from the columns of any table: rows become units, units become arms.
//!
//! Nothing is guessed: a row without a value is left out and counted, never read as zero; a unit
//! seen in two variants is left out of both.

use std::collections::{BTreeMap, HashMap};

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::compare::{Arm, MetricKind, Report, Settings, compare};
use crate::cuped::Adjustment;
use crate::proportion::Proportion;
use crate::summary::{Moments, PairSummary};
use crate::{ExperimentError, ratio};

/// The columns of a table, row by row; `None` is an empty or unreadable cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Columns {
    /// Which variant the row's unit saw.
    pub variant: Vec<Option<String>>,
    /// The metric, or its numerator. Summed over the rows of a unit.
    pub metric: Vec<Option<f64>>,
    /// For a ratio: its denominator. Summed over the rows of a unit.
    pub denominator: Option<Vec<Option<f64>>>,
    /// The unit of the row; without it every row is a unit.
    pub unit: Option<Vec<Option<String>>>,
    /// Covariate of the unit from before the experiment; averaged over its rows.
    pub covariate: Option<Vec<Option<f64>>>,
}

/// Counts of rows and units left out, by cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LeftOut {
    /// Rows without a variant or a unit.
    pub rows_without_variant_or_unit: u64,
    /// Rows without a value of the metric (or of its denominator).
    pub rows_without_metric: u64,
    /// Units none of whose rows has a value of the metric; they count for the sample ratio.
    pub units_without_metric: u64,
    /// Units without a covariate; they count for the sample ratio.
    pub units_without_covariate: u64,
    /// Units that were in more than one variant.
    pub units_in_several_variants: u64,
}

/// A comparison, and the rows and units behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// The comparison.
    #[serde(flatten)]
    pub report: Report,
    /// Slope on the covariate, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theta: Option<Statistic<f64>>,
    /// Counts of rows and units left out.
    pub left_out: LeftOut,
}

/// One unit while its rows are being read.
#[derive(Debug, Clone, Default)]
struct Unit {
    variant: String,
    is_in_several: bool,
    n_values: u64,
    metric: f64,
    denominator: f64,
    n_covariates: u64,
    covariate: f64,
}

/// One unit that can be analysed.
#[derive(Debug, Clone, Copy)]
struct Complete {
    metric: f64,
    denominator: f64,
    covariate: f64,
}

/// One variant's units.
#[derive(Debug, Default)]
struct Group {
    n_assigned: u64,
    units: Vec<Complete>,
}

/// Compares every variant with `control`. `metric` is only a name for the report.
///
/// A metric that is 0 or 1 for every unit is a proportion; one with a denominator is a ratio;
/// with a covariate it is adjusted by CUPED.
///
/// # Errors
/// [`ExperimentError`] when columns differ in length, no unit is left, the control is missing or
/// alone, or the settings mean nothing.
pub fn analyse(
    columns: &Columns,
    metric: &str,
    control: &str,
    settings: &Settings,
) -> Result<Analysis, ExperimentError> {
    columns.validate()?;
    let mut left_out = LeftOut::default();
    let units = units(columns, &mut left_out);
    let mut groups = group(columns, units, &mut left_out);
    for (name, _) in &settings.weights {
        groups.entry(name.clone()).or_default();
    }
    if groups.is_empty() {
        return Err(ExperimentError::NoUnits);
    }
    let kind = kind(columns, &groups);
    let values: Vec<_> = groups.values().map(|group| values(kind, group)).collect();
    let (moments, theta) = moments(columns, kind, &values, &groups);
    let arms = groups.into_iter().zip(values).zip(moments);
    let arms: Vec<Arm> = arms
        .map(|(((name, group), values), moments)| Arm {
            name,
            n_assigned: group.n_assigned,
            n: group.units.len() as u64,
            mean: values.and_then(|values| mean(&values)),
            moments,
        })
        .collect();
    Ok(Analysis { report: compare(metric, kind, &arms, control, settings)?, theta, left_out })
}

impl LeftOut {
    /// Counts the rows and units that [`analyse`] leaves out, also where nothing is left to
    /// compare.
    ///
    /// # Errors
    /// [`ExperimentError::Ragged`] when columns differ in length.
    pub fn of(columns: &Columns) -> Result<Self, ExperimentError> {
        columns.validate()?;
        let mut left_out = Self::default();
        let units = units(columns, &mut left_out);
        group(columns, units, &mut left_out);
        Ok(left_out)
    }
}

impl Columns {
    fn validate(&self) -> Result<(), ExperimentError> {
        let n = self.variant.len();
        for (name, length) in [
            ("metric", Some(self.metric.len())),
            ("denominator", self.denominator.as_ref().map(Vec::len)),
            ("unit", self.unit.as_ref().map(Vec::len)),
            ("covariate", self.covariate.as_ref().map(Vec::len)),
        ] {
            if length.is_some_and(|length| length != n) {
                return Err(ExperimentError::Ragged(name));
            }
        }
        Ok(())
    }

    /// Metric and denominator of a row, where both are there.
    fn value(&self, row: usize) -> Option<(f64, f64)> {
        let denominator = match &self.denominator {
            Some(denominators) => denominators[row]?,
            None => 1.0,
        };
        Some((self.metric[row]?, denominator))
    }
}

/// Adds up the rows of each unit, in order of first appearance.
fn units(columns: &Columns, left_out: &mut LeftOut) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    for (row, variant) in columns.variant.iter().enumerate() {
        let name = match &columns.unit {
            Some(names) => names[row].as_deref().map(Some),
            None => Some(None),
        };
        let (Some(variant), Some(name)) = (variant, name) else {
            left_out.rows_without_variant_or_unit += 1;
            continue;
        };
        let next = units.len();
        let index = name.map_or(next, |name| *by_name.entry(name).or_insert(next));
        if index == next {
            units.push(Unit { variant: variant.clone(), ..Unit::default() });
        }
        let unit = &mut units[index];
        unit.is_in_several |= unit.variant != *variant;
        match columns.value(row) {
            Some((metric, denominator)) => {
                unit.n_values += 1;
                unit.metric += metric;
                unit.denominator += denominator;
            }
            None => left_out.rows_without_metric += 1,
        }
        if let Some(covariate) = columns.covariate.as_ref().and_then(|column| column[row]) {
            unit.n_covariates += 1;
            unit.covariate += covariate;
        }
    }
    units
}

fn group(columns: &Columns, units: Vec<Unit>, left_out: &mut LeftOut) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for unit in units {
        if unit.is_in_several {
            left_out.units_in_several_variants += 1;
            continue;
        }
        let group = groups.entry(unit.variant).or_default();
        group.n_assigned += 1;
        if unit.n_values == 0 {
            left_out.units_without_metric += 1;
        } else if columns.covariate.is_some() && unit.n_covariates == 0 {
            left_out.units_without_covariate += 1;
        } else {
            group.units.push(Complete {
                metric: unit.metric,
                denominator: unit.denominator,
                covariate: unit.covariate / unit.n_covariates.max(1) as f64,
            });
        }
    }
    groups
}

fn kind(columns: &Columns, groups: &BTreeMap<String, Group>) -> MetricKind {
    if columns.denominator.is_some() {
        return MetricKind::Ratio;
    }
    let mut units = groups.values().flat_map(|group| &group.units);
    let is_share =
        columns.covariate.is_none() && units.all(|unit| unit.metric == 0.0 || unit.metric == 1.0);
    if is_share { MetricKind::Proportion } else { MetricKind::Mean }
}

/// Moments of each group, in order, and θ where there is a covariate.
fn moments(
    columns: &Columns,
    kind: MetricKind,
    values: &[Statistic<Vec<f64>>],
    groups: &BTreeMap<String, Group>,
) -> (Vec<Statistic<Moments>>, Option<Statistic<f64>>) {
    if columns.covariate.is_some() {
        let (moments, theta) = adjusted(values, groups);
        return (moments, Some(theta));
    }
    let moments = values.iter().cloned().map(|values| match kind {
        MetricKind::Proportion => values.and_then(|values| share(&values).moments()),
        MetricKind::Mean | MetricKind::Ratio => values.and_then(|values| Moments::of(&values)),
    });
    (moments.collect(), None)
}

/// One value per unit whose mean is the group's metric.
fn values(kind: MetricKind, group: &Group) -> Statistic<Vec<f64>> {
    match kind {
        MetricKind::Ratio => {
            let pairs = group.units.iter().map(|unit| (unit.metric, unit.denominator));
            ratio::linearise(&pairs.collect::<Vec<_>>())
        }
        MetricKind::Mean | MetricKind::Proportion => {
            Statistic::Known(group.units.iter().map(|unit| unit.metric).collect())
        }
    }
}

fn mean(values: &[f64]) -> Statistic<f64> {
    if values.is_empty() {
        return Statistic::unknown("no unit has a value");
    }
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    Statistic::finite(mean, "the values are too large to sum")
}

fn share(values: &[f64]) -> Proportion {
    Proportion {
        n: values.len() as u64,
        successes: values.iter().filter(|value| **value == 1.0).count() as u64,
    }
}

/// CUPED with one slope for all groups; a group without values keeps its reason.
fn adjusted(
    values: &[Statistic<Vec<f64>>],
    groups: &BTreeMap<String, Group>,
) -> (Vec<Statistic<Moments>>, Statistic<f64>) {
    let summaries: Vec<Statistic<PairSummary>> = values
        .iter()
        .zip(groups.values())
        .map(|(values, group)| {
            let covariates = group.units.iter().map(|unit| unit.covariate);
            let pairs = |values: Vec<f64>| values.into_iter().zip(covariates).collect::<Vec<_>>();
            values.clone().map(|values| PairSummary::of(&pairs(values)))
        })
        .collect();
    let known: Vec<PairSummary> = summaries.iter().filter_map(Statistic::known).copied().collect();
    let fitted = Adjustment::fit(&known);
    let moments = summaries.into_iter().map(|summary| {
        summary.and_then(|arm| fitted.clone().and_then(|adjustment| adjustment.apply(&arm)))
    });
    (moments.collect(), fitted.clone().map(|adjustment| adjustment.theta))
}

#[cfg(test)]
mod tests;
