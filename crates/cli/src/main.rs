//! `candor`: the only binary and the only place that knows arguments.
//!
//! Responsible for reading arguments, showing progress and printing results. Every
//! command is one call into the crate that does the work.

mod beside;
mod command;
mod progress;
mod show;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Recommendations that can prove why.
///
/// Candor takes a shop's product feed and behaviour events, recommends, and says why in Chinese
/// or English, with every fact machine-checked before a shopper reads it.
///
/// A first walk: `candor demo`. With your own data: `candor import csv orders.csv --shop ./shop`,
/// then `candor train --shop ./shop`, then `candor serve --shop ./shop`.
#[derive(Debug, Parser)]
#[command(name = "candor", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a small simulated shop, train it, show recommendations, and serve it.
    Demo(command::demo::Arguments),
    /// Read a shop's data: files in, cleaned and loaded.
    Import(Box<command::import::Arguments>),
    /// List the ids that events name and the catalogue does not have.
    Unlisted(command::unlisted::Arguments),
    /// Hand out the shop's data: events, items, answers with proofs, RecBole files.
    Export(command::export::Arguments),
    /// Fit a model on everything the shop knows, and put it into use.
    Train(command::train::Arguments),
    /// Measure accuracy, coverage and diversity on held-out events, beside baselines.
    Evaluate(command::evaluate::Arguments),
    /// The models of a shop, and the sentence encoder that texts are compared by.
    #[command(subcommand)]
    Models(command::models::Models),
    /// Recommend to one shopper, with reasons.
    Recommend(command::recommend::Arguments),
    /// Ask about a shopper's list or the shop's items, or put something right.
    Ask(command::ask::Arguments),
    /// Explain what the model relies on as a whole.
    Explain(command::explain::Arguments),
    /// Serve the shop over HTTP.
    Serve(command::serve::Arguments),
    /// Verify every delivered reason again, from the raw event log.
    Audit(command::audit::Arguments),
    /// Read delivered sentences back and recount what they say, as a reader takes them.
    Verify(command::verify::Arguments),
    /// Draft product descriptions and advertisements, with the proof of every sentence.
    Content(command::content::Arguments),
    /// Measure trust: what shoppers answer, what they do, and what can be checked.
    Trust(command::trust::Arguments),
    /// Run experiments: list, start, stop, results, plan.
    #[command(subcommand)]
    Experiment(command::experiment::Experiment),
    /// Learn from feedback and move models on: one round of the loop.
    Optimise(command::optimise::Arguments),
    /// Studies on simulated shoppers, whose truth is known.
    #[command(subcommand)]
    Simulate(command::simulate::Simulate),
    /// Analyse a questionnaire or an experiment from anyone's CSV file.
    #[command(subcommand)]
    Analyse(command::analyse::Analyse),
    /// Measure what has a budget: recommending over HTTP, explaining, importing, training.
    Bench(command::bench::Arguments),
    /// Copy the shop to a new folder while it serves.
    Backup(command::backup::Backup),
    /// Put a backup in place of a shop.
    Restore(command::backup::Restore),
    /// Forget a shopper: log, profile, counts, answers and models.
    Erase(command::erase::Arguments),
    /// Print every setting with its default and what it means.
    Config,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Demo(arguments) => command::demo::run(&arguments)?,
        Command::Import(arguments) => command::import::run(&arguments)?,
        Command::Unlisted(arguments) => command::unlisted::run(&arguments)?,
        Command::Export(arguments) => command::export::run(&arguments)?,
        Command::Train(arguments) => command::train::run(&arguments)?,
        Command::Evaluate(arguments) => command::evaluate::run(&arguments)?,
        Command::Models(models) => command::models::run(&models)?,
        Command::Recommend(arguments) => command::recommend::run(&arguments)?,
        Command::Ask(arguments) => command::ask::run(&arguments)?,
        Command::Explain(arguments) => command::explain::run(&arguments)?,
        Command::Serve(arguments) => command::serve::run(&arguments)?,
        Command::Audit(arguments) => return command::audit::run(&arguments),
        Command::Verify(arguments) => return command::verify::run(&arguments),
        Command::Content(arguments) => command::content::run(&arguments)?,
        Command::Trust(arguments) => command::trust::run(&arguments)?,
        Command::Simulate(simulate) => command::simulate::run(&simulate)?,
        Command::Experiment(what) => what.run()?,
        Command::Optimise(arguments) => command::optimise::run(&arguments)?,
        Command::Analyse(what) => what.run()?,
        Command::Bench(arguments) => command::bench::run(&arguments)?,
        Command::Backup(backup) => return backup.run(),
        Command::Restore(restore) => return restore.run(),
        Command::Erase(arguments) => command::erase::run(&arguments)?,
        Command::Config => print!("{}", app::config::DEFAULT_TOML),
    }
    Ok(ExitCode::SUCCESS)
}

/// `candor … | head` ends early, and that is not an error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
