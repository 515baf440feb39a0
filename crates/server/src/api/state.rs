//! The state that the handlers of the API share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use answers::{Answer, Request};
use app::Live;
use app::config::ServeConfig;
use feeds::Feeds;
use jobs::Jobs;
use web::error::ApiError;
use web::metrics::Metrics;
use web::tokens::Tokens;

/// The state that the handlers of the API share.
pub(crate) struct Api {
    pub(crate) live: Arc<Live>,
    pub(crate) settings: ServeConfig,
    pub(crate) tokens: Arc<Tokens>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) feeds: Arc<Feeds>,
    /// Held while an item is read, changed and written.
    pub(crate) catalogue: Mutex<()>,
}

impl Api {
    /// Runs work that reads or writes the shop on a thread that may block.
    pub(crate) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        web::blocking(self, work).await
    }

    /// Answers and counts what was delivered.
    pub(crate) fn recommend(&self, request: &Request) -> Result<Answer, ApiError> {
        let answer = self.live.recommender.recommend(request)?;
        self.metrics.delivered(&answer);
        Ok(answer)
    }

    /// The turn to change the catalogue.
    pub(crate) fn catalogue(&self) -> MutexGuard<'_, ()> {
        self.catalogue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
