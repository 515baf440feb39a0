//! What changes a shop in service from within: a model is trained, promoted or taken back, an
//! experiment begins or ends; each is taken up from the next answer on.

use std::sync::{Arc, PoisonError};

use domain::{ModelVersion, Timestamp};
use experimentation::conclusion::{self, Conclusion};
use experimentation::experiment::{self, Definition};
use experimentation::optimise::{self, Decision, Optimised};
use insights::model_explanation::{self, ModelExplanation};
use signals::Progress;
use training::Trained;

use crate::{AppError, Live};

impl Live {
    /// What was measured when the model in use was trained; `None` before the first training.
    ///
    /// # Errors
    /// What the store says, or that the model's report cannot be read.
    pub fn trained(&self) -> Result<Option<Trained>, AppError> {
        let model = self.model().ok();
        model.map(|model| training::trained(self.shop(), &model.version)).transpose()
    }

    /// Fits a new model on everything known now and answers with it from then on.
    ///
    /// # Errors
    /// What the store or the fitting says; the old model then stays in use.
    pub fn train(&self, progress: &(dyn Fn(Progress) + Sync)) -> Result<Trained, AppError> {
        let _fitting = self.fitting();
        let trained = training::train(self.shop(), progress)?;
        self.refresh_model()?;
        Ok(trained)
    }

    /// As `start_experiment`; it holds from the next answer on.
    ///
    /// # Errors
    /// Those of `start_experiment`.
    pub fn start_experiment(&self, new: &Definition, now: Timestamp) -> Result<(), AppError> {
        experiment::start(self.shop(), new, now)?;
        self.refresh_trials()
    }

    /// As `stop_experiment`; it holds from the next answer on.
    ///
    /// # Errors
    /// Those of `stop_experiment`.
    pub fn stop_experiment(&self, name: &str, now: Timestamp) -> Result<Definition, AppError> {
        let stopped = experiment::stop(self.shop(), name, now)?;
        self.refresh_trials()?;
        Ok(stopped)
    }

    /// One round of the loop, taken up at once.
    ///
    /// # Errors
    /// Those of `optimise`.
    pub fn optimise(
        &self,
        now: Timestamp,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Optimised, AppError> {
        let _fitting = self.fitting();
        let optimised = optimise::optimise(self.shop(), now, progress)?;
        self.refresh_model()?;
        self.refresh_trials()?;
        Ok(optimised)
    }

    /// As `conclude_experiment`; it holds from the next answer on.
    ///
    /// # Errors
    /// Those of `conclude_experiment`.
    pub fn conclude_experiment(
        &self,
        conclusion: &Conclusion,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let _fitting = self.fitting();
        conclusion::conclude(self.shop(), conclusion, now)?;
        self.refresh_model()?;
        self.refresh_trials()
    }

    /// As `promote`; it answers from then on.
    ///
    /// # Errors
    /// Those of `promote`.
    pub fn promote(
        &self,
        version: &ModelVersion,
        why: &str,
        now: Timestamp,
    ) -> Result<Decision, AppError> {
        let _fitting = self.fitting();
        let decision = optimise::promote(self.shop(), version, why, now)?;
        self.refresh_model()?;
        Ok(decision)
    }

    /// As `roll_back`; the earlier model answers from then on.
    ///
    /// # Errors
    /// [`AppError::BadRequest`] without a reason, or those of `roll_back`.
    pub fn roll_back(&self, why: &str, now: Timestamp) -> Result<Decision, AppError> {
        let _fitting = self.fitting();
        let decision = optimise::roll_back(self.shop(), why, now)?;
        self.refresh_model()?;
        Ok(decision)
    }

    /// The explanation of the model in use, if it was worked out already and nobody is at it now.
    #[must_use]
    pub fn known_explanation(&self) -> Option<Arc<ModelExplanation>> {
        let loaded = self.model().ok()?;
        let kept = self.explained.try_lock().ok()?;
        kept.clone().filter(|known| known.model_version == loaded.version)
    }

    /// Explains the model in use as a whole. Computed once per model, and anew after an erasure.
    ///
    /// # Errors
    /// [`AppError::NoModel`], or what the store says.
    pub fn explain_model(&self) -> Result<Arc<ModelExplanation>, AppError> {
        // Held while one is computed, so that many who ask at once wait for one fit.
        let mut kept = self.explained.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = self.snapshot();
        let loaded = snapshot.model()?;
        if let Some(known) = kept.as_ref().filter(|known| known.model_version == loaded.version) {
            return Ok(Arc::clone(known));
        }
        let explained =
            Arc::new(model_explanation::explain_loaded(self.shop(), loaded, snapshot.tally())?);
        *kept = Some(Arc::clone(&explained));
        Ok(explained)
    }
}
