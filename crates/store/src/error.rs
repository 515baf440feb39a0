//! Errors of a shop's folder, each with its remedy.

use std::path::PathBuf;

use domain::{ModelVersion, RequestId};

/// Errors of the store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database returned an error.
    #[error("could not {doing}: {source}; check free disk space and the rights of the shop folder")]
    Backend {
        /// The failed action.
        doing: &'static str,
        /// The engine's error.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A file or folder could not be used.
    #[error("could not use {}: {source}; check that it exists and may be written", path.display())]
    Folder {
        /// Which one.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// Something kept cannot be read back.
    #[error("{what} in the store cannot be read ({detail}); restore the shop folder from a backup")]
    Corrupt {
        /// The thing that was being read.
        what: &'static str,
        /// The problem.
        detail: String,
    },
    /// The folder was written by a newer Candor.
    #[error(
        "this shop has schema {found}, and this version knows up to {known}; run the version that wrote it, or a newer one"
    )]
    NewerSchema {
        /// The schema of the folder.
        found: u32,
        /// The newest schema known here.
        known: u32,
    },
    /// The shopper was erased, or never was.
    #[error("this shopper is not known here, or was erased; drop what was computed for them")]
    ShopperGone,
    /// Another answer was recorded under the same request id.
    #[error("request {0} already has another answer; make a new request id")]
    AnswerExists(RequestId),
    /// The writing thread has ended.
    #[error("the store has stopped writing; restart the server and look for an earlier error")]
    Stopped,
    /// There is no such model.
    #[error("there is no model {0}; list the models, or train one")]
    NoModel(ModelVersion),
    /// A model of this version exists; models never change.
    #[error("model {0} already exists and never changes; save it under a new version")]
    ModelExists(ModelVersion),
    /// The model is in use.
    #[error("model {0} is the current one; make another one current before removing it")]
    ModelIsCurrent(ModelVersion),
    /// A name that cannot be a file of a model.
    #[error("{0:?} cannot be the name of a model or its file; use letters, digits, `.`, `-`, `_`")]
    ModelName(String),
    /// The model has no such file.
    #[error("model {version} has no file {file:?}; train again with this version of Candor")]
    NoModelFile {
        /// The model.
        version: ModelVersion,
        /// The file asked for.
        file: String,
    },
    /// There is no such report.
    #[error("there is no report {0:?}; list what is kept, or make one with `candor evaluate`")]
    NoReport(String),
    /// A report is too long to be kept or read.
    #[error(
        "report {name:?} has {bytes} bytes, and at most {most} are read; remove the file, or make another report"
    )]
    ReportTooLong {
        /// The report.
        name: String,
        /// Its length.
        bytes: u64,
        /// The limit.
        most: u64,
    },
    /// A file is not what was saved.
    #[error("file {file:?} of model {version} has changed since it was saved; train again")]
    ModelChanged {
        /// The model.
        version: ModelVersion,
        /// The file that differs.
        file: String,
    },
}
