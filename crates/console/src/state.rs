//! The state that the pages share.

use std::sync::Arc;
use std::time::Duration;

use app::Live;
use app::config::ServeConfig;
use feeds::Feeds;
use insights::report_cache::Lookup;
use jobs::Jobs;
use web::keys::Keys;
use web::{SampleShopper, now};

use crate::session::Sessions;

/// The state of the console's pages.
pub struct Console {
    pub(crate) live: Arc<Live>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) feeds: Arc<Feeds>,
    pub(crate) sessions: Sessions,
    /// Shoppers that the explorer offers.
    pub(crate) sample_shoppers: Vec<SampleShopper>,
    /// How long a page waits for the newest figures.
    patience: Duration,
}

impl Console {
    /// The console of a shop, entered with the admin key of the settings.
    #[must_use]
    pub fn new(
        live: Arc<Live>,
        keys: Arc<Keys>,
        (jobs, feeds): (Arc<Jobs>, Arc<Feeds>),
        sample_shoppers: Vec<SampleShopper>,
        settings: &ServeConfig,
    ) -> Self {
        let sessions = Sessions::new(settings.admin_key.as_deref());
        let patience = Duration::from_millis(settings.patience_ms);
        Self { live, keys, jobs, feeds, sessions, sample_shoppers, patience }
    }

    /// A request for a report, as of now.
    pub(crate) fn lookup(&self) -> Lookup {
        Lookup { now: now(), patience: self.patience }
    }
}
