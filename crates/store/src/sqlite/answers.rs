//! Answers with their proofs, as they were delivered.

use domain::{IngestId, RequestId, ShopperId};
use rusqlite::{Connection, Params, params};

use super::answer_row::{COLUMNS, read};
use super::chain;
use super::connection::Doing;
use super::shoppers::must_exist;
use super::writer::Transaction;
use crate::scan::{Each, every};
use crate::{Answer, AnswerRecord, StoreError};

/// Records an answer. Of a shopper erased while it was computed, nothing is recorded.
pub(super) fn record(
    tx: &mut Transaction<'_>,
    record: &AnswerRecord,
) -> Result<IngestId, StoreError> {
    if let Some(kept) = find(tx.db, &record.request_id)? {
        return if kept.record == *record {
            Ok(kept.id)
        } else {
            Err(StoreError::AnswerExists(record.request_id.clone()))
        };
    }
    if let Some(shopper) = record.shopper {
        must_exist(tx.db, shopper)?;
    }
    let id = tx.next_answer_id();
    let salt = chain::extend(tx.db, &Answer { id, record: record.clone() })?;
    tx.db
        .prepare_cached(&format!(
            "INSERT INTO answer ({COLUMNS}, salt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ))
        .doing("record an answer")?
        .execute(params![
            id.to_bytes(),
            record.request_id.as_str(),
            record.shopper.map(|shopper| shopper.0),
            record.as_of.to_bytes(),
            record.model_version.as_str(),
            record.payload,
            salt,
        ])
        .doing("record an answer")?;
    Ok(id)
}

fn each_row(
    db: &Connection,
    condition: &str,
    values: impl Params,
    each: &mut Each<'_, Answer>,
) -> Result<(), StoreError> {
    let mut select = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM answer {condition}"))
        .doing("read answers")?;
    let mut rows = select.query(values).doing("read answers")?;
    while let Some(row) = rows.next().doing("read answers")? {
        if each(read(row)?).is_break() {
            break;
        }
    }
    Ok(())
}

/// The answer to a request.
pub(super) fn find(db: &Connection, request_id: &RequestId) -> Result<Option<Answer>, StoreError> {
    let mut found = None;
    each_row(
        db,
        "WHERE request_id = ?1",
        [request_id.as_str()],
        &mut every(|answer| found = Some(answer)),
    )?;
    Ok(found)
}

/// Returns the answers given to a shopper, oldest first.
pub(super) fn of_shopper(db: &Connection, shopper: ShopperId) -> Result<Vec<Answer>, StoreError> {
    let mut answers = Vec::new();
    each_row(
        db,
        "WHERE shopper_id = ?1 ORDER BY id",
        [shopper.0],
        &mut every(|answer| answers.push(answer)),
    )?;
    Ok(answers)
}

/// Answers with `after < id <= until`, as they were recorded.
pub(super) fn scan(
    db: &Connection,
    after: IngestId,
    until: IngestId,
    each: &mut Each<'_, Answer>,
) -> Result<(), StoreError> {
    each_row(
        db,
        "WHERE id > ?1 AND id <= ?2 ORDER BY id",
        params![after.to_bytes(), until.to_bytes()],
        each,
    )
}
