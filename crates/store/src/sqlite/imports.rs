//! Reports of imports, and what is known of the sources of feeds.

use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::connection::Doing;
use super::writer::Transaction;
use crate::{ImportRecord, ImportRun, StoreError};

/// Keeps a report.
pub(super) fn record(tx: &mut Transaction<'_>, record: &ImportRecord) -> Result<(), StoreError> {
    let (id, about) = record.run.as_ref().map(|run| (&run.id, &run.about)).unzip();
    tx.db
        .prepare_cached(
            "INSERT INTO import (at, source, report, rejects, id, about)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .doing("record an import")?
        .execute(params![record.at.0, record.source, record.report, record.rejects, id, about])
        .doing("record an import")
        .map(|_| ())
}

/// The last reports, newest first.
pub(super) fn list(db: &Connection, limit: usize) -> Result<Vec<ImportRecord>, StoreError> {
    db.prepare_cached(
        "SELECT at, source, report, rejects, id, about FROM import ORDER BY seq DESC LIMIT ?1",
    )
    .doing("list imports")?
    .query_map([i64::try_from(limit).unwrap_or(i64::MAX)], read)
    .and_then(Iterator::collect)
    .doing("list imports")
}

/// The report of one import.
pub(super) fn find(db: &Connection, id: &str) -> Result<Option<ImportRecord>, StoreError> {
    db.prepare_cached("SELECT at, source, report, rejects, id, about FROM import WHERE id = ?1")
        .doing("find an import")?
        .query_row([id], read)
        .optional()
        .doing("find an import")
}

fn read(row: &Row<'_>) -> rusqlite::Result<ImportRecord> {
    let (id, about): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
    Ok(ImportRecord {
        at: Timestamp(row.get(0)?),
        source: row.get(1)?,
        report: row.get(2)?,
        rejects: row.get(3)?,
        run: id.zip(about).map(|(id, about)| ImportRun { id, about }),
    })
}

/// Keeps what is known of a source, or forgets it.
pub(super) fn keep_feed(
    tx: &mut Transaction<'_>,
    name: &str,
    state: Option<&str>,
) -> Result<(), StoreError> {
    let statement = match state {
        Some(_) => "INSERT OR REPLACE INTO feed (name, state) VALUES (?1, ?2)",
        None => "DELETE FROM feed WHERE name = ?1 AND ?2 IS NULL",
    };
    tx.db
        .prepare_cached(statement)
        .doing("keep a feed")?
        .execute(params![name, state])
        .doing("keep a feed")
        .map(|_| ())
}

/// What is known of every source, by name.
pub(super) fn feeds(db: &Connection) -> Result<Vec<(String, String)>, StoreError> {
    db.prepare_cached("SELECT name, state FROM feed ORDER BY name")
        .doing("list feeds")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .doing("list feeds")
}
