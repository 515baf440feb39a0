//! The server put together: each room with what it needs of the shop, keys and counters.

use std::sync::Arc;

use app::Live;
use app::config::ServeConfig;
use console::Console;
use feeds::{Feeds, Imports};
use jobs::Jobs;
use storefront::Storefront;
use web::keys::Keys;
use web::metrics::Metrics;
use web::tokens::Tokens;
use web::{SampleShopper, now};

use crate::api::state::Api;
use crate::error::ServerError;
use crate::gate::Gate;
use crate::local::LocalSecret;
use crate::settings;

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Address, keys and limits; usually `live.config().serve`.
    pub settings: ServeConfig,
    /// Shoppers that the page offers by name.
    pub sample_shoppers: Vec<SampleShopper>,
}

/// Everything behind the routes.
pub struct Service {
    pub(crate) settings: ServeConfig,
    /// Whether no key is set, so that everybody on this machine may do everything.
    pub(crate) is_open: bool,
    pub(crate) gate: Arc<Gate>,
    /// What opens the gate to commands of this machine.
    pub(crate) local: Arc<LocalSecret>,
    pub(crate) feeds: Arc<Feeds>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) api: Arc<Api>,
    pub(crate) storefront: Arc<Storefront>,
    pub(crate) console: Arc<Console>,
}

impl Service {
    /// Checks the settings and puts everything together.
    ///
    /// # Errors
    /// [`ServerError`] with the setting that cannot be served with.
    pub fn new(live: Arc<Live>, options: ServeOptions) -> Result<Arc<Self>, ServerError> {
        let ServeOptions { settings, sample_shoppers } = options;
        settings::check(&settings)?;
        let keys = Arc::new(Keys::new(&settings)?);
        let tokens = Arc::new(Tokens::new(settings.server_key.as_deref()));
        let local = Arc::new(LocalSecret::fresh());
        let gate =
            Gate::new((Arc::clone(&keys), Arc::clone(&tokens), Arc::clone(&local)), &settings)?;
        let imports = Imports::new(live.shared(), now);
        let feeds = Feeds::new(live.shared(), imports, now)?;
        let (metrics, jobs) = (Arc::<Metrics>::default(), Jobs::new(Arc::clone(&live), now));
        let storefront = Storefront::new(
            Arc::clone(&live),
            Arc::clone(&metrics),
            sample_shoppers.clone(),
            &keys,
        );
        let is_open = keys.is_open();
        let console = Console::new(
            Arc::clone(&live),
            keys,
            (Arc::clone(&jobs), Arc::clone(&feeds)),
            sample_shoppers,
            &settings,
        );
        let api = Api {
            live,
            settings: settings.clone(),
            tokens,
            metrics: Arc::clone(&metrics),
            jobs,
            feeds: Arc::clone(&feeds),
            catalogue: Default::default(),
        };
        Ok(Arc::new(Self {
            settings,
            is_open,
            gate: Arc::new(gate),
            local,
            feeds,
            metrics,
            api: Arc::new(api),
            storefront: Arc::new(storefront),
            console: Arc::new(console),
        }))
    }
}
