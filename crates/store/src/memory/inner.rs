//! What the memory backend holds, and every change to it. Refuses to lock: its owner does.

use std::collections::BTreeMap;

use domain::{
    Event, EventTime, IngestId, Item, ItemId, Preferences, Review, ShopperId, StoredEvent,
    StoredReview, SubjectId,
};

use super::observed::Observed;
use crate::StoreError;
use crate::chain::{BEFORE_THE_FIRST, Chained, Link, Salt, forge};
use crate::ids::{IdMaker, now_ms, random_shopper, source_hash};
use crate::record::{
    Ack, Answer, AnswerRecord, Erased, Export, ExportedPreferences, HistoryRow, ImportRecord,
    ItemAck, LoadReport, Remembered, ReviewAck,
};

type SourceHash = [u8; 16];

#[derive(Default)]
pub(super) struct Inner {
    pub(super) newest: u128,
    pub(super) last_made: u128,
    pub(super) subjects: BTreeMap<SubjectId, ShopperId>,
    pub(super) events: BTreeMap<(ShopperId, i64, IngestId), StoredEvent>,
    pub(super) event_keys: BTreeMap<(ShopperId, SourceHash), (i64, IngestId)>,
    pub(super) reviews: BTreeMap<IngestId, StoredReview>,
    pub(super) review_keys: BTreeMap<(ShopperId, SourceHash), IngestId>,
    pub(super) items: BTreeMap<ItemId, BTreeMap<IngestId, Option<Item>>>,
    pub(super) preferences: BTreeMap<(ShopperId, IngestId), Preferences>,
    pub(super) answers: BTreeMap<IngestId, (AnswerRecord, Salt)>,
    pub(super) chain: BTreeMap<IngestId, Link>,
    pub(super) remembered: BTreeMap<String, Remembered>,
    pub(super) erasures: Vec<IngestId>,
    pub(super) imports: Vec<ImportRecord>,
    pub(super) observed: Observed,
}

impl Inner {
    pub(super) fn next_answer_id(&mut self) -> IngestId {
        let id = IdMaker::above(IngestId(self.last_made)).next(now_ms());
        self.last_made = id.0;
        id
    }

    pub(super) fn next_id(&mut self) -> IngestId {
        let id = self.next_answer_id();
        self.newest = id.0;
        id
    }

    pub(super) fn shopper_or_new(&mut self, subject: &SubjectId) -> ShopperId {
        let known = self.subjects.entry(subject.clone());
        *known.or_insert_with(random_shopper)
    }

    pub(super) fn must_exist(&self, shopper: ShopperId) -> Result<(), StoreError> {
        let exists = self.subjects.values().any(|known| *known == shopper);
        exists.then_some(()).ok_or(StoreError::ShopperGone)
    }

    pub(super) fn append_event(&mut self, event: Event) -> Ack {
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

    pub(super) fn append_review(&mut self, review: Review) -> ReviewAck {
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

    pub(super) fn put_item(&mut self, item: Item) -> ItemAck {
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

    pub(super) fn history(
        &self,
        shopper: ShopperId,
    ) -> impl DoubleEndedIterator<Item = &StoredEvent> {
        let from = (shopper, i64::MIN, IngestId::ZERO);
        let to = (shopper, i64::MAX, IngestId(u128::MAX));
        self.events.range(from..=to).map(|(_, event)| event)
    }

    pub(super) fn reviews_of(&self, shopper: ShopperId) -> Vec<StoredReview> {
        let mut reviews: Vec<_> = self.reviews.values().cloned().collect();
        reviews.retain(|review| review.shopper == shopper);
        reviews.sort_by_key(|review| (review.time, review.id));
        reviews
    }

    pub(super) fn answers_of(&self, shopper: ShopperId) -> Vec<Answer> {
        let answers = self.answers.iter().map(answer_of);
        answers.filter(|answer| answer.record.shopper == Some(shopper)).collect()
    }

    pub(super) fn decisions(
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

    pub(super) fn record_answer(&mut self, record: &AnswerRecord) -> IngestId {
        let id = self.next_answer_id();
        let before = self.chain.last_key_value().map_or(BEFORE_THE_FIRST, |(_, last)| last.link);
        let (salt, link) = forge(&before, &Answer { id, record: record.clone() });
        self.chain.insert(id, link);
        self.answers.insert(id, (record.clone(), salt));
        id
    }

    pub(super) fn chained(&self, id: IngestId) -> Chained {
        let answer = self.answers.get_key_value(&id);
        let salted = |kept: (&IngestId, &(AnswerRecord, Salt))| (answer_of(kept), Some(kept.1.1));
        Chained { link: self.chain.get(&id).copied(), answer: answer.map(salted) }
    }

    pub(super) fn export(&self, subject: &SubjectId) -> Option<Export> {
        let shopper = self.subjects.get(subject).copied()?;
        Some(Export {
            subject: subject.clone(),
            preferences: self.decisions(shopper).collect(),
            events: self.history(shopper).cloned().map(Into::into).collect(),
            reviews: self.reviews_of(shopper).into_iter().map(Into::into).collect(),
            answers: self.answers_of(shopper),
            feedback: self.observed.feedback_of(shopper),
            surveys: self.observed.surveys_of(shopper),
            assignments: self.observed.assignments_of(shopper),
        })
    }

    pub(super) fn erase(&mut self, subject: &SubjectId) -> Option<Erased> {
        let shopper = self.subjects.remove(subject)?;
        let events = drop_where(&mut self.events, |key, _| key.0 == shopper);
        let reviews = drop_where(&mut self.reviews, |_, review| review.shopper == shopper);
        let id = self.next_id();
        for (answer_id, link) in &mut self.chain {
            let theirs = |(record, _): &(AnswerRecord, Salt)| record.shopper == Some(shopper);
            if self.answers.get(answer_id).is_some_and(theirs) {
                link.erased_by = Some(id);
            }
        }
        let answers = drop_where(&mut self.answers, |_, (a, _)| a.shopper == Some(shopper));
        drop_where(&mut self.event_keys, |key, _| key.0 == shopper);
        drop_where(&mut self.review_keys, |key, _| key.0 == shopper);
        drop_where(&mut self.preferences, |key, _| key.0 == shopper);
        drop_where(&mut self.remembered, |_, kept| kept.shoppers.contains(&shopper));
        self.observed.erase(shopper);
        for import in &mut self.imports {
            import.rejects = None;
        }
        self.erasures.push(id);
        Some(Erased { id, shopper, events, reviews, answers, wiped: true })
    }

    pub(super) fn load(&mut self, mut rows: Vec<HistoryRow>) -> LoadReport {
        rows.sort_by_key(|row| match row {
            HistoryRow::Event(event) => event.time.key(),
            HistoryRow::Review(review) => review.time.key(),
            HistoryRow::Item(_) => i64::MIN,
        });
        let mut report = LoadReport::default();
        for row in rows {
            match row {
                HistoryRow::Event(e) => report.events.count(self.append_event(e).fresh),
                HistoryRow::Review(r) => report.reviews.count(self.append_review(r).fresh),
                HistoryRow::Item(item) => report.items.count(self.put_item(item).fresh),
            }
        }
        report
    }
}

pub(super) fn answer_of((id, (record, _)): (&IngestId, &(AnswerRecord, Salt))) -> Answer {
    Answer { id: *id, record: record.clone() }
}

/// Removes what does not match; says how many went.
pub(super) fn drop_where<K: Ord, V>(
    map: &mut BTreeMap<K, V>,
    gone: impl Fn(&K, &V) -> bool,
) -> u64 {
    let before = map.len();
    map.retain(|key, value| !gone(key, value));
    (before - map.len()) as u64
}
