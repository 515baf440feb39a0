//! `candor evaluate faithfulness`: whether explanations say what the model does.

use evaluation::faithfulness::{FaithfulnessConfig, FaithfulnessStage, table};
use shop::Access;

use crate::command::ShopFolder;
use crate::{progress, show};

/// Measure whether explanations say what the model does.
///
/// The first ten items of each sampled shopper are explained by the ranker's own attribution, by
/// leaving one event out, by likeness, by the newest events and at random, the Transformer also by
/// gradients × input and by its attention, for each signal alone and for the blend; the events named most important are masked, or all others are, and
/// everything runs again. Metrics: POS@5/10/20, DEL, INS, CDCG, PN, PS, F_NS at 1 to 5 events, and
/// certified flips. With it: does an explanation change when what was learned is destroyed, does it
/// stay with another seed, is a planted lie refuted, and what does the strength of a reason say.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor evaluate faithfulness --shop ./shop
  candor evaluate faithfulness --shop ./shop --shoppers 500 --no-other-seed --json")]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Shoppers drawn, of those with at least 5 steps
    #[arg(long, default_value_t = 200)]
    shoppers: usize,
    /// Seed of the draw
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Do not fit a second model with another seed (takes as long as a training)
    #[arg(long)]
    no_other_seed: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let shop = app::open(&arguments.shop.folder, Access::Read)?;
    let config = FaithfulnessConfig {
        n_shoppers: arguments.shoppers,
        seed: arguments.seed,
        two_seeds: !arguments.no_other_seed,
    };
    let bar = progress::stages();
    let report = evaluation::faithfulness::measure(&shop, &config, &|stage| match stage {
        FaithfulnessStage::Explaining { ranker, n_done, n_shoppers } => {
            bar.set_message(format!("explaining {ranker}"));
            bar.set_length(n_shoppers as u64);
            bar.set_position(n_done as u64);
        }
        FaithfulnessStage::Sanity => bar.set_message("comparing with other models"),
        FaithfulnessStage::Calibration => bar.set_message("relating strength to flips"),
    });
    bar.finish_and_clear();
    let report = report?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
        return Ok(());
    }
    print!("{}{}", show::label(report.simulated), table(&report));
    Ok(())
}
