//! A shop's state in memory, for studies and tests. It also shows that the questions are not shaped
//! by SQL. Everything is gone when it is dropped.

mod inner;
mod observed;
mod rows;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use domain::{
    Correction, Event, IngestId, Item, ItemId, Preferences, RequestId, Review, ShopperId,
    StoredEvent, StoredItem, StoredReview, SubjectId, Timestamp,
};

use self::inner::{Inner, answer_of};
use crate::chain::{Chained, Link};
use crate::loading::Loading;
use crate::record::{
    Ack, Answer, AnswerRecord, Corrected, Counts, Erased, Export, HistoryRow, ImportRecord,
    ItemAck, Joined, LoadProgress, LoadReport, Remembered, Repeat, ReviewAck,
};
use crate::scan::{Each, hand_over};
use crate::{ErasedNames, State, StoreError};

/// A shop's state in memory.
#[derive(Default)]
pub struct MemoryState(Mutex<Inner>);

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

impl State for MemoryState {
    fn newest(&self) -> Result<IngestId, StoreError> {
        Ok(IngestId(self.lock().newest))
    }

    fn newest_of_all(&self) -> Result<IngestId, StoreError> {
        Ok(IngestId(self.lock().last_made))
    }

    fn counts(&self) -> Result<Counts, StoreError> {
        let inner = self.lock();
        let current = |versions: &&BTreeMap<_, Option<Item>>| {
            matches!(versions.last_key_value(), Some((_, Some(_))))
        };
        Ok(Counts {
            events: inner.events.len() as u64,
            shoppers: (inner.subjects.len() - inner.joins.len()) as u64,
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
        let history = self.lock().history(shopper, as_of);
        let interactions = history.into_iter().rev().filter(|event| event.kind.is_interaction());
        Ok(interactions.take(n).collect())
    }

    fn scan_events(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, StoredEvent>,
    ) -> Result<(), StoreError> {
        // Copied, so that `each` may ask further questions.
        let events = self.lock().histories(as_of);
        hand_over(events, each);
        Ok(())
    }

    fn replay_events(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, StoredEvent>,
    ) -> Result<(), StoreError> {
        let mut events: Vec<_> = self.lock().events.values().cloned().collect();
        events.retain(|event| event.id <= as_of);
        events.sort_by_key(|event| event.id);
        hand_over(events, each);
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
        let reviews = inner.reviews.range(..=as_of).map(|(_, review)| review);
        let mut reviews: Vec<_> = reviews.filter(|r| r.item_id == *item).cloned().collect();
        reviews.sort_by_key(|review| std::cmp::Reverse((review.time.key(), review.id)));
        reviews.truncate(limit);
        Ok(reviews)
    }

    fn scan_reviews(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, StoredReview>,
    ) -> Result<(), StoreError> {
        let reviews: Vec<_> = {
            let inner = self.lock();
            let range = inner.reviews.range(..=as_of);
            range.map(|(_, review)| review.clone()).collect()
        };
        hand_over(reviews, each);
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
        each: &mut Each<'_, (ItemId, StoredItem)>,
    ) -> Result<(), StoreError> {
        let mut all = Vec::new();
        for (id, versions) in &self.lock().items {
            for (version, item) in versions.range(..=as_of) {
                let (version, item) = (*version, item.clone());
                all.push((id.clone(), StoredItem { version, item }));
            }
        }
        all.sort_by_key(|(_, stored)| stored.version);
        hand_over(all, each);
        Ok(())
    }

    fn shopper(&self, subject: &SubjectId) -> Result<Option<ShopperId>, StoreError> {
        let inner = self.lock();
        Ok(inner.own_number(subject).map(|number| inner.person_of(number)))
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

    fn correct(&self, shopper: ShopperId, correction: &Correction) -> Result<IngestId, StoreError> {
        let mut inner = self.lock();
        inner.must_exist(shopper)?;
        let id = inner.next_id();
        inner.corrections.insert((shopper, id), (correction.clone(), None));
        Ok(id)
    }

    fn take_back(
        &self,
        shopper: ShopperId,
        correction: IngestId,
    ) -> Result<Option<IngestId>, StoreError> {
        Ok(self.lock().take_back(shopper, correction))
    }

    fn corrections(
        &self,
        shopper: ShopperId,
        as_of: IngestId,
    ) -> Result<Vec<Corrected>, StoreError> {
        Ok(self.lock().corrections_of(shopper, as_of))
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
        Ok(inner.record_answer(record))
    }

    fn answer(&self, request_id: &RequestId) -> Result<Option<Answer>, StoreError> {
        let inner = self.lock();
        let id = inner.requests.get(request_id);
        Ok(id.and_then(|id| inner.answers.get_key_value(id)).map(answer_of))
    }

    fn scan_answers(
        &self,
        after: IngestId,
        until: IngestId,
        each: &mut Each<'_, Answer>,
    ) -> Result<(), StoreError> {
        let mut answers: Vec<_> = self.lock().answers.iter().map(answer_of).collect();
        answers.retain(|answer| after < answer.id && answer.id <= until);
        hand_over(answers, each);
        Ok(())
    }

    fn last_link(&self, until: IngestId) -> Result<Option<Link>, StoreError> {
        let inner = self.lock();
        Ok(inner.chain.range(..=until).next_back().map(|(_, link)| *link))
    }

    fn scan_chain(
        &self,
        after: IngestId,
        until: IngestId,
        each: &mut Each<'_, Chained>,
    ) -> Result<(), StoreError> {
        let chained: Vec<_> = {
            let inner = self.lock();
            let ids = inner.chain.keys().filter(|id| after < **id && **id <= until);
            ids.map(|id| inner.chained(*id)).collect()
        };
        hand_over(chained, each);
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

    fn join(&self, visitor: &SubjectId, person: &SubjectId) -> Result<Option<Joined>, StoreError> {
        Ok(self.lock().join(visitor, person))
    }

    fn joins(&self, as_of: IngestId) -> Result<Vec<Joined>, StoreError> {
        Ok(self.lock().joins.iter().filter(|join| join.id <= as_of).copied().collect())
    }

    fn export(&self, subject: &SubjectId) -> Result<Option<Export>, StoreError> {
        Ok(self.lock().export(subject))
    }

    fn erase(&self, subject: &SubjectId) -> Result<Option<Erased>, StoreError> {
        Ok(self.lock().erase(subject))
    }

    fn erasures(&self) -> Result<Vec<IngestId>, StoreError> {
        Ok(self.lock().erasures.clone())
    }

    fn erased_names(&self) -> Result<ErasedNames, StoreError> {
        Ok(self.lock().erased_names.clone())
    }

    fn erased_at(&self, subject: &SubjectId) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.lock().erased_names.erased_at(subject))
    }

    fn last_erasure(&self) -> Result<Option<IngestId>, StoreError> {
        Ok(self.lock().erasures.last().copied())
    }

    fn scan_subjects(&self, each: &mut Each<'_, (SubjectId, ShopperId)>) -> Result<(), StoreError> {
        let subjects: Vec<_> = {
            let inner = self.lock();
            let numbered = inner.subjects.iter();
            numbered.map(|(name, number)| (name.clone(), *number)).collect()
        };
        hand_over(subjects, each);
        Ok(())
    }

    fn record_import(&self, record: &ImportRecord) -> Result<(), StoreError> {
        self.lock().imports.push(record.clone());
        Ok(())
    }

    fn imports(&self, limit: usize) -> Result<Vec<ImportRecord>, StoreError> {
        let inner = self.lock();
        Ok(inner.imports.iter().rev().take(limit).cloned().collect())
    }

    fn import(&self, id: &str) -> Result<Option<ImportRecord>, StoreError> {
        let inner = self.lock();
        let is_it = |record: &&ImportRecord| record.run.as_ref().is_some_and(|run| run.id == id);
        Ok(inner.imports.iter().find(is_it).cloned())
    }

    fn keep_feed(&self, name: &str, state: Option<&str>) -> Result<(), StoreError> {
        let feeds = &mut self.lock().feeds;
        match state {
            Some(state) => feeds.insert(name.to_owned(), state.to_owned()),
            None => feeds.remove(name),
        };
        Ok(())
    }

    fn feeds(&self) -> Result<Vec<(String, String)>, StoreError> {
        let kept = self.lock().feeds.clone();
        Ok(kept.into_iter().collect())
    }

    fn load(
        &self,
        rows: &mut dyn Iterator<Item = HistoryRow>,
        loading: &mut dyn Loading,
    ) -> Result<LoadReport, StoreError> {
        let begun = Instant::now();
        let (mut rows, mut report) = (Some(rows.collect()), LoadReport::default());
        loading.through(&mut || {
            let (done, taken) = self.lock().load(rows.take().unwrap_or_default());
            report = done;
            Ok(taken)
        })?;
        report.elapsed = begun.elapsed();
        let (read, stored) = (report.total(), report.total());
        loading.at(LoadProgress { read, stored });
        Ok(report)
    }
}
