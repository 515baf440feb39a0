//! `candor import`: files into a shop.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::import::{Format, Mapping, Options, Progress, RatingScale};
use app::prepare::Source;
use app::{Access, ImportReport, Shop};
use domain::{Currency, EventKind, Timestamp};

use crate::command::ShopFolder;
use crate::{progress, show};

/// Read a shop's data: files in, cleaned and loaded. Importing the same file again adds nothing.
///
/// Formats: `sequences` (lines of `user item item …`, with --items for a TSV of items), `csv`
/// (delimited text with a header: orders, events, reviews or a catalogue; well-known column names
/// are found by themselves, others are given by --map), `amazon-reviews` (JSON lines of reviews
/// and metadata, 2018 and 2023), `recbole` (.inter and .item files). Files may be gzipped.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor import csv orders.csv.gz --shop ./shop --currency GBP
  candor import csv log.csv --map item=sku --map shopper=uid --map time=at --kind view --shop ./shop
  candor import sequences sequences.txt --items items.tsv --shop ./shop")]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Files,
    #[command(flatten)]
    shop: ShopFolder,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// Files of one format, and what they do not say themselves.
#[derive(Debug, clap::Args)]
pub(crate) struct Files {
    /// sequences, csv, amazon-reviews or recbole
    format: Format,
    /// Files, in the order to read them
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// A file of items for `sequences` (TSV: item_id, title, attributes)
    #[arg(long, value_name = "FILE")]
    items: Option<PathBuf>,
    /// csv: which column is which, e.g. item=StockCode
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    map: Vec<Mapping>,
    /// csv: what separates columns; found by itself where missing
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<char>,
    /// csv: currency of prices that name none
    #[arg(long, value_name = "CODE")]
    currency: Option<Currency>,
    /// What a row without a kind means: view, cart, purchase, rate …
    #[arg(long)]
    kind: Option<EventKind>,
    /// csv, recbole: scale of ratings that is not 1-5, e.g. 0-10
    #[arg(long, value_name = "LOW-HIGH")]
    rating_scale: Option<RatingScale>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let report = import(&arguments.files, &arguments.shop.folder)?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", show::import::text(&report));
    }
    Ok(())
}

/// Imports files into the shop in `folder`, with a progress bar.
pub(crate) fn import(files: &Files, folder: &Path) -> anyhow::Result<ImportReport> {
    let source = files.source()?;
    let shop = Shop::open(folder, Access::Create)?;
    let read = Progress::of_files(&source.paths)?;
    let bar = progress::bytes(read.total());
    let report = progress::watch(
        &bar,
        || read.consumed(),
        || {
            shop.import(&source, now(), &read, &mut |step| {
                bar.set_message(format!("{} rows read, {} stored", step.read, step.stored));
            })
        },
    );
    bar.finish_and_clear();
    report.context("import failed; rows loaded before it stay")
}

impl Files {
    fn source(&self) -> anyhow::Result<Source> {
        let delimiter = self.delimiter.map(u8::try_from).transpose();
        let options = Options {
            kind: self.kind,
            columns: self.map.iter().cloned().collect(),
            delimiter: delimiter.context("--delimiter: use one ASCII character")?,
            currency: self.currency,
            rating_scale: self.rating_scale,
            now: Some(now()),
        };
        // Items first, so that their texts are there when events name them.
        let paths = self.items.iter().chain(&self.paths).cloned().collect();
        Ok(Source { format: self.format, options, paths })
    }
}

fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(since.map_or(0, |since| since.as_millis() as i64))
}
