//! Forgetting a shopper: log, profile, answers, live counts and every artefact that counted them.

use domain::{ModelVersion, SubjectId};
use serde::Serialize;

use crate::{AppError, Live};

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
    /// [`AppError::NoShopper`], or what the store or the fitting says. After an error past the
    /// first step the shopper is out of the log; repeating the call, or opening the shop for
    /// service, completes the rest.
    pub fn erase(&self, subject: &SubjectId) -> Result<Erasure, AppError> {
        let _fitting = self.fitting();
        let gate = self.gate();
        let removed = self.shop().state().erase(subject)?;
        self.recount(&gate)?;
        let (model_version, models_removed) = self.forget_in_models()?;
        let removed = removed.ok_or_else(|| AppError::NoShopper(subject.clone()))?;
        Ok(Erasure { removed, model_version, models_removed })
    }

    /// Replaces every model that counted somebody who is gone. Nothing to do where there is none.
    pub(crate) fn forget_in_models(&self) -> Result<(Option<ModelVersion>, usize), AppError> {
        let erased_last = self.shop().state().erasures()?.last().copied();
        let (Some(erased_last), Ok(loaded)) = (erased_last, self.model()) else {
            return Ok((None, 0));
        };
        if self.shop().trained(&loaded.version)?.as_of >= erased_last {
            return Ok((Some(loaded.version.clone()), 0));
        }
        self.rebuild_models()
    }

    fn rebuild_models(&self) -> Result<(Option<ModelVersion>, usize), AppError> {
        let Ok(old) = self.model() else {
            return Ok((None, 0));
        };
        let trained = self.shop().refit(&old)?;
        self.refresh_model()?;
        let models = self.shop().models();
        let stale: Vec<_> =
            models.list()?.into_iter().filter(|version| *version != trained.version).collect();
        for version in &stale {
            models.remove(version)?;
        }
        Ok((Some(trained.version), stale.len()))
    }
}
