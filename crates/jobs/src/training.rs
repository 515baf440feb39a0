//! Trainings in the background, with their progress.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{ModelVersion, Timestamp};
use serde::Serialize;
use signals::{Progress, Stage};
use utoipa::ToSchema;

use crate::turn::{Claim, What};
use crate::{JobError, Jobs};

/// The last training of this server.
#[derive(Default)]
pub(crate) struct Progressing(Mutex<Job>);

/// A training and where it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct Job {
    state: JobState,
    /// What is being done: `words`, `constants`, `sequence` (training the Transformer on what is
    /// not held out), `weights`, `refit` or `sequence_refit`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<&'static str>,
    /// Steps done of this stage.
    pub done: usize,
    /// Steps of this stage.
    pub of: usize,
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
    pub problem: Option<String>,
}

/// Where a training is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
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

impl Job {
    /// Where it is.
    #[must_use]
    pub fn state(&self) -> JobState {
        self.state
    }
}

impl Progressing {
    /// The job as it is now.
    fn job(&self) -> Job {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut Job)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn begin(&self, now: Timestamp) -> Job {
        let mut job = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *job = Job { state: JobState::Running, started: Some(now), ..Job::default() };
        job.clone()
    }
}

impl Jobs {
    /// The last training of this server.
    #[must_use]
    pub fn training(&self) -> Job {
        self.training.job()
    }

    /// Starts a training on a thread of its own, which a stopping server does not wait for: a model
    /// appears whole or not at all.
    ///
    /// # Errors
    /// [`JobError`] where something runs already, or no thread can be had.
    pub fn start_training(self: &Arc<Self>) -> Result<Job, JobError> {
        let claim = self.turn.claim(What::Training)?;
        let job = self.training.begin((self.clock)());
        let background = Arc::clone(self);
        let work = move || background.train(claim);
        let spawned = std::thread::Builder::new().name("training".to_owned()).spawn(work);
        if let Err(error) = spawned {
            self.training.change(|job| fail(job, (self.clock)(), error.to_string()));
            return Err(error.into());
        }
        Ok(job)
    }

    fn train(&self, claim: Claim) {
        let progress = |progress: Progress| {
            self.training.change(|job| {
                job.stage = Some(stage_name(progress.stage));
                (job.done, job.of) = (progress.done, progress.of);
            });
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| self.live.train(&progress)));
        // Whoever hears that it is done may begin something else.
        drop(claim);
        let now = (self.clock)();
        self.training.change(|job| match outcome {
            Ok(Ok(trained)) => {
                (job.state, job.ended) = (JobState::Done, Some(now));
                job.model_version = Some(trained.version);
            }
            Ok(Err(error)) => fail(job, now, error.to_string()),
            Err(_) => fail(job, now, "the training broke off".to_owned()),
        });
    }
}

fn fail(job: &mut Job, now: Timestamp, problem: String) {
    tracing::error!("training failed: {problem}");
    (job.state, job.ended, job.problem) = (JobState::Failed, Some(now), Some(problem));
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
