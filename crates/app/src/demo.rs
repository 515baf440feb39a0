//! The demo shop: simulated shoppers with known tastes, in a folder like any other shop.

use std::path::Path;

use store::{HistoryRow, LoadProgress};

use crate::config::{Config, FILE_NAME};
use shop::{Access, Shop, ShopError};

pub use simulate::{Sample, ShopConfig, samples};

/// What the demo writes into its shop's settings, so that everything says it is simulated.
const SETTINGS: &str = "\
# Written by `candor demo`. `candor config` prints every setting.
[shop]
name = \"Candor demo shop\"
simulated = true

[prepare]
zone = \"Asia/Shanghai\"

[surveys]
share = 1.0                 # the shop window puts its questionnaire to everybody who looks around

# Ready in a moment rather than as exact as can be: larger steps, and an earlier end. A shop of its
# own had better keep the defaults.
[signals.sequence.model]
learning_rate = 0.003
warm_up = 100
patience = 3

[signals.tuning]
max_trials = 24
";

/// Makes the demo shop in `folder`, or opens it where it was made before. The same settings give
/// the same shop.
///
/// # Errors
/// [`ShopError::BadRequest`] when `config` is out of bounds, or what the store says.
pub fn create(
    folder: &Path,
    config: &ShopConfig,
    progress: &mut dyn FnMut(LoadProgress),
) -> Result<Shop, ShopError> {
    config.check().map_err(|e| ShopError::BadRequest { field: "demo", problem: e.to_string() })?;
    std::fs::create_dir_all(folder).map_err(ShopError::file(folder))?;
    let settings = folder.join(FILE_NAME);
    if !settings.exists() {
        std::fs::write(&settings, SETTINGS).map_err(ShopError::file(&settings))?;
    }
    let shop = open(folder, Access::Create)?;
    let made = simulate::shop(config);
    let items = made.items.into_iter().map(HistoryRow::Item);
    let events = made.events.into_iter().map(HistoryRow::Event);
    let reviews = made.reviews.into_iter().map(HistoryRow::Review);
    shop.state().load_history(&mut items.chain(events).chain(reviews), progress)?;
    Ok(shop)
}

/// Opens the shop in `folder`, with the settings that lie there and in the environment.
///
/// # Errors
/// [`ShopError::NoShop`], [`ShopError::Busy`], [`ShopError::Config`], or what the store says.
pub fn open(folder: impl AsRef<Path>, access: Access) -> Result<Shop, ShopError> {
    Shop::open(folder, access, |folder| Ok(Config::load(folder)?.sections()))
}
