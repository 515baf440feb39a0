//! Joins of visitors to persons: the links, and the numbers under which a person's rows lie.

use domain::{IngestId, ShopperId, SubjectId};
use rusqlite::{Connection, params};

use super::connection::Doing;
use super::writer::Transaction;
use super::{observed, shoppers};
use crate::{Joined, StoreError};

/// Returns a shopper's own number, and those of visitors joined to them up to an id.
pub(super) fn numbers(
    db: &Connection,
    shopper: ShopperId,
    as_of: IngestId,
) -> Result<Vec<ShopperId>, StoreError> {
    let mut select = db
        .prepare_cached("SELECT visitor_id FROM joined WHERE shopper_id = ?1 AND id <= ?2")
        .doing("find visitors")?;
    let visitors = select
        .query_map(params![shopper.0, as_of.to_bytes()], |row| row.get(0).map(ShopperId))
        .doing("find visitors")?;
    let mut numbers = vec![shopper];
    for visitor in visitors {
        numbers.push(visitor.doing("find visitors")?);
    }
    Ok(numbers)
}

/// Every join up to an id, oldest first.
pub(super) fn all(db: &Connection, as_of: IngestId) -> Result<Vec<Joined>, StoreError> {
    let mut select = db
        .prepare_cached("SELECT id, visitor_id, shopper_id FROM joined WHERE id <= ?1 ORDER BY id")
        .doing("list joins")?;
    select
        .query_map([as_of.to_bytes()], |row| {
            Ok(Joined {
                id: IngestId::from_bytes(row.get(0)?),
                visitor: ShopperId(row.get(1)?),
                shopper: ShopperId(row.get(2)?),
            })
        })
        .and_then(Iterator::collect)
        .doing("list joins")
}

/// Joins a visitor to a person. An opt-out of the visitor holds for the person too.
pub(super) fn join(
    tx: &mut Transaction<'_>,
    visitor: &SubjectId,
    person: &SubjectId,
) -> Result<Option<Joined>, StoreError> {
    let number = shoppers::find_or_make(tx, visitor)?;
    let shopper = shoppers::find_or_make(tx, person)?;
    let is_joined = shoppers::own_number(tx.db, visitor)? != Some(number);
    let has_visitors = numbers(tx.db, number, IngestId(u128::MAX))?.len() > 1;
    if number == shopper || is_joined || has_visitors {
        return Ok(None);
    }
    let now = IngestId(u128::MAX);
    let (theirs, own) =
        (shoppers::preferences(tx.db, number, now)?, shoppers::preferences(tx.db, shopper, now)?);
    if own.profiling && !theirs.profiling {
        shoppers::decide(tx, shopper, &domain::Preferences { profiling: false, ..own })?;
    }
    let id = tx.next_id();
    tx.db
        .prepare_cached("INSERT INTO joined (visitor_id, shopper_id, id) VALUES (?1, ?2, ?3)")
        .doing("join a visitor")?
        .execute(params![number.0, shopper.0, id.to_bytes()])
        .doing("join a visitor")?;
    observed::join(tx.db, number, shopper)?;
    tx.counts.shoppers = tx.counts.shoppers.saturating_sub(1);
    Ok(Some(Joined { id, visitor: number, shopper }))
}
