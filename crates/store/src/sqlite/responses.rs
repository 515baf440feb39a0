//! Responses kept for retries under an `Idempotency-Key`, and forgotten in time.

use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::connection::Doing;
use super::shoppers::must_exist;
use super::writer::Transaction;
use crate::{Remembered, Repeat, StoreError};

/// Whether a request repeats one that was answered.
pub(super) fn repeat(
    db: &Connection,
    key: &str,
    fingerprint: &str,
    now: Timestamp,
) -> Result<Repeat, StoreError> {
    let kept: Option<(String, String)> = db
        .prepare_cached(
            "SELECT fingerprint, response FROM remembered WHERE key = ?1 AND expires > ?2",
        )
        .doing("look up a response")?
        .query_row(params![key, now.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
        .doing("look up a response")?;
    Ok(match kept {
        None => Repeat::First,
        Some((kept, response)) if kept == fingerprint => Repeat::Same(response),
        Some(_) => Repeat::Conflict,
    })
}

/// Keeps a response, and forgets expired ones.
pub(super) fn remember(
    tx: &mut Transaction<'_>,
    response: &Remembered,
    now: Timestamp,
) -> Result<(), StoreError> {
    for shopper in &response.shoppers {
        must_exist(tx.db, *shopper)?;
    }
    forget(tx.db, "SELECT key FROM remembered WHERE expires <= ?1", now.0)?;
    let n_kept = tx
        .db
        .prepare_cached(
            "INSERT OR IGNORE INTO remembered (key, fingerprint, response, expires)
             VALUES (?1, ?2, ?3, ?4)",
        )
        .doing("remember a response")?
        .execute(params![response.key, response.fingerprint, response.response, response.expires.0])
        .doing("remember a response")?;
    if n_kept == 0 {
        return Ok(()); // the first response stays
    }
    let mut link = tx
        .db
        .prepare_cached("INSERT OR IGNORE INTO remembered_of (shopper_id, key) VALUES (?1, ?2)")
        .doing("remember a response")?;
    for shopper in &response.shoppers {
        link.execute(params![shopper.0, response.key]).doing("remember a response")?;
    }
    Ok(())
}

/// Forgets the responses whose keys a query names.
pub(super) fn forget(db: &Connection, keys: &str, value: i64) -> Result<(), StoreError> {
    let keys: Vec<String> = db
        .prepare_cached(keys)
        .doing("forget responses")?
        .query_map([value], |row| row.get(0))
        .and_then(Iterator::collect)
        .doing("forget responses")?;
    for key in keys {
        for table in ["remembered", "remembered_of"] {
            db.prepare_cached(&format!("DELETE FROM {table} WHERE key = ?1"))
                .doing("forget responses")?
                .execute([&key])
                .doing("forget responses")?;
        }
    }
    Ok(())
}
