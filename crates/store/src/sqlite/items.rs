//! Items: append-only versions, so that a price or a title is known as of any id.

use domain::{IngestId, Item, ItemId, PartialItem, StoredItem};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::connection::Doing;
use super::writer::Transaction;
use crate::scan::Each;
use crate::{ItemAck, StoreError};

/// Takes in an item, unless nothing has changed.
pub(super) fn put(tx: &mut Transaction<'_>, item: &Item) -> Result<ItemAck, StoreError> {
    let newest = newest_body(tx.db, &item.id)?;
    let body = serde_json::to_string(item).map_err(|problem| StoreError::Corrupt {
        what: "item to be stored",
        detail: problem.to_string(),
    })?;
    if let Some((version, Some(kept))) = &newest
        && *kept == body
    {
        return Ok(ItemAck { version: *version, fresh: false });
    }
    if !matches!(newest, Some((_, Some(_)))) {
        tx.counts.items += 1;
    }
    let version = insert(tx, &item.id, Some(&body))?;
    Ok(ItemAck { version, fresh: true })
}

/// Takes in some facts of an item; `None` where the shop took it out.
pub(super) fn put_part(
    tx: &mut Transaction<'_>,
    part: PartialItem,
) -> Result<Option<(ItemAck, Item)>, StoreError> {
    let known = as_of(tx.db, &part.item.id, IngestId(u128::MAX))?;
    let was_deleted = known.as_ref().is_some_and(|version| version.item.is_none());
    let known = known.and_then(|version| version.item);
    let item = part.over(known.as_ref(), was_deleted);
    item.map(|item| Ok((put(tx, &item)?, item))).transpose()
}

/// Marks an item as deleted. An item that is deleted already stays so, by its last version.
pub(super) fn delete(
    tx: &mut Transaction<'_>,
    id: &ItemId,
) -> Result<Option<IngestId>, StoreError> {
    match newest_body(tx.db, id)? {
        None => Ok(None),
        Some((version, None)) => Ok(Some(version)),
        Some((_, Some(_))) => {
            tx.counts.items = tx.counts.items.saturating_sub(1);
            insert(tx, id, None).map(Some)
        }
    }
}

fn insert(
    tx: &mut Transaction<'_>,
    id: &ItemId,
    body: Option<&str>,
) -> Result<IngestId, StoreError> {
    let version = tx.next_id();
    tx.db
        .prepare_cached("INSERT INTO item_version (item_id, version, body) VALUES (?1, ?2, ?3)")
        .doing("write an item")?
        .execute(params![id.as_str(), version.to_bytes(), body])
        .doing("write an item")?;
    Ok(version)
}

fn newest_body(
    db: &Connection,
    id: &ItemId,
) -> Result<Option<(IngestId, Option<String>)>, StoreError> {
    db.prepare_cached(
        "SELECT version, body FROM item_version WHERE item_id = ?1 ORDER BY version DESC LIMIT 1",
    )
    .doing("read an item")?
    .query_row([id.as_str()], |row| Ok((IngestId::from_bytes(row.get(0)?), row.get(1)?)))
    .optional()
    .doing("read an item")
}

/// Reads a row of item_id, version, body.
fn read(row: &Row<'_>) -> Result<(ItemId, StoredItem), StoreError> {
    let corrupt = |detail: String| StoreError::Corrupt { what: "item", detail };
    let id: String = row.get(0).doing("read an item")?;
    let body: Option<String> = row.get(2).doing("read an item")?;
    let stored = StoredItem {
        version: IngestId::from_bytes(row.get(1).doing("read an item")?),
        item: body
            .map(|body| serde_json::from_str(&body))
            .transpose()
            .map_err(|problem| corrupt(problem.to_string()))?,
    };
    let id = ItemId::new(id).map_err(|problem| corrupt(problem.to_string()))?;
    Ok((id, stored))
}

/// The newest version up to an id.
pub(super) fn as_of(
    db: &Connection,
    id: &ItemId,
    as_of: IngestId,
) -> Result<Option<StoredItem>, StoreError> {
    let mut select = db
        .prepare_cached(
            "SELECT item_id, version, body FROM item_version
             WHERE item_id = ?1 AND version <= ?2 ORDER BY version DESC LIMIT 1",
        )
        .doing("read an item")?;
    let mut rows = select.query(params![id.as_str(), as_of.to_bytes()]).doing("read an item")?;
    let row = rows.next().doing("read an item")?;
    row.map(|row| read(row).map(|(_, stored)| stored)).transpose()
}

/// Current items after a cursor. SQLite takes bare columns from the row that `max()` names.
pub(super) fn page(
    db: &Connection,
    after: Option<&ItemId>,
    limit: usize,
) -> Result<Vec<Item>, StoreError> {
    let mut select = db
        .prepare_cached(
            "SELECT item_id, max(version), body FROM item_version WHERE item_id > ?1
             GROUP BY item_id HAVING body IS NOT NULL ORDER BY item_id LIMIT ?2",
        )
        .doing("page through items")?;
    let after = after.map_or("", ItemId::as_str);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = select.query(params![after, limit]).doing("page through items")?;
    let mut items = Vec::new();
    while let Some(row) = rows.next().doing("page through items")? {
        items.extend(read(row)?.1.item);
    }
    Ok(items)
}

/// Every version up to an id, in version order.
pub(super) fn scan(
    db: &Connection,
    as_of: IngestId,
    each: &mut Each<'_, (ItemId, StoredItem)>,
) -> Result<(), StoreError> {
    let mut select = db
        .prepare_cached(
            "SELECT item_id, version, body FROM item_version WHERE version <= ?1 ORDER BY seq",
        )
        .doing("scan items")?;
    let mut rows = select.query([as_of.to_bytes()]).doing("scan items")?;
    while let Some(row) = rows.next().doing("scan items")? {
        if each(read(row)?).is_break() {
            break;
        }
    }
    Ok(())
}
