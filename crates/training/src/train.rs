//! Fitting a model on everything the shop knows, and putting it into use.

use domain::{IngestId, ModelVersion};
use serde::{Deserialize, Serialize};
use signals::SignalsConfig;
use signals::{FitReport, Model, Progress};

use crate::checkpoints::{Checkpoints, Training};
use crate::gather::{Gathered, fingerprint};
use shop::matching::{Matching, matching};
use shop::model::LoadedModel;
use shop::{Shop, ShopError};

/// Why a model has no Transformer for now.
const DROPPED: &str = "the Transformer had learned from a shopper who was erased; it was dropped, \
                       and comes back with the next training";

/// What a training brought.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Trained {
    /// The new model, now in use.
    pub version: ModelVersion,
    /// What it was fitted on: a hash of items, texts and sequences.
    pub data_fingerprint: String,
    /// The newest ingest id that it counts.
    pub as_of: IngestId,
    /// What was chosen and why.
    pub report: FitReport,
    /// How far events named items of the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matching: Option<Matching>,
}

/// Fits a model, saves it and makes it current. A running server takes it up by itself.
///
/// # Errors
/// What the store or the fitting says.
pub fn train(shop: &Shop, progress: &(dyn Fn(Progress) + Sync)) -> Result<Trained, ShopError> {
    train_as(shop, Training::Anew, progress)
}

/// Goes on with a training that was interrupted; where none was, brings the model in use up to
/// date with new events, keeping its constants and weights.
///
/// # Errors
/// What the store or the fitting says.
pub fn resume(shop: &Shop, progress: &(dyn Fn(Progress) + Sync)) -> Result<Trained, ShopError> {
    train_as(shop, Training::Resume, progress)
}

fn train_as(
    shop: &Shop,
    how: Training,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Trained, ShopError> {
    let gathered = crate::gather::gather(shop)?;
    let config = shop.config::<SignalsConfig>();
    let checkpoints = Checkpoints::open(shop.folder(), how, progress)?;
    let earlier = match how {
        Training::Resume if !checkpoints.is_interrupted() => shop.current_model()?,
        Training::Resume | Training::Anew => None,
    };
    let (model, report) = match earlier {
        Some(earlier) => {
            let (model, counted) = earlier.model.update(&gathered.data, config, &checkpoints)?;
            (model, trained(shop, &earlier.version)?.report.brought_up_to_date(counted))
        }
        None => Model::fit(&gathered.data, config, &checkpoints)?,
    };
    let trained = keep(shop, &model, &gathered, report);
    // Also where an erasure overtook it: what it kept has learned from the erased.
    checkpoints.remove()?;
    trained
}

/// Counts the current model's signals again on what is left, choosing nothing anew: what an
/// erasure does, because it must be quick. A Transformer cannot forget one shopper; it is
/// dropped until the next training, and the other signals weigh what they would without it.
pub fn refit(shop: &Shop, old: &LoadedModel) -> Result<Trained, ShopError> {
    let gathered = crate::gather::gather(shop)?;
    let mut report = trained(shop, &old.version)?.report;
    let mut constants = old.model.constants().clone();
    if constants.sequence.take().is_some() {
        let without = report.blend_without_sequence.clone();
        constants.blend = without.unwrap_or_else(|| constants.blend.without_sequence());
        report.notes.push(DROPPED.to_owned());
    }
    let model = Model::fit_with(&gathered.data, &constants)?;
    keep(shop, &model, &gathered, FitReport { constants, ..report })
}

/// What was written down when a model was trained.
///
/// # Errors
/// What the store says, or that the model's report cannot be read.
pub fn trained(shop: &Shop, version: &ModelVersion) -> Result<Trained, ShopError> {
    let about = shop.models().open_model(version)?.about().clone();
    serde_json::from_value(about)
        .map_err(|e| ShopError::DamagedModel { version: version.clone(), problem: e.to_string() })
}

fn keep(
    shop: &Shop,
    model: &Model,
    gathered: &Gathered,
    report: FitReport,
) -> Result<Trained, ShopError> {
    let trained = save(shop, model, gathered, report)?;
    shop.models().set_current(&trained.version)?;
    Ok(trained)
}

/// Saves a model without putting it into use.
pub fn save(
    shop: &Shop,
    model: &Model,
    gathered: &Gathered,
    report: FitReport,
) -> Result<Trained, ShopError> {
    let version = shop.models().new_version();
    let data_fingerprint = fingerprint(&gathered.data);
    let matching = matching(shop)?;
    let trained = Trained { version, data_fingerprint, as_of: gathered.as_of, report, matching };
    let manifest = serde_json::to_value(&trained).expect("a report is plain data");
    // Somebody erased while this was fitted would be counted by it.
    if shop.state().erasures()?.last().is_some_and(|erased| *erased > gathered.as_of) {
        return Err(ShopError::Overtaken);
    }
    shop.models().save(&trained.version, &model.to_files()?, manifest)?;
    Ok(trained)
}
