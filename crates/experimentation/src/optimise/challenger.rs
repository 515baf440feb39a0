//! Champion and challenger: the model that answers, and the one on trial beside it.
//!
//! Every step is one entry of the journal with its reason: refused at the gate, put on trial,
//! promoted, rejected, lost (its model is gone), rolled back. Refuses to promote without a trial.

use domain::{ModelVersion, Timestamp};
use serde::{Deserialize, Serialize};
use signals::{FitReport, Model, Progress};

use super::power::{self, Power};
use super::{Gate, OptimiseConfig};
use crate::experiment::{Change, Comparison, Definition, Metric, Results, Variant, Verdict};
use crate::outcomes::Outcomes;
use shop::{Shop, ShopError};
use training::gather::Gathered;

/// Sort of journal entry.
pub(super) const JOURNAL: &str = "model";
/// Names of the two variants.
const CHAMPION: &str = "champion";
const CHALLENGER: &str = "challenger";
/// Decisions looked back at; a shop with more has other worries.
const MOST_NOTED: usize = 100_000;

/// One decision about a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Number of the trial, from 1; 0 of one that did not come to it.
    #[serde(default)]
    pub trial: u32,
    /// What was decided.
    pub state: TrialState,
    /// The new model.
    pub challenger: ModelVersion,
    /// The one that it was compared with.
    pub champion: ModelVersion,
    /// Why.
    pub why: String,
    /// What the gate found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<Gate>,
}

/// Where a new model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrialState {
    /// It did not pass the gate.
    Refused,
    /// Some shoppers get it.
    OnTrial,
    /// Everybody gets it.
    Promoted,
    /// The trial spoke against it.
    Rejected,
    /// Its model, or the one it was compared with, is gone or replaced.
    Lost,
    /// It was taken back after its promotion.
    RolledBack,
}

/// What a round of the loop did about models.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decided {
    /// The new decision, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// In words.
    pub why: String,
}

impl Decided {
    fn nothing(why: impl Into<String>) -> Self {
        Self { decision: None, why: why.into() }
    }
}

impl Decision {
    /// The experiment of its trial.
    #[must_use]
    pub fn experiment(&self) -> String {
        format!("trial-{}", self.trial)
    }
}

/// Decisions about models, newest first.
///
/// # Errors
/// What the store says, or that the journal is damaged.
pub fn decisions(shop: &Shop, limit: usize) -> Result<Vec<Decision>, ShopError> {
    let noted = shop.state().noted(JOURNAL, limit)?;
    let read = |body: &str| {
        serde_json::from_str(body)
            .map_err(|e| ShopError::DamagedJournal { kind: JOURNAL, problem: e.to_string() })
    };
    noted.iter().map(|entry| read(&entry.body)).collect()
}

/// Makes the model before the last promotion current again.
///
/// # Errors
/// [`ShopError::BadRequest`] when nothing was promoted, [`ShopError::ModelGone`] when the earlier
/// model is gone, or what the store says.
pub(super) fn roll_back(shop: &Shop, why: &str, now: Timestamp) -> Result<Decision, ShopError> {
    let current = shop.models().current()?;
    let last = decisions(shop, 1)?.into_iter().next();
    let promoted = last.filter(|decision| {
        decision.state == TrialState::Promoted && current.as_ref() == Some(&decision.challenger)
    });
    let Some(promoted) = promoted else {
        let problem = "the model in use was not put there by a promotion".to_owned();
        return Err(ShopError::BadRequest { field: "rollback", problem });
    };
    if !shop.models().list()?.contains(&promoted.champion) {
        return Err(ShopError::ModelGone { version: promoted.champion });
    }
    shop.models().set_current(&promoted.champion)?;
    decide(shop, promoted, TrialState::RolledBack, why, now)
}

pub(super) fn advance_trial(
    shop: &Shop,
    outcomes: &Outcomes,
    now: Timestamp,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Decided, ShopError> {
    let Some(champion) = shop.models().current()? else {
        return Err(ShopError::NoModel);
    };
    let last = decisions(shop, 1)?.into_iter().next();
    match last.filter(|decision| decision.state == TrialState::OnTrial) {
        Some(trial) => judge_trial(shop, trial, &champion, outcomes, now),
        None => open_trial(shop, champion, outcomes, now, progress),
    }
}

fn open_trial(
    shop: &Shop,
    champion: ModelVersion,
    outcomes: &Outcomes,
    now: Timestamp,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Decided, ShopError> {
    if training::trained(shop, &champion)?.as_of >= shop.state().newest()? {
        return Ok(Decided::nothing("nothing was taken in since the model was trained"));
    }
    let gathered = training::gather(shop)?;
    let (gate, report) =
        crate::optimise::gate::gate(shop, &gathered, &champion, outcomes, progress)?;
    let Some(gate) = gate else {
        return Ok(Decided::nothing("too few shoppers to compare a new model on"));
    };
    if !gate.passed {
        let challenger = shop.models().new_version();
        let why = format!("{}, more than {} may be lost", gate.why(), gate.margin);
        let refused = Decision {
            trial: 0,
            state: TrialState::Refused,
            challenger,
            champion,
            why: why.clone(),
            gate: Some(gate),
        };
        return noted(shop, refused, now);
    }
    let challenger = save_challenger(shop, &gathered, report)?;
    let why = why_on_trial(shop, &gate, outcomes);
    let state = TrialState::OnTrial;
    let begun = decisions(shop, MOST_NOTED)?.into_iter().filter(|d| d.state == state);
    let trial = begun.count() as u32 + 1;
    let trial = Decision { trial, state, challenger, champion, why, gate: Some(gate) };
    crate::experiment::start(shop, &trial_experiment(shop, &trial), now)?;
    noted(shop, trial, now)
}

/// What the gate found, and whether the trial will be able to tell anything.
fn why_on_trial(shop: &Shop, gate: &Gate, outcomes: &Outcomes) -> String {
    let config = shop.config::<OptimiseConfig>();
    let too_small = match power::rate(outcomes) {
        Some(rate) if rate < 1.0 => match Power::of_rate(rate, config) {
            Some(power) => power.warning(config).map(|warning| {
                let rate = 100.0 * rate;
                format!("{rate:.1} % of shoppers bought something of their lists so far; {warning}")
            }),
            None => Some("nobody bought anything of a list so far".to_owned()),
        },
        _ => None,
    };
    let why = [Some(gate.why()), too_small];
    why.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The constants that passed, fitted on everything; not current.
fn save_challenger(
    shop: &Shop,
    gathered: &Gathered,
    report: FitReport,
) -> Result<ModelVersion, ShopError> {
    let model = Model::fit_with(&gathered.data, &report.constants)?;
    training::save(shop, &model, gathered, report).map(|trained| trained.version)
}

fn trial_experiment(shop: &Shop, trial: &Decision) -> Definition {
    let config = shop.config::<OptimiseConfig>();
    let variant = |name: &str, model: &ModelVersion, weight| Variant {
        name: name.to_owned(),
        weight,
        change: Change { model: Some(model.clone()), ..Change::default() },
    };
    let share = config.trial_share;
    let variants = vec![
        variant(CHAMPION, &trial.champion, 1.0 - share),
        variant(CHALLENGER, &trial.challenger, share),
    ];
    Definition {
        layer: "models".to_owned(),
        hypothesis: format!("model {} serves as well as {}", trial.challenger, trial.champion),
        planned_n: config.trial_shoppers as f64,
        ..Definition::new(trial.experiment(), CHAMPION, variants)
    }
}

fn judge_trial(
    shop: &Shop,
    trial: Decision,
    current: &ModelVersion,
    outcomes: &Outcomes,
    now: Timestamp,
) -> Result<Decided, ShopError> {
    let models = shop.models().list()?;
    if *current != trial.champion || !models.contains(&trial.challenger) {
        let why = "a model of the trial is gone or was replaced; nothing can be compared";
        return end_trial(shop, trial, TrialState::Lost, why, now);
    }
    let definition = crate::experiment::named(shop, &trial.experiment())?;
    if definition.stopped {
        let why = "its experiment was stopped by hand";
        return end_trial(shop, trial, TrialState::Rejected, why, now);
    }
    let observed = crate::experiment::observe(shop, &definition, outcomes)?;
    let results = crate::experiment::results_of(shop, definition, &observed);
    match judged(&results, shop.config::<OptimiseConfig>()) {
        None => {
            let n: u64 = results.n_assigned.values().sum();
            let config = shop.config::<OptimiseConfig>();
            let mut why = format!(
                "{} goes on: {n} of {} shoppers so far",
                trial.experiment(),
                config.trial_shoppers
            );
            let relative = conversion(&results).and_then(|c| c.relative.known());
            let warning = relative.and_then(|found| Power::of_interval(found, n).warning(config));
            if let Some(warning) = warning {
                why += &format!("; {warning}");
            }
            Ok(Decided::nothing(why))
        }
        Some((state, why)) => end_trial(shop, trial, state, &why, now),
    }
}

pub(super) fn end_trial(
    shop: &Shop,
    trial: Decision,
    state: TrialState,
    why: &str,
    now: Timestamp,
) -> Result<Decided, ShopError> {
    if state == TrialState::Promoted {
        shop.models().set_current(&trial.challenger)?;
    }
    crate::experiment::stop(shop, &trial.experiment(), now)?;
    let decision = decide(shop, trial, state, why, now)?;
    Ok(Decided { why: decision.why.clone(), decision: Some(decision) })
}

pub(super) fn decide(
    shop: &Shop,
    before: Decision,
    state: TrialState,
    why: &str,
    now: Timestamp,
) -> Result<Decision, ShopError> {
    let decision = Decision { state, why: why.to_owned(), ..before };
    noted(shop, decision.clone(), now)?;
    Ok(decision)
}

fn noted(shop: &Shop, decision: Decision, now: Timestamp) -> Result<Decided, ShopError> {
    let body = serde_json::to_string(&decision).expect("a decision is plain data");
    shop.state().note(JOURNAL, &body, now)?;
    Ok(Decided { why: decision.why.clone(), decision: Some(decision) })
}

/// What the results say; `None` while they say nothing yet.
fn judged(results: &Results, config: &OptimiseConfig) -> Option<(TrialState, String)> {
    let verdict = results.verdicts.get(CHALLENGER)?;
    match verdict {
        Verdict::Better { why } => Some((TrialState::Promoted, why.clone())),
        Verdict::Worse { why } | Verdict::Harmful { why } | Verdict::Invalid { why } => {
            Some((TrialState::Rejected, why.clone()))
        }
        Verdict::OverTrust => {
            Some((TrialState::Rejected, "more planted errors are accepted".to_owned()))
        }
        Verdict::Undecided { .. } => {
            let n: u64 = results.n_assigned.values().sum();
            (n >= config.trial_shoppers).then(|| at_the_end(results, config))
        }
    }
}

/// The challenger's conversion beside the champion's.
fn conversion(results: &Results) -> Option<&Comparison> {
    let analyses = results.metrics.iter().filter_map(|metric| metric.analysis.known());
    let mut reports = analyses.map(|analysis| &analysis.report);
    let report = reports.find(|report| report.metric == Metric::Conversion.name())?;
    report.comparisons.first()
}

/// At the planned end a model without a loser's mark is promoted only if a loss is excluded. The
/// decision says which loss is, which is not, and what it would have taken.
fn at_the_end(results: &Results, config: &OptimiseConfig) -> (TrialState, String) {
    let n: u64 = results.n_assigned.values().sum();
    let Some(relative) = conversion(results).and_then(|c| c.relative.known()) else {
        return (TrialState::Rejected, "conversion cannot be compared".to_owned());
    };
    let (low, high) = (100.0 * relative.ci[0], 100.0 * relative.ci[1]);
    let margin = power::percent(config.trial_margin);
    let found = format!(
        "conversion {:+.1} % ({low:+.1} % to {high:+.1} %) at {n} shoppers",
        100.0 * relative.estimate
    );
    if relative.ci[0] > -config.trial_margin {
        let why = format!("as good: a loss of {margin} is excluded; {found}");
        return (TrialState::Promoted, why);
    }
    let too_small = Power::of_interval(relative, n).warning(config);
    let too_small = too_small.map(|warning| format!("; {warning}")).unwrap_or_default();
    let why = format!("not shown to be as good: a loss of {margin} is not excluded; {found}");
    (TrialState::Rejected, why + &too_small)
}
