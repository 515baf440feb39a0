//! `candor import`: files into a shop.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use domain::{Currency, EventKind, Timestamp};
use feeds::{FeedOptions, Run, RunState, Spelt};
use ingest::ImportReport;
use ingest::import::{
    DateOrder, Decimal, Destination, Feed, Format, Gone, Mapping, MatchBy, Options, Progress,
    RatingScale, Terms, import_into, read_table,
};
use ingest::prepare::{PrepareConfig, Source};
use shop::id_edit::IdEdit;
use shop::matching::Part;
use shop::{Access, Shop};

use crate::beside::{self, Files as Handed, Opened};
use crate::command::ShopFolder;
use crate::{progress, show};

/// Read a shop's data: files in, cleaned and loaded. Importing the same file again adds nothing.
///
/// Import catalogues before events, so that ids of item variants are understood. Files may be
/// gzipped. `--detect FILE` reports the format of a file. Beside a running server of the shop the
/// server reads the files, and what is new counts in its next answer.
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
    map: Vec<Spelt<Mapping>>,
    /// csv: separator of columns; detected where missing
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<char>,
    /// csv, feeds and products: currency of prices that name none
    #[arg(long, value_name = "CODE")]
    currency: Option<Spelt<Currency>>,
    /// Kind of events whose row names none: view, cart, purchase, rate …
    #[arg(long)]
    kind: Option<Spelt<EventKind>>,
    /// csv, recbole: scale of ratings that is not 1-5, e.g. 0-10
    #[arg(long, value_name = "LOW-HIGH")]
    rating_scale: Option<Spelt<RatingScale>>,
    /// What stands before decimals, comma or point, where 1.299 could be two numbers
    #[arg(long, value_name = "MARK")]
    decimal: Option<Spelt<Decimal>>,
    /// The order of day, month and year, dmy, mdy or ymd, where 02/01/2026 could be two days
    #[arg(long, value_name = "ORDER")]
    dates: Option<Spelt<DateOrder>>,
}

/// How ids of the files become those of the shop.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Ids of items")]
struct Ids {
    /// Give ids this beginning where they lack it, take it off where they have it and the catalogue
    /// knows no such id; add:TEXT only adds, strip:TEXT only takes off, and * in it is anything
    #[arg(long, value_name = "[add:|strip:]TEXT")]
    id_prefix: Option<Spelt<IdEdit>>,
    /// The same for the end of ids, e.g. strip:.0 for what a spreadsheet wrote
    #[arg(long, value_name = "[add:|strip:]TEXT")]
    id_suffix: Option<Spelt<IdEdit>>,
    /// Look ids of events up in the catalogue: in any `case`, without leading `zeros`, or by an
    /// attribute such as sku or gtin
    #[arg(long, value_name = "case|zeros|ATTRIBUTE")]
    id_match: Option<Spelt<MatchBy>>,
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
    let options = arguments.options(files)?;
    let report = import_on(files.format, &files.in_order(), &shop.folder, &options)?;
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
    import_at_rest(&app::open(folder, Access::Create)?, source, &FeedOptions::default())
}

/// Imports files, through the server of the shop where one runs.
fn import_on(
    format: Format,
    paths: &[PathBuf],
    folder: &Path,
    options: &FeedOptions,
) -> anyhow::Result<ImportReport> {
    let server = match beside::open(folder, Access::Create)? {
        Opened::Server(server) => server,
        Opened::Shop(shop) => {
            let reading = options.reading(now());
            let source = Source { format, options: reading, paths: paths.to_vec() };
            return import_at_rest(&shop, &source, options);
        }
    };
    let bar = progress::bytes(Progress::of_files(paths)?.total());
    let files = Handed { format, paths, options: options.clone() };
    let retire = |gone: &Gone| bar.suspend(|| confirmed(gone));
    // The bar is moved by what the server says.
    let report = progress::watch(&bar, || bar.position(), || server.import(&files, &bar, &retire));
    bar.finish_and_clear();
    report.context("import failed; rows loaded before it stay")
}

fn import_at_rest(
    shop: &Shop,
    source: &Source,
    options: &FeedOptions,
) -> anyhow::Result<ImportReport> {
    let read = Progress::of_files(&source.paths)?;
    let bar = progress::bytes(read.total());
    let go_on = |gone: &Gone| options.yes || bar.suspend(|| confirmed(gone));
    let most = shop.config::<PrepareConfig>().most_retired;
    let feed = match (options.complete, options.partial) {
        (true, _) => Feed::Complete { most, go_on: &go_on },
        (_, true) => Feed::Partial,
        _ => Feed::Unsaid,
    };
    let run = Run::begun(ingest::import::named(source), now());
    let kept = |_: &ImportReport| run.kept(RunState::Done, now());
    let terms = Terms { alignment: options.alignment(), feed, run: Some(&kept) };
    let report = progress::watch(
        &bar,
        || read.consumed(),
        || {
            import_into(Destination::AtRest(shop), source, &terms, now(), &read, &mut |step| {
                bar.set_message(format!("{} rows read, {} stored", step.read, step.stored));
            })
        },
    );
    bar.finish_and_clear();
    report.context("import failed; rows loaded before it stay")
}

/// Asks whether so many items are to be retired, where somebody can answer.
fn confirmed(gone: &Gone) -> bool {
    if !beside::is_terminal() {
        return false;
    }
    let Part { n, of } = gone.items;
    let unreadable = match gone.n_unreadable {
        0 => String::new(),
        n => format!(", and {n} rows could not be read"),
    };
    eprint!("{n} of {of} known items are not in the files{unreadable}. Retire them? [y/N] ");
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

impl Arguments {
    /// What is said of the files, in the one form that a server takes too.
    fn options(&self, files: &Files) -> anyhow::Result<FeedOptions> {
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path);
            let text = text.with_context(|| format!("--id-map {}", path.display()))?;
            anyhow::Ok(read_table(&text, path)?)
        };
        let table = self.ids.id_map.as_ref().map(read).transpose()?;
        let options = FeedOptions {
            id_prefix: self.ids.id_prefix.clone(),
            id_suffix: self.ids.id_suffix.clone(),
            id_match: self.ids.id_match.clone(),
            id_map: table.into_iter().flatten().collect(),
            complete: self.feed.complete,
            partial: self.feed.partial,
            yes: self.feed.yes,
            ..files.options()
        };
        options.check().map_err(|problem| anyhow::anyhow!("{problem}"))?;
        Ok(options)
    }
}

impl Files {
    fn options(&self) -> FeedOptions {
        FeedOptions {
            map: self.map.clone(),
            delimiter: self.delimiter,
            currency: self.currency.clone(),
            kind: self.kind.clone(),
            rating_scale: self.rating_scale.clone(),
            decimal: self.decimal.clone(),
            dates: self.dates.clone(),
            ..FeedOptions::default()
        }
    }

    /// Items first, so that their texts are there when events name them.
    fn in_order(&self) -> Vec<PathBuf> {
        self.items.iter().chain(&self.paths).cloned().collect()
    }

    pub(crate) fn source(&self) -> anyhow::Result<Source> {
        let options = self.options();
        options.check().map_err(|problem| anyhow::anyhow!("{problem}"))?;
        Ok(Source { format: self.format, options: options.reading(now()), paths: self.in_order() })
    }
}

fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(since.map_or(0, |since| since.as_millis() as i64))
}
