//! `candor import`: files into a shop.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use domain::{Currency, EventKind, Timestamp};
use ingest::ImportReport;
use ingest::import::{
    Alignment, DateOrder, Decimal, Feed, Format, Gone, Mapping, MatchBy, Options, Progress,
    RatingScale, Surveyed, Terms, read_table,
};
use ingest::prepare::{PrepareConfig, Source};
use shop::Access;
use shop::id_edit::IdEdit;
use shop::matching::Part;

use crate::command::ShopFolder;
use crate::{progress, show};

/// Read a shop's data: files in, cleaned and loaded. Importing the same file again adds nothing.
///
/// Import catalogues before events, so that ids of item variants are understood. Files may be
/// gzipped. `--detect FILE` reports the format of a file.
#[derive(Debug, clap::Args)]
#[command(after_help = formats_and_examples())]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: Option<Files>,
    #[command(flatten)]
    shop: Option<ShopFolder>,
    // Not among `Files`: clap takes a group that holds another for absent.
    #[command(flatten)]
    ids: Ids,
    #[command(flatten)]
    feed: FeedTerms,
    /// Report the format of each file and the rows that would be read, without writing
    #[arg(long, value_name = "FILE", num_args = 1.., exclusive = true)]
    detect: Vec<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// Files of one format, and what they do not say themselves.
#[derive(Debug, clap::Args)]
pub(crate) struct Files {
    /// The format, by one of the names below
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
    /// csv: separator of columns; detected where missing
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<char>,
    /// csv, feeds and products: currency of prices that name none
    #[arg(long, value_name = "CODE")]
    currency: Option<Currency>,
    /// Kind of events whose row names none: view, cart, purchase, rate …
    #[arg(long)]
    kind: Option<EventKind>,
    /// csv, recbole: scale of ratings that is not 1-5, e.g. 0-10
    #[arg(long, value_name = "LOW-HIGH")]
    rating_scale: Option<RatingScale>,
    /// What stands before decimals, comma or point, where 1.299 could be two numbers
    #[arg(long, value_name = "MARK")]
    decimal: Option<Decimal>,
    /// The order of day, month and year, dmy, mdy or ymd, where 02/01/2026 could be two days
    #[arg(long, value_name = "ORDER")]
    dates: Option<DateOrder>,
}

/// How ids of the files become those of the shop.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Ids of items")]
struct Ids {
    /// Give ids this beginning where they lack it, take it off where they have it and the catalogue
    /// knows no such id; add:TEXT only adds, strip:TEXT only takes off, and * in it is anything
    #[arg(long, value_name = "[add:|strip:]TEXT")]
    id_prefix: Option<IdEdit>,
    /// The same for the end of ids, e.g. strip:.0 for what a spreadsheet wrote
    #[arg(long, value_name = "[add:|strip:]TEXT")]
    id_suffix: Option<IdEdit>,
    /// Look ids of events up in the catalogue: in any `case`, without leading `zeros`, or by an
    /// attribute such as sku or gtin
    #[arg(long, value_name = "case|zeros|ATTRIBUTE")]
    id_match: Option<MatchBy>,
    /// A table of two columns: an id of the files, and the id of the shop
    #[arg(long, value_name = "FILE")]
    id_map: Option<PathBuf>,
}

/// Whether the files list everything that is sold.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Items that are not in the files")]
struct FeedTerms {
    /// The files list everything that is sold: retire known items that are not in them (they are
    /// marked as deleted, and their history is kept)
    #[arg(long)]
    complete: bool,
    /// The files list some items only: leave all others as they are. Without --complete and
    /// --partial, what is not in the next delivery of a feed is held back and reported
    #[arg(long, conflicts_with = "complete")]
    partial: bool,
    /// Retire without asking, however many items it is
    #[arg(long, requires = "complete")]
    yes: bool,
}

/// Returns every format with its description, and examples.
fn formats_and_examples() -> String {
    let formats =
        Format::ALL.map(|format| format!("  {:<15}{}", format.name(), format.description()));
    format!(
        "Formats:\n{}\n
Examples:
  candor import csv orders.csv.gz --shop ./shop --currency GBP
  candor import csv log.csv --map item=sku --map shopper=uid --map time=at --kind view --shop ./shop
  candor import merchant feed.xml --complete --shop ./shop
  candor import ga4 events.jsonl --id-prefix strip:gla_ --shop ./shop
  candor import sequences sequences.txt --items items.tsv --shop ./shop",
        formats.join("\n")
    )
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let (Some(files), Some(shop)) = (&arguments.files, &arguments.shop) else {
        anyhow::ensure!(
            !arguments.detect.is_empty(),
            "name a format, files and --shop, or --detect FILE"
        );
        return detect(&arguments.detect);
    };
    let alignment = arguments.ids.alignment()?;
    let report = import_on(&files.source()?, &shop.folder, &alignment, &arguments.feed)?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        print!("{}", show::import::text(&report));
    }
    let n_failed = report.prepared.read.failed.len();
    anyhow::ensure!(
        n_failed == 0,
        "{n_failed} of the files could not be read whole; see the report"
    );
    Ok(())
}

fn detect(paths: &[PathBuf]) -> anyhow::Result<()> {
    let options = Options { now: Some(now()), ..Options::default() };
    for path in paths {
        match ingest::import::detect(path, &options, now())? {
            Some(found) => print!("{}", show::import::detected(path, &found)),
            None => println!(
                "{}  no known format; name one and map its columns, e.g. candor import csv FILE --map item=COLUMN",
                path.display()
            ),
        }
    }
    Ok(())
}

/// Imports files into the shop in `folder` as they are, with a progress bar.
pub(crate) fn import_source(source: &Source, folder: &Path) -> anyhow::Result<ImportReport> {
    let unsaid = FeedTerms { complete: false, partial: false, yes: false };
    import_on(source, folder, &Alignment::default(), &unsaid)
}

fn import_on(
    source: &Source,
    folder: &Path,
    alignment: &Alignment,
    feed: &FeedTerms,
) -> anyhow::Result<ImportReport> {
    let shop = app::open(folder, Access::Create)?;
    let read = Progress::of_files(&source.paths)?;
    let bar = progress::bytes(read.total());
    let go_on = |gone: &Gone| feed.yes || bar.suspend(|| confirmed(gone));
    let most = shop.config::<PrepareConfig>().most_retired;
    let feed = match (feed.complete, feed.partial) {
        (true, _) => Feed::Complete { most, go_on: &go_on },
        (_, true) => Feed::Partial,
        _ => Feed::Unsaid,
    };
    let terms = Terms { alignment: alignment.clone(), feed, ..Terms::default() };
    let report = progress::watch(
        &bar,
        || read.consumed(),
        || {
            ingest::import::import_on(&shop, source, &terms, now(), &read, &mut |step| {
                bar.set_message(format!("{} rows read, {} stored", step.read, step.stored));
            })
        },
    );
    bar.finish_and_clear();
    report.context("import failed; rows loaded before it stay")
}

/// Asks whether so many items are to be retired, where somebody can answer.
fn confirmed(gone: &Gone) -> bool {
    let (stdin, stderr) = (std::io::stdin(), std::io::stderr());
    if !stdin.is_terminal() || !stderr.is_terminal() {
        return false;
    }
    let Part { n, of } = gone.items;
    let unreadable = match gone.n_unreadable {
        0 => String::new(),
        n => format!(", and {n} rows could not be read"),
    };
    eprint!("{n} of {of} known items are not in the files{unreadable}. Retire them? [y/N] ");
    let mut answer = String::new();
    stdin.read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

impl Ids {
    fn alignment(&self) -> anyhow::Result<Alignment> {
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path);
            let text = text.with_context(|| format!("--id-map {}", path.display()))?;
            anyhow::Ok(read_table(&text, path)?)
        };
        Ok(Alignment {
            prefix: self.id_prefix.clone(),
            suffix: self.id_suffix.clone(),
            by: self.id_match.clone(),
            table: self.id_map.as_ref().map(read).transpose()?.unwrap_or_default(),
        })
    }
}

impl Files {
    pub(crate) fn source(&self) -> anyhow::Result<Source> {
        let delimiter = self.delimiter.map(u8::try_from).transpose();
        let options = Options {
            kind: self.kind,
            columns: self.map.iter().cloned().collect(),
            delimiter: delimiter.context("--delimiter: use one ASCII character")?,
            currency: self.currency,
            rating_scale: self.rating_scale,
            now: Some(now()),
            decimal: self.decimal,
            dates: self.dates,
            surveyed: Surveyed::default(),
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
