//! The links of the audit chain, beside the answers that they commit to.

use domain::IngestId;
use rusqlite::{Connection, OptionalExtension, params};

use super::answer_row;
use super::connection::Doing;
use crate::chain::{BEFORE_THE_FIRST, Chained, Hash, Link, Salt, forge};
use crate::scan::Each;
use crate::{Answer, StoreError};

const DOING: &str = "extend the audit chain";

/// Adds the link of an answer about to be kept; returns the salt to keep with it.
pub(super) fn extend(db: &Connection, answer: &Answer) -> Result<Salt, StoreError> {
    let before: Option<Hash> = db
        .prepare_cached("SELECT link FROM chain ORDER BY answer_id DESC LIMIT 1")
        .doing(DOING)?
        .query_row([], |row| row.get(0))
        .optional()
        .doing(DOING)?;
    let (salt, link) = forge(&before.unwrap_or(BEFORE_THE_FIRST), answer);
    db.prepare_cached("INSERT INTO chain (answer_id, commitment, link) VALUES (?1, ?2, ?3)")
        .doing(DOING)?
        .execute(params![link.answer_id.to_bytes(), link.commitment, link.link])
        .doing(DOING)?;
    Ok(salt)
}

/// Notes on the links of a shopper's answers that an erasure removes them.
pub(super) fn note_erasure(
    db: &Connection,
    shopper: domain::ShopperId,
    tombstone: IngestId,
) -> Result<(), StoreError> {
    db.execute(
        "UPDATE chain SET erased_by = ?2
         WHERE answer_id IN (SELECT id FROM answer WHERE shopper_id = ?1)",
        params![shopper.0, tombstone.to_bytes()],
    )
    .doing(DOING)
    .map(|_| ())
}

/// The last link up to an id.
pub(super) fn last(db: &Connection, until: IngestId) -> Result<Option<Link>, StoreError> {
    db.prepare_cached(
        "SELECT answer_id, commitment, link, erased_by FROM chain
         WHERE answer_id <= ?1 ORDER BY answer_id DESC LIMIT 1",
    )
    .doing("read the audit chain")?
    .query_row([until.to_bytes()], |row| {
        Ok(Link {
            answer_id: IngestId::from_bytes(row.get(0)?),
            commitment: row.get(1)?,
            link: row.get(2)?,
            erased_by: row.get::<_, Option<_>>(3)?.map(IngestId::from_bytes),
        })
    })
    .optional()
    .doing("read the audit chain")
}

/// Hands over links with their answers, and answers without a link, in the order of ids.
pub(super) fn scan(
    db: &Connection,
    after: IngestId,
    until: IngestId,
    each: &mut Each<'_, Chained>,
) -> Result<(), StoreError> {
    let columns = answer_row::COLUMNS.split(", ").map(|column| format!("a.{column}"));
    let columns = columns.collect::<Vec<_>>().join(", ");
    let mut select = db
        .prepare(&format!(
            "SELECT {columns}, a.salt, c.answer_id, c.commitment, c.link, c.erased_by
             FROM chain c FULL OUTER JOIN answer a ON a.id = c.answer_id
             WHERE coalesce(c.answer_id, a.id) > ?1 AND coalesce(c.answer_id, a.id) <= ?2
             ORDER BY coalesce(c.answer_id, a.id)"
        ))
        .doing("read the audit chain")?;
    let mut rows =
        select.query(params![after.to_bytes(), until.to_bytes()]).doing("read the audit chain")?;
    while let Some(row) = rows.next().doing("read the audit chain")? {
        let got = |index| row.get::<_, Option<[u8; 16]>>(index).doing("read the audit chain");
        let link = match got(7)? {
            Some(answer_id) => Some(Link {
                answer_id: IngestId::from_bytes(answer_id),
                commitment: row.get(8).doing("read the audit chain")?,
                link: row.get(9).doing("read the audit chain")?,
                erased_by: got(10)?.map(IngestId::from_bytes),
            }),
            None => None,
        };
        let answer = match got(0)? {
            Some(_) => Some((answer_row::read(row)?, got(6)?)),
            None => None,
        };
        if each(Chained { link, answer }).is_break() {
            break;
        }
    }
    Ok(())
}
