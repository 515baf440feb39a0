//! `candor experiment`: what runs, what came of it, and how many shoppers a plan needs.

use std::path::PathBuf;

use anyhow::{Context, bail};
use app::experiment::Definition;
use app::{Access, Shop};
use domain::Statistic;
use experiments::power::{Levels, Variances, detectable, units_per_arm};
use serde::Serialize;

use crate::command::{ShopFolder, now};
use crate::show;

/// Experiments of a shop.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Experiment {
    /// List the experiments.
    List(Of),
    /// Start the experiment of a file (TOML or JSON); `candor config` shows the fields.
    Start {
        /// The definition
        file: PathBuf,
        #[command(flatten)]
        of: Of,
    },
    /// Stop an experiment; its results stay.
    Stop {
        /// Its name
        name: String,
        #[command(flatten)]
        of: Of,
    },
    /// What came of an experiment so far; may be asked at any time.
    Results {
        /// Its name
        name: String,
        #[command(flatten)]
        of: Of,
    },
    /// How many shoppers a plan needs, or what a number of shoppers can find.
    Plan(Plan),
}

/// Which shop, and how to print.
#[derive(Debug, clap::Args)]
pub(crate) struct Of {
    #[command(flatten)]
    shop: ShopFolder,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A plan. Two arms of equal size, two-sided test.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor experiment plan --share 0.03 --relative 0.1
  candor experiment plan --mean 42 --sd 60 --relative 0.05 --power 0.9
  candor experiment plan --share 0.03 --shoppers 20000")]
pub(crate) struct Plan {
    /// The metric now, where it is a share (conversion)
    #[arg(long, conflicts_with_all = ["mean", "sd"])]
    share: Option<f64>,
    /// The metric now, where it is an amount (revenue); needs --sd
    #[arg(long, requires = "sd")]
    mean: Option<f64>,
    /// Its standard deviation between shoppers
    #[arg(long, requires = "mean")]
    sd: Option<f64>,
    /// Smallest change worth finding, as a part of the metric now (0.1 = ten per cent)
    #[arg(long)]
    relative: Option<f64>,
    /// Shoppers there will be, both arms together: what change can they show?
    #[arg(long, conflicts_with = "relative")]
    shoppers: Option<u64>,
    /// Chance of finding the change if it is there
    #[arg(long, default_value_t = Levels::default().power)]
    power: f64,
    /// Chance of a false alarm
    #[arg(long, default_value_t = Levels::default().alpha)]
    alpha: f64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Planned {
    #[serde(skip_serializing_if = "Option::is_none")]
    shoppers_per_arm: Option<Statistic<u64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detectable_relative: Option<Statistic<f64>>,
}

impl Experiment {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        match self {
            Self::List(of) => {
                let list = of.open()?.experiments()?;
                show::print(of.json, &list, || show::experiment::list(&list))
            }
            Self::Start { file, of } => {
                let definition = read(file)?;
                of.open()?.start_experiment(&definition, now())?;
                show::print(of.json, &definition, || format!("{} runs\n", definition.name))
            }
            Self::Stop { name, of } => {
                let stopped = of.open()?.stop_experiment(name, now())?;
                show::print(of.json, &stopped, || format!("{name} is stopped\n"))
            }
            Self::Results { name, of } => {
                let results = of.open()?.experiment_results(name)?;
                show::print(of.json, &results, || show::experiment::text(&results))
            }
            Self::Plan(plan) => plan.run(),
        }
    }
}

impl Of {
    /// Beside a running server if need be, which takes changes up by itself.
    fn open(&self) -> anyhow::Result<Shop> {
        Ok(Shop::open(&self.shop.folder, Access::Read)?)
    }
}

fn read(file: &PathBuf) -> anyhow::Result<Definition> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let read = if file.extension().is_some_and(|extension| extension == "json") {
        serde_json::from_str(&text).map_err(anyhow::Error::from)
    } else {
        toml::from_str(&text).map_err(anyhow::Error::from)
    };
    read.with_context(|| file.display().to_string())
}

impl Plan {
    fn run(&self) -> anyhow::Result<()> {
        let planned = self.plan()?;
        show::print(self.json, &planned, || planned.text())
    }

    fn plan(&self) -> anyhow::Result<Planned> {
        let levels = Levels { alpha: self.alpha, power: self.power };
        let (now, variances) = match (self.share, self.mean, self.sd) {
            (Some(share), ..) if share > 0.0 && share < 1.0 => {
                let later = share * (1.0 + self.relative.unwrap_or(0.0));
                if !(0.0..=1.0).contains(&later) {
                    bail!("--relative: a share of {share} cannot become {later}");
                }
                (share, Variances::of_shares(share, later))
            }
            (Some(share), ..) => bail!("--share is {share}, but lies between 0 and 1"),
            (None, Some(mean), Some(sd)) if mean != 0.0 => (mean, Variances::equal(sd * sd)),
            _ => bail!("give --share, or --mean (not 0) and --sd"),
        };
        match (self.relative, self.shoppers) {
            (Some(relative), None) => Ok(Planned {
                shoppers_per_arm: Some(units_per_arm(variances, now * relative, levels)),
                detectable_relative: None,
            }),
            (None, Some(shoppers)) => Ok(Planned {
                shoppers_per_arm: None,
                detectable_relative: Some(
                    detectable(variances, shoppers / 2, levels).map(|found| found / now.abs()),
                ),
            }),
            _ => bail!("give --relative (how many shoppers?) or --shoppers (what can they show?)"),
        }
    }
}

impl Planned {
    fn text(&self) -> String {
        match (&self.shoppers_per_arm, &self.detectable_relative) {
            (Some(Statistic::Known(n)), _) => {
                format!("{n} shoppers per arm, {} in all\n", n.saturating_mul(2))
            }
            (_, Some(Statistic::Known(found))) => {
                format!("a relative change of {:.2} % or more\n", 100.0 * found)
            }
            (Some(Statistic::Unknown { unknown }), _)
            | (_, Some(Statistic::Unknown { unknown })) => {
                format!("{unknown}\n")
            }
            (None, None) => String::new(),
        }
    }
}
