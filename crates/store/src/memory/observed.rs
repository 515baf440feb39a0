//! Feedback, questionnaires, assignments and the journal, in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use domain::{IngestId, ShopperId, SurveyId, Timestamp};

use super::MemoryState;
use super::rows::drop_where;
use crate::StoreError;
use crate::ids::source_hash;
use crate::observed::{
    Assigned, Feedback, Noted, Observations, StoredFeedback, StoredSurvey, Survey, SurveyAnswers,
};
use crate::scan::{Each, hand_over};

/// The data behind [`Observations`].
#[derive(Default)]
pub(super) struct Observed {
    feedback: BTreeMap<IngestId, StoredFeedback>,
    of_shopper: BTreeSet<(ShopperId, IngestId)>,
    keys: BTreeSet<[u8; 16]>,
    key_of: BTreeMap<IngestId, [u8; 16]>,
    surveys: BTreeMap<IngestId, StoredSurvey>,
    assigned: BTreeMap<(ShopperId, String), Assigned>,
    journal: Vec<Noted>,
}

impl Observed {
    /// Removes everything about a shopper.
    pub(super) fn erase(&mut self, shopper: ShopperId) {
        drop_where(&mut self.feedback, |_, kept| kept.shopper == Some(shopper));
        self.of_shopper.retain(|(of, _)| *of != shopper);
        let feedback = &self.feedback;
        self.key_of.retain(|id, _| feedback.contains_key(id));
        self.keys = self.key_of.values().copied().collect();
        drop_where(&mut self.surveys, |_, survey| survey.shopper == shopper);
        drop_where(&mut self.assigned, |key, _| key.0 == shopper);
    }

    /// Gives a visitor's observations to the person; a variant that the person has stays.
    pub(super) fn join(&mut self, visitor: ShopperId, person: ShopperId) {
        for kept in self.feedback.values_mut().filter(|kept| kept.shopper == Some(visitor)) {
            kept.shopper = Some(person);
            self.of_shopper.remove(&(visitor, kept.id));
            self.of_shopper.insert((person, kept.id));
        }
        for survey in self.surveys.values_mut().filter(|survey| survey.shopper == visitor) {
            survey.shopper = person;
        }
        for assigned in self.assignments_of(visitor) {
            self.assigned.remove(&(visitor, assigned.experiment.clone()));
            let key = (person, assigned.experiment.clone());
            self.assigned.entry(key).or_insert(Assigned { shopper: person, ..assigned });
        }
    }

    pub(super) fn feedback_of(&self, shopper: ShopperId) -> Vec<StoredFeedback> {
        let all = (shopper, IngestId::ZERO)..=(shopper, IngestId(u128::MAX));
        self.of_shopper.range(all).map(|(_, id)| self.feedback[id].clone()).collect()
    }

    pub(super) fn surveys_of(&self, shopper: ShopperId) -> Vec<StoredSurvey> {
        self.surveys.values().filter(|survey| survey.shopper == shopper).cloned().collect()
    }

    pub(super) fn assignments_of(&self, shopper: ShopperId) -> Vec<Assigned> {
        let from = self.assigned.range((shopper, String::new())..);
        from.map(|(_, one)| one).take_while(|one| one.shopper == shopper).cloned().collect()
    }
}

impl Observations for MemoryState {
    fn append_feedback(&self, batch: Vec<Feedback>) -> Result<Vec<Option<IngestId>>, StoreError> {
        let mut inner = self.lock();
        for shopper in batch.iter().filter_map(|feedback| feedback.shopper) {
            inner.must_exist(shopper)?;
        }
        let mut ids = Vec::with_capacity(batch.len());
        for feedback in batch {
            let key = source_hash(&feedback.key);
            if !inner.observed.keys.insert(key) {
                ids.push(None);
                continue;
            }
            let id = inner.next_answer_id();
            let Feedback { shopper, at, kind, request_id, item_id, reason_id, detail, .. } =
                feedback;
            let kept =
                StoredFeedback { id, shopper, at, kind, request_id, item_id, reason_id, detail };
            inner.observed.key_of.insert(id, key);
            inner.observed.of_shopper.extend(shopper.map(|shopper| (shopper, id)));
            inner.observed.feedback.insert(id, kept);
            ids.push(Some(id));
        }
        Ok(ids)
    }

    fn feedback_of(&self, shopper: ShopperId) -> Result<Vec<StoredFeedback>, StoreError> {
        Ok(self.lock().observed.feedback_of(shopper))
    }

    fn scan_feedback_after(
        &self,
        after: IngestId,
        each: &mut Each<'_, StoredFeedback>,
    ) -> Result<(), StoreError> {
        let later = (Bound::Excluded(after), Bound::Unbounded);
        let inner = self.lock();
        let found: Vec<_> =
            inner.observed.feedback.range(later).map(|(_, one)| one.clone()).collect();
        drop(inner);
        hand_over(found, each);
        Ok(())
    }

    fn open_survey(&self, survey: &Survey, not_since: Timestamp) -> Result<bool, StoreError> {
        let mut inner = self.lock();
        inner.must_exist(survey.shopper)?;
        let earlier = inner.observed.surveys_of(survey.shopper);
        if earlier.iter().any(|earlier| earlier.at > not_since) {
            return Ok(false);
        }
        let id = inner.next_answer_id();
        let Survey { survey_id, shopper, at, body } = survey.clone();
        let (answers, words) = (Vec::new(), None);
        let stored = StoredSurvey { survey_id, id, shopper, at, body, answers, words };
        inner.observed.surveys.insert(id, stored);
        Ok(true)
    }

    fn survey(&self, id: &SurveyId) -> Result<Option<StoredSurvey>, StoreError> {
        let inner = self.lock();
        Ok(inner.observed.surveys.values().find(|survey| survey.survey_id == *id).cloned())
    }

    fn last_survey(&self, shopper: ShopperId) -> Result<Option<StoredSurvey>, StoreError> {
        Ok(self.lock().observed.surveys_of(shopper).into_iter().max_by_key(|s| (s.at, s.id)))
    }

    fn answer_survey(
        &self,
        id: &SurveyId,
        given: &SurveyAnswers,
        _at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut inner = self.lock();
        let mut surveys = inner.observed.surveys.values();
        let Some(at) = surveys.find(|survey| survey.survey_id == *id).map(|survey| survey.id)
        else {
            return Ok(false);
        };
        inner.next_answer_id();
        let survey = inner.observed.surveys.get_mut(&at).expect("it was found under this lock");
        for (item, value) in &given.items {
            survey.answers.retain(|(answered, _)| answered != item);
            survey.answers.push((item.clone(), *value));
        }
        survey.answers.sort();
        if let Some(words) = &given.words {
            survey.words = Some(words.clone()).filter(|words| !words.is_empty());
        }
        Ok(true)
    }

    fn scan_surveys(&self, each: &mut Each<'_, StoredSurvey>) -> Result<(), StoreError> {
        let all: Vec<_> = self.lock().observed.surveys.values().cloned().collect();
        hand_over(all, each);
        Ok(())
    }

    fn assign(
        &self,
        shopper: ShopperId,
        experiment: &str,
        variant: &str,
        at: Timestamp,
    ) -> Result<String, StoreError> {
        let mut inner = self.lock();
        inner.must_exist(shopper)?;
        let key = (shopper, experiment.to_owned());
        if let Some(kept) = inner.observed.assigned.get(&key) {
            return Ok(kept.variant.clone());
        }
        let id = inner.next_answer_id();
        let (experiment, variant) = (experiment.to_owned(), variant.to_owned());
        let assigned = Assigned { shopper, experiment, variant: variant.clone(), id, at };
        inner.observed.assigned.insert(key, assigned);
        Ok(variant)
    }

    fn assignments_of(&self, shopper: ShopperId) -> Result<Vec<Assigned>, StoreError> {
        Ok(self.lock().observed.assignments_of(shopper))
    }

    fn scan_assignments(
        &self,
        experiment: &str,
        each: &mut Each<'_, Assigned>,
    ) -> Result<(), StoreError> {
        let mut all: Vec<_> = self.lock().observed.assigned.values().cloned().collect();
        all.retain(|assigned| assigned.experiment == experiment);
        hand_over(all, each);
        Ok(())
    }

    fn note(&self, kind: &str, body: &str, at: Timestamp) -> Result<IngestId, StoreError> {
        let mut inner = self.lock();
        let id = inner.next_answer_id();
        let (kind, body) = (kind.to_owned(), body.to_owned());
        inner.observed.journal.push(Noted { id, at, kind, body });
        Ok(id)
    }

    fn noted(&self, kind: &str, limit: usize) -> Result<Vec<Noted>, StoreError> {
        let inner = self.lock();
        let newest_first = inner.observed.journal.iter().rev();
        Ok(newest_first.filter(|entry| entry.kind == kind).take(limit).cloned().collect())
    }
}
