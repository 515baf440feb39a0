//! The simulated study: what reasons do to trust and to what shoppers get, where the truth is known.
//!
//! Everything but the shoppers is the real thing: the store (in memory), trained models, verified
//! claims, assignment, seeded errors, questionnaire, analysis and the loop. The shoppers, with known tastes
//! and minds, come from `simulate`. False and empty reasons exist only on the screen between an
//! answer and a simulated shopper; no setting of a shop can bring them about. Refuses to call
//! anything it finds a finding about people.

mod accuracy;
mod arms;
mod found;
mod learned;
mod recovered;
mod screen;
mod ticks;
mod visits;

use std::path::Path;

use app::{Config, Live};
use domain::Timestamp;
use domain::time::DAY_MS;
use serde::{Deserialize, Serialize};
use shop::{Shop, ShopError};
use simulate::ShopConfig;
use store::HistoryRow;

pub use accuracy::Accuracy;
pub use arms::Arm;
pub use found::{ArmTrust, Study, Week};
pub use learned::{Compared, Decided, Learning, Month};
pub use recovered::{Recovered, Sought};

use visits::World;

/// The settings that a study runs under, over the defaults.
pub const SETTINGS: &str = include_str!("settings.toml");

/// Days that a study takes; the same time before them is what the shop knows already.
const N_DAYS: i64 = 90;
/// Days of the study after which the loop takes a round, the first before anything was seen.
const ROUNDS: [i64; 6] = [0, 21, 35, 49, 63, 77];

/// What a study is made from. The same gives the same study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StudyConfig {
    /// Seed of everything random.
    pub seed: u64,
    /// Shoppers.
    pub n_shoppers: usize,
    /// Items.
    pub n_items: usize,
    /// Events to aim for within the study.
    pub n_events: usize,
    /// How often outcomes are drawn again from what is known, to see whether intervals hold it.
    pub n_redraws: usize,
}

impl Default for StudyConfig {
    fn default() -> Self {
        Self {
            seed: 20_261_101,
            n_shoppers: 4_000,
            n_items: 10_000,
            n_events: 100_000,
            n_redraws: 200,
        }
    }
}

impl StudyConfig {
    /// Half of the simulated time comes before the study, and in the other half recommendations add
    /// about as many events as came before.
    fn shop(&self) -> ShopConfig {
        ShopConfig {
            seed: self.seed,
            n_shoppers: self.n_shoppers,
            n_items: self.n_items,
            n_events: self.n_events,
            ..ShopConfig::default()
        }
    }
}

/// How far a study has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StudyProgress {
    /// What is being done.
    pub stage: StudyStage,
    /// Steps done.
    pub done: usize,
    /// Steps to do.
    pub of: usize,
}

/// What a study does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StudyStage {
    /// Making shop and shoppers.
    Shop,
    /// Fitting the first models.
    Models,
    /// Three months of visits.
    Visits,
    /// Drawing outcomes again.
    Redraws,
}

/// Runs a study. Models lie in `folder` while it runs.
///
/// # Errors
/// [`ShopError::BadRequest`] when the study is too large or too small to run, or what the store says.
pub fn run(
    config: &StudyConfig,
    folder: &Path,
    progress: &dyn Fn(StudyProgress),
) -> Result<Study, ShopError> {
    let tell = |stage| move |done, of| progress(StudyProgress { stage, done, of });
    tell(StudyStage::Shop)(0, 1);
    let shop_config = config.shop();
    let bad = |problem: String| ShopError::BadRequest { field: "study", problem };
    shop_config.check().map_err(|e| bad(e.to_string()))?;
    let made = simulate::shop(&shop_config);
    let begin = Timestamp(shop_config.now.0 - N_DAYS * DAY_MS);
    let live = open_shop(&made, begin, folder)?;
    tell(StudyStage::Models)(0, 1);
    live.train(&|_| {})?;
    let models = arms::Models::fit(&live)?;
    let accuracy = accuracy::measure(&live, &models)?;
    arms::start(&live, &models, begin)?;
    let first_model = &models.blend;
    let world =
        World { made: &made, live: &live, begin, end: shop_config.now, config, first_model };
    let logged = visits::live_through(&world, &tell(StudyStage::Visits))?;
    found::collect(&world, accuracy, &logged, &tell(StudyStage::Redraws))
}

/// The shop as it stands when the study begins.
fn open_shop(made: &simulate::Shop, begin: Timestamp, folder: &Path) -> Result<Live, ShopError> {
    let shop = Shop::in_memory(Config::over_defaults(SETTINGS)?.sections(), folder)?;
    let is_sold = |item: &&domain::Item| item.available_since.is_none_or(|since| since < begin);
    let items = made.items.iter().filter(is_sold).cloned().map(HistoryRow::Item);
    let before = |time: &domain::EventTime| time.key() < begin.0;
    let events = made.events.iter().filter(|event| before(&event.time)).cloned();
    let reviews = made.reviews.iter().filter(|review| before(&review.time)).cloned();
    let rows = items.chain(events.map(HistoryRow::Event));
    let mut rows = rows.chain(reviews.map(HistoryRow::Review));
    shop.state().load_history(&mut rows, &mut |_| {})?;
    Live::new(shop)
}
