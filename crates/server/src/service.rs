//! What every handler shares: the shop in service, keys, limits, counters.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::Live;
use app::config::ServeConfig;
use app::reading::Looker;
use domain::{SubjectId, Text, Timestamp};

use crate::console::Sessions;
use crate::error::ApiError;
use crate::evaluating::Evaluating;
use crate::keys::Keys;
use crate::layers;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::serve::ServerError;
use crate::tokens::Tokens;
use crate::training::Training;
use crate::window::Shelves;
use crate::work::Work;

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Address, keys and limits; usually `live.config().serve`.
    pub settings: ServeConfig,
    /// Shoppers that the page offers by name.
    pub sample_shoppers: Vec<SampleShopper>,
}

/// A shopper that the page offers to look at.
#[derive(Debug, Clone)]
pub struct SampleShopper {
    /// The shop's id of them.
    pub subject: SubjectId,
    /// What the page calls them.
    pub name: Text,
}

/// Everything behind the routes.
pub struct Service {
    pub(crate) live: Arc<Live>,
    pub(crate) options: ServeOptions,
    pub(crate) keys: Keys,
    pub(crate) tokens: Tokens,
    pub(crate) sessions: Sessions,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
    pub(crate) work: Work,
    pub(crate) training: Training,
    pub(crate) evaluating: Evaluating,
    pub(crate) shelves: Shelves,
    /// Held while an item is read, changed and written.
    catalogue: Mutex<()>,
}

impl Service {
    /// Checks the settings and puts everything together.
    ///
    /// # Errors
    /// [`ServerError`] with the setting that cannot be served with.
    pub fn new(live: Arc<Live>, options: ServeOptions) -> Result<Arc<Self>, ServerError> {
        let settings = &options.settings;
        layers::check(settings)?;
        Ok(Arc::new(Self {
            keys: Keys::new(settings)?,
            tokens: Tokens::new(settings.server_key.as_deref()),
            sessions: Sessions::new(settings.admin_key.as_deref()),
            limits: Limits::new(settings)?,
            metrics: Metrics::default(),
            work: Work::default(),
            training: Training::default(),
            evaluating: Evaluating::default(),
            shelves: Shelves::default(),
            catalogue: Mutex::default(),
            live,
            options,
        }))
    }

    /// Runs work that reads or writes the shop on a thread that may block.
    pub(crate) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let service = Arc::clone(self);
        let task = tokio::task::spawn_blocking(move || work(&service));
        match task.await {
            Ok(done) => done,
            Err(stopped) => match stopped.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(ApiError::stopping()),
            },
        }
    }

    /// Whoever looks at figures now.
    pub(crate) fn looker(&self) -> Looker {
        let patience = Duration::from_millis(self.options.settings.patience_ms);
        Looker { now: now(), patience }
    }

    pub(crate) fn catalogue(&self) -> MutexGuard<'_, ()> {
        self.catalogue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The server's clock.
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(since.map_or(0, |elapsed| elapsed.as_millis() as i64))
}
