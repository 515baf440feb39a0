//! Corrections by shoppers, and which of them were taken back.

use domain::{Correction, IngestId, ShopperId};
use rusqlite::{Connection, params};

use super::connection::Doing;
use super::writer::Transaction;
use super::{joins, shoppers};
use crate::{Corrected, StoreError};

fn corrupt(detail: &serde_json::Error) -> StoreError {
    StoreError::Corrupt { what: "a correction", detail: detail.to_string() }
}

/// Every correction up to an id, oldest first, with those of visitors found to be the shopper.
pub(super) fn of_shopper(
    db: &Connection,
    shopper: ShopperId,
    as_of: IngestId,
) -> Result<Vec<Corrected>, StoreError> {
    let mut made: Vec<Corrected> = Vec::new();
    let mut back: Vec<(IngestId, IngestId)> = Vec::new();
    for number in joins::numbers(db, shopper, as_of)? {
        let mut select = db
            .prepare_cached(
                "SELECT id, body, takes_back FROM correction WHERE shopper_id = ?1 AND id <= ?2",
            )
            .doing("read corrections")?;
        let mut rows =
            select.query(params![number.0, as_of.to_bytes()]).doing("read corrections")?;
        while let Some(row) = rows.next().doing("read corrections")? {
            let id = IngestId::from_bytes(row.get(0).doing("read corrections")?);
            let body: Option<String> = row.get(1).doing("read corrections")?;
            match body {
                Some(body) => {
                    let correction = serde_json::from_str(&body).map_err(|e| corrupt(&e))?;
                    made.push(Corrected { id, correction, taken_back: false, taken_back_at: None });
                }
                None => {
                    let of = IngestId::from_bytes(row.get(2).doing("read corrections")?);
                    back.push((of, id));
                }
            }
        }
    }
    made.sort_by_key(|one| one.id);
    for one in &mut made {
        one.taken_back_at = back.iter().find(|(of, _)| *of == one.id).map(|(_, at)| *at);
        one.taken_back = one.taken_back_at.is_some();
    }
    Ok(made)
}

/// Keeps a correction.
pub(super) fn add(
    tx: &mut Transaction<'_>,
    shopper: ShopperId,
    correction: &Correction,
) -> Result<IngestId, StoreError> {
    shoppers::must_exist(tx.db, shopper)?;
    let body = serde_json::to_string(correction).map_err(|e| corrupt(&e))?;
    insert(tx, shopper, Some(&body), None)
}

/// Takes a correction back; `None` where there is none of that id, or it was taken back before.
pub(super) fn take_back(
    tx: &mut Transaction<'_>,
    shopper: ShopperId,
    id: IngestId,
) -> Result<Option<IngestId>, StoreError> {
    let made = of_shopper(tx.db, shopper, IngestId(u128::MAX))?;
    match made.iter().any(|one| one.id == id && !one.taken_back) {
        true => insert(tx, shopper, None, Some(id)).map(Some),
        false => Ok(None),
    }
}

fn insert(
    tx: &mut Transaction<'_>,
    shopper: ShopperId,
    body: Option<&str>,
    takes_back: Option<IngestId>,
) -> Result<IngestId, StoreError> {
    let id = tx.next_id();
    tx.db
        .prepare_cached(
            "INSERT INTO correction (shopper_id, id, body, takes_back) VALUES (?1, ?2, ?3, ?4)",
        )
        .doing("write a correction")?
        .execute(params![shopper.0, id.to_bytes(), body, takes_back.map(IngestId::to_bytes)])
        .doing("write a correction")?;
    Ok(id)
}
