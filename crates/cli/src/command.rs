//! The commands, in the order of a first walk.

pub(crate) mod content;
pub(crate) mod demo;

pub(crate) mod evaluate;
pub(crate) mod import;
pub(crate) mod models;
pub(crate) mod train;
pub(crate) mod unlisted;

pub(crate) mod ask;
pub(crate) mod explain;
pub(crate) mod recommend;
pub(crate) mod serve;

pub(crate) mod export;

pub(crate) mod analyse;
pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod bench;
pub(crate) mod erase;

pub(crate) mod experiment;
pub(crate) mod optimise;
pub(crate) mod simulate;
pub(crate) mod trust;
pub(crate) mod verify;

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::Timestamp;

/// The machine's clock.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Timestamp(since.map_or(0, |elapsed| elapsed.as_millis() as i64))
}

/// Which shop a command is about.
#[derive(Debug, clap::Args)]
pub(crate) struct ShopFolder {
    /// Folder of the shop
    #[arg(long = "shop", value_name = "DIR", env = "CANDOR_SHOP")]
    pub(crate) folder: PathBuf,
}
