//! Questionnaires put to shoppers, and the answers given so far.

use domain::{IngestId, ShopperId, SurveyId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use super::name;
use crate::StoreError;
use crate::observed::{StoredSurvey, Survey, SurveyAnswers};
use crate::scan::{Each, every};
use crate::sqlite::connection::Doing;
use crate::sqlite::shoppers::must_exist;
use crate::sqlite::writer::Transaction;

/// Puts a questionnaire, unless the shopper was put one after `not_since`.
pub(super) fn open(
    tx: &mut Transaction<'_>,
    survey: &Survey,
    not_since: Timestamp,
) -> Result<bool, StoreError> {
    must_exist(tx.db, survey.shopper)?;
    let was_asked = tx
        .db
        .prepare_cached("SELECT 1 FROM survey WHERE shopper_id = ?1 AND at > ?2")
        .doing("put a questionnaire")?
        .exists(params![survey.shopper.0, not_since.0])
        .doing("put a questionnaire")?;
    if was_asked {
        return Ok(false);
    }
    let id = tx.next_answer_id();
    tx.db
        .prepare_cached(
            "INSERT INTO survey (survey_id, shopper_id, id, at, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .doing("put a questionnaire")?
        .execute(params![
            survey.survey_id.as_str(),
            survey.shopper.0,
            id.to_bytes(),
            survey.at.0,
            survey.body,
        ])
        .doing("put a questionnaire")?;
    Ok(true)
}

/// Records answers; false where there is no such questionnaire. They bear no id, but one is made,
/// so that a cache of an earlier reading can tell that there is more.
pub(super) fn answer(
    tx: &mut Transaction<'_>,
    id: &SurveyId,
    given: &SurveyAnswers,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let Some(survey) = find(tx.db, id)? else {
        return Ok(false);
    };
    tx.next_answer_id();
    let mut insert = tx
        .db
        .prepare_cached(
            "INSERT INTO survey_answer (survey_id, item, shopper_id, value, at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (survey_id, item) DO UPDATE SET value = ?4, at = ?5",
        )
        .doing("keep an answer")?;
    for (item, value) in &given.items {
        insert
            .execute(params![id.as_str(), item, survey.shopper.0, value, at.0])
            .doing("keep an answer")?;
    }
    if let Some(words) = &given.words {
        keep_words(tx.db, &survey, words, at)?;
    }
    Ok(true)
}

fn keep_words(
    db: &Connection,
    survey: &StoredSurvey,
    words: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let id = survey.survey_id.as_str();
    let done = if words.is_empty() {
        db.execute("DELETE FROM survey_words WHERE survey_id = ?1", [id])
    } else {
        db.execute(
            "INSERT INTO survey_words (survey_id, shopper_id, text, at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (survey_id) DO UPDATE SET text = ?3, at = ?4",
            params![id, survey.shopper.0, words, at.0],
        )
    };
    done.doing("keep what was written").map(|_| ())
}

fn read(db: &Connection, row: &Row<'_>) -> Result<StoredSurvey, StoreError> {
    let survey_id: String = row.get(0).doing("read a questionnaire")?;
    let answers = db
        .prepare_cached("SELECT item, value FROM survey_answer WHERE survey_id = ?1 ORDER BY item")
        .doing("read answers to a questionnaire")?
        .query_map([&survey_id], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .doing("read answers to a questionnaire")?;
    let words = db
        .prepare_cached("SELECT text FROM survey_words WHERE survey_id = ?1")
        .doing("read what was written")?
        .query_row([&survey_id], |row| row.get(0))
        .optional()
        .doing("read what was written")?;
    Ok(StoredSurvey {
        survey_id: name("questionnaire", SurveyId::new(survey_id))?,
        shopper: ShopperId(row.get(1).doing("read a questionnaire")?),
        id: IngestId::from_bytes(row.get(2).doing("read a questionnaire")?),
        at: Timestamp(row.get(3).doing("read a questionnaire")?),
        body: row.get(4).doing("read a questionnaire")?,
        answers,
        words,
    })
}

fn each_row(
    db: &Connection,
    condition: &str,
    values: impl Params,
    each: &mut Each<'_, StoredSurvey>,
) -> Result<(), StoreError> {
    let mut select = db
        .prepare_cached(&format!(
            "SELECT survey_id, shopper_id, id, at, body FROM survey {condition}"
        ))
        .doing("read questionnaires")?;
    let mut rows = select.query(values).doing("read questionnaires")?;
    while let Some(row) = rows.next().doing("read questionnaires")? {
        if each(read(db, row)?).is_break() {
            break;
        }
    }
    Ok(())
}

/// One questionnaire.
pub(super) fn find(db: &Connection, id: &SurveyId) -> Result<Option<StoredSurvey>, StoreError> {
    let mut found = None;
    each_row(db, "WHERE survey_id = ?1", [id.as_str()], &mut every(|one| found = Some(one)))?;
    Ok(found)
}

/// The last one put to a shopper.
pub(super) fn last(
    db: &Connection,
    shopper: ShopperId,
) -> Result<Option<StoredSurvey>, StoreError> {
    let mut found = None;
    let newest = "WHERE shopper_id = ?1 ORDER BY at DESC, id DESC LIMIT 1";
    each_row(db, newest, [shopper.0], &mut every(|one| found = Some(one)))?;
    Ok(found)
}

/// Those put to a shopper, oldest first.
pub(in crate::sqlite) fn of_shopper(
    db: &Connection,
    shopper: ShopperId,
) -> Result<Vec<StoredSurvey>, StoreError> {
    let mut found = Vec::new();
    each_row(
        db,
        "WHERE shopper_id = ?1 ORDER BY id",
        [shopper.0],
        &mut every(|one| found.push(one)),
    )?;
    Ok(found)
}

/// All of them, oldest first.
pub(super) fn scan(db: &Connection, each: &mut Each<'_, StoredSurvey>) -> Result<(), StoreError> {
    each_row(db, "ORDER BY id", [], each)
}
