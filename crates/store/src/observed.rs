//! Observations of shoppers beside their events: feedback, questionnaires, assignments; and the
//! journal of decisions that rest on them.
//!
//! The same rules hold as for [`State`](crate::State), of which this is a part: a write touches one
//! shopper, retries are recognised by key, an erasure leaves nothing. None of it moves
//! [`State::newest`](crate::State::newest), since no claim counts it.

use domain::{FeedbackKind, IngestId, ItemId, ReasonId, RequestId, ShopperId, SurveyId, Timestamp};
use serde::Serialize;

use crate::StoreError;
use crate::scan::Each;

/// Feedback of a shopper, to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// The shopper; `None` for a visitor without a name.
    pub shopper: Option<ShopperId>,
    /// When.
    pub at: Timestamp,
    /// Its kind.
    pub kind: FeedbackKind,
    /// The answer it is about.
    pub request_id: Option<RequestId>,
    /// The item it is about.
    pub item_id: Option<ItemId>,
    /// The reason it is about.
    pub reason_id: Option<ReasonId>,
    /// Numbers and ids, as JSON. Names no other shopper.
    pub detail: String,
    /// Key by which a repeat is recognised.
    pub key: String,
}

/// Feedback as it is given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of `Feedback`")]
pub struct StoredFeedback {
    pub id: IngestId,
    #[serde(skip)]
    pub shopper: Option<ShopperId>,
    pub at: Timestamp,
    pub kind: FeedbackKind,
    pub request_id: Option<RequestId>,
    pub item_id: Option<ItemId>,
    pub reason_id: Option<ReasonId>,
    pub detail: String,
}

/// A questionnaire put to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Unique and opaque; made by the server.
    pub survey_id: SurveyId,
    /// The shopper who is asked.
    pub shopper: ShopperId,
    /// When.
    pub at: Timestamp,
    /// Version, language, items and situation, as JSON.
    pub body: String,
}

/// Answers to a questionnaire, given in one go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SurveyAnswers {
    /// Items by name, and their values; an item answered again takes the new value.
    pub items: Vec<(String, u8)>,
    /// Own words: `None` leaves what was written before, an empty text takes it back.
    pub words: Option<String>,
}

/// A questionnaire with what was answered so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredSurvey {
    /// The questionnaire's id.
    pub survey_id: SurveyId,
    /// When it was put, in the order of everything else.
    pub id: IngestId,
    /// The shopper who is asked.
    #[serde(skip)]
    pub shopper: ShopperId,
    /// When.
    pub at: Timestamp,
    /// As in [`Survey`].
    pub body: String,
    /// Each item answered, by name, and its value.
    pub answers: Vec<(String, u8)>,
    /// The own words.
    pub words: Option<String>,
}

/// The variant that a shopper was assigned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Assigned {
    /// The shopper.
    #[serde(skip)]
    pub shopper: ShopperId,
    /// The experiment.
    pub experiment: String,
    /// The variant.
    pub variant: String,
    /// When, in the order of everything else.
    pub id: IngestId,
    /// When.
    pub at: Timestamp,
}

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// When, in the order of everything else.
    pub id: IngestId,
    /// When.
    pub at: Timestamp,
    /// Kind of the entry.
    pub kind: String,
    /// The entry, as JSON.
    pub body: String,
}

/// Observations of shoppers, and the journal. Part of [`State`](crate::State).
pub trait Observations: Send + Sync {
    /// Records feedback. `None` for a piece that was recorded before under the same key.
    ///
    /// # Errors
    /// [`StoreError::ShopperGone`] when one of the shoppers was erased; then none is kept.
    fn append_feedback(&self, batch: Vec<Feedback>) -> Result<Vec<Option<IngestId>>, StoreError>;

    /// Returns the feedback of a shopper, oldest first.
    fn feedback_of(&self, shopper: ShopperId) -> Result<Vec<StoredFeedback>, StoreError>;

    /// Hands over all feedback, oldest first.
    fn scan_feedback(&self, each: &mut Each<'_, StoredFeedback>) -> Result<(), StoreError> {
        self.scan_feedback_after(IngestId::ZERO, each)
    }

    /// Hands over the feedback with ids after this one, oldest first.
    fn scan_feedback_after(
        &self,
        after: IngestId,
        each: &mut Each<'_, StoredFeedback>,
    ) -> Result<(), StoreError>;

    /// Puts a questionnaire, unless this shopper was put one after `not_since`; says whether.
    ///
    /// # Errors
    /// [`StoreError::ShopperGone`] when the shopper was erased.
    fn open_survey(&self, survey: &Survey, not_since: Timestamp) -> Result<bool, StoreError>;

    /// Returns a questionnaire with its answers.
    fn survey(&self, id: &SurveyId) -> Result<Option<StoredSurvey>, StoreError>;

    /// Returns the last questionnaire put to a shopper.
    fn last_survey(&self, shopper: ShopperId) -> Result<Option<StoredSurvey>, StoreError>;

    /// Records answers; false where there is no such questionnaire (any more).
    fn answer_survey(
        &self,
        id: &SurveyId,
        given: &SurveyAnswers,
        at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Hands over all questionnaires, oldest first.
    fn scan_surveys(&self, each: &mut Each<'_, StoredSurvey>) -> Result<(), StoreError>;

    /// Assigns a shopper a variant, unless they have one; returns the one they have.
    ///
    /// # Errors
    /// [`StoreError::ShopperGone`] when the shopper was erased.
    fn assign(
        &self,
        shopper: ShopperId,
        experiment: &str,
        variant: &str,
        at: Timestamp,
    ) -> Result<String, StoreError>;

    /// Returns the variants a shopper has, by experiment.
    fn assignments_of(&self, shopper: ShopperId) -> Result<Vec<Assigned>, StoreError>;

    /// Hands over all assignments of an experiment, by shopper.
    fn scan_assignments(
        &self,
        experiment: &str,
        each: &mut Each<'_, Assigned>,
    ) -> Result<(), StoreError>;

    /// Writes an entry into the journal.
    fn note(&self, kind: &str, body: &str, at: Timestamp) -> Result<IngestId, StoreError>;

    /// Returns the last `limit` entries of a kind, newest first.
    fn noted(&self, kind: &str, limit: usize) -> Result<Vec<Noted>, StoreError>;
}
