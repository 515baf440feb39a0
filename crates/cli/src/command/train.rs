//! `candor train`: a model from everything the shop knows.

use shop::Access;

use crate::command::ShopFolder;
use crate::show::Labelled;
use crate::{progress, show};

/// Fit a model on everything the shop knows, and put it into use.
///
/// Constants and blend weights are chosen on held-out events, a Transformer is trained until
/// validation stops improving, then everything is fitted on all events. A signal that does not
/// earn its weight on this shop gets none. A running server takes the new model up by itself.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor train --shop ./shop
  candor train --shop ./shop --resume     # every hour; train anew every week")]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Continue a training that was interrupted; where none was, bring the model up to date with
    /// new events and items, and keep its constants and weights
    #[arg(long)]
    resume: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let shop = app::open(&arguments.shop.folder, Access::Read)?;
    let bar = progress::stages();
    let show = |progress| progress::show_fitting(&bar, progress);
    let trained = match arguments.resume {
        true => training::resume(&shop, &show),
        false => training::train(&shop, &show),
    };
    bar.finish_and_clear();
    let (trained, simulated) = (trained?, shop.config::<app::Config>().shop.simulated);
    show::print(arguments.json, &Labelled { simulated, answer: &trained }, || {
        show::label(simulated).to_owned() + &show::training::text(&trained)
    })
}
