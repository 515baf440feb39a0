//! `candor trust`: answers of shoppers, their behaviour, and checks of delivered reasons.

use shop::Access;

use crate::command::ShopFolder;
use crate::show;

/// Measure trust by answers of shoppers, by their behaviour, and by checks of delivered reasons.
///
/// Three parts beside each other, never mixed: scores of the questionnaire (0 to 100, with
/// intervals), behaviour, and audits of reliability, safety and fairness. Every delivered claim is
/// recounted, so on a large shop this takes as long as `candor audit`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let shop = app::open(&arguments.shop.folder, Access::Read)?;
    let report = experimentation::trust::report(&shop)?;
    show::print(arguments.json, &report, || show::trust::text(&report))
}
