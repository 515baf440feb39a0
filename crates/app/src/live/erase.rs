//! Forgetting a shopper: log, profile, answers, live counts and every artefact that counted them.

use domain::{ModelVersion, SubjectId};
use serde::Serialize;

use shop::ShopError;
use shop::model::LoadedModel;

use super::Live;

/// What an erasure did.
#[derive(Debug, Clone, Serialize)]
pub struct Erasure {
    /// What was removed from the store.
    #[serde(flatten)]
    pub removed: store::Erased,
    /// The model that was fitted again without the shopper; `None` where there was no model.
    pub model_version: Option<ModelVersion>,
    /// Models that counted the shopper, now removed.
    pub models_removed: usize,
}

impl Live {
    /// Removes everything about a shopper. Done means done: when this returns, the log has no
    /// trace, the counts are taken again, the model is fitted again with the same constants, and
    /// every older model is gone.
    ///
    /// # Errors
    /// [`ShopError::NoShopper`], or what the store or the fitting says. After an error past the
    /// first step the shopper is out of the log; repeating the call, or opening the shop for
    /// service, completes the rest.
    pub fn erase(&self, subject: &SubjectId) -> Result<Erasure, ShopError> {
        let _fitting = self.fitting();
        let gate = self.shop.gate();
        // First, so that an erasure that breaks off leaves nothing of a training behind it.
        training::forget_interrupted(self.shop())?;
        let removed = self.shop().state().erase(subject)?;
        let counted = self.shop().count()?;
        let (model, fitted) = match self.refit_without_the_erased() {
            Ok(model) => (model, Ok(())),
            Err(error) => (None, Err(error)),
        };
        // Also where fitting failed: the counts at least know nothing of the shopper any more.
        let epoch = gate.replace(counted, model);
        self.forget(epoch);
        fitted?;
        let models_removed = self.remove_models_of_the_erased()?;
        let removed = removed.ok_or_else(|| ShopError::NoShopper(subject.clone()))?;
        let model_version = self.model().ok().map(|loaded| loaded.version.clone());
        Ok(Erasure { removed, model_version, models_removed })
    }

    /// The model fitted again, where the one in use counted somebody who is gone.
    pub(super) fn refit_without_the_erased(&self) -> Result<Option<LoadedModel>, ShopError> {
        match self.model() {
            Ok(old) if self.counted_the_erased(&old.version)? => {
                let trained = training::refit(self.shop(), &old)?;
                self.shop().model(&trained.version).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Removes every model that counted somebody who is gone; how many there were.
    pub(super) fn remove_models_of_the_erased(&self) -> Result<usize, ShopError> {
        let models = self.shop().models();
        let mut n_removed = 0;
        for version in models.list()? {
            if self.counted_the_erased(&version)? {
                models.remove(&version)?;
                n_removed += 1;
            }
        }
        Ok(n_removed)
    }

    fn counted_the_erased(&self, version: &ModelVersion) -> Result<bool, ShopError> {
        let erased_last = self.shop().state().erasures()?.last().copied();
        let Some(erased_last) = erased_last else {
            return Ok(false);
        };
        Ok(training::trained(self.shop(), version)?.as_of < erased_last)
    }
}
