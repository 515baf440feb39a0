//! Evaluations in the background, with their progress; what was measured is kept with the shop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use app::AppError;
use app::evaluate::kept::MadeBy;
use app::evaluate::{EvaluateConfig, EvaluateStage, Protocol};

use crate::error::ApiError;
use crate::service::{Service, now};
use crate::training::stage_name;
use crate::work::{Claim, What};

/// The evaluation that runs, and why the last one failed.
#[derive(Default)]
pub(crate) struct Evaluating(Mutex<Job>);

/// An evaluation.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Job {
    /// Where it is; missing where none runs.
    pub(crate) running: Option<Stage>,
    /// Why the last one failed.
    pub(crate) problem: Option<String>,
}

/// Where an evaluation is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Stage {
    /// As in a training, or `baselines` or `asking`.
    pub(crate) name: &'static str,
    /// The ranker that is asked.
    pub(crate) model: String,
    pub(crate) done: usize,
    pub(crate) of: usize,
}

impl Evaluating {
    /// The job as it is now.
    pub(crate) fn job(&self) -> Job {
        self.lock().clone()
    }

    fn at(&self, stage: Stage) {
        self.lock().running = Some(stage);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Job> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts an evaluation on a thread of its own, which a stopping server does not wait for.
pub(crate) fn start(service: &Arc<Service>, config: EvaluateConfig) -> Result<(), ApiError> {
    let claim = service.work.claim(What::Evaluation)?;
    *service.evaluating.lock() = Job { running: Some(Stage::default()), problem: None };
    let background = Arc::clone(service);
    let work = move || run(&background, &config, claim);
    let spawned = std::thread::Builder::new().name("evaluation".to_owned()).spawn(work);
    spawned.map(drop).map_err(|error| {
        *service.evaluating.lock() = Job::default();
        ApiError::internal(&error)
    })
}

fn run(service: &Service, config: &EvaluateConfig, claim: Claim) {
    let outcome = catch_unwind(AssertUnwindSafe(|| evaluate(service, config)));
    let problem = match outcome {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(_) => Some("the evaluation broke off".to_owned()),
    };
    if let Some(problem) = &problem {
        tracing::error!("evaluation failed: {problem}");
    }
    drop(claim);
    *service.evaluating.lock() = Job { running: None, problem };
}

fn evaluate(service: &Service, config: &EvaluateConfig) -> Result<(), AppError> {
    let shop = service.live.shop();
    let evaluated =
        evaluation::evaluate(shop, config, &|stage| service.evaluating.at(told(stage)))?;
    let command = command(service, config);
    let by = MadeBy { command: &command, seed: config.seed, at: now() };
    evaluation::kept::keep(shop, &evaluated, &by).map(drop)
}

fn told(stage: EvaluateStage<'_>) -> Stage {
    match stage {
        EvaluateStage::Fitting(step) => Stage {
            name: stage_name(step.stage),
            model: String::new(),
            done: step.done,
            of: step.of,
        },
        EvaluateStage::Baselines => Stage { name: "baselines", ..Stage::default() },
        EvaluateStage::Asking(step) => Stage {
            name: "asking",
            model: step.model.to_owned(),
            done: step.n_done,
            of: step.n_cases,
        },
    }
}

/// What does the same in a terminal.
fn command(service: &Service, config: &EvaluateConfig) -> String {
    let folder = service.live.shop().folder().display();
    let protocol = match config.protocol {
        Protocol::LeaveOneOut => "leave-one-out",
        Protocol::Shopper => "shopper",
        Protocol::Time(_) => "time",
    };
    format!("candor evaluate --shop {folder} --protocol {protocol}")
}
