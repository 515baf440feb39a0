//! What changes a shop in service from within: a model is trained, promoted or taken back, an
//! experiment begins or ends; each is taken up from the next answer on.

use domain::{ModelVersion, Timestamp};
use experimentation::conclusion::{self, Conclusion};
use experimentation::experiment::{self, Definition};
use experimentation::optimise::{self, Decision, Optimised};
use signals::Progress;
use training::Trained;

use shop::ShopError;

use super::Live;

impl Live {
    /// What was measured when the model in use was trained; `None` before the first training.
    ///
    /// # Errors
    /// What the store says, or that the model's report cannot be read.
    pub fn trained(&self) -> Result<Option<Trained>, ShopError> {
        let model = self.model().ok();
        model.map(|model| training::trained(self.shop(), &model.version)).transpose()
    }

    /// Fits a new model on everything known now and answers with it from then on.
    ///
    /// # Errors
    /// What the store or the fitting says; the old model then stays in use.
    pub fn train(&self, progress: &(dyn Fn(Progress) + Sync)) -> Result<Trained, ShopError> {
        let _fitting = self.fitting();
        let trained = training::train(self.shop(), progress)?;
        self.refresh_model()?;
        Ok(trained)
    }

    /// As `start_experiment`; it holds from the next answer on.
    ///
    /// # Errors
    /// Those of `start_experiment`.
    pub fn start_experiment(&self, new: &Definition, now: Timestamp) -> Result<(), ShopError> {
        experiment::start(self.shop(), new, now)?;
        self.recommender.refresh_experiments()
    }

    /// As `stop_experiment`; it holds from the next answer on.
    ///
    /// # Errors
    /// Those of `stop_experiment`.
    pub fn stop_experiment(&self, name: &str, now: Timestamp) -> Result<Definition, ShopError> {
        let stopped = experiment::stop(self.shop(), name, now)?;
        self.recommender.refresh_experiments()?;
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
    ) -> Result<Optimised, ShopError> {
        let _fitting = self.fitting();
        let optimised = optimise::optimise(self.shop(), now, progress)?;
        self.refresh_model()?;
        self.recommender.refresh_experiments()?;
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
    ) -> Result<(), ShopError> {
        let _fitting = self.fitting();
        conclusion::conclude(self.shop(), conclusion, now)?;
        self.refresh_model()?;
        self.recommender.refresh_experiments()
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
    ) -> Result<Decision, ShopError> {
        let _fitting = self.fitting();
        let decision = optimise::promote(self.shop(), version, why, now)?;
        self.refresh_model()?;
        Ok(decision)
    }

    /// As `roll_back`; the earlier model answers from then on.
    ///
    /// # Errors
    /// [`ShopError::BadRequest`] without a reason, or those of `roll_back`.
    pub fn roll_back(&self, why: &str, now: Timestamp) -> Result<Decision, ShopError> {
        let _fitting = self.fitting();
        let decision = optimise::roll_back(self.shop(), why, now)?;
        self.refresh_model()?;
        Ok(decision)
    }
}
