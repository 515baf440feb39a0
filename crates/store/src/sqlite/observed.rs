//! Feedback, questionnaires, assignments and the journal: maps each question to its function.

mod feedback;
mod surveys;
mod trials;

use domain::{IngestId, ShopperId, SurveyId, Timestamp};
use rusqlite::Connection;

use super::SqliteState;
use super::connection::Doing;
use crate::StoreError;
use crate::observed::{
    Assigned, Feedback, Noted, Observations, StoredFeedback, StoredSurvey, Survey, SurveyAnswers,
};
use crate::scan::Each;

pub(super) use feedback::of_shopper as feedback_of;
pub(super) use surveys::of_shopper as surveys_of;
pub(super) use trials::assignments_of;

/// Each has rows of shoppers, by `shopper_id`.
const TABLES: [&str; 5] = ["feedback", "survey", "survey_answer", "survey_words", "assignment"];

/// Removes everything observed of a shopper.
pub(super) fn erase(db: &Connection, shopper: ShopperId) -> Result<(), StoreError> {
    for table in TABLES {
        db.execute(&format!("DELETE FROM {table} WHERE shopper_id = ?1"), [shopper.0])
            .doing("erase what was observed of a shopper")?;
    }
    Ok(())
}

/// Gives a visitor's observations to the person; a variant that the person has stays.
pub(super) fn join(
    db: &Connection,
    visitor: ShopperId,
    person: ShopperId,
) -> Result<(), StoreError> {
    for table in TABLES {
        let update = format!("UPDATE OR IGNORE {table} SET shopper_id = ?2 WHERE shopper_id = ?1");
        db.execute(&update, [visitor.0, person.0]).doing("hand over what was observed")?;
    }
    erase(db, visitor)
}

impl Observations for SqliteState {
    fn append_feedback(&self, batch: Vec<Feedback>) -> Result<Vec<Option<IngestId>>, StoreError> {
        self.writer.write(move |tx| batch.iter().map(|one| feedback::append(tx, one)).collect())
    }

    fn feedback_of(&self, shopper: ShopperId) -> Result<Vec<StoredFeedback>, StoreError> {
        self.readers.ask(|db| feedback::of_shopper(db, shopper))
    }

    fn scan_feedback_after(
        &self,
        after: IngestId,
        each: &mut Each<'_, StoredFeedback>,
    ) -> Result<(), StoreError> {
        self.readers.ask(|db| feedback::scan(db, after, each))
    }

    fn open_survey(&self, survey: &Survey, not_since: Timestamp) -> Result<bool, StoreError> {
        let survey = survey.clone();
        self.writer.write(move |tx| surveys::open(tx, &survey, not_since))
    }

    fn survey(&self, id: &SurveyId) -> Result<Option<StoredSurvey>, StoreError> {
        self.readers.ask(|db| surveys::find(db, id))
    }

    fn last_survey(&self, shopper: ShopperId) -> Result<Option<StoredSurvey>, StoreError> {
        self.readers.ask(|db| surveys::last(db, shopper))
    }

    fn answer_survey(
        &self,
        id: &SurveyId,
        given: &SurveyAnswers,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let (id, given) = (id.clone(), given.clone());
        self.writer.write(move |tx| surveys::answer(tx, &id, &given, at))
    }

    fn scan_surveys(&self, each: &mut Each<'_, StoredSurvey>) -> Result<(), StoreError> {
        self.readers.ask(|db| surveys::scan(db, each))
    }

    fn assign(
        &self,
        shopper: ShopperId,
        experiment: &str,
        variant: &str,
        at: Timestamp,
    ) -> Result<String, StoreError> {
        let (experiment, variant) = (experiment.to_owned(), variant.to_owned());
        self.writer.write(move |tx| trials::assign(tx, shopper, &experiment, &variant, at))
    }

    fn assignments_of(&self, shopper: ShopperId) -> Result<Vec<Assigned>, StoreError> {
        self.readers.ask(|db| trials::assignments_of(db, shopper))
    }

    fn scan_assignments(
        &self,
        experiment: &str,
        each: &mut Each<'_, Assigned>,
    ) -> Result<(), StoreError> {
        self.readers.ask(|db| trials::scan_assignments(db, experiment, each))
    }

    fn note(&self, kind: &str, body: &str, at: Timestamp) -> Result<IngestId, StoreError> {
        let (kind, body) = (kind.to_owned(), body.to_owned());
        self.writer.write(move |tx| trials::note(tx, &kind, &body, at))
    }

    fn noted(&self, kind: &str, limit: usize) -> Result<Vec<Noted>, StoreError> {
        self.readers.ask(|db| trials::noted(db, kind, limit))
    }
}

/// A text of the store that has to be an identifier.
fn name<T>(what: &'static str, read: Result<T, domain::Invalid>) -> Result<T, StoreError> {
    read.map_err(|problem| StoreError::Corrupt { what, detail: problem.to_string() })
}
