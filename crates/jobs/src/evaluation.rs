//! Evaluations in the background, with their progress; what was measured is kept with the shop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use app::Live;
use evaluation::evaluate::{EvaluateConfig, EvaluateStage, Protocol};
use evaluation::kept::MadeBy;
use shop::ShopError;

use crate::training::stage_name;
use crate::turn::{Claim, What};
use crate::{JobError, Jobs};

/// The evaluation that runs, and why the last one failed.
#[derive(Default)]
pub(crate) struct Progressing(Mutex<Job>);

/// An evaluation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Job {
    /// Where it is; missing where none runs.
    pub running: Option<Stage>,
    /// Why the last one failed.
    pub problem: Option<String>,
}

/// Where an evaluation is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stage {
    /// As in a training, or `baselines` or `asking`.
    pub name: &'static str,
    /// The ranker that is asked.
    pub model: String,
    /// Steps done of this stage.
    pub done: usize,
    /// Steps of this stage.
    pub of: usize,
}

impl Progressing {
    /// The job as it is now.
    fn job(&self) -> Job {
        self.lock().clone()
    }

    fn at(&self, stage: Stage) {
        self.lock().running = Some(stage);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Job> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Jobs {
    /// The evaluation that runs, and what became of the last one.
    #[must_use]
    pub fn evaluation(&self) -> Job {
        self.evaluation.job()
    }

    /// Starts an evaluation on a thread of its own, which a stopping server does not wait for.
    ///
    /// # Errors
    /// [`JobError`] where something runs already, or no thread can be had.
    pub fn start_evaluation(self: &Arc<Self>, config: EvaluateConfig) -> Result<(), JobError> {
        let claim = self.turn.claim(What::Evaluation)?;
        *self.evaluation.lock() = Job { running: Some(Stage::default()), problem: None };
        let background = Arc::clone(self);
        let work = move || background.run_evaluation(&config, claim);
        let spawned = std::thread::Builder::new().name("evaluation".to_owned()).spawn(work);
        spawned.map(drop).map_err(|error| {
            *self.evaluation.lock() = Job::default();
            error.into()
        })
    }

    fn run_evaluation(&self, config: &EvaluateConfig, claim: Claim) {
        let outcome = catch_unwind(AssertUnwindSafe(|| self.evaluate(config)));
        let problem = match outcome {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("the evaluation broke off".to_owned()),
        };
        if let Some(problem) = &problem {
            tracing::error!("evaluation failed: {problem}");
        }
        drop(claim);
        *self.evaluation.lock() = Job { running: None, problem };
    }

    fn evaluate(&self, config: &EvaluateConfig) -> Result<(), ShopError> {
        let shop = self.live.shop();
        let evaluated =
            ::evaluation::evaluate(shop, config, &|stage| self.evaluation.at(stage_of(stage)))?;
        let command = command(&self.live, config);
        let by = MadeBy { command: &command, seed: config.seed, at: (self.clock)() };
        ::evaluation::kept::keep(shop, &evaluated, &by).map(drop)
    }
}

fn stage_of(stage: EvaluateStage<'_>) -> Stage {
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

/// The command that does the same in a terminal.
fn command(live: &Live, config: &EvaluateConfig) -> String {
    let folder = live.shop().folder().display();
    let protocol = match config.protocol {
        Protocol::LeaveOneOut => "leave-one-out",
        Protocol::Shopper => "shopper",
        Protocol::Time(_) => "time",
    };
    format!("candor evaluate --shop {folder} --protocol {protocol}")
}
