//! `candor evaluate`: accuracy and more on held-out events; and how well opinions are found.

mod aspects;
mod intents;

mod faithfulness;

use anyhow::bail;
use app::evaluate::{EvaluateConfig, EvaluateStage, Fractions, Protocol, table};
use app::{Access, Shop};

use crate::command::ShopFolder;
use crate::progress;

/// Measure accuracy, coverage and diversity on held-out events, beside baselines.
///
/// Each signal alone, their blend, the list as served (after variety), popularity and cosine
/// item-kNN rank the whole catalogue, with the items of the history masked and not. All constants
/// are chosen on validation; then everything is fitted on all that lies before the test. Intervals
/// are 95 % by bootstrap over shoppers.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  candor evaluate --shop ./shop
  candor evaluate --shop ./shop --protocol time --at 0.8,0.9 --k 5,10,20 --json
  candor evaluate faithfulness --shop ./shop"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    shop: Option<ShopFolder>,
    /// leave-one-out: each shopper's last event. shopper: 8:1:1 by shopper. time: by instant
    #[arg(long, default_value = "leave-one-out", value_parser = ["leave-one-out", "shopper", "time"])]
    protocol: String,
    /// time: shares of all events before validation and before test
    #[arg(long, value_delimiter = ',', default_values_t = [0.8, 0.9])]
    at: Vec<f64>,
    /// Where hit rate and NDCG are cut
    #[arg(long, value_delimiter = ',', default_values_t = [5, 10, 20])]
    k: Vec<usize>,
    /// Seed of splits, ties and bootstrap
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// What else than accuracy can be measured.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// How well the aspects of reviews and the opinions on them are found.
    Aspects(aspects::Arguments),
    /// How many questions of shoppers are understood.
    Intents(intents::Arguments),
    /// Measure whether explanations say what the model does.
    Faithfulness(faithfulness::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    match (&arguments.what, &arguments.shop) {
        (Some(What::Aspects(arguments)), _) => aspects::run(arguments),
        (Some(What::Intents(arguments)), _) => intents::run(arguments),
        (Some(What::Faithfulness(arguments)), _) => faithfulness::run(arguments),
        (None, Some(shop)) => accuracy(arguments, shop),
        (None, None) => bail!("--shop: name the folder of the shop"),
    }
}

fn accuracy(arguments: &Arguments, shop: &ShopFolder) -> anyhow::Result<()> {
    let shop = Shop::open(&shop.folder, Access::Read)?;
    let config = arguments.config()?;
    let bar = progress::stages();
    let evaluated = shop.evaluate(&config, &|stage| match stage {
        EvaluateStage::Fitting(step) => progress::show_fitting(&bar, step),
        EvaluateStage::Baselines => bar.set_message("fitting baselines"),
        EvaluateStage::Asking(step) => {
            bar.set_message(format!("asking {}", step.model));
            bar.set_length(step.n_cases as u64);
            bar.set_position(step.n_done as u64);
        }
    });
    bar.finish_and_clear();
    let evaluated = evaluated?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&evaluated.report)?);
        return Ok(());
    }
    if evaluated.simulated {
        println!("(simulated shop)");
    }
    print!("{}", table(&evaluated.report));
    println!("\nblend weights, learned on validation:");
    for signal in &evaluated.fit.signals {
        println!("  {:?} {:.3}: {}", signal.signal, signal.weight, signal.verdict);
    }
    Ok(())
}

impl Arguments {
    fn config(&self) -> anyhow::Result<EvaluateConfig> {
        let protocol = match (self.protocol.as_str(), self.at.as_slice()) {
            ("time", &[train_end, validation_end]) => {
                Protocol::Time(Fractions { train_end, validation_end })
            }
            ("time", _) => bail!("--at: give two shares, e.g. --at 0.8,0.9"),
            ("shopper", _) => Protocol::Shopper,
            _ => Protocol::LeaveOneOut,
        };
        if self.k.is_empty() || self.k.contains(&0) {
            bail!("--k: give positive numbers, e.g. --k 5,10,20");
        }
        Ok(EvaluateConfig {
            protocol,
            ks: self.k.clone(),
            seed: self.seed,
            ..EvaluateConfig::default()
        })
    }
}
