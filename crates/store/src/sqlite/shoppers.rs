//! Shoppers: the one link to a person, and their preferences.

use domain::{IngestId, Preferences, ShopperId, SubjectId};
use rusqlite::{Connection, OptionalExtension, params};

use super::connection::Doing;
use super::writer::Transaction;
use crate::ids::random_shopper;
use crate::scan::Each;
use crate::{ExportedPreferences, StoreError};

/// Returns the number of a shopper, where there is one; of a joined visitor, the person's.
pub(super) fn find(db: &Connection, subject: &SubjectId) -> Result<Option<ShopperId>, StoreError> {
    own_number(db, subject)?.map(|number| person_of(db, number)).transpose()
}

/// Returns the person that a number stands for now; the number itself where it was never joined.
fn person_of(db: &Connection, number: ShopperId) -> Result<ShopperId, StoreError> {
    let person = db
        .prepare_cached("SELECT shopper_id FROM joined WHERE visitor_id = ?1")
        .doing("find a person")?
        .query_row([number.0], |row| row.get(0).map(ShopperId))
        .optional()
        .doing("find a person")?;
    Ok(person.unwrap_or(number))
}

/// The number that a name was given first.
pub(super) fn own_number(
    db: &Connection,
    subject: &SubjectId,
) -> Result<Option<ShopperId>, StoreError> {
    let known = db
        .prepare_cached("SELECT shopper_id FROM subject WHERE ext_id = ?1")
        .doing("find a shopper")?
        .query_row([subject.as_str()], |row| row.get(0).map(ShopperId))
        .optional()
        .doing("find a shopper")?;
    if known.is_some() || !subject.as_str().contains('@') {
        return Ok(known);
    }
    // An address is one in any case.
    db.prepare_cached(
        "SELECT shopper_id FROM subject WHERE ext_id = ?1 COLLATE NOCASE AND instr(ext_id, '@') > 0
         ORDER BY ext_id LIMIT 1",
    )
    .doing("find a shopper")?
    .query_row([subject.as_str()], |row| row.get(0).map(ShopperId))
    .optional()
    .doing("find a shopper")
}

/// The number of a shopper, made now if they are new.
pub(super) fn find_or_make(
    tx: &mut Transaction<'_>,
    subject: &SubjectId,
) -> Result<ShopperId, StoreError> {
    find_or_use(tx, subject, random_shopper())
}

/// As [`find_or_make`], with the number to use if they are new.
pub(super) fn find_or_use(
    tx: &mut Transaction<'_>,
    subject: &SubjectId,
    number: ShopperId,
) -> Result<ShopperId, StoreError> {
    if let Some(known) = find(tx.db, subject)? {
        return Ok(known);
    }
    tx.db
        .prepare_cached("INSERT INTO subject (ext_id, shopper_id) VALUES (?1, ?2)")
        .doing("make a shopper")?
        .execute(params![subject.as_str(), number.0])
        .doing("make a shopper")?;
    tx.counts.shoppers += 1;
    Ok(number)
}

/// Hands over every name with its own number.
pub(super) fn scan(
    db: &Connection,
    each: &mut Each<'_, (SubjectId, ShopperId)>,
) -> Result<(), StoreError> {
    const DOING: &str = "list shoppers";
    let mut select =
        db.prepare_cached("SELECT ext_id, shopper_id FROM subject ORDER BY ext_id").doing(DOING)?;
    let mut rows = select.query([]).doing(DOING)?;
    while let Some(row) = rows.next().doing(DOING)? {
        let name: String = row.get(0).doing(DOING)?;
        let name = SubjectId::new(name).map_err(|problem| StoreError::Corrupt {
            what: "name of a shopper",
            detail: problem.to_string(),
        })?;
        if each((name, ShopperId(row.get(1).doing(DOING)?))).is_break() {
            break;
        }
    }
    Ok(())
}

/// Returns [`StoreError::ShopperGone`] for a shopper who is not, or no longer, stored.
pub(super) fn must_exist(db: &Connection, shopper: ShopperId) -> Result<(), StoreError> {
    let exists = db
        .prepare_cached("SELECT 1 FROM subject WHERE shopper_id = ?1")
        .doing("find a shopper")?
        .exists([shopper.0])
        .doing("find a shopper")?;
    if exists { Ok(()) } else { Err(StoreError::ShopperGone) }
}

fn read_body(body: &str) -> Result<Preferences, StoreError> {
    serde_json::from_str(body)
        .map_err(|problem| StoreError::Corrupt { what: "preferences", detail: problem.to_string() })
}

/// Returns the preferences as of an id.
pub(super) fn preferences(
    db: &Connection,
    shopper: ShopperId,
    as_of: IngestId,
) -> Result<Preferences, StoreError> {
    let body: Option<String> = db
        .prepare_cached(
            "SELECT body FROM preference WHERE shopper_id = ?1 AND id <= ?2
             ORDER BY id DESC LIMIT 1",
        )
        .doing("read preferences")?
        .query_row(params![shopper.0, as_of.to_bytes()], |row| row.get(0))
        .optional()
        .doing("read preferences")?;
    body.map_or_else(|| Ok(Preferences::default()), |body| read_body(&body))
}

/// Returns all preferences ever set, oldest first.
pub(super) fn decisions(
    db: &Connection,
    shopper: ShopperId,
) -> Result<Vec<ExportedPreferences>, StoreError> {
    let mut select = db
        .prepare_cached("SELECT id, body FROM preference WHERE shopper_id = ?1 ORDER BY id")
        .doing("read preferences")?;
    let mut rows = select.query([shopper.0]).doing("read preferences")?;
    let mut decisions = Vec::new();
    while let Some(row) = rows.next().doing("read preferences")? {
        let body: String = row.get(1).doing("read preferences")?;
        decisions.push(ExportedPreferences {
            id: IngestId::from_bytes(row.get(0).doing("read preferences")?),
            preferences: read_body(&body)?,
        });
    }
    Ok(decisions)
}

/// Records preferences.
pub(super) fn decide(
    tx: &mut Transaction<'_>,
    shopper: ShopperId,
    preferences: &Preferences,
) -> Result<IngestId, StoreError> {
    must_exist(tx.db, shopper)?;
    let body = serde_json::to_string(preferences).map_err(|problem| StoreError::Corrupt {
        what: "preferences to be stored",
        detail: problem.to_string(),
    })?;
    let id = tx.next_id();
    tx.db
        .prepare_cached("INSERT INTO preference (shopper_id, id, body) VALUES (?1, ?2, ?3)")
        .doing("write preferences")?
        .execute(params![shopper.0, id.to_bytes(), body])
        .doing("write preferences")?;
    Ok(id)
}
