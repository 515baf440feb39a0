//! Trainings and evaluations in the background, one at a time, with their progress.
//!
//! Responsible for who may work and for how far the work is; knows no HTTP, and leaves the work
//! itself to `app`.

pub mod evaluation;
pub mod training;

mod turn;

use std::sync::Arc;

use app::Live;
use domain::Timestamp;

use turn::Turn;

/// The long work of one server.
pub struct Jobs {
    live: Arc<Live>,
    clock: fn() -> Timestamp,
    turn: Turn,
    training: training::Progressing,
    evaluation: evaluation::Progressing,
}

/// Why a job does not start.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Ask again when the training that runs is done.
    #[error("a training is running")]
    Training,
    /// Ask again when the evaluation that runs is done.
    #[error("an evaluation is running")]
    Evaluation,
    /// The system gives no thread; the job's state says so too.
    #[error("no thread for it: {0}")]
    Thread(#[from] std::io::Error),
}

impl Jobs {
    /// The jobs of a shop; none runs yet. `clock` tells when a job began and ended.
    #[must_use]
    pub fn new(live: Arc<Live>, clock: fn() -> Timestamp) -> Arc<Self> {
        let (training, evaluation) = Default::default();
        Arc::new(Self { live, clock, turn: Turn::default(), training, evaluation })
    }
}
