//! Reports of evaluations that stay with the shop, for whoever looks later.
//!
//! Responsible for saying what was measured when, how and beside which model in use. Refuses to
//! take a report that it cannot read for one that is not there.

use domain::{ModelVersion, Timestamp};
use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::evaluate::Evaluated;
use shop::{Shop, ShopError};

/// The form of the file; another one is not read.
const FORM: u32 = 1;

/// An evaluation as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptEvaluation {
    form: u32,
    /// When it ended.
    pub at: Timestamp,
    /// What was typed, or who asked for it.
    pub command: String,
    /// Seed of the split, of ties and of resamples.
    pub seed: u64,
    /// The model that answered meanwhile. What was measured was fitted anew, on what lies before
    /// the test.
    pub in_use: Option<ModelVersion>,
    /// What was measured.
    pub evaluated: Evaluated,
}

/// How an evaluation came about.
#[derive(Debug, Clone, Copy)]
pub struct MadeBy<'a> {
    /// What was typed, or who asked for it.
    pub command: &'a str,
    /// Seed of the split, of ties and of resamples.
    pub seed: u64,
    /// When it ended.
    pub at: Timestamp,
}

/// Keeps what was measured beside the models, and returns the name of the report. The newest
/// twenty are kept.
///
/// # Errors
/// What the store says.
pub fn keep(shop: &Shop, evaluated: &Evaluated, by: &MadeBy<'_>) -> Result<String, ShopError> {
    let kept = KeptEvaluation {
        form: FORM,
        at: by.at,
        command: by.command.to_owned(),
        seed: by.seed,
        in_use: shop.models().current()?,
        evaluated: evaluated.clone(),
    };
    let text = serde_json::to_vec(&kept).expect("a report is plain data");
    Ok(shop.evaluations().keep(&text)?)
}

/// The names of all kept reports, newest first. Each begins with the day.
///
/// # Errors
/// What the store says.
pub fn names(shop: &Shop) -> Result<Vec<String>, ShopError> {
    let mut names = shop.evaluations().list()?;
    names.reverse();
    Ok(names)
}

/// A kept report.
///
/// # Errors
/// [`ShopError::NoEvaluation`], [`ShopError::DamagedEvaluation`], or what the store says.
pub fn read(shop: &Shop, name: &str) -> Result<KeptEvaluation, ShopError> {
    let damaged = |problem: String| {
        let path = shop.evaluations().folder().join(format!("{name}.json"));
        ShopError::DamagedEvaluation { path, problem }
    };
    let bytes = match shop.evaluations().read(name) {
        Err(StoreError::NoReport(name)) => return Err(ShopError::NoEvaluation(name)),
        Err(long @ StoreError::ReportTooLong { .. }) => return Err(damaged(long.to_string())),
        read => read?,
    };
    let kept: KeptEvaluation =
        serde_json::from_slice(&bytes).map_err(|problem| damaged(problem.to_string()))?;
    match kept.form {
        FORM => Ok(kept),
        other => Err(damaged(format!("it has form {other}, and this version reads {FORM}"))),
    }
}
