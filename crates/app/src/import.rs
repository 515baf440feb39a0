//! From files to a loaded shop: read → clean → normalise → augment → load, in one stream.
//!
//! One thread prepares while the other loads, with a short queue between them, so that memory
//! does not grow with the files.

use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;

use domain::{IngestId, Timestamp};
use serde::Serialize;
use store::{HistoryRow, ImportRecord, LoadProgress, LoadReport};

pub use formats::{Format, Mapping, Options, Progress, RatingScale};

use crate::prepare::{PrepareReport, Prepared, Source, prepare};
use crate::{AppError, Shop};

/// Prepared rows that may wait to be loaded.
const QUEUE_ROWS: usize = 4096;

/// What an import did.
#[derive(Debug, Clone, Serialize)]
pub struct ImportReport {
    /// What was read, rejected, cleaned and normalised.
    pub prepared: PrepareReport,
    /// What was new and what was there already.
    pub loaded: LoadReport,
}

impl Shop {
    /// Imports files of one format. Importing the same files again adds nothing.
    ///
    /// `read` is told of bytes, `stored` of rows. `now` is the clock that future times are
    /// refused by.
    ///
    /// # Errors
    /// [`AppError::Prepare`] when the files cannot be read, or what the store says. Rows loaded
    /// before an error stay; importing again completes them.
    pub fn import(
        &self,
        source: &Source,
        now: Timestamp,
        read: &Progress,
        stored: &mut dyn FnMut(LoadProgress),
    ) -> Result<ImportReport, AppError> {
        let (sender, receiver) = sync_channel(QUEUE_ROWS);
        let config = &self.config().prepare;
        let (prepared, loaded) = std::thread::scope(|scope| {
            let preparing = scope.spawn(move || {
                prepare(source, config, now, read, &mut |prepared| {
                    let Some(row) = self.row_of(prepared) else {
                        return ControlFlow::Continue(());
                    };
                    match sender.send(row) {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(_) => ControlFlow::Break(()),
                    }
                })
            });
            let loaded = self.state().load_history(&mut receiver.into_iter(), stored);
            let prepared = preparing.join().expect("preparing returns errors instead of panics");
            (prepared, loaded)
        });
        let report = ImportReport { prepared: prepared?, loaded: loaded? };
        self.remember(source, now, &report)?;
        Ok(report)
    }

    /// Keeps the report for the console; quoted rows apart, because they may name a person.
    fn remember(
        &self,
        source: &Source,
        now: Timestamp,
        report: &ImportReport,
    ) -> Result<(), AppError> {
        let names = source.paths.iter().filter_map(|path| path.file_name());
        let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
        let mut figures = serde_json::to_value(report).expect("a report is plain data");
        let rejects = figures["prepared"]["read"]["rejects"].take();
        self.state().record_import(&ImportRecord {
            at: now,
            source: format!("{} {}", source.format, names.join(" ")),
            report: figures.to_string(),
            rejects: Some(rejects.to_string()),
        })?;
        Ok(())
    }

    /// What events say of a product in passing counts only where no catalogue describes it.
    fn row_of(&self, prepared: Prepared) -> Option<HistoryRow> {
        match prepared {
            Prepared::Event(event) => Some(HistoryRow::Event(event)),
            Prepared::Review(review) => Some(HistoryRow::Review(review)),
            Prepared::Item(item) => Some(HistoryRow::Item(item)),
            Prepared::Mention(item) => {
                let known = self.state().item(&item.id, IngestId(u128::MAX));
                matches!(known, Ok(None)).then_some(HistoryRow::Item(item))
            }
        }
    }
}
