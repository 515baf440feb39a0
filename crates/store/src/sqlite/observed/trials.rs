//! Assignments of shoppers to variants, and the journal of decisions.

use domain::{IngestId, ShopperId, Timestamp};
use rusqlite::{Connection, Row, params};

use crate::StoreError;
use crate::observed::{Assigned, Noted};
use crate::scan::Each;
use crate::sqlite::connection::Doing;
use crate::sqlite::shoppers::must_exist;
use crate::sqlite::writer::Transaction;

/// Assigns a variant where there is none; returns the one that holds.
pub(super) fn assign(
    tx: &mut Transaction<'_>,
    shopper: ShopperId,
    experiment: &str,
    variant: &str,
    at: Timestamp,
) -> Result<String, StoreError> {
    must_exist(tx.db, shopper)?;
    let id = tx.next_answer_id();
    tx.db
        .prepare_cached(
            "INSERT OR IGNORE INTO assignment (shopper_id, experiment, variant, id, at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .doing("assign a variant")?
        .execute(params![shopper.0, experiment, variant, id.to_bytes(), at.0])
        .doing("assign a variant")?;
    tx.db
        .prepare_cached("SELECT variant FROM assignment WHERE shopper_id = ?1 AND experiment = ?2")
        .doing("assign a variant")?
        .query_row(params![shopper.0, experiment], |row| row.get(0))
        .doing("assign a variant")
}

fn assigned(row: &Row<'_>) -> rusqlite::Result<Assigned> {
    Ok(Assigned {
        shopper: ShopperId(row.get(0)?),
        experiment: row.get(1)?,
        variant: row.get(2)?,
        id: IngestId::from_bytes(row.get(3)?),
        at: Timestamp(row.get(4)?),
    })
}

/// The variants of a shopper.
pub(in crate::sqlite) fn assignments_of(
    db: &Connection,
    shopper: ShopperId,
) -> Result<Vec<Assigned>, StoreError> {
    db.prepare_cached(
        "SELECT shopper_id, experiment, variant, id, at FROM assignment
         WHERE shopper_id = ?1 ORDER BY experiment",
    )
    .doing("read assignments")?
    .query_map([shopper.0], assigned)
    .and_then(Iterator::collect)
    .doing("read assignments")
}

/// Hands over the assignments of an experiment.
pub(super) fn scan_assignments(
    db: &Connection,
    experiment: &str,
    each: &mut Each<'_, Assigned>,
) -> Result<(), StoreError> {
    let mut select = db
        .prepare_cached(
            "SELECT shopper_id, experiment, variant, id, at FROM assignment
             WHERE experiment = ?1 ORDER BY shopper_id",
        )
        .doing("read assignments")?;
    let rows = select.query_map([experiment], assigned).doing("read assignments")?;
    for row in rows {
        if each(row.doing("read assignments")?).is_break() {
            break;
        }
    }
    Ok(())
}

/// Writes an entry.
pub(super) fn note(
    tx: &mut Transaction<'_>,
    kind: &str,
    body: &str,
    at: Timestamp,
) -> Result<IngestId, StoreError> {
    let id = tx.next_answer_id();
    tx.db
        .prepare_cached("INSERT INTO journal (id, at, kind, body) VALUES (?1, ?2, ?3, ?4)")
        .doing("write into the journal")?
        .execute(params![id.to_bytes(), at.0, kind, body])
        .doing("write into the journal")?;
    Ok(id)
}

/// The last entries of a kind, newest first.
pub(super) fn noted(db: &Connection, kind: &str, limit: usize) -> Result<Vec<Noted>, StoreError> {
    db.prepare_cached(
        "SELECT id, at, kind, body FROM journal WHERE kind = ?1 ORDER BY seq DESC LIMIT ?2",
    )
    .doing("read the journal")?
    .query_map(params![kind, i64::try_from(limit).unwrap_or(i64::MAX)], |row| {
        Ok(Noted {
            id: IngestId::from_bytes(row.get(0)?),
            at: Timestamp(row.get(1)?),
            kind: row.get(2)?,
            body: row.get(3)?,
        })
    })
    .and_then(Iterator::collect)
    .doing("read the journal")
}
