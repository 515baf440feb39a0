//! Reviews: by shopper and source key for retries and erasure, by item for reading.

use domain::{EventTime, IngestId, ItemId, Rating, Review, ShopperId, StoredReview};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::connection::Doing;
use super::joins;
use super::writer::Transaction;
use crate::ids::source_hash;
use crate::scan::{Each, every};
use crate::{ReviewAck, StoreError};

const COLUMNS: &str = "id, shopper_id, item_id, ts, rating, title, text";

/// Takes in one review of a shopper, or recognises it.
pub(super) fn append(
    tx: &mut Transaction<'_>,
    shopper: ShopperId,
    review: &Review,
) -> Result<ReviewAck, StoreError> {
    let key = source_hash(&review.source_key);
    for number in joins::numbers(tx.db, shopper, IngestId(u128::MAX))? {
        if let Some(id) = known(tx.db, number, &key)? {
            return Ok(ReviewAck { id, shopper, fresh: false });
        }
    }
    let id = insert(tx, shopper, review, &key)?;
    Ok(ReviewAck { id, shopper, fresh: true })
}

/// The review that has this source key.
fn known(
    db: &Connection,
    shopper: ShopperId,
    key: &[u8; 16],
) -> Result<Option<IngestId>, StoreError> {
    db.prepare_cached("SELECT id FROM review WHERE shopper_id = ?1 AND key = ?2")
        .doing("find a review")?
        .query_row(params![shopper.0, key], |row| row.get(0).map(IngestId::from_bytes))
        .optional()
        .doing("find a review")
}

fn insert(
    tx: &mut Transaction<'_>,
    shopper: ShopperId,
    review: &Review,
    key: &[u8; 16],
) -> Result<IngestId, StoreError> {
    let id = tx.next_id();
    tx.db
        .prepare_cached(&format!(
            "INSERT INTO review ({COLUMNS}, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ))
        .doing("append a review")?
        .execute(params![
            id.to_bytes(),
            shopper.0,
            review.item_id.as_str(),
            review.time.key(),
            review.rating.map(Rating::tenths),
            review.title,
            review.text,
            key,
        ])
        .doing("append a review")?;
    tx.counts.reviews += 1;
    Ok(id)
}

/// Reads a row of [`COLUMNS`].
fn read(row: &Row<'_>) -> Result<StoredReview, StoreError> {
    let corrupt = |detail: String| StoreError::Corrupt { what: "review", detail };
    let item_id: String = row.get(2).doing("read a review")?;
    let tenths: Option<u8> = row.get(4).doing("read a review")?;
    Ok(StoredReview {
        id: IngestId::from_bytes(row.get(0).doing("read a review")?),
        shopper: ShopperId(row.get(1).doing("read a review")?),
        item_id: ItemId::new(item_id).map_err(|problem| corrupt(problem.to_string()))?,
        time: EventTime::from_key(row.get(3).doing("read a review")?),
        rating: tenths
            .map(|tenths| Rating::new(f64::from(tenths) / 10.0))
            .transpose()
            .map_err(|problem| corrupt(problem.to_string()))?,
        title: row.get(5).doing("read a review")?,
        text: row.get(6).doing("read a review")?,
    })
}

fn each_row(
    db: &Connection,
    condition: &str,
    values: impl Params,
    each: &mut Each<'_, StoredReview>,
) -> Result<(), StoreError> {
    let mut select = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM review {condition}"))
        .doing("read reviews")?;
    let mut rows = select.query(values).doing("read reviews")?;
    while let Some(row) = rows.next().doing("read reviews")? {
        if each(read(row)?).is_break() {
            break;
        }
    }
    Ok(())
}

/// The reviews of an item up to an id, those written last first.
pub(super) fn of_item(
    db: &Connection,
    item: &ItemId,
    as_of: IngestId,
    limit: usize,
) -> Result<Vec<StoredReview>, StoreError> {
    let mut reviews = Vec::new();
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    each_row(
        db,
        "WHERE item_id = ?1 AND id <= ?2 ORDER BY ts DESC, id DESC LIMIT ?3",
        params![item.as_str(), as_of.to_bytes(), limit],
        &mut every(|review| reviews.push(review)),
    )?;
    Ok(reviews)
}

/// Returns the reviews of a shopper, oldest first.
pub(super) fn of_shopper(
    db: &Connection,
    shopper: ShopperId,
) -> Result<Vec<StoredReview>, StoreError> {
    let mut reviews = Vec::new();
    each_row(
        db,
        "WHERE shopper_id = ?1 ORDER BY ts, id",
        [shopper.0],
        &mut every(|review| reviews.push(review)),
    )?;
    Ok(reviews)
}

/// Every review up to an id, in the order of ids.
pub(super) fn scan(
    db: &Connection,
    as_of: IngestId,
    each: &mut Each<'_, StoredReview>,
) -> Result<(), StoreError> {
    each_row(db, "WHERE id <= ?1 ORDER BY seq", [as_of.to_bytes()], each)
}
