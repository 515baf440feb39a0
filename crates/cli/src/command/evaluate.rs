//! `candor evaluate`: accuracy and more on held-out events; and how well opinions are found.

mod aspects;
mod intents;

mod faithfulness;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use domain::Language;
use evaluation::evaluate::{EvaluateConfig, EvaluateStage, Fractions, Protocol};
use evaluation::kept::MadeBy;
use shop::Access;

use crate::command::ShopFolder;
use crate::{progress, show};

/// Measure accuracy, coverage and diversity on held-out events, beside baselines.
///
/// Each signal alone, their blend with and without the Transformer, the list as served (after
/// variety), popularity, item-kNN, implicit ALS and EASE rank the whole catalogue, with the items
/// of the history masked and not. All constants are chosen on validation; then everything is fitted
/// on all that lies before the test. Intervals are 95 % by bootstrap over shoppers, and the blend
/// is compared with each other shopper by shopper.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Examples:
  candor evaluate --shop ./shop
  candor evaluate --shop ./shop --protocol time --at 0.8,0.9 --k 5,10,20 --json
  candor evaluate --shop ./shop --seeds 5 --report evaluation.html --lang zh
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
    /// Train with so many seeds and tell mean and standard deviation; constants are chosen on
    /// validation anew by each
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=100))]
    seeds: u16,
    /// Fit EASE on catalogues up to this size; its cost grows with the cube
    #[arg(long, default_value_t = 5000)]
    ease_up_to: usize,
    /// Also ask a model that was trained before the validation events: as it was, and brought up
    /// to date with them as `candor train --resume` does
    #[arg(long)]
    update: bool,
    /// Do not keep the report with the shop, where the console shows the newest
    #[arg(long)]
    no_keep: bool,
    /// Write everything as one page, to be read in a browser
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Language of the page
    #[arg(long, default_value = "en")]
    lang: Language,
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
    let shop = app::open(&shop.folder, Access::Read)?;
    let config = arguments.config()?;
    let bar = progress::stages();
    let evaluated = evaluation::evaluate(&shop, &config, &|stage| match stage {
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
    if !arguments.no_keep {
        let (command, at) = (command_line(), crate::command::now());
        let by = MadeBy { command: &command, seed: config.seed, at };
        let name = evaluation::kept::keep(&shop, &evaluated, &by)?;
        eprintln!("kept with the shop as evaluations/{name}.json");
    }
    if let Some(path) = &arguments.report {
        let page = reports::evaluation::page(&evaluated, &command_line(), arguments.lang)?;
        std::fs::write(path, page).with_context(|| format!("writing {}", path.display()))?;
        eprintln!("the page is in {}", path.display());
    }
    match arguments.json {
        true => println!("{}", show::evaluation::json(&evaluated)?),
        false => print!("{}", show::evaluation::text(&evaluated)),
    }
    Ok(())
}

/// The command as it was typed, so that it can be typed again.
fn command_line() -> String {
    let quoted = |argument: String| match argument.contains(char::is_whitespace) {
        true => format!("'{argument}'"),
        false => argument,
    };
    let arguments = std::env::args_os().skip(1);
    let texts = arguments.map(|argument| quoted(argument.to_string_lossy().into_owned()));
    ["candor".to_owned()].into_iter().chain(texts).collect::<Vec<_>>().join(" ")
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
            n_seeds: usize::from(self.seeds),
            ease_up_to: self.ease_up_to,
            with_update: self.update,
            ..EvaluateConfig::default()
        })
    }
}
