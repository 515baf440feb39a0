//! `candor experiment`: what runs, what came of it, and how many shoppers a plan needs.

use std::path::PathBuf;

use anyhow::{Context, anyhow, bail, ensure};
use domain::Statistic;
use experimentation::conclusion::{Conclusion, Ending};
use experimentation::experiment::Definition;
use experiments::power::{Levels, Variances, detectable, detectable_share, units_per_arm};
use serde::Serialize;
use shop::{Access, Shop, ShopError};

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
        /// Why; it stays in the journal
        #[arg(long)]
        why: Option<String>,
        #[command(flatten)]
        of: Of,
    },
    /// Show the results of an experiment so far; valid at any time.
    Results {
        /// Its name
        name: String,
        #[command(flatten)]
        of: Of,
    },
    /// Plan an experiment: the shoppers it needs, or the difference that a number of shoppers can
    /// find.
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
    #[arg(long, conflicts_with_all = ["mean", "sd"], allow_negative_numbers = true)]
    share: Option<f64>,
    /// The metric now, where it is an amount (revenue); needs --sd
    #[arg(long, requires = "sd", allow_negative_numbers = true)]
    mean: Option<f64>,
    /// Its standard deviation between shoppers
    #[arg(long, requires = "mean", allow_negative_numbers = true)]
    sd: Option<f64>,
    /// Smallest change worth finding, as a part of the metric now (0.1 = ten per cent more, -0.1 =
    /// ten per cent less)
    #[arg(long, allow_negative_numbers = true)]
    relative: Option<f64>,
    /// Shoppers there will be, both arms together: what change can they show?
    #[arg(long, conflicts_with = "relative")]
    shoppers: Option<u64>,
    /// Chance of finding the change if it is there
    #[arg(long, default_value_t = Levels::default().power, allow_negative_numbers = true)]
    power: f64,
    /// Chance of a false alarm
    #[arg(long, default_value_t = Levels::default().alpha, allow_negative_numbers = true)]
    alpha: f64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Serialize)]
struct Planned {
    #[serde(skip_serializing_if = "Option::is_none")]
    shoppers_per_arm: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detectable_relative: Option<f64>,
}

impl Experiment {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        match self {
            Self::List(of) => {
                let list = experimentation::experiment::all(&of.open()?)?;
                show::print(of.json, &list, || show::experiment::list(&list))
            }
            Self::Start { file, of } => {
                let definition = read(file)?;
                experimentation::experiment::start(&of.open()?, &definition, now())?;
                show::print(of.json, &definition, || format!("{} runs\n", definition.name))
            }
            Self::Stop { name, why, of } => {
                let stopped = stop(&of.open()?, name, why.as_deref()).map_err(hinted)?;
                show::print(of.json, &stopped, || format!("{name} is stopped\n"))
            }
            Self::Results { name, of } => {
                let results =
                    experimentation::experiment::results(&of.open()?, name).map_err(hinted)?;
                show::print(of.json, &results, || show::experiment::text(&results))
            }
            Self::Plan(plan) => plan.run(),
        }
    }
}

impl Of {
    /// Beside a running server if need be, which takes changes up by itself.
    fn open(&self) -> anyhow::Result<Shop> {
        Ok(app::open(&self.shop.folder, Access::Read)?)
    }
}

fn stop(shop: &Shop, name: &str, why: Option<&str>) -> Result<Definition, ShopError> {
    let Some(why) = why else { return experimentation::experiment::stop(shop, name, now()) };
    let (experiment, why) = (name.to_owned(), why.to_owned());
    experimentation::conclusion::conclude(
        shop,
        &Conclusion { experiment, ending: Ending::Stop, why },
        now(),
    )?;
    experimentation::experiment::named(shop, name)
}

/// The same error with what to type instead of what to ask a server.
fn hinted(error: ShopError) -> anyhow::Error {
    match error {
        ShopError::NoExperiment(name) => {
            anyhow!("no experiment is called {name:?}; `candor experiment list` lists them")
        }
        other => other.into(),
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
        let (now, levels) = (self.now()?, self.levels()?);
        match (self.relative, self.shoppers) {
            (Some(relative), None) => {
                let n = needed(now, relative, levels)?;
                Ok(Planned { shoppers_per_arm: Some(n), detectable_relative: None })
            }
            (None, Some(shoppers)) => {
                let found = found(now, shoppers / 2, levels)?;
                Ok(Planned { shoppers_per_arm: None, detectable_relative: Some(found) })
            }
            _ => bail!("give --relative (how many shoppers?) or --shoppers (what can they show?)"),
        }
    }

    fn levels(&self) -> anyhow::Result<Levels> {
        for (name, level) in [("power", self.power), ("alpha", self.alpha)] {
            ensure!(level > 0.0 && level < 1.0, "--{name} is {level}, but lies between 0 and 1");
        }
        let Self { alpha, power, .. } = *self;
        ensure!(
            power > alpha,
            "--power is {power}; a chance above --alpha ({alpha}) says something"
        );
        Ok(Levels { alpha, power })
    }

    fn now(&self) -> anyhow::Result<Now> {
        match (self.share, self.mean, self.sd) {
            (Some(share), ..) => {
                ensure!(share > 0.0 && share < 1.0, "--share is {share}, but lies between 0 and 1");
                Ok(Now::Share(share))
            }
            (None, Some(mean), Some(sd)) => {
                ensure!(
                    mean != 0.0 && mean.is_finite(),
                    "--mean is {mean}; nothing is relative to it"
                );
                ensure!(sd > 0.0 && sd.is_finite(), "--sd is {sd}, but lies above 0");
                Ok(Now::Amount { mean, sd })
            }
            _ => bail!("give --share, or --mean and --sd"),
        }
    }
}

/// The metric as it is.
#[derive(Debug, Clone, Copy)]
enum Now {
    Share(f64),
    Amount { mean: f64, sd: f64 },
}

/// Shoppers per arm that find a relative change.
fn needed(now: Now, relative: f64, levels: Levels) -> anyhow::Result<u64> {
    ensure!(
        relative != 0.0 && relative.is_finite(),
        "--relative is {relative}: no number of shoppers finds that"
    );
    let n = match now {
        Now::Share(share) => {
            let later = share * (1.0 + relative);
            ensure!(
                (0.0..=1.0).contains(&later),
                "--relative: a share of {share} cannot become {later}"
            );
            units_per_arm(Variances::of_shares(share, later), later - share, levels)
        }
        Now::Amount { mean, sd } => {
            units_per_arm(Variances::equal(sd * sd), mean * relative, levels)
        }
    };
    known(n)
}

/// The relative change that so many shoppers per arm find.
fn found(now: Now, n_per_arm: u64, levels: Levels) -> anyhow::Result<f64> {
    match now {
        Now::Share(share) => Ok(known(detectable_share(share, n_per_arm, levels))? / share),
        Now::Amount { mean, sd } => {
            Ok(known(detectable(Variances::equal(sd * sd), n_per_arm, levels))? / mean.abs())
        }
    }
}

fn known<T>(planned: Statistic<T>) -> anyhow::Result<T> {
    match planned {
        Statistic::Known(known) => Ok(known),
        Statistic::Unknown { unknown } => bail!("{unknown}"),
    }
}

impl Planned {
    fn text(&self) -> String {
        let shoppers = self
            .shoppers_per_arm
            .map(|n| format!("{n} shoppers per arm, {} in all\n", n.saturating_mul(2)));
        let relative = self
            .detectable_relative
            .map(|found| format!("a relative change of {:.2} % or more\n", 100.0 * found));
        shoppers.or(relative).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Typed {
        #[command(flatten)]
        plan: Plan,
    }

    fn plan(typed: &str) -> Result<Planned, String> {
        let typed = Typed::try_parse_from(["plan"].into_iter().chain(typed.split(' ')));
        typed.map_err(|error| error.to_string())?.plan.plan().map_err(|error| error.to_string())
    }

    #[test]
    fn plans_that_mean_nothing_are_refused_with_the_argument_that_is_wrong() {
        for (typed, argument) in [
            ("--mean 42 --sd -60 --relative 0.1", "--sd"),
            ("--mean 42 --sd=-60 --relative 0.1", "--sd"),
            ("--mean 0 --sd 60 --relative 0.1", "--mean"),
            ("--share 0.03 --relative 0.1 --power 2", "--power"),
            ("--share 0.03 --relative 0.1 --alpha 0", "--alpha"),
            ("--share 0.03 --relative 0", "--relative"),
            ("--share 0.9 --relative 0.5", "--relative"),
            ("--share 1.2 --relative 0.5", "--share"),
            ("--share 0.9 --shoppers 6", "so few units"),
            ("--share 0.9 --shoppers 1", "without units"),
        ] {
            let refused = plan(typed).err().unwrap_or_default();
            assert!(refused.contains(argument), "{typed}: {refused}");
        }
    }

    #[test]
    fn a_fall_can_be_planned_for_as_a_rise_can() {
        let n = |typed| plan(typed).map(|planned| planned.shoppers_per_arm);
        // By hand, shares .10 and .08: (1.95996 + .84162)² (.09 + .0736) / .02² = 3210.2
        assert_eq!(n("--share 0.1 --relative -0.2"), Ok(Some(3_211)));
        assert_eq!(n("--share 0.1 --relative 0.2"), Ok(Some(3_839)));
    }

    #[test]
    fn what_so_many_can_show_is_what_so_many_are_needed_for() {
        let found = plan("--share 0.1 --shoppers 7678").map(|planned| planned.detectable_relative);
        assert!((found.unwrap().unwrap() - 0.2).abs() < 1e-4);
    }
}
