//! `candor train`: a model from everything the shop knows.

use app::{Access, Shop};

use crate::command::ShopFolder;
use crate::{progress, show};

/// Fit a model on everything the shop knows, and put it into use.
///
/// Constants and blend weights are chosen on validation (each shopper's last event), then the
/// model is fitted on everything with them. A running server takes the new model up by itself.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let shop = Shop::open(&arguments.shop.folder, Access::Read)?;
    let bar = progress::stages();
    let trained = shop.train(&|progress| progress::show_fitting(&bar, progress));
    bar.finish_and_clear();
    let trained = trained?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&trained)?);
    } else {
        print!("{}", show::training::text(&trained));
    }
    Ok(())
}
