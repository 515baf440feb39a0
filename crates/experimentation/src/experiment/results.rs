//! What came of an experiment: every metric, adjusted for how many there are, and a verdict.
//!
//! Refuses to call a variant better when its arms did not get their planned shares, when a guardrail
//! is broken, or when shoppers came to accept more planted errors.

mod errors;

use crate::config::ExperimentsConfig;
use crate::seeded_error::SeededErrorConfig;
use crate::survey::SurveyConfig;
use shop::settings::ShopConfig;
use std::collections::BTreeMap;

use domain::Statistic;
use experiments::analyse::Analysis;
use experiments::{Columns, Comparison, Settings, analyse, multiple};
use serde::Serialize;
use trust::overtrust::{Judgement, Ruling};

use super::Observed;
use crate::definition::Definition;
use crate::metric::Metric;
use crate::unit::Unit;
use answers::answer::PlantedError;
use shop::{Shop, ShopError};

pub use errors::PlantedResult;

/// Below this the assignment or the logging is broken.
const SRM_ALARM: f64 = 0.001;

/// What came of an experiment so far.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// The experiment.
    pub experiment: Definition,
    /// True when the shop's data are simulated.
    pub simulated: bool,
    /// Shoppers who got a variant, by variant.
    pub n_assigned: BTreeMap<String, u64>,
    /// Every metric.
    pub metrics: Vec<MetricResult>,
    /// What each variant's shoppers did with planted errors, by sort of error.
    pub planted: BTreeMap<String, BTreeMap<PlantedError, PlantedResult>>,
    /// By treatment: whether more trust came without more acceptance of errors, of the sorts that
    /// both arms were shown: an arm without reasons cannot be shown a wrong one.
    pub over_trust: BTreeMap<String, Statistic<Judgement>>,
    /// By treatment.
    pub verdicts: BTreeMap<String, Verdict>,
    /// What to know when reading this.
    pub notes: Vec<String>,
}

/// One metric.
#[derive(Debug, Clone, Serialize)]
pub struct MetricResult {
    /// Its name; where it was analysed, the analysis names it, too.
    pub name: &'static str,
    /// What it is there for.
    pub role: Role,
    /// True when more of it is worse.
    pub is_harm: bool,
    /// Whether its variance was reduced by what the shoppers did before (CUPED).
    pub adjusted_for_before: bool,
    /// The comparisons.
    #[serde(flatten)]
    pub analysis: Statistic<Analysis>,
    /// By treatment: p of one look at the planned end, adjusted within the role.
    pub p_at_the_end: BTreeMap<String, Statistic<f64>>,
    /// By treatment: p that holds at every look, adjusted within the role.
    pub p_at_any_time: BTreeMap<String, Statistic<f64>>,
}

/// What a metric is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// It decides; adjusted by Holm.
    Primary,
    /// It must not get worse; not adjusted, so that harm is seen early.
    Guardrail,
    /// It is looked at; adjusted by Benjamini and Hochberg.
    Exploratory,
}

/// What may be said of a treatment at this look, with why.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// A primary metric is up, none is down, and nothing forbids it.
    Better {
        /// Which.
        why: String,
    },
    /// A primary metric is down.
    Worse {
        /// Which.
        why: String,
    },
    /// A guardrail is broken.
    Harmful {
        /// Which.
        why: String,
    },
    /// More planted errors are accepted: whatever else is up was not earned.
    OverTrust,
    /// The arms did not get their planned shares; believe nothing.
    Invalid {
        /// How unlikely that is.
        why: String,
    },
    /// Not yet.
    Undecided {
        /// What is missing.
        why: String,
    },
}

/// Analyses an experiment on everything known now. The sequential numbers hold however often
/// this is called.
///
/// # Errors
/// [`ShopError::NoExperiment`], or what the store says. What cannot be computed is a reason in
/// the results.
pub fn results(shop: &Shop, name: &str) -> Result<Results, ShopError> {
    let definition = crate::experiment::named(shop, name)?;
    let outcomes = crate::outcomes::read(shop)?;
    let observed = crate::experiment::observed::observe(shop, &definition, &outcomes)?;
    Ok(results_of(shop, definition, &observed))
}

pub(crate) fn results_of(shop: &Shop, definition: Definition, observed: &Observed) -> Results {
    let alpha = shop.config::<ExperimentsConfig>().alpha;
    let measured = Measured { alpha, min_group: shop.config::<SurveyConfig>().min_group };
    let mut metrics: Vec<MetricResult> =
        Metric::ALL.iter().map(|m| measured.of(*m, &definition, observed)).collect();
    adjust(&mut metrics);
    let settings = (shop.config::<SeededErrorConfig>().margin, alpha);
    let mut results = Results {
        simulated: shop.config::<ShopConfig>().simulated,
        n_assigned: n_assigned(&definition, observed),
        planted: errors::planted(observed),
        over_trust: errors::over_trust(&definition, observed, &metrics, settings),
        metrics,
        verdicts: BTreeMap::new(),
        notes: notes(observed),
        experiment: definition,
    };
    results.verdicts = results.decide(alpha);
    results
}

fn n_assigned(definition: &Definition, observed: &Observed) -> BTreeMap<String, u64> {
    let empty = definition.variants.iter().map(|variant| (variant.name.clone(), 0));
    let mut n: BTreeMap<String, u64> = empty.collect();
    for unit in observed.units.values() {
        *n.entry(unit.variant.clone()).or_default() += 1;
    }
    n
}

fn notes(observed: &Observed) -> Vec<String> {
    let mut notes = Vec::new();
    if observed.units.values().all(|unit| unit.n_exposed == 0) {
        notes.push(
            "nothing is known of what came into view, so what is counted per view is unknown: \
             POST /v1/exposures when items are seen"
                .to_owned(),
        );
    }
    if observed.n_other_currency > 0 {
        let n = observed.n_other_currency;
        notes.push(format!("{n} purchases in other currencies are in no revenue"));
    }
    if observed.n_unreadable > 0 {
        let n = observed.n_unreadable;
        notes.push(format!(
            "{n} recorded answers cannot be read and count nowhere: `candor audit` names them"
        ));
    }
    notes
}

/// How metrics are measured.
struct Measured {
    alpha: f64,
    /// Fewest people whose answers are told together.
    min_group: usize,
}

impl Measured {
    fn of(&self, metric: Metric, definition: &Definition, observed: &Observed) -> MetricResult {
        let role = if definition.primary.contains(&metric) {
            Role::Primary
        } else if definition.guardrails.contains(&metric) {
            Role::Guardrail
        } else {
            Role::Exploratory
        };
        let (columns, adjusted_for_before) = columns(metric, observed.units.values());
        let analysis = match metric.is_answered() && self.tells_somebody_apart(&columns) {
            true => Statistic::unknown(format!(
                "hidden while fewer than {} people of a variant answered",
                self.min_group
            )),
            false => self.analysis(metric, &columns, definition),
        };
        MetricResult {
            name: metric.name(),
            role,
            is_harm: metric.is_harm(),
            adjusted_for_before,
            analysis,
            p_at_the_end: BTreeMap::new(),
            p_at_any_time: BTreeMap::new(),
        }
    }

    /// Whether so few people of a variant answered that they could be told apart. The others are
    /// hidden with them: they and everybody would leave just those few.
    fn tells_somebody_apart(&self, columns: &Columns) -> bool {
        let mut n: BTreeMap<&Option<String>, usize> = BTreeMap::new();
        for (variant, _) in columns.variant.iter().zip(&columns.metric).filter(|(_, m)| m.is_some())
        {
            *n.entry(variant).or_default() += 1;
        }
        n.values().any(|n| *n < self.min_group)
    }

    fn analysis(
        &self,
        metric: Metric,
        columns: &Columns,
        definition: &Definition,
    ) -> Statistic<Analysis> {
        let weights = definition.variants.iter().filter(|variant| variant.weight > 0.0);
        let settings = Settings {
            alpha: self.alpha,
            planned_n: definition.planned_n,
            weights: weights.map(|variant| (variant.name.clone(), variant.weight)).collect(),
            ..Settings::default()
        };
        match analyse(columns, metric.name(), &definition.control, &settings) {
            Ok(analysis) => Statistic::Known(analysis),
            Err(problem) => Statistic::unknown(problem.to_string()),
        }
    }
}

/// The columns of a metric, and whether what was before is among them: only where it differs
/// between shoppers, since otherwise there is nothing to adjust by.
fn columns<'a>(metric: Metric, units: impl Iterator<Item = &'a Unit>) -> (Columns, bool) {
    let mut columns = Columns::default();
    let (mut denominators, mut before) = (Vec::new(), Vec::new());
    for unit in units {
        let value = metric.of(unit);
        columns.variant.push(Some(unit.variant.clone()));
        columns.metric.push(value.metric);
        denominators.push(value.denominator);
        before.push(value.before);
    }
    columns.denominator = metric.is_ratio().then_some(denominators);
    let known: Vec<f64> = before.iter().flatten().copied().collect();
    let differs = known.windows(2).any(|pair| pair[0] != pair[1]);
    columns.covariate = differs.then_some(before);
    (columns, differs)
}

impl MetricResult {
    fn comparisons(&self) -> &[Comparison] {
        self.analysis.known().map_or(&[], |analysis| &analysis.report.comparisons)
    }

    fn of(&self, treatment: &str) -> Option<&Comparison> {
        self.comparisons().iter().find(|comparison| comparison.treatment == treatment)
    }
}

/// Adjusts p-values within each role, over all its metrics and treatments together.
fn adjust(metrics: &mut [MetricResult]) {
    for role in [Role::Primary, Role::Guardrail, Role::Exploratory] {
        let adjusted = |p: &[f64]| match role {
            Role::Primary => multiple::holm(p),
            Role::Guardrail => p.to_vec(),
            Role::Exploratory => multiple::benjamini_hochberg(p),
        };
        let at_the_end = collect(metrics, role, |c| c.absolute.clone().map(|e| e.p));
        let at_any_time = collect(metrics, role, |c| c.sequential_absolute.clone().map(|e| e.p));
        for (found, is_final) in [(at_the_end, true), (at_any_time, false)] {
            let known: Vec<f64> = found.iter().filter_map(|(.., p)| p.known().copied()).collect();
            let mut adjusted = adjusted(&known).into_iter();
            for (at, treatment, p) in found {
                let p = p.map(|p| adjusted.next().unwrap_or(p));
                let metric = &mut metrics[at];
                let kept =
                    if is_final { &mut metric.p_at_the_end } else { &mut metric.p_at_any_time };
                kept.insert(treatment, p);
            }
        }
    }
}

fn collect(
    metrics: &[MetricResult],
    role: Role,
    p: impl Fn(&Comparison) -> Statistic<f64>,
) -> Vec<(usize, String, Statistic<f64>)> {
    let of_role = metrics.iter().enumerate().filter(|(_, metric)| metric.role == role);
    of_role
        .flat_map(|(at, metric)| metric.comparisons().iter().map(move |c| (at, c)))
        .map(|(at, comparison)| (at, comparison.treatment.clone(), p(comparison)))
        .collect()
}

impl Results {
    fn decide(&self, alpha: f64) -> BTreeMap<String, Verdict> {
        let treatments = self.experiment.variants.iter().map(|variant| &variant.name);
        treatments
            .filter(|name| **name != self.experiment.control)
            .map(|name| (name.clone(), self.verdict(name, alpha)))
            .collect()
    }

    fn verdict(&self, treatment: &str, alpha: f64) -> Verdict {
        let srm = self.metrics.first().and_then(|metric| metric.analysis.known());
        if let Some(srm) = srm.and_then(|analysis| analysis.report.srm.known())
            && srm.p < SRM_ALARM
        {
            return Verdict::Invalid { why: format!("sample ratio mismatch, p = {:.1e}", srm.p) };
        }
        let ruling = self.over_trust.get(treatment).and_then(Statistic::known).map(|j| j.ruling);
        if ruling == Some(Ruling::OverTrust) {
            return Verdict::OverTrust;
        }
        let moved = |role: Role, bad: bool| {
            let of_role = self.metrics.iter().filter(move |metric| metric.role == role);
            let found = of_role.filter(|metric| metric.has_moved(treatment, bad, alpha));
            found.map(|metric| metric.name.to_owned()).collect::<Vec<_>>()
        };
        let (harmed, down) = (moved(Role::Guardrail, true), moved(Role::Primary, true));
        let up = moved(Role::Primary, false);
        let wants_trust = self.experiment.primary.contains(&Metric::Trust);
        if !harmed.is_empty() {
            return Verdict::Harmful { why: format!("worse: {}", harmed.join(", ")) };
        }
        if !down.is_empty() {
            return Verdict::Worse { why: format!("worse: {}", down.join(", ")) };
        }
        if up.is_empty() {
            let why = "no primary metric has moved beyond its sequential interval".to_owned();
            return Verdict::Undecided { why };
        }
        if wants_trust && ruling != Some(Ruling::Wins) {
            let why = "trust only wins when acceptance of planted errors is shown not to be up; \
                       plant some in test traffic"
                .to_owned();
            return Verdict::Undecided { why };
        }
        Verdict::Better { why: format!("better: {}", up.join(", ")) }
    }
}

impl MetricResult {
    /// Whether the treatment has moved it for good or for bad, at any look.
    fn has_moved(&self, treatment: &str, bad: bool, alpha: f64) -> bool {
        let p = self.p_at_any_time.get(treatment).and_then(Statistic::known);
        let difference = self.of(treatment).and_then(|c| c.sequential_absolute.known());
        match (p, difference) {
            (Some(p), Some(difference)) => {
                let is_worse = (difference.estimate > 0.0) == self.is_harm;
                *p < alpha && is_worse == bad
            }
            _ => false,
        }
    }
}
