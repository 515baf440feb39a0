//! `candor analyse`: questionnaires and experiments in anyone's CSV, without a shop.
//!
//! Responsible for arguments, for reading the columns they name and for printing. Refuses to
//! compute: the numbers come from `trust` and `experiments`.

mod table;

mod experiment;
mod scale;

mod aligned;

use std::io::Write;

use serde::Serialize;

/// Analyse a CSV file (plain or .gz) without a shop.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Analyse {
    /// Reliability and factor structure of questionnaire scales: one row per person.
    Scale(scale::Arguments),
    /// Compare the variants of an experiment: one row per unit, or several with --unit.
    Experiment(experiment::Arguments),
}

impl Analyse {
    /// Reads, analyses and prints.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Scale(arguments) => arguments.run(),
            Self::Experiment(arguments) => arguments.run(),
        }
    }
}

/// Prints for a program or for a person. A reader who stops early (`| head`) is no error.
fn print(
    is_json: bool,
    answer: &impl Serialize,
    text: impl FnOnce() -> String,
) -> anyhow::Result<()> {
    let text = if is_json { serde_json::to_string_pretty(answer)? + "\n" } else { text() };
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
