//! A shop's state in memory: for tests of other crates, and the proof that the questions are not
//! shaped by SQL. Forgets everything when dropped.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use domain::{
    Event, EventTime, IngestId, Item, ItemId, Preferences, RequestId, Review, ShopperId,
    StoredEvent, StoredItem, StoredReview, SubjectId, Timestamp,
};

mod observed;

use crate::ids::{IdMaker, now_ms, random_shopper, source_hash};
use crate::record::{
    Ack, Answer, AnswerRecord, Counts, Erased, Export, ExportedPreferences, HistoryRow,
    ImportRecord, ItemAck, LoadProgress, LoadReport, Remembered, Repeat, ReviewAck,
};
use crate::{State, StoreError};

type SourceHash = [u8; 16];

/// A shop's state in memory.
#[derive(Default)]
pub struct MemoryState(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    newest: u128,
    last_made: u128,
    subjects: BTreeMap<SubjectId, ShopperId>,
    events: BTreeMap<(ShopperId, i64, IngestId), StoredEvent>,
    event_keys: BTreeMap<(ShopperId, SourceHash), (i64, IngestId)>,
    reviews: BTreeMap<IngestId, StoredReview>,
    review_keys: BTreeMap<(ShopperId, SourceHash), IngestId>,
    items: BTreeMap<ItemId, BTreeMap<IngestId, Option<Item>>>,
    preferences: BTreeMap<(ShopperId, IngestId), Preferences>,
    answers: BTreeMap<IngestId, AnswerRecord>,
    remembered: BTreeMap<String, Remembered>,
    erasures: Vec<IngestId>,
    imports: Vec<ImportRecord>,
    observed: observed::Observed,
}

impl MemoryState {
    /// An empty shop.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn next_answer_id(&mut self) -> IngestId {
        let id = IdMaker::above(IngestId(self.last_made)).next(now_ms());
        self.last_made = id.0;
        id
    }

    fn next_id(&mut self) -> IngestId {
        let id = self.next_answer_id();
        self.newest = id.0;
        id
    }

    fn shopper_or_new(&mut self, subject: &SubjectId) -> ShopperId {
        let known = self.subjects.entry(subject.clone());
        *known.or_insert_with(random_shopper)
    }

    fn must_exist(&self, shopper: ShopperId) -> Result<(), StoreError> {
        let exists = self.subjects.values().any(|known| *known == shopper);
        exists.then_some(()).ok_or(StoreError::ShopperGone)
    }

    fn append_event(&mut self, event: Event) -> Ack {
        let shopper = self.shopper_or_new(&event.subject);
        let key = (shopper, source_hash(&event.source_key));
        if let Some((ts, id)) = self.event_keys.get(&key) {
            let event = self.events[&(shopper, *ts, *id)].clone();
            return Ack { id: *id, shopper, fresh: false, event };
        }
        let id = self.next_id();
        let event = crate::record::stored_event(event, shopper, id);
        self.event_keys.insert(key, (event.time.key(), id));
        self.events.insert((shopper, event.time.key(), id), event.clone());
        Ack { id, shopper, fresh: true, event }
    }

    fn append_review(&mut self, review: Review) -> ReviewAck {
        let shopper = self.shopper_or_new(&review.subject);
        let key = (shopper, source_hash(&review.source_key));
        if let Some(id) = self.review_keys.get(&key) {
            return ReviewAck { id: *id, shopper, fresh: false };
        }
        let id = self.next_id();
        self.review_keys.insert(key, id);
        let stored = StoredReview {
            id,
            shopper,
            item_id: review.item_id,
            time: EventTime::from_key(review.time.key()),
            rating: review.rating,
            title: review.title,
            text: review.text,
        };
        self.reviews.insert(id, stored);
        ReviewAck { id, shopper, fresh: true }
    }

    fn put_item(&mut self, item: Item) -> ItemAck {
        let newest = self.items.get(&item.id).and_then(BTreeMap::last_key_value);
        if let Some((version, Some(kept))) = newest
            && *kept == item
        {
            return ItemAck { version: *version, fresh: false };
        }
        let version = self.next_id();
        let versions = self.items.entry(item.id.clone()).or_default();
        versions.insert(version, Some(item));
        ItemAck { version, fresh: true }
    }

    fn history(&self, shopper: ShopperId) -> impl DoubleEndedIterator<Item = &StoredEvent> {
        let from = (shopper, i64::MIN, IngestId::ZERO);
        let to = (shopper, i64::MAX, IngestId(u128::MAX));
        self.events.range(from..=to).map(|(_, event)| event)
    }

    fn reviews_of(&self, shopper: ShopperId) -> Vec<StoredReview> {
        let mut reviews: Vec<_> = self.reviews.values().cloned().collect();
        reviews.retain(|review| review.shopper == shopper);
        reviews.sort_by_key(|review| (review.time, review.id));
        reviews
    }

    fn answers_of(&self, shopper: ShopperId) -> Vec<Answer> {
        let answers = self.answers.iter().map(answer);
        answers.filter(|answer| answer.record.shopper == Some(shopper)).collect()
    }

    fn decisions(
        &self,
        shopper: ShopperId,
    ) -> impl DoubleEndedIterator<Item = ExportedPreferences> {
        let range = (shopper, IngestId::ZERO)..=(shopper, IngestId(u128::MAX));
        let decisions = self.preferences.range(range);
        decisions.map(|((_, id), preferences)| ExportedPreferences {
            id: *id,
            preferences: preferences.clone(),
        })
    }
}

fn answer((id, record): (&IngestId, &AnswerRecord)) -> Answer {
    Answer { id: *id, record: record.clone() }
}

/// Removes what does not match; says how many went.
fn drop_where<K: Ord, V>(map: &mut BTreeMap<K, V>, gone: impl Fn(&K, &V) -> bool) -> u64 {
    let before = map.len();
    map.retain(|key, value| !gone(key, value));
    (before - map.len()) as u64
}

impl State for MemoryState {
    fn newest(&self) -> Result<IngestId, StoreError> {
        Ok(IngestId(self.lock().newest))
    }

    fn counts(&self) -> Result<Counts, StoreError> {
        let inner = self.lock();
        let current = |versions: &&BTreeMap<_, Option<Item>>| {
            matches!(versions.last_key_value(), Some((_, Some(_))))
        };
        Ok(Counts {
            events: inner.events.len() as u64,
            shoppers: inner.subjects.len() as u64,
            items: inner.items.values().filter(current).count() as u64,
            reviews: inner.reviews.len() as u64,
        })
    }

    fn append_events(&self, batch: Vec<Event>) -> Result<Vec<Ack>, StoreError> {
        let mut inner = self.lock();
        Ok(batch.into_iter().map(|e| inner.append_event(e)).collect())
    }

    fn recent(
        &self,
        shopper: ShopperId,
        n: usize,
        as_of: IngestId,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let inner = self.lock();
        let history = inner.history(shopper).rev();
        Ok(history.filter(|event| event.id <= as_of).take(n).cloned().collect())
    }

    fn scan_events(
        &self,
        as_of: IngestId,
        each: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), StoreError> {
        // Copied, so that `each` may ask further questions.
        let mut events: Vec<_> = self.lock().events.values().cloned().collect();
        events.retain(|event| event.id <= as_of);
        events.into_iter().for_each(each);
        Ok(())
    }

    fn replay_events(
        &self,
        as_of: IngestId,
        each: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), StoreError> {
        let mut events = Vec::new();
        self.scan_events(as_of, &mut |event| events.push(event))?;
        events.sort_by_key(|event| event.id);
        events.into_iter().for_each(each);
        Ok(())
    }

    fn append_reviews(&self, batch: Vec<Review>) -> Result<Vec<ReviewAck>, StoreError> {
        let mut inner = self.lock();
        Ok(batch.into_iter().map(|r| inner.append_review(r)).collect())
    }

    fn item_reviews(
        &self,
        item: &ItemId,
        as_of: IngestId,
        limit: usize,
    ) -> Result<Vec<StoredReview>, StoreError> {
        let inner = self.lock();
        let newest_first = inner.reviews.range(..=as_of).rev();
        let reviews = newest_first.map(|(_, review)| review);
        Ok(reviews.filter(|review| review.item_id == *item).take(limit).cloned().collect())
    }

    fn scan_reviews(
        &self,
        as_of: IngestId,
        each: &mut dyn FnMut(StoredReview),
    ) -> Result<(), StoreError> {
        let reviews: Vec<_> = {
            let inner = self.lock();
            let range = inner.reviews.range(..=as_of);
            range.map(|(_, review)| review.clone()).collect()
        };
        reviews.into_iter().for_each(each);
        Ok(())
    }

    fn put_items(&self, items: Vec<Item>) -> Result<Vec<ItemAck>, StoreError> {
        let mut inner = self.lock();
        Ok(items.into_iter().map(|item| inner.put_item(item)).collect())
    }

    fn delete_item(&self, id: &ItemId) -> Result<Option<IngestId>, StoreError> {
        let mut inner = self.lock();
        let newest = inner.items.get(id).and_then(BTreeMap::last_key_value);
        match newest.map(|(version, item)| (*version, item.is_some())) {
            None => Ok(None),
            Some((version, false)) => Ok(Some(version)),
            Some((_, true)) => {
                let version = inner.next_id();
                let versions = inner.items.entry(id.clone()).or_default();
                versions.insert(version, None);
                Ok(Some(version))
            }
        }
    }

    fn item(&self, id: &ItemId, as_of: IngestId) -> Result<Option<StoredItem>, StoreError> {
        let inner = self.lock();
        let versions = inner.items.get(id);
        let newest = versions.and_then(|versions| versions.range(..=as_of).next_back());
        Ok(newest.map(|(version, item)| StoredItem { version: *version, item: item.clone() }))
    }

    fn items_page(&self, after: Option<&ItemId>, limit: usize) -> Result<Vec<Item>, StoreError> {
        let inner = self.lock();
        let later = inner.items.iter().filter(|(id, _)| after < Some(*id));
        let current = later.filter_map(|(_, versions)| versions.last_key_value()?.1.clone());
        Ok(current.take(limit).collect())
    }

    fn scan_items(
        &self,
        as_of: IngestId,
        each: &mut dyn FnMut(ItemId, StoredItem),
    ) -> Result<(), StoreError> {
        let mut all = Vec::new();
        for (id, versions) in &self.lock().items {
            for (version, item) in versions.range(..=as_of) {
                let (version, item) = (*version, item.clone());
                all.push((id.clone(), StoredItem { version, item }));
            }
        }
        all.sort_by_key(|(_, stored)| stored.version);
        for (id, stored) in all {
            each(id, stored);
        }
        Ok(())
    }

    fn shopper(&self, subject: &SubjectId) -> Result<Option<ShopperId>, StoreError> {
        Ok(self.lock().subjects.get(subject).copied())
    }

    fn shopper_or_new(&self, subject: &SubjectId) -> Result<ShopperId, StoreError> {
        Ok(self.lock().shopper_or_new(subject))
    }

    fn preferences(&self, shopper: ShopperId, as_of: IngestId) -> Result<Preferences, StoreError> {
        let inner = self.lock();
        let mut decisions = inner.decisions(shopper).rev();
        let held = decisions.find(|decision| decision.id <= as_of);
        Ok(held.map_or_else(Preferences::default, |decision| decision.preferences))
    }

    fn set_preferences(
        &self,
        shopper: ShopperId,
        preferences: &Preferences,
    ) -> Result<IngestId, StoreError> {
        let mut inner = self.lock();
        inner.must_exist(shopper)?;
        let id = inner.next_id();
        inner.preferences.insert((shopper, id), preferences.clone());
        Ok(id)
    }

    fn record_answer(&self, record: &AnswerRecord) -> Result<IngestId, StoreError> {
        if let Some(kept) = self.answer(&record.request_id)? {
            return if kept.record == *record {
                Ok(kept.id)
            } else {
                Err(StoreError::AnswerExists(record.request_id.clone()))
            };
        }
        let mut inner = self.lock();
        record.shopper.map_or(Ok(()), |s| inner.must_exist(s))?;
        let id = inner.next_answer_id();
        inner.answers.insert(id, record.clone());
        Ok(id)
    }

    fn answer(&self, request_id: &RequestId) -> Result<Option<Answer>, StoreError> {
        let inner = self.lock();
        let mut answers = inner.answers.iter().map(answer);
        Ok(answers.find(|answer| answer.record.request_id == *request_id))
    }

    fn scan_answers(
        &self,
        after: IngestId,
        until: IngestId,
        each: &mut dyn FnMut(Answer),
    ) -> Result<(), StoreError> {
        let mut answers: Vec<_> = self.lock().answers.iter().map(answer).collect();
        answers.retain(|answer| after < answer.id && answer.id <= until);
        answers.into_iter().for_each(each);
        Ok(())
    }

    fn repeat(&self, key: &str, fingerprint: &str, now: Timestamp) -> Result<Repeat, StoreError> {
        let inner = self.lock();
        Ok(match inner.remembered.get(key) {
            Some(kept) if kept.expires <= now => Repeat::First,
            Some(kept) if kept.fingerprint == fingerprint => Repeat::Same(kept.response.clone()),
            Some(_) => Repeat::Conflict,
            None => Repeat::First,
        })
    }

    fn remember_response(&self, response: &Remembered, now: Timestamp) -> Result<(), StoreError> {
        let mut inner = self.lock();
        for shopper in &response.shoppers {
            inner.must_exist(*shopper)?;
        }
        inner.remembered.retain(|_, kept| kept.expires > now);
        let kept = inner.remembered.entry(response.key.clone());
        kept.or_insert_with(|| response.clone());
        Ok(())
    }

    fn export(&self, subject: &SubjectId) -> Result<Option<Export>, StoreError> {
        let inner = self.lock();
        let known = inner.subjects.get(subject).copied();
        Ok(known.map(|shopper| Export {
            subject: subject.clone(),
            preferences: inner.decisions(shopper).collect(),
            events: inner.history(shopper).cloned().map(Into::into).collect(),
            reviews: inner.reviews_of(shopper).into_iter().map(Into::into).collect(),
            answers: inner.answers_of(shopper),
            feedback: inner.observed.feedback_of(shopper),
            surveys: inner.observed.surveys_of(shopper),
            assignments: inner.observed.assignments_of(shopper),
        }))
    }

    fn erase(&self, subject: &SubjectId) -> Result<Option<Erased>, StoreError> {
        let mut inner = self.lock();
        let Some(shopper) = inner.subjects.remove(subject) else {
            return Ok(None);
        };
        let events = drop_where(&mut inner.events, |key, _| key.0 == shopper);
        let reviews = drop_where(&mut inner.reviews, |_, review| review.shopper == shopper);
        let answers = drop_where(&mut inner.answers, |_, a| a.shopper == Some(shopper));
        drop_where(&mut inner.event_keys, |key, _| key.0 == shopper);
        drop_where(&mut inner.review_keys, |key, _| key.0 == shopper);
        drop_where(&mut inner.preferences, |key, _| key.0 == shopper);
        drop_where(&mut inner.remembered, |_, kept| kept.shoppers.contains(&shopper));
        inner.observed.erase(shopper);
        for import in &mut inner.imports {
            import.rejects = None;
        }
        let id = inner.next_id();
        inner.erasures.push(id);
        Ok(Some(Erased { id, shopper, events, reviews, answers, wiped: true }))
    }

    fn erasures(&self) -> Result<Vec<IngestId>, StoreError> {
        Ok(self.lock().erasures.clone())
    }

    fn record_import(&self, record: &ImportRecord) -> Result<(), StoreError> {
        self.lock().imports.push(record.clone());
        Ok(())
    }

    fn imports(&self, limit: usize) -> Result<Vec<ImportRecord>, StoreError> {
        let inner = self.lock();
        Ok(inner.imports.iter().rev().take(limit).cloned().collect())
    }

    fn load_history(
        &self,
        rows: &mut dyn Iterator<Item = HistoryRow>,
        progress: &mut dyn FnMut(LoadProgress),
    ) -> Result<LoadReport, StoreError> {
        let begun = Instant::now();
        let mut rows: Vec<_> = rows.collect();
        rows.sort_by_key(|row| match row {
            HistoryRow::Event(event) => event.time.key(),
            HistoryRow::Review(review) => review.time.key(),
            HistoryRow::Item(_) => i64::MIN,
        });
        let mut report = LoadReport::default();
        let mut inner = self.lock();
        for row in rows {
            match row {
                HistoryRow::Event(e) => report.events.count(inner.append_event(e).fresh),
                HistoryRow::Review(r) => report.reviews.count(inner.append_review(r).fresh),
                HistoryRow::Item(item) => report.items.count(inner.put_item(item).fresh),
            }
        }
        report.elapsed = begun.elapsed();
        let (read, stored) = (report.total(), report.total());
        progress(LoadProgress { read, stored });
        Ok(report)
    }
}
