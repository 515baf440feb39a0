//! Erasing a shopper, and handing out everything kept about one.

use std::collections::BTreeMap;

use domain::{IngestId, ShopperId, SubjectId, Timestamp};
use rusqlite::{Connection, params};

use super::connection::Doing;
use super::writer::Transaction;
use super::{answers, chain, corrections, events, joins, observed, responses, reviews, shoppers};
use crate::erased_names::{ErasedNames, NameKey};
use crate::{Erased, Export, StoreError};

/// Everything kept about a shopper.
pub(super) fn export(db: &Connection, subject: &SubjectId) -> Result<Option<Export>, StoreError> {
    let Some(shopper) = shoppers::find(db, subject)? else {
        return Ok(None);
    };
    let now = IngestId(u128::MAX);
    let (mut preferences, mut reviews, mut answers) = (Vec::new(), Vec::new(), Vec::new());
    let (mut feedback, mut surveys, mut assignments) = (Vec::new(), Vec::new(), Vec::new());
    for number in joins::numbers(db, shopper, now)? {
        preferences.extend(shoppers::decisions(db, number)?);
        reviews.extend(reviews::of_shopper(db, number)?);
        answers.extend(answers::of_shopper(db, number)?);
        feedback.extend(observed::feedback_of(db, number)?);
        surveys.extend(observed::surveys_of(db, number)?);
        assignments.extend(observed::assignments_of(db, number)?);
    }
    preferences.sort_by_key(|decision| decision.id);
    reviews.sort_by_key(|review| (review.time, review.id));
    answers.sort_by_key(|answer| answer.id);
    Ok(Some(Export {
        subject: subject.clone(),
        preferences,
        corrections: corrections::of_shopper(db, shopper, now)?,
        events: events::of_shopper(db, shopper, now)?.into_iter().map(Into::into).collect(),
        reviews: reviews.into_iter().map(Into::into).collect(),
        answers,
        feedback,
        surveys,
        assignments,
    }))
}

/// Removes a shopper and asks for the disk to be wiped. `wiped` is not known yet.
pub(super) fn erase(
    tx: &mut Transaction<'_>,
    subject: &SubjectId,
) -> Result<Option<Erased>, StoreError> {
    let Some(shopper) = shoppers::find(tx.db, subject)? else {
        return Ok(None);
    };
    let id = leave_tombstone(tx)?;
    let (mut events, mut reviews, mut answers) = (0, 0, 0);
    for number in joins::numbers(tx.db, shopper, IngestId(u128::MAX))? {
        chain::note_erasure(tx.db, number, id)?;
        remember_names(tx.db, number, id)?;
        let gone = |table| delete(tx.db, table, number);
        events += gone("event")?;
        reviews += gone("review")?;
        answers += gone("answer")?;
        for table in ["event_key", "preference", "correction", "subject", "joined", "bought_order"]
        {
            gone(table)?;
        }
        observed::erase(tx.db, number)?;
        responses::forget(tx.db, "SELECT key FROM remembered_of WHERE shopper_id = ?1", number.0)?;
    }
    tx.db.execute("UPDATE import SET rejects = NULL", []).doing("erase a shopper")?;
    tx.counts.events = tx.counts.events.saturating_sub(events);
    tx.counts.reviews = tx.counts.reviews.saturating_sub(reviews);
    tx.counts.shoppers = tx.counts.shoppers.saturating_sub(1);
    tx.wipe = true;
    Ok(Some(Erased { id, shopper, events, reviews, answers, wiped: false }))
}

fn delete(db: &Connection, table: &str, shopper: ShopperId) -> Result<u64, StoreError> {
    db.execute(&format!("DELETE FROM {table} WHERE shopper_id = ?1"), [shopper.0])
        .doing("erase a shopper")
        .map(|n| n as u64)
}

fn leave_tombstone(tx: &mut Transaction<'_>) -> Result<IngestId, StoreError> {
    let id = tx.next_id();
    tx.db
        .execute("INSERT INTO erasure (id) VALUES (?1)", params![id.to_bytes()])
        .doing("erase a shopper")?;
    Ok(id)
}

/// Keeps the hashes of the names of a number, so that an old file does not bring them back.
fn remember_names(db: &Connection, number: ShopperId, id: IngestId) -> Result<(), StoreError> {
    const DOING: &str = "remember an erased name";
    let key = key(db)?;
    let mut select =
        db.prepare_cached("SELECT ext_id FROM subject WHERE shopper_id = ?1").doing(DOING)?;
    let names: Vec<String> =
        select.query_map([number.0], |row| row.get(0)).and_then(Iterator::collect).doing(DOING)?;
    for name in names {
        let name = SubjectId::new(name).map_err(|problem| StoreError::Corrupt {
            what: "name of a shopper",
            detail: problem.to_string(),
        })?;
        db.prepare_cached("INSERT OR REPLACE INTO erased_name (hash, at) VALUES (?1, ?2)")
            .doing(DOING)?
            .execute(params![ErasedNames::hashes(&key, &name)[1], id.made_at_ms() as i64])
            .doing(DOING)?;
    }
    Ok(())
}

fn key(db: &Connection) -> Result<NameKey, StoreError> {
    db.prepare_cached("SELECT key FROM erased_name_key")
        .doing("read erased names")?
        .query_row([], |row| row.get(0))
        .doing("read erased names")
}

/// Every name that was erased.
pub(super) fn erased_names(db: &Connection) -> Result<ErasedNames, StoreError> {
    let at: BTreeMap<_, _> = db
        .prepare_cached("SELECT hash, at FROM erased_name")
        .doing("read erased names")?
        .query_map([], |row| Ok((row.get(0)?, Timestamp(row.get(1)?))))
        .and_then(Iterator::collect)
        .doing("read erased names")?;
    Ok(ErasedNames::new(key(db)?, at))
}

/// When a name was erased last.
pub(super) fn erased_at(
    db: &Connection,
    subject: &SubjectId,
) -> Result<Option<Timestamp>, StoreError> {
    let hashes = ErasedNames::hashes(&key(db)?, subject);
    db.prepare_cached("SELECT max(at) FROM erased_name WHERE hash IN (?1, ?2)")
        .doing("find an erased name")?
        .query_row(hashes, |row| row.get::<_, Option<_>>(0).map(|at| at.map(Timestamp)))
        .doing("find an erased name")
}

/// The id of the newest erasure.
pub(super) fn last(db: &Connection) -> Result<Option<IngestId>, StoreError> {
    db.prepare_cached("SELECT max(id) FROM erasure")
        .doing("find the last erasure")?
        .query_row([], |row| row.get::<_, Option<_>>(0).map(|id| id.map(IngestId::from_bytes)))
        .doing("find the last erasure")
}

/// The ids of all erasures, oldest first.
pub(super) fn erasures(db: &Connection) -> Result<Vec<IngestId>, StoreError> {
    db.prepare_cached("SELECT id FROM erasure ORDER BY id")
        .doing("list erasures")?
        .query_map([], |row| row.get(0).map(IngestId::from_bytes))
        .and_then(Iterator::collect)
        .doing("list erasures")
}
