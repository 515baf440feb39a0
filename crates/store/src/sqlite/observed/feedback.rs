//! Feedback of shoppers on the answers they were given.

use domain::{FeedbackKind, IngestId, ItemId, ReasonId, RequestId, ShopperId, Timestamp};
use rusqlite::{Connection, Params, Row, params};

use super::name;
use crate::StoreError;
use crate::ids::source_hash;
use crate::observed::{Feedback, StoredFeedback};
use crate::scan::{Each, every};
use crate::sqlite::connection::Doing;
use crate::sqlite::shoppers::must_exist;
use crate::sqlite::writer::Transaction;

const COLUMNS: &str = "id, shopper_id, at, kind, request_id, item_id, reason_id, detail";

/// Records one piece of feedback; returns `None` when it was recorded before.
pub(super) fn append(
    tx: &mut Transaction<'_>,
    feedback: &Feedback,
) -> Result<Option<IngestId>, StoreError> {
    if let Some(shopper) = feedback.shopper {
        must_exist(tx.db, shopper)?;
    }
    let id = tx.next_answer_id();
    let n_kept = tx
        .db
        .prepare_cached(&format!(
            "INSERT OR IGNORE INTO feedback ({COLUMNS}, key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ))
        .doing("keep feedback")?
        .execute(params![
            id.to_bytes(),
            feedback.shopper.map(|shopper| shopper.0),
            feedback.at.0,
            feedback.kind.code(),
            feedback.request_id.as_ref().map(RequestId::as_str),
            feedback.item_id.as_ref().map(ItemId::as_str),
            feedback.reason_id.as_ref().map(ReasonId::as_str),
            feedback.detail,
            source_hash(&feedback.key),
        ])
        .doing("keep feedback")?;
    Ok((n_kept > 0).then_some(id))
}

/// Reads a row of [`COLUMNS`].
fn read(row: &Row<'_>) -> Result<StoredFeedback, StoreError> {
    let text = |at: usize| row.get::<_, Option<String>>(at).doing("read feedback");
    let code: u8 = row.get(3).doing("read feedback")?;
    let kind = FeedbackKind::from_code(code).ok_or_else(|| StoreError::Corrupt {
        what: "feedback",
        detail: format!("there is no kind {code}"),
    })?;
    let shopper: Option<i64> = row.get(1).doing("read feedback")?;
    Ok(StoredFeedback {
        id: IngestId::from_bytes(row.get(0).doing("read feedback")?),
        shopper: shopper.map(ShopperId),
        at: Timestamp(row.get(2).doing("read feedback")?),
        kind,
        request_id: name("feedback", text(4)?.map(RequestId::new).transpose())?,
        item_id: name("feedback", text(5)?.map(ItemId::new).transpose())?,
        reason_id: name("feedback", text(6)?.map(ReasonId::new).transpose())?,
        detail: row.get(7).doing("read feedback")?,
    })
}

fn each_row(
    db: &Connection,
    condition: &str,
    values: impl Params,
    each: &mut Each<'_, StoredFeedback>,
) -> Result<(), StoreError> {
    let mut select = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM feedback {condition} ORDER BY id"))
        .doing("read feedback")?;
    let mut rows = select.query(values).doing("read feedback")?;
    while let Some(row) = rows.next().doing("read feedback")? {
        if each(read(row)?).is_break() {
            break;
        }
    }
    Ok(())
}

/// Returns the feedback of a shopper, oldest first.
pub(in crate::sqlite) fn of_shopper(
    db: &Connection,
    shopper: ShopperId,
) -> Result<Vec<StoredFeedback>, StoreError> {
    let mut found = Vec::new();
    each_row(db, "WHERE shopper_id = ?1", [shopper.0], &mut every(|one| found.push(one)))?;
    Ok(found)
}

/// The feedback after an id, oldest first.
pub(super) fn scan(
    db: &Connection,
    after: IngestId,
    each: &mut Each<'_, StoredFeedback>,
) -> Result<(), StoreError> {
    each_row(db, "WHERE id > ?1", [after.to_bytes()], each)
}
