//! The commands, in the order of a first walk.

pub(crate) mod demo;

pub(crate) mod evaluate;
pub(crate) mod import;
pub(crate) mod train;

pub(crate) mod explain;
pub(crate) mod recommend;
pub(crate) mod serve;

pub(crate) mod export;

pub(crate) mod analyse;
pub(crate) mod audit;
pub(crate) mod bench;
pub(crate) mod erase;

use std::path::PathBuf;

/// Which shop a command is about.
#[derive(Debug, clap::Args)]
pub(crate) struct ShopFolder {
    /// Folder of the shop
    #[arg(long = "shop", value_name = "DIR", env = "CANDOR_SHOP")]
    pub(crate) folder: PathBuf,
}
