//! Import rates: parsing alone, then preparing and loading into a throw-away shop, so that nothing
//! is known already.

use std::time::Instant;

use ingest::import::{Options, Progress};
use ingest::prepare::Source;

use crate::command::bench::generate::Wanted;
use crate::command::{bench::memory, import};

/// Rows per second and peak memory: of parsing alone, and of an import into a throw-away shop.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor bench import csv orders.csv.gz --currency GBP
  candor bench import --generate ga4=2000000")]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Option<import::Files>,
    /// Make the file up: ga4, segment, taobao, retailrocket, merchant or shopify, and rows
    #[arg(long, value_name = "FORMAT=ROWS", exclusive = true)]
    generate: Option<Wanted>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let source = match (&arguments.files, arguments.generate) {
        (Some(files), _) => files.source()?,
        (None, Some(wanted)) => {
            let path = folder.path().join("generated");
            wanted.write(&path)?;
            Source { format: wanted.format, options: Options::default(), paths: vec![path] }
        }
        (None, None) => anyhow::bail!("name a format and files, or --generate"),
    };
    let peak = || memory::peak_mib().map_or("unknown".to_owned(), |mib| format!("{mib} MiB"));
    let size = Progress::of_files(&source.paths)?.total();
    let begun = Instant::now();
    let read = ingest::import::parse(&source)?;
    let seconds = begun.elapsed().as_secs_f64().max(1e-9);
    println!(
        "parsed {} rows ({} rejected) in {seconds:.2} s on one thread: {:.0} rows/s, {:.0} MB/s; peak memory {}",
        read.rows,
        read.rejected,
        read.rows as f64 / seconds,
        size as f64 / 1e6 / seconds,
        peak()
    );
    let report = import::import_source(&source, &folder.path().join("shop"))?;
    let seconds = report.loaded.elapsed.as_secs_f64().max(1e-9);
    println!(
        "read twice, prepared and loaded durably in {seconds:.2} s: {:.0} rows/s; peak memory {}",
        read.rows as f64 / seconds,
        peak()
    );
    Ok(())
}
