//! `candor analyse`: questionnaires and experiments in anyone's CSV, without a shop.
//!
//! Responsible for arguments, for reading the columns they name and for printing. The
//! numbers come from `trust` and `experiments`.

mod table;

mod experiment;
mod scale;
mod summaries;

/// Analyse a CSV file (plain or .gz) without a shop.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Analyse {
    /// Reliability and factor structure of questionnaire scales: one row per person.
    Scale(scale::Arguments),
    /// Compare the variants of an experiment: one row per unit, or several with --unit.
    Experiment(experiment::Arguments),
    /// Compare two arms of which only n, mean and variance are known, at one look or at many.
    Summaries(summaries::Arguments),
}

impl Analyse {
    /// Reads, analyses and prints.
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Scale(arguments) => arguments.run(),
            Self::Experiment(arguments) => arguments.run(),
            Self::Summaries(arguments) => arguments.run(),
        }
    }
}
