//! Compares the arms of an experiment in one metric: every estimate, interval and p-value.

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::bayesian::{self, Posterior, Prior};
use crate::effect::{Effect, Estimate, Scale};
use crate::srm::{self, SampleRatio};
use crate::summary::Moments;
use crate::{ExperimentError, multiple, sequential, welch};

/// One arm's part of a metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// The variant's name.
    pub name: String,
    /// Units assigned to it, whether or not they have a value of the metric.
    pub n_assigned: u64,
    /// Units with a value.
    pub n: u64,
    /// Mean (share, ratio) of those as it was observed.
    pub mean: Statistic<f64>,
    /// Mean and variance to compare, from [`crate::Summary`], [`crate::proportion`],
    /// [`crate::ratio`], or [`crate::cuped`], which moves the mean.
    pub moments: Statistic<Moments>,
}

/// Level, prior and plan of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Level of tests; intervals are at 1 − alpha.
    pub alpha: f64,
    /// Units of both arms near which the sequential interval is narrowest.
    pub planned_n: f64,
    /// Belief about the relative difference before the data.
    pub prior: Prior,
    /// Planned weights by variant; empty means equal shares.
    pub weights: Vec<(String, f64)>,
}

/// The kind of value that a metric has per unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MetricKind {
    /// An amount.
    Mean,
    /// Yes or no.
    Proportion,
    /// A numerator over a denominator.
    Ratio,
}

/// Every comparison of one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The metric's name.
    pub metric: String,
    /// How its variance was taken.
    pub kind: MetricKind,
    /// Level of tests.
    pub alpha: f64,
    /// Units of both arms near which the sequential interval is narrowest.
    pub planned_n: f64,
    /// Whether the arms got the planned shares.
    pub srm: Statistic<SampleRatio>,
    /// Each treatment against the control.
    pub comparisons: Vec<Comparison>,
}

/// One treatment against the control.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The control variant.
    pub control: String,
    /// The other one.
    pub treatment: String,
    /// Units of the control with a value.
    pub n_control: u64,
    /// Units of the treatment with a value.
    pub n_treatment: u64,
    /// Control mean (share, ratio), as observed: an adjusted mean serves differences only.
    pub mean_control: Statistic<f64>,
    /// Treatment mean (share, ratio), as observed.
    pub mean_treatment: Statistic<f64>,
    /// Difference, for one look at the planned end.
    pub absolute: Statistic<Estimate>,
    /// Relative difference, for one look at the planned end.
    pub relative: Statistic<Estimate>,
    /// Relative difference, valid at every look.
    pub sequential: Statistic<Estimate>,
    /// Difference, valid at every look.
    pub sequential_absolute: Statistic<Estimate>,
    /// Posterior of the relative difference.
    pub bayesian: Statistic<Posterior>,
    /// The absolute difference's p-value, adjusted by Holm for the number of treatments.
    pub p_holm: Statistic<f64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { alpha: 0.05, planned_n: 5_000.0, prior: Prior::Flat, weights: Vec::new() }
    }
}

impl Settings {
    fn validate(&self) -> Result<(), ExperimentError> {
        if !(self.alpha > 0.0 && self.alpha < 1.0) {
            return Err(ExperimentError::Setting {
                name: "alpha",
                value: self.alpha,
                allowed: "between 0 and 1",
            });
        }
        if !(self.planned_n > 0.0 && self.planned_n.is_finite()) {
            return Err(ExperimentError::Setting {
                name: "the planned number of units",
                value: self.planned_n,
                allowed: "above zero",
            });
        }
        Ok(())
    }
}

/// Compares every other arm with `control`.
///
/// # Errors
/// [`ExperimentError`] when the control is missing, is the only arm, or the settings mean nothing.
/// A statistic that cannot be computed from the data is no error; its reason stands in the report.
///
/// ```
/// use experiments::{Arm, MetricKind, Settings, Summary, compare};
/// let arm = |name: &str, n, sum, sum_of_squares| Arm {
///     name: name.to_owned(),
///     n_assigned: n,
///     n,
///     mean: domain::Statistic::Known(sum / n as f64),
///     moments: Summary { n, sum, sum_of_squares }.moments(),
/// };
/// let arms = [arm("a", 3407, 1396.87, 52377.9767), arm("b", 3461, 2422.7, 134698.29)];
/// let report = compare("revenue", MetricKind::Mean, &arms, "a", &Settings::default())?;
/// let absolute = report.comparisons[0].absolute.known().unwrap();
/// assert!((absolute.estimate - 0.29).abs() < 5e-6 && (absolute.se - 0.12478).abs() < 5e-6);
/// assert!((absolute.ci[0] - 0.04538).abs() < 5e-6 && (absolute.ci[1] - 0.53462).abs() < 5e-6);
/// assert!((absolute.p - 0.02016).abs() < 5e-6);
/// let relative = report.comparisons[0].relative.known().unwrap();
/// assert!((relative.ci[0] + 0.03526).abs() < 5e-6 && (relative.ci[1] - 1.44989).abs() < 5e-6);
/// assert!((relative.p - 0.06191).abs() < 5e-6);
/// # Ok::<(), experiments::ExperimentError>(())
/// ```
pub fn compare(
    metric: &str,
    kind: MetricKind,
    arms: &[Arm],
    control: &str,
    settings: &Settings,
) -> Result<Report, ExperimentError> {
    settings.validate()?;
    let base = arms.iter().find(|arm| arm.name == control);
    let base = base.ok_or_else(|| ExperimentError::NoControl {
        control: control.to_owned(),
        found: names(arms),
    })?;
    let treatments = || arms.iter().filter(|arm| arm.name != control);
    if treatments().next().is_none() {
        return Err(ExperimentError::NoTreatment(control.to_owned()));
    }
    let mut comparisons: Vec<_> =
        treatments().map(|treatment| compare_pair(base, treatment, settings)).collect();
    adjust(&mut comparisons);
    Ok(Report {
        metric: metric.to_owned(),
        kind,
        alpha: settings.alpha,
        planned_n: settings.planned_n,
        srm: sample_ratio(arms, &settings.weights),
        comparisons,
    })
}

fn names(arms: &[Arm]) -> String {
    let names: Vec<_> = arms.iter().take(20).map(|arm| arm.name.as_str()).collect();
    names.join(", ")
}

fn compare_pair(control: &Arm, treatment: &Arm, settings: &Settings) -> Comparison {
    let (absolute, relative) =
        (effect(control, treatment, Scale::Absolute), effect(control, treatment, Scale::Relative));
    let alpha = settings.alpha;
    let fixed = |effect: Effect| welch::test(&effect, alpha).checked();
    let sequential =
        |effect: Effect| sequential::test(&effect, alpha, settings.planned_n).checked();
    let posterior = |effect: Effect| bayesian::posterior(&effect, settings.prior, alpha);
    Comparison {
        control: control.name.clone(),
        treatment: treatment.name.clone(),
        n_control: control.n,
        n_treatment: treatment.n,
        mean_control: control.mean.clone(),
        mean_treatment: treatment.mean.clone(),
        absolute: absolute.clone().and_then(fixed),
        relative: relative.clone().and_then(fixed),
        sequential: relative.clone().and_then(sequential),
        sequential_absolute: absolute.and_then(sequential),
        bayesian: relative.and_then(posterior),
        p_holm: Statistic::unknown("not adjusted"),
    }
}

fn effect(control: &Arm, treatment: &Arm, scale: Scale) -> Statistic<Effect> {
    let (control, treatment) = (control.moments.clone(), treatment.moments.clone());
    control.and_then(|c| treatment.and_then(|t| Effect::between(&c, &t, scale)))
}

/// Fills in the p-values adjusted for the number of treatments.
fn adjust(comparisons: &mut [Comparison]) {
    let p_value = |comparison: &Comparison| comparison.absolute.clone().map(|test| test.p);
    let known: Vec<f64> =
        comparisons.iter().filter_map(|comparison| p_value(comparison).known().copied()).collect();
    let mut adjusted = multiple::holm(&known).into_iter();
    for comparison in comparisons {
        let own = p_value(comparison);
        comparison.p_holm = own.map(|p| adjusted.next().unwrap_or(p));
    }
}

fn sample_ratio(arms: &[Arm], weights: &[(String, f64)]) -> Statistic<SampleRatio> {
    let counts: Vec<u64> = arms.iter().map(|arm| arm.n_assigned).collect();
    if weights.is_empty() {
        return srm::test(&counts, &vec![1.0; arms.len()]);
    }
    let planned = |arm: &Arm| weights.iter().find(|(name, _)| *name == arm.name);
    let shares: Option<Vec<f64>> = arms.iter().map(|arm| Some(planned(arm)?.1)).collect();
    match shares {
        Some(shares) => srm::test(&counts, &shares),
        None => Statistic::unknown("not every variant of the data has a planned weight"),
    }
}

#[cfg(test)]
mod tests;
