//! How an experiment ends: what somebody decided, and why, written into the journal.
//!
//! Refuses to give everybody a variant whose numbers mean nothing, or whose trust was not earned.

use domain::Timestamp;
use serde::{Deserialize, Serialize};

use crate::experiment::{Definition, JOURNAL as DEFINITIONS, MOST_NOTED, Variant, Verdict};
use shop::{Shop, ShopError};

/// Sort of journal entry.
const JOURNAL: &str = "conclusion";
/// What the name of a rollout adds to that of its experiment.
const ROLLOUT: &str = "-rollout";

/// What is to become of an experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ending", rename_all = "snake_case")]
pub enum Ending {
    /// It stops; nothing follows from it.
    Stop,
    /// It stops, and what was before it stays: the control has won.
    Keep,
    /// Everybody gets a variant. A variant that is a model is promoted, to be rolled back as any
    /// other; of all else the shop's settings are not touched, but an experiment is started that
    /// gives it to everybody, and is stopped to take it back.
    Promote {
        /// The variant.
        variant: String,
    },
}

/// One decision about an experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// The experiment.
    pub experiment: String,
    /// What was decided.
    #[serde(flatten)]
    pub ending: Ending,
    /// Why, in the words of whoever decided.
    pub why: String,
}

/// Something that happened to an experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Episode {
    /// When.
    pub at: Timestamp,
    /// The experiment.
    pub experiment: String,
    /// What.
    pub what: Happened,
}

/// What can happen to an experiment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// It began.
    Started,
    /// It ended.
    Stopped,
    /// Somebody said what follows from it.
    Concluded(Conclusion),
}

/// What happened to experiments that were started over the API, the console or the command
/// line, newest first.
///
/// # Errors
/// What the store says, or that the journal is damaged.
pub fn episodes(shop: &Shop) -> Result<Vec<Episode>, ShopError> {
    let mut episodes = Vec::new();
    for noted in shop.state().noted(DEFINITIONS, MOST_NOTED)? {
        let read: Definition = read(DEFINITIONS, &noted.body)?;
        let what = if read.stopped { Happened::Stopped } else { Happened::Started };
        episodes.push((noted.id, Episode { at: noted.at, experiment: read.name, what }));
    }
    for noted in shop.state().noted(JOURNAL, MOST_NOTED)? {
        let read: Conclusion = read(JOURNAL, &noted.body)?;
        let (experiment, what) = (read.experiment.clone(), Happened::Concluded(read));
        episodes.push((noted.id, Episode { at: noted.at, experiment, what }));
    }
    episodes.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
    Ok(episodes.into_iter().map(|(_, episode)| episode).collect())
}

/// Ends an experiment and notes what was decided and why.
///
/// # Errors
/// [`ShopError::NoExperiment`], or [`ShopError::BadRequest`] when no reason is given, the
/// experiment has ended, or the variant must not be given to everybody.
pub fn conclude(shop: &Shop, conclusion: &Conclusion, now: Timestamp) -> Result<(), ShopError> {
    let bad = |field, problem: String| Err(ShopError::BadRequest { field, problem });
    let definition = crate::experiment::named(shop, &conclusion.experiment)?;
    if conclusion.why.trim().is_empty() || conclusion.why.len() > 2_000 {
        return bad("why", "say why, in up to 2,000 bytes; it stays in the journal".to_owned());
    }
    if definition.stopped {
        return bad("experiment", format!("{} has ended already", definition.name));
    }
    if let Ending::Promote { variant } = &conclusion.ending {
        let Some(variant) = definition.variant(variant) else {
            return bad("variant", format!("{} has no variant {variant}", definition.name));
        };
        check_promotable(shop, &definition, variant)?;
        roll_out(shop, &definition, variant, &conclusion.why, now)?;
    } else {
        crate::experiment::stop(shop, &definition.name, now)?;
    }
    let body = serde_json::to_string(conclusion).expect("a conclusion is plain data");
    shop.state().note(JOURNAL, &body, now)?;
    Ok(())
}

/// The control may always be kept; of another variant the numbers must be believable.
fn check_promotable(shop: &Shop, of: &Definition, variant: &Variant) -> Result<(), ShopError> {
    let refuse = |problem: &str| {
        Err(ShopError::BadRequest { field: "variant", problem: problem.to_owned() })
    };
    if variant.name == of.control {
        return refuse("that is the control: keep it");
    }
    match crate::experiment::results(shop, &of.name)?.verdicts.get(&variant.name) {
        Some(Verdict::Invalid { .. }) => {
            refuse("the variants did not get their shares, so no number of it can be believed")
        }
        Some(Verdict::OverTrust) => {
            refuse("its shoppers accept more planted errors: its trust was not earned")
        }
        _ => Ok(()),
    }
}

fn roll_out(
    shop: &Shop,
    of: &Definition,
    variant: &Variant,
    why: &str,
    now: Timestamp,
) -> Result<(), ShopError> {
    if let Some(model) = &variant.change.model {
        crate::optimise::promote(shop, model, why, now)?;
        // Where it was the trial of this model, that has ended with it.
        crate::experiment::stop(shop, &of.name, now)?;
        return Ok(());
    }
    let nobody = of.variant(&of.control).cloned();
    let nobody = nobody.map(|control| Variant { weight: 0.0, ..control });
    let everybody = Variant { weight: 1.0, ..variant.clone() };
    let rollout = Definition {
        hypothesis: format!("{}: {why}", of.name),
        layer: of.layer.clone(),
        from: of.from,
        to: of.to,
        ..Definition::new(
            format!("{}{ROLLOUT}", of.name),
            &of.control,
            nobody.into_iter().chain([everybody]).collect(),
        )
    };
    rollout.check()?;
    crate::experiment::stop(shop, &of.name, now)?;
    crate::experiment::start(shop, &rollout, now)
}

fn read<T: serde::de::DeserializeOwned>(kind: &'static str, body: &str) -> Result<T, ShopError> {
    serde_json::from_str(body)
        .map_err(|e| ShopError::DamagedJournal { kind, problem: e.to_string() })
}
