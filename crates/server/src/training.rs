//! Trainings in the background, with their progress.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use app::{Progress, Stage};
use domain::{ModelVersion, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::service::{Service, now};
use crate::work::{Claim, What};

/// The last training of this server.
#[derive(Default)]
pub(crate) struct Training(Mutex<Job>);

/// A training and where it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub(crate) struct Job {
    pub(crate) state: JobState,
    /// What is being done: `words`, `constants`, `sequence` (training the Transformer on what is
    /// not held out), `weights`, `refit` or `sequence_refit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stage: Option<&'static str>,
    /// Steps done of this stage.
    pub(crate) done: usize,
    /// Steps of this stage.
    pub(crate) of: usize,
    /// When it began, in milliseconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    started: Option<Timestamp>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<Timestamp>,
    /// The model it brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    model_version: Option<ModelVersion>,
    /// Why it failed; the model in use stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) problem: Option<String>,
}

/// Where a training is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobState {
    /// This server has trained nothing yet.
    #[default]
    Never,
    /// It runs.
    Running,
    /// Its model is in use.
    Done,
    /// It failed.
    Failed,
}

impl Training {
    /// The job as it is now.
    pub(crate) fn job(&self) -> Job {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut Job)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn begin(&self) -> Job {
        let mut job = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *job = Job { state: JobState::Running, started: Some(now()), ..Job::default() };
        job.clone()
    }
}

/// Starts a training on a thread of its own, which a stopping server does not wait for: a model
/// appears whole or not at all.
pub(crate) fn start(service: &Arc<Service>) -> Result<Job, ApiError> {
    let claim = service.work.claim(What::Training)?;
    let job = service.training.begin();
    let background = Arc::clone(service);
    let work = move || run(&background, claim);
    let spawned = std::thread::Builder::new().name("training".to_owned()).spawn(work);
    if let Err(error) = spawned {
        service.training.change(|job| fail(job, error.to_string()));
        return Err(ApiError::internal(&error));
    }
    Ok(job)
}

fn run(service: &Service, claim: Claim) {
    let progress = |progress: Progress| {
        service.training.change(|job| {
            job.stage = Some(stage_name(progress.stage));
            (job.done, job.of) = (progress.done, progress.of);
        });
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| service.live.train(&progress)));
    // Whoever hears that it is done may begin something else.
    drop(claim);
    match outcome {
        Ok(Ok(trained)) => service.training.change(|job| {
            (job.state, job.ended) = (JobState::Done, Some(now()));
            job.model_version = Some(trained.version);
        }),
        Ok(Err(error)) => service.training.change(|job| fail(job, error.to_string())),
        Err(_) => service.training.change(|job| fail(job, "the training broke off".to_owned())),
    }
}

fn fail(job: &mut Job, problem: String) {
    tracing::error!("training failed: {problem}");
    (job.state, job.ended, job.problem) = (JobState::Failed, Some(now()), Some(problem));
}

pub(crate) fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Words => "words",
        Stage::Constants => "constants",
        Stage::Sequence => "sequence",
        Stage::Weights => "weights",
        Stage::Refit => "refit",
        Stage::SequenceRefit => "sequence_refit",
    }
}
