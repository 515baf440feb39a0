//! Erasing a shopper, and handing out everything kept about one.

use domain::{IngestId, ShopperId, SubjectId};
use rusqlite::{Connection, params};

use super::connection::Doing;
use super::writer::Transaction;
use super::{answers, chain, corrections, events, joins, observed, responses, reviews, shoppers};
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
        let gone = |table| delete(tx.db, table, number);
        events += gone("event")?;
        reviews += gone("review")?;
        answers += gone("answer")?;
        for table in ["event_key", "preference", "correction", "subject", "joined"] {
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

/// The ids of all erasures, oldest first.
pub(super) fn erasures(db: &Connection) -> Result<Vec<IngestId>, StoreError> {
    db.prepare_cached("SELECT id FROM erasure ORDER BY id")
        .doing("list erasures")?
        .query_map([], |row| row.get(0).map(IngestId::from_bytes))
        .and_then(Iterator::collect)
        .doing("list erasures")
}
