//! Reports of imports, for the console.

use domain::Timestamp;
use rusqlite::{Connection, params};

use super::connection::Doing;
use super::writer::Transaction;
use crate::{ImportRecord, StoreError};

/// Keeps a report.
pub(super) fn record(tx: &mut Transaction<'_>, record: &ImportRecord) -> Result<(), StoreError> {
    tx.db
        .prepare_cached("INSERT INTO import (at, source, report, rejects) VALUES (?1, ?2, ?3, ?4)")
        .doing("record an import")?
        .execute(params![record.at.0, record.source, record.report, record.rejects])
        .doing("record an import")
        .map(|_| ())
}

/// The last reports, newest first.
pub(super) fn list(db: &Connection, limit: usize) -> Result<Vec<ImportRecord>, StoreError> {
    db.prepare_cached("SELECT at, source, report, rejects FROM import ORDER BY seq DESC LIMIT ?1")
        .doing("list imports")?
        .query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
            Ok(ImportRecord {
                at: Timestamp(row.get(0)?),
                source: row.get(1)?,
                report: row.get(2)?,
                rejects: row.get(3)?,
            })
        })
        .and_then(Iterator::collect)
        .doing("list imports")
}
