//! Data of the memory backend, and every change to it. Its owner holds the lock.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Correction, Event, IngestId, Item, ItemId, PartialItem, Preferences, RequestId, Review,
    ShopperId, StoredEvent, StoredItem, StoredReview, SubjectId, Timestamp,
};

use super::observed::Observed;
use super::rows::drop_where;
use crate::chain::{BEFORE_THE_FIRST, Chained, Link, Salt, forge};
use crate::erased_names::caseless;
use crate::ids::{IdMaker, Naming, now_ms, order_hash, source_hash};
use crate::record::{
    Ack, Answer, AnswerRecord, Corrected, Erased, Export, ExportedPreferences, HistoryRow,
    ImportRecord, ItemAck, Joined, LoadReport, Remembered, ReviewAck,
};
use crate::{ErasedNames, StoreError, TakenIn};

type SourceHash = [u8; 16];

const NOW: IngestId = IngestId(u128::MAX);

#[derive(Default)]
pub(super) struct Inner {
    pub(super) newest: u128,
    pub(super) last_made: u128,
    pub(super) subjects: BTreeMap<SubjectId, ShopperId>,
    /// Numbers given out so far: they are counted up, never given twice, and say nothing of anyone.
    pub(super) n_numbers: i64,
    pub(super) events: BTreeMap<(ShopperId, i64, IngestId), StoredEvent>,
    pub(super) event_keys: BTreeMap<(ShopperId, SourceHash), (i64, IngestId)>,
    /// The events that told of lines of orders first.
    orders: BTreeMap<SourceHash, (Naming, (ShopperId, i64, IngestId))>,
    pub(super) reviews: BTreeMap<IngestId, StoredReview>,
    pub(super) review_keys: BTreeMap<(ShopperId, SourceHash), IngestId>,
    pub(super) items: BTreeMap<ItemId, BTreeMap<IngestId, Option<Item>>>,
    pub(super) preferences: BTreeMap<(ShopperId, IngestId), Preferences>,
    /// Each with the id by which it was taken back.
    pub(super) corrections: BTreeMap<(ShopperId, IngestId), (Correction, Option<IngestId>)>,
    pub(super) answers: BTreeMap<IngestId, (AnswerRecord, Salt)>,
    pub(super) requests: BTreeMap<RequestId, IngestId>,
    pub(super) chain: BTreeMap<IngestId, Link>,
    pub(super) remembered: BTreeMap<String, Remembered>,
    pub(super) erasures: Vec<IngestId>,
    pub(super) erased_names: ErasedNames,
    pub(super) joins: Vec<Joined>,
    pub(super) imports: Vec<ImportRecord>,
    pub(super) feeds: BTreeMap<String, String>,
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
        let number = self.own_number(subject).unwrap_or_else(|| {
            self.n_numbers += 1;
            self.subjects.insert(subject.clone(), ShopperId(self.n_numbers));
            ShopperId(self.n_numbers)
        });
        self.person_of(number)
    }

    /// The number that a name was given first. An address is one in any case.
    pub(super) fn own_number(&self, subject: &SubjectId) -> Option<ShopperId> {
        let same = |known: &SubjectId| caseless(known.as_str()) == caseless(subject.as_str());
        let by_any_case = || self.subjects.iter().find(|(known, _)| same(known));
        let known = self.subjects.get_key_value(subject);
        let is_address = subject.as_str().contains('@');
        known.or_else(|| by_any_case().filter(|_| is_address)).map(|(_, number)| *number)
    }

    pub(super) fn person_of(&self, number: ShopperId) -> ShopperId {
        let join = self.joins.iter().find(|join| join.visitor == number);
        join.map_or(number, |join| join.shopper)
    }

    /// Returns a shopper's own number, and those of visitors joined to them up to an id.
    fn numbers(&self, shopper: ShopperId, as_of: IngestId) -> Vec<ShopperId> {
        let joined = self.joins.iter().filter(|join| join.shopper == shopper && join.id <= as_of);
        [shopper].into_iter().chain(joined.map(|join| join.visitor)).collect()
    }

    pub(super) fn join(&mut self, visitor: &SubjectId, person: &SubjectId) -> Option<Joined> {
        let number = self.shopper_or_new(visitor);
        let shopper = self.shopper_or_new(person);
        let is_joined = self.own_number(visitor) != Some(number);
        if number == shopper || is_joined || self.numbers(number, NOW).len() > 1 {
            return None;
        }
        let now = |who| self.decisions(who).next_back().map(|held| held.preferences);
        let (theirs, own) = (now(number).unwrap_or_default(), now(shopper).unwrap_or_default());
        if own.profiling && !theirs.profiling {
            let id = self.next_id();
            self.preferences.insert((shopper, id), Preferences { profiling: false, ..own });
        }
        let joined = Joined { id: self.next_id(), visitor: number, shopper };
        self.observed.join(number, shopper);
        self.joins.push(joined);
        Some(joined)
    }

    pub(super) fn must_exist(&self, shopper: ShopperId) -> Result<(), StoreError> {
        let exists = self.subjects.values().any(|known| *known == shopper);
        exists.then_some(()).ok_or(StoreError::ShopperGone)
    }

    pub(super) fn append_event(&mut self, event: Event) -> Ack {
        let shopper = self.shopper_or_new(&event.subject);
        let key = (shopper, source_hash(&event.source_key));
        for number in self.numbers(shopper, NOW) {
            if let Some((ts, id)) = self.event_keys.get(&(number, key.1)) {
                let event = self.events[&(number, *ts, *id)].clone();
                return Ack { id: *id, shopper, fresh: false, event };
            }
        }
        let order = order_hash(&event.source_key);
        let naming = Naming::of(&event.subject);
        let told = order.and_then(|order| self.orders.get(&order));
        let told = told.filter(|(by, _)| *by != naming || naming == Naming::Visitor);
        if let Some(event) = told.and_then(|(_, place)| self.events.get(place)).cloned() {
            return Ack { id: event.id, shopper, fresh: false, event };
        }
        let id = self.next_id();
        let event = crate::record::stored_event(event, shopper, id);
        self.event_keys.insert(key, (event.time.key(), id));
        if let Some(order) = order {
            self.orders.entry(order).or_insert((naming, (shopper, event.time.key(), id)));
        }
        self.events.insert((shopper, event.time.key(), id), event.clone());
        Ack { id, shopper, fresh: true, event }
    }

    pub(super) fn append_review(&mut self, review: Review) -> ReviewAck {
        let shopper = self.shopper_or_new(&review.subject);
        let key = (shopper, source_hash(&review.source_key));
        for number in self.numbers(shopper, NOW) {
            if let Some(id) = self.review_keys.get(&(number, key.1)) {
                return ReviewAck { id: *id, shopper, fresh: false };
            }
        }
        let ack = ReviewAck { id: self.next_id(), shopper, fresh: true };
        self.review_keys.insert(key, ack.id);
        self.reviews.insert(ack.id, ack.stored(review));
        ack
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

    fn put_part(&mut self, part: PartialItem) -> Option<ItemAck> {
        let newest = self.items.get(&part.item.id).and_then(BTreeMap::last_key_value);
        let was_deleted = newest.is_some_and(|(_, item)| item.is_none());
        let known = newest.and_then(|(_, item)| item.as_ref());
        let item = part.over(known, was_deleted)?;
        Some(self.put_item(item))
    }

    /// Everything of a shopper up to an id, oldest first.
    pub(super) fn history(&self, shopper: ShopperId, as_of: IngestId) -> Vec<StoredEvent> {
        let mut events = Vec::new();
        for number in self.numbers(shopper, as_of) {
            let from = (number, i64::MIN, IngestId::ZERO);
            let own = self.events.range(from..=(number, i64::MAX, NOW));
            let own = own.filter(|(_, event)| event.id <= as_of);
            events.extend(own.map(|(_, event)| StoredEvent { shopper, ..event.clone() }));
        }
        events.sort_by_key(|event| (event.time, event.id));
        events
    }

    /// Every event up to an id, person by person.
    pub(super) fn histories(&self, as_of: IngestId) -> Vec<StoredEvent> {
        let joins = || self.joins.iter().filter(|join| join.id <= as_of);
        let mut people: BTreeSet<_> = self.events.keys().map(|(shopper, ..)| *shopper).collect();
        people.extend(joins().map(|join| join.shopper));
        for join in joins() {
            people.remove(&join.visitor);
        }
        people.into_iter().flat_map(|shopper| self.history(shopper, as_of)).collect()
    }

    fn reviews_of(&self, numbers: &[ShopperId]) -> Vec<StoredReview> {
        let mut reviews: Vec<_> = self.reviews.values().cloned().collect();
        reviews.retain(|review| numbers.contains(&review.shopper));
        reviews.sort_by_key(|review| (review.time, review.id));
        reviews
    }

    fn answers_of(&self, numbers: &[ShopperId]) -> Vec<Answer> {
        let answers = self.answers.iter().map(answer_of);
        let theirs = |answer: &Answer| answer.record.shopper.is_some_and(|s| numbers.contains(&s));
        answers.filter(theirs).collect()
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

    pub(super) fn corrections_of(&self, shopper: ShopperId, as_of: IngestId) -> Vec<Corrected> {
        let numbers = self.numbers(shopper, as_of);
        let theirs = |(who, id): &(ShopperId, IngestId)| numbers.contains(who) && *id <= as_of;
        let made = self.corrections.iter().filter(|(key, _)| theirs(key));
        let corrected = made.map(|((_, id), (correction, back))| Corrected {
            id: *id,
            correction: correction.clone(),
            taken_back: back.is_some_and(|back| back <= as_of),
            taken_back_at: back.filter(|back| *back <= as_of),
        });
        let mut corrected: Vec<Corrected> = corrected.collect();
        corrected.sort_by_key(|one| one.id);
        corrected
    }

    pub(super) fn take_back(&mut self, shopper: ShopperId, id: IngestId) -> Option<IngestId> {
        let numbers = self.numbers(shopper, NOW);
        let holds =
            |who: &&ShopperId| matches!(self.corrections.get(&(**who, id)), Some((_, None)));
        let who = *numbers.iter().find(holds)?;
        let back = self.next_id();
        self.corrections.entry((who, id)).and_modify(|kept| kept.1 = Some(back));
        Some(back)
    }

    pub(super) fn record_answer(&mut self, record: &AnswerRecord) -> IngestId {
        let id = self.next_answer_id();
        let before = self.chain.last_key_value().map_or(BEFORE_THE_FIRST, |(_, last)| last.link);
        let (salt, link) = forge(&before, &Answer { id, record: record.clone() });
        self.chain.insert(id, link);
        self.answers.insert(id, (record.clone(), salt));
        self.requests.insert(record.request_id.clone(), id);
        id
    }

    pub(super) fn chained(&self, id: IngestId) -> Chained {
        let answer = self.answers.get_key_value(&id);
        let salted = |kept: (&IngestId, &(AnswerRecord, Salt))| (answer_of(kept), Some(kept.1.1));
        Chained { link: self.chain.get(&id).copied(), answer: answer.map(salted) }
    }

    pub(super) fn export(&self, subject: &SubjectId) -> Option<Export> {
        let shopper = self.person_of(self.own_number(subject)?);
        let numbers = self.numbers(shopper, NOW);
        let mut preferences: Vec<_> = numbers.iter().flat_map(|n| self.decisions(*n)).collect();
        preferences.sort_by_key(|decision| decision.id);
        Some(Export {
            subject: subject.clone(),
            preferences,
            corrections: self.corrections_of(shopper, NOW),
            events: self.history(shopper, NOW).into_iter().map(Into::into).collect(),
            reviews: self.reviews_of(&numbers).into_iter().map(Into::into).collect(),
            answers: self.answers_of(&numbers),
            feedback: numbers.iter().flat_map(|n| self.observed.feedback_of(*n)).collect(),
            surveys: numbers.iter().flat_map(|n| self.observed.surveys_of(*n)).collect(),
            assignments: numbers.iter().flat_map(|n| self.observed.assignments_of(*n)).collect(),
        })
    }

    pub(super) fn erase(&mut self, subject: &SubjectId) -> Option<Erased> {
        let shopper = self.person_of(self.own_number(subject)?);
        let numbers = self.numbers(shopper, NOW);
        let theirs = |number: &ShopperId| numbers.contains(number);
        let answered = |record: &AnswerRecord| record.shopper.as_ref().is_some_and(theirs);
        let events = drop_where(&mut self.events, |key, _| theirs(&key.0));
        let reviews = drop_where(&mut self.reviews, |_, review| theirs(&review.shopper));
        let id = self.next_id();
        for (answer_id, link) in &mut self.chain {
            if self.answers.get(answer_id).is_some_and(|(record, _)| answered(record)) {
                link.erased_by = Some(id);
            }
        }
        let answers = drop_where(&mut self.answers, |_, (record, _)| answered(record));
        let left = &self.answers;
        drop_where(&mut self.requests, |_, id| !left.contains_key(id));
        let erased_at = Timestamp(id.made_at_ms() as i64);
        for (name, _) in self.subjects.iter().filter(|(_, number)| theirs(number)) {
            self.erased_names.add(name, erased_at);
        }
        drop_where(&mut self.subjects, |_, number| theirs(number));
        drop_where(&mut self.event_keys, |key, _| theirs(&key.0));
        drop_where(&mut self.orders, |_, place| theirs(&place.1.0));
        drop_where(&mut self.review_keys, |key, _| theirs(&key.0));
        drop_where(&mut self.preferences, |key, _| theirs(&key.0));
        drop_where(&mut self.corrections, |key, _| theirs(&key.0));
        drop_where(&mut self.remembered, |_, kept| kept.shoppers.iter().any(theirs));
        self.joins.retain(|join| join.shopper != shopper);
        numbers.iter().for_each(|number| self.observed.erase(*number));
        for import in &mut self.imports {
            import.rejects = None;
        }
        self.erasures.push(id);
        Some(Erased { id, shopper, events, reviews, answers, wiped: true })
    }

    pub(super) fn load(&mut self, mut rows: Vec<HistoryRow>) -> (LoadReport, Vec<TakenIn>) {
        rows.sort_by_key(|row| match row {
            HistoryRow::Event(event) => event.time.key(),
            HistoryRow::Review(review) => review.time.key(),
            HistoryRow::Item(_) | HistoryRow::Part(_) => i64::MIN,
            HistoryRow::Join { .. } => i64::MAX,
        });
        let (mut report, mut taken) = (LoadReport::default(), Vec::new());
        for row in rows {
            match row {
                HistoryRow::Event(event) => {
                    let ack = self.append_event(event);
                    report.events.count(ack.fresh);
                    taken.extend(ack.fresh.then_some(TakenIn::Event(ack.event)));
                }
                HistoryRow::Review(review) => {
                    let ack = self.append_review(review.clone());
                    report.reviews.count(ack.fresh);
                    taken.extend(ack.fresh.then(|| TakenIn::Review(ack.stored(review))));
                }
                HistoryRow::Item(item) => {
                    let ack = self.put_item(item.clone());
                    report.items.count(ack.fresh);
                    let stored = StoredItem { version: ack.version, item: Some(item.clone()) };
                    taken.extend(ack.fresh.then_some(TakenIn::Item(item.id, stored)));
                }
                HistoryRow::Part(part) => {
                    let id = part.item.id.clone();
                    let ack = self.put_part(part);
                    let fresh = ack.filter(|ack| ack.fresh);
                    report.items.count(fresh.is_some());
                    let item = self.items.get(&id).and_then(|versions| versions.last_key_value());
                    let item = item.and_then(|(_, item)| item.clone());
                    taken.extend(
                        fresh.map(|ack| {
                            TakenIn::Item(id, StoredItem { version: ack.version, item })
                        }),
                    );
                }
                HistoryRow::Join { visitor, person } => {
                    let joined = self.join(&visitor, &person);
                    report.joins.count(joined.is_some());
                    taken.extend(joined.map(TakenIn::Join));
                }
            }
        }
        (report, taken)
    }
}

pub(super) fn answer_of((id, (record, _)): (&IngestId, &(AnswerRecord, Salt))) -> Answer {
    Answer { id: *id, record: record.clone() }
}
