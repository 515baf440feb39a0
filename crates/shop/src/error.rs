//! What can go wrong with a shop, and what to do about it.

use std::path::PathBuf;
use std::sync::Arc;

use domain::{IngestId, ItemId, ModelVersion, ReasonId, RequestId, SubjectId, SurveyId};

/// An error of a shop. Each variant says what the caller can do.
#[derive(Debug, thiserror::Error)]
pub enum ShopError {
    /// The settings are wrong.
    #[error("settings: {problem}. See `candor config` for every key and its default")]
    Config {
        /// The key and what is expected.
        problem: String,
    },
    /// There is no shop here.
    #[error(
        "no shop at {folder}: import data first, e.g. `candor import csv orders.csv --shop {folder}`"
    )]
    NoShop {
        /// Where one was looked for.
        folder: PathBuf,
    },
    /// Another process writes this shop.
    #[error(
        "the shop at {folder} is being written by another process: stop it, or send the data to its API"
    )]
    Busy {
        /// The shop.
        folder: PathBuf,
    },
    /// Nothing was trained yet.
    #[error(
        "this shop has no model yet: run `candor train --shop <folder>` or POST /v1/models/train"
    )]
    NoModel,
    /// Nobody's history is long enough to be explained.
    #[error("no shopper has {least} steps of history: collect more events, or import a longer log")]
    TooFewSteps {
        /// Fewest steps that are asked.
        least: usize,
    },
    /// The model of an answer is gone.
    #[error("model {version} is not here any more: it was removed, e.g. by an erasure")]
    ModelGone {
        /// The model.
        version: ModelVersion,
    },
    /// The report beside a model cannot be read.
    #[error("the report of model {version} is damaged: {problem}. Train again")]
    DamagedModel {
        /// The model.
        version: ModelVersion,
        /// What is wrong with it.
        problem: String,
    },
    /// No such report.
    #[error("there is no evaluation {0}: the page of models lists those that are kept")]
    NoEvaluation(String),
    /// A kept report cannot be read.
    #[error(
        "{} is damaged: {problem}. Remove it, or make another with `candor evaluate`", path.display()
    )]
    DamagedEvaluation {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// Figures could not be read.
    #[error("the figures could not be read: {problem}; look again")]
    Unread {
        /// Why.
        problem: String,
    },
    /// A file that is no sentence encoder, or not the one that was installed.
    #[error("the sentence encoder cannot be used: {problem}. Install it with `candor models add`")]
    Encoder {
        /// Why.
        problem: String,
    },
    /// A model would count somebody who is gone.
    #[error("a shopper was erased while the model was fitted, so it was dropped: train again")]
    Overtaken,
    /// A request makes no sense.
    #[error("{field}: {problem}")]
    BadRequest {
        /// The field.
        field: &'static str,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// No such item.
    #[error("no item {0} in the catalogue")]
    NoItem(ItemId),
    /// No such correction.
    #[error("no correction {0} that holds: GET /v1/shoppers/{{id}}/corrections lists them")]
    NoCorrection(IngestId),
    /// No such shopper.
    #[error("no shopper {0} here")]
    NoShopper(SubjectId),
    /// No such answer.
    #[error("no answer {0} on record: it was never given, or its shopper was erased")]
    NoAnswer(RequestId),
    /// No such reason.
    #[error("no reason {0} on record: it was never given, or its shopper was erased")]
    NoReason(ReasonId),
    /// Somebody speaks of an answer that another shopper got.
    #[error("answer {0} was given to another shopper")]
    NotTheirs(RequestId),
    /// No such questionnaire.
    #[error("no questionnaire {0}: it was never put, or its shopper was erased")]
    NoSurvey(SurveyId),
    /// No such experiment.
    #[error("no experiment {0}: GET /v1/experiments lists them")]
    NoExperiment(String),
    /// An experiment cannot be set up beside the others.
    #[error("{0}")]
    Experiment(String),
    /// Something that was decided cannot be read back.
    #[error("the journal's {kind} cannot be read: {problem}")]
    DamagedJournal {
        /// Which sort of entry.
        kind: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// A recorded answer cannot be read.
    #[error("the record of answer {request_id} is damaged: {problem}")]
    DamagedAnswer {
        /// The answer.
        request_id: RequestId,
        /// What is wrong with it.
        problem: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(Arc<store::StoreError>),
    /// Fitting or scoring failed.
    #[error(transparent)]
    Signals(#[from] signals::SignalsError),
    /// An evaluation does not fit the data.
    #[error(transparent)]
    Evaluation(#[from] metrics::EvaluationError),
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

impl From<store::StoreError> for ShopError {
    fn from(error: store::StoreError) -> Self {
        Self::Store(Arc::new(error))
    }
}

impl ShopError {
    /// Says that a file cannot be used.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
