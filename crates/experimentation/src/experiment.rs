//! Live experiments: what runs, who gets which variant, what a variant changes, and what came of it.
//!
//! An experiment is defined in the settings or over the API; the journal keeps every version of it.
//! Once it runs its variants never change, because half of it would then be another experiment.

mod planning;

mod observed;
mod results;

use domain::Timestamp;

use shop::{Shop, ShopError};

pub use experiments::Comparison;

pub use crate::config::{ExperimentsConfig, plan};
pub use crate::definition::{Change, Definition, Phrasing, Variant};
pub use crate::metric::Metric;
pub(crate) use observed::{Observed, TrialsByShopper, count_trial, observe};
pub use planning::{Aim, Baseline};
pub(crate) use results::results_of;
pub use results::{MetricResult, PlantedResult, Results, Role, Verdict, results};

/// Sort of journal entry.
pub(crate) const JOURNAL: &str = "experiment";
/// Definitions read back from the journal; a shop with more has other worries.
pub(crate) const MOST_NOTED: usize = 100_000;

/// Every experiment, as it stands now: those of the settings, then those of the journal.
///
/// # Errors
/// What the store says, or that the journal is damaged.
pub fn all(shop: &Shop) -> Result<Vec<Definition>, ShopError> {
    let mut definitions = shop.config::<ExperimentsConfig>().define.clone();
    let mut noted = shop.state().noted(JOURNAL, MOST_NOTED)?;
    noted.reverse();
    for entry in noted {
        let read: Definition = serde_json::from_str(&entry.body)
            .map_err(|e| ShopError::DamagedJournal { kind: JOURNAL, problem: e.to_string() })?;
        match definitions.iter_mut().find(|known| known.name == read.name) {
            Some(known) => *known = read,
            None => definitions.push(read),
        }
    }
    Ok(definitions)
}

/// One experiment.
///
/// # Errors
/// [`ShopError::NoExperiment`], or those of [`all`].
pub fn named(shop: &Shop, name: &str) -> Result<Definition, ShopError> {
    let found = all(shop)?.into_iter().find(|known| known.name == name);
    found.ok_or_else(|| ShopError::NoExperiment(name.to_owned()))
}

/// Starts an experiment. The same definition again changes nothing.
///
/// # Errors
/// [`ShopError::BadRequest`] when a field makes no sense, a variant's model is not kept or the
/// experiment exists otherwise, [`ShopError::Experiment`] when it would overlap another one, or
/// what the store says.
pub fn start(shop: &Shop, new: &Definition, now: Timestamp) -> Result<(), ShopError> {
    new.check()?;
    let mut all = all(shop)?;
    match all.iter().find(|known| known.name == new.name) {
        Some(known) if known == new => return Ok(()),
        Some(_) => {
            let problem =
                format!("{} exists and never changes; start another under a new name", new.name);
            return Err(ShopError::BadRequest { field: "name", problem });
        }
        None => all.push(new.clone()),
    }
    check_models(shop, new)?;
    plan(shop.config::<ExperimentsConfig>(), &all)?;
    note(shop, new, now)
}

/// A variant whose model is not there would be answered by the current one, and compare nothing.
fn check_models(shop: &Shop, new: &Definition) -> Result<(), ShopError> {
    let mut named = new.variants.iter().filter_map(|variant| variant.change.model.as_ref());
    let kept = shop.models().list()?;
    let Some(version) = named.find(|model| !kept.contains(model)) else { return Ok(()) };
    let newest: Vec<_> = kept.iter().rev().take(3).map(ToString::to_string).collect();
    let problem = format!(
        "no model {version} is kept, so nobody could be given it; the newest are {}",
        newest.join(", ")
    );
    Err(ShopError::BadRequest { field: "model", problem })
}

/// Stops an experiment: everybody gets what they would without it. Its results stay.
///
/// # Errors
/// [`ShopError::NoExperiment`], or what the store says.
pub fn stop(shop: &Shop, name: &str, now: Timestamp) -> Result<Definition, ShopError> {
    let mut definition = named(shop, name)?;
    if !definition.stopped {
        definition.stopped = true;
        note(shop, &definition, now)?;
    }
    Ok(definition)
}

fn note(shop: &Shop, definition: &Definition, now: Timestamp) -> Result<(), ShopError> {
    let body = serde_json::to_string(definition).expect("a definition is plain data");
    shop.state().note(JOURNAL, &body, now)?;
    Ok(())
}
