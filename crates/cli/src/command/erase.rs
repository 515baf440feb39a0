//! `candor erase`: forget a shopper.

use app::Live;
use domain::SubjectId;
use shop::Access;

use crate::command::ShopFolder;

/// Forget a shopper: log, profile, counts, answers and models. Cannot be undone.
///
/// Done means done: when this returns, the model has been fitted again without them and every
/// older model is gone. Beside a running server, use DELETE /v1/shoppers/{id} instead.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The shopper, in the shop's words
    shopper: SubjectId,
    #[command(flatten)]
    shop: ShopFolder,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let live = Live::new(app::open(&arguments.shop.folder, Access::Write)?)?;
    let erasure = live.erase(&arguments.shopper)?;
    println!("{}", serde_json::to_string_pretty(&erasure)?);
    Ok(())
}
