//! From files to a loaded shop: read → clean → normalise → augment → load, in one stream.
//!
//! One thread prepares while the other loads, with a short queue between them, so that memory
//! does not grow with the files.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{SendError, SyncSender, sync_channel};

use domain::Timestamp;
use serde::{Deserialize, Serialize};
use store::{HistoryRow, ImportRecord, ImportRun, LoadProgress, LoadReport};

pub use formats::{
    Columns, DateOrder, Decimal, Format, Mapping, Options, Progress, RatingScale, Summary, Surveyed,
};

use crate::error::IngestError;
use crate::prepare::{Known, PrepareConfig, PrepareError, PrepareReport, Source, prepare};
use shop::matching::Matching;
use shop::{Shop, matching};

mod align;
mod destination;
mod erased;
mod feed;
mod rows;

use align::Aligner;
use erased::Erased;
use rows::Rows;

pub use crate::gone::{Done, Gone};
pub use align::{Alignment, MatchBy, read_table};
pub use destination::Destination;
pub use feed::Feed;

/// Prepared rows that may wait to be loaded.
const QUEUE_ROWS: usize = 4096;
/// Rows that are handed to the loading thread at once.
const BATCH_ROWS: usize = 128;

/// Reads files and keeps nothing: how fast the parser alone is, and what it says of the files.
///
/// # Errors
/// [`IngestError::Prepare`] when they cannot be read.
pub fn parse(source: &Source) -> Result<formats::Summary, IngestError> {
    let Source { format, options, paths } = source;
    let summary = formats::read(*format, options, paths, &Progress::default(), &mut |_| {
        ControlFlow::Continue(())
    });
    Ok(summary.map_err(PrepareError::Read)?)
}

/// What a file is, and what an import of it would read.
#[derive(Debug, Serialize)]
pub struct Detected {
    /// Its format.
    pub format: Format,
    /// What it was known by.
    pub because: &'static str,
    /// What its columns become, and how its numbers and dates are written.
    pub explained: formats::explain::Explained,
    /// What would be read, rejected, cleaned and normalised.
    pub prepared: PrepareReport,
}

/// Says which format a file is of, and reads it without writing. `None` where no format is known.
///
/// # Errors
/// [`IngestError::Prepare`] when it cannot be read.
pub fn detect(
    path: &Path,
    options: &Options,
    now: Timestamp,
) -> Result<Option<Detected>, IngestError> {
    let found = formats::detect(path).map_err(PrepareError::Read)?;
    let Some((format, because)) = found else {
        return Ok(None);
    };
    let explained = formats::explain(format, options, path).map_err(PrepareError::Read)?;
    let source = Source { format, options: options.clone(), paths: vec![path.to_path_buf()] };
    let (config, progress) = (PrepareConfig::default(), Progress::default());
    let known = Known::at(now);
    let prepared = prepare(&source, &config, known, &progress, &mut |_| ControlFlow::Continue(()))?;
    Ok(Some(Detected { format, because, explained, prepared }))
}

/// What an import did.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImportReport {
    /// What was read, rejected, cleaned and normalised.
    pub prepared: PrepareReport,
    /// What was new and what was there already.
    pub loaded: LoadReport,
    /// Rows left out because the person was erased after they were written.
    pub erased: u64,
    /// Known items that are not in the files; only of files with items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
    /// How far the events of the shop name items of its catalogue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matching: Option<Matching>,
}

/// What is said of files beside what is in them.
#[derive(Clone, Default)]
pub struct Terms<'a> {
    /// How their ids become the shop's.
    pub alignment: Alignment,
    /// Whether they list everything that is sold.
    pub feed: Feed<'a>,
    /// How the import came about and ended, to be kept with its report.
    pub run: Option<&'a dyn Fn(&ImportReport) -> ImportRun>,
}

/// Imports files of one format. Importing the same files again adds nothing.
///
/// `read` is told of bytes, `stored` of rows. `now` is the clock that future times are
/// refused by.
///
/// # Errors
/// [`IngestError::Prepare`] when the files cannot be read, or what the store says. Rows loaded
/// before an error stay; importing again completes them.
pub fn import(
    shop: &Shop,
    source: &Source,
    now: Timestamp,
    read: &Progress,
    stored: &mut dyn FnMut(LoadProgress),
) -> Result<ImportReport, IngestError> {
    import_into(Destination::AtRest(shop), source, &Terms::default(), now, read, stored)
}

/// [`import`] on terms, into a shop at rest or in service.
///
/// # Errors
/// As [`import`]; [`IngestError::NoItems`] or [`IngestError::TooManyGone`] where the files cannot be
/// taken as the complete catalogue, after what is in them was loaded; into a shop in service also
/// [`IngestError::Overtaken`].
pub fn import_into(
    into: Destination<'_>,
    source: &Source,
    terms: &Terms<'_>,
    now: Timestamp,
    read: &Progress,
    stored: &mut dyn FnMut(LoadProgress),
) -> Result<ImportReport, IngestError> {
    let shop = into.shop();
    let before = matching::ids(shop)?;
    let aligner = Aligner::new(&terms.alignment, shop)?;
    let (sender, receiver) = sync_channel(QUEUE_ROWS / BATCH_ROWS);
    let config = shop.config::<PrepareConfig>();
    let mut rows = Rows::new(shop)?;
    // Before the names: one that is erased in between is left out, or found to have overtaken us.
    let last_erasure = shop.state().last_erasure()?;
    let mut erased = Erased::of(shop.state())?;
    let (prepared, loaded) = std::thread::scope(|scope| {
        let erased = &mut erased;
        let known = Known { now, listed: Some(&before) };
        let preparing = scope.spawn(move || {
            let mut failed = None;
            let mut batches = Batches { sender, rows: Vec::new() };
            let prepared = prepare(source, config, known, read, &mut |prepared| {
                if erased.cover(&prepared) {
                    return ControlFlow::Continue(());
                }
                match rows.row(aligner.row(prepared)) {
                    Ok(None) => return ControlFlow::Continue(()),
                    Ok(Some(row)) => {
                        if batches.send(row).is_ok() {
                            return ControlFlow::Continue(());
                        }
                        // Loading has ended and says why.
                    }
                    Err(error) => failed = Some(error),
                }
                ControlFlow::Break(())
            });
            // Where loading has ended, it says why.
            let _ = batches.hand_over();
            match failed {
                None => Ok((prepared?, rows.into_listed())),
                Some(error) => Err(IngestError::from(error)),
            }
        });
        let loaded = into.load(last_erasure, &mut receiver.into_iter().flatten(), stored);
        let prepared = preparing.join().expect("preparing returns errors instead of panics");
        (prepared, loaded)
    });
    let (prepared, in_files) = prepared?;
    let loaded = loaded?;
    let settled = feed::settle(into, terms.feed, before, &in_files, &prepared);
    // What is in the files was loaded, and the console tells it even where nothing was retired.
    let (gone, refused) = match settled {
        Ok(gone) => (gone, None),
        Err(IngestError::TooManyGone { gone }) => {
            (Some(Gone::clone(&gone)), Some(IngestError::TooManyGone { gone }))
        }
        Err(error) => (None, Some(error)),
    };
    let matching = matching::matching(shop)?;
    let report = ImportReport { prepared, loaded, erased: erased.n_left_out(), gone, matching };
    let quoted = shop.state().last_erasure()? == last_erasure;
    remember(shop, (source, terms, now), &report, quoted)?;
    refused.map_or(Ok(report), Err)
}

/// Rows on their way to the thread that loads them, some at a time: to wake it for each row took
/// longer than to read the row.
struct Batches {
    sender: SyncSender<Vec<HistoryRow>>,
    rows: Vec<HistoryRow>,
}

impl Batches {
    fn send(&mut self, row: HistoryRow) -> Result<(), SendError<Vec<HistoryRow>>> {
        self.rows.push(row);
        if self.rows.len() < BATCH_ROWS { Ok(()) } else { self.hand_over() }
    }

    fn hand_over(&mut self) -> Result<(), SendError<Vec<HistoryRow>>> {
        self.sender.send(std::mem::take(&mut self.rows))
    }
}

/// Where the rows came from: the format and the names of the files.
#[must_use]
pub fn named(source: &Source) -> String {
    let names = source.paths.iter().filter_map(|path| path.file_name());
    let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
    format!("{} {}", source.format, names.join(" "))
}

/// Keeps the report for the console; quoted rows apart, because they may name a person. `quoted` is
/// false where somebody was erased meanwhile: then they are not kept at all.
fn remember(
    shop: &Shop,
    (source, terms, now): (&Source, &Terms<'_>, Timestamp),
    report: &ImportReport,
    quoted: bool,
) -> Result<(), IngestError> {
    let mut figures = serde_json::to_value(report).expect("a report is plain data");
    let rejects = figures["prepared"]["read"]["rejects"].take();
    let left_out = figures["prepared"]["read"]["first_left_out"].as_object_mut();
    left_out.into_iter().flat_map(|places| places.values_mut()).for_each(|place| {
        place["got"].take();
        let next = place.get_mut("next").and_then(serde_json::Value::as_array_mut);
        next.into_iter().flatten().for_each(|spot| {
            spot["got"].take();
        });
    });
    shop.state().record_import(&ImportRecord {
        at: now,
        source: named(source),
        report: figures.to_string(),
        rejects: quoted.then(|| rejects.to_string()),
        run: terms.run.map(|run| run(report)),
    })?;
    Ok(())
}
