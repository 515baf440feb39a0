//! The state that the pages share.

use std::sync::Arc;

use app::Live;
use web::SampleShopper;
use web::keys::Keys;
use web::metrics::Metrics;

use crate::shelves::Shelves;

/// The state of the storefront's pages and of the widget's sample page.
pub struct Storefront {
    pub(crate) live: Arc<Live>,
    pub(crate) metrics: Arc<Metrics>,
    /// Shoppers that one may be.
    pub(crate) sample_shoppers: Vec<SampleShopper>,
    /// Whether no key is set: only then does the storefront show anybody.
    pub(crate) is_open: bool,
    pub(crate) shelves: Shelves,
}

impl Storefront {
    /// The storefront of a shop, where interactions are counted in `metrics`.
    #[must_use]
    pub fn new(
        live: Arc<Live>,
        metrics: Arc<Metrics>,
        sample_shoppers: Vec<SampleShopper>,
        keys: &Keys,
    ) -> Self {
        Self {
            live,
            metrics,
            sample_shoppers,
            is_open: keys.is_open(),
            shelves: Shelves::default(),
        }
    }
}
