//! `candor simulate`: studies on shoppers with known tastes.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use study::{Study, StudyConfig};

use crate::{progress, show};

/// Studies on simulated shoppers. Nothing they find is a finding about people.
#[derive(Debug, Subcommand)]
pub(crate) enum Simulate {
    /// Run five arms and the loop for three simulated months.
    Study(Arguments),
}

/// Run the simulated study, and write its charts, numbers and page into a folder.
///
/// Five arms (item-kNN without reasons; the blend without, with verified, with false and with empty
/// reasons) and the loop beside its frozen beginning, over three simulated months. Shop, model,
/// claims, experiments, seeded errors, questionnaire and analysis are the real ones, in memory; the
/// shoppers are a model whose truth is known, so that the study can say whether the measuring finds
/// it. The same seed gives the same numbers.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor simulate study --out ./study
  candor simulate study --out ./small --shoppers 800 --items 300 --events 16000")]
pub(crate) struct Arguments {
    /// Folder for study.html, study.json, and charts as SVG and CSV
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Seed of everything random
    #[arg(long, default_value_t = StudyConfig::default().seed)]
    seed: u64,
    /// Simulated shoppers
    #[arg(long, default_value_t = StudyConfig::default().n_shoppers, value_parser = at_least_one)]
    shoppers: usize,
    /// Simulated items
    #[arg(long, default_value_t = StudyConfig::default().n_items, value_parser = at_least_one)]
    items: usize,
    /// Events to aim for within the three months
    #[arg(long, default_value_t = StudyConfig::default().n_events, value_parser = at_least_one)]
    events: usize,
    /// Print everything that was found as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(simulate: &Simulate) -> anyhow::Result<()> {
    let Simulate::Study(arguments) = simulate;
    let config = StudyConfig {
        seed: arguments.seed,
        n_shoppers: arguments.shoppers,
        n_items: arguments.items,
        n_events: arguments.events,
        ..StudyConfig::default()
    };
    check_writable(&arguments.out)?;
    let models = tempfile::tempdir().context("making a folder for the study's models")?;
    let bar = progress::stages();
    let study = study::run(&config, models.path(), &|step| progress::show_study(&bar, step));
    bar.finish_and_clear();
    let study = study?;
    write(&study, &arguments.out)?;
    show::print(arguments.json, &study, || show::study::text(&study, &arguments.out))
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("a study of none finds nothing; give 1 or more".to_owned()),
        Ok(n) => Ok(n),
        Err(_) => Err("write a whole number".to_owned()),
    }
}

/// Finds out before the run, and not after it, that there is no place for what comes of it.
fn check_writable(folder: &Path) -> anyhow::Result<()> {
    let place = || format!("--out: cannot write into {}", folder.display());
    std::fs::create_dir_all(folder).with_context(place)?;
    tempfile::tempfile_in(folder).map(drop).with_context(place)
}

fn write(study: &Study, folder: &Path) -> anyhow::Result<()> {
    let place = |path: &Path| format!("writing {}", path.display());
    std::fs::create_dir_all(folder).with_context(|| place(folder))?;
    for file in reports::study::files(study) {
        let path = folder.join(&file.name);
        std::fs::write(&path, file.content).with_context(|| place(&path))?;
    }
    Ok(())
}
