//! What an answer is computed from: counts as of one ingest id and the model that goes with them.
//! Nothing changes a snapshot; what is taken in meanwhile is in the next one.

use std::sync::Arc;

use crate::error::ShopError;
use crate::live_counts::LiveCounts;
use crate::model::LoadedModel;

/// Counts and model as of one moment, taken together.
#[derive(Clone)]
pub struct Snapshot {
    /// The counts.
    pub counts: Arc<LiveCounts>,
    /// The model in use; none before the first training.
    pub loaded: Option<Arc<LoadedModel>>,
    /// Rises with every erasure: what was computed before one is kept in no cache after it.
    pub epoch: u64,
}

impl Snapshot {
    /// The counts.
    #[must_use]
    pub fn counts(&self) -> &LiveCounts {
        &self.counts
    }

    /// The model in use.
    ///
    /// # Errors
    /// [`ShopError::NoModel`] before the first training.
    pub fn model(&self) -> Result<&Arc<LoadedModel>, ShopError> {
        self.loaded.as_ref().ok_or(ShopError::NoModel)
    }
}
