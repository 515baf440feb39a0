//! Import rates: into a throw-away shop, so that nothing is known already.

use crate::command::{bench::memory, import};

/// Rows per second and peak memory of an import into a throw-away shop.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: import::Files,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let report = import::import(&arguments.files, folder.path())?;
    let rows = report.prepared.read.rows;
    let seconds = report.loaded.elapsed.as_secs_f64();
    let peak = memory::peak_mib().map_or("unknown".to_owned(), |mib| format!("{mib} MiB"));
    println!(
        "{rows} rows read twice, prepared and loaded durably in {seconds:.2} s: \
         {:.0} rows/s; peak memory {peak}",
        rows as f64 / seconds.max(1e-9)
    );
    Ok(())
}
