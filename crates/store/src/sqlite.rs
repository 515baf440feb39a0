//! The embedded backend: one SQLite file per shop, one writing thread, a pool of readers.
//!
//! This file maps each question to its function; the statements stand beside the functions that run
//! them, one file per subject.

use std::path::Path;

use domain::{
    Correction, Event, IngestId, Item, ItemId, Preferences, RequestId, Review, ShopperId,
    StoredEvent, StoredItem, StoredReview, SubjectId, Timestamp,
};

mod connection;
mod writer;

mod answer_row;
mod answers;
mod chain;
mod corrections;
mod erase;
mod events;
mod imports;
mod items;
mod joins;
mod observed;
mod responses;
mod reviews;
mod shoppers;

mod load;
mod staging;
mod wipe;

use self::connection::{Doing, Readers};
use self::events::ScanOrder;
use self::writer::Writer;
use crate::chain::{Chained, Link};
use crate::loading::Loading;
use crate::record::{
    Ack, Answer, AnswerRecord, Corrected, Counts, Erased, Export, HistoryRow, ImportRecord,
    ItemAck, Joined, LoadReport, Remembered, Repeat, ReviewAck,
};
use crate::scan::Each;
use crate::{ErasedNames, State, StoreError};

/// Items deleted by one transaction: short enough to let others write in between.
const DELETED_AT_ONCE: usize = 20_000;

/// A shop's state in one SQLite file. Several processes may open the same file.
pub struct SqliteState {
    readers: Readers,
    writer: Writer,
}

impl SqliteState {
    /// Opens the file, making it or bringing its schema up to date where needed.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] when a newer Candor wrote it; [`StoreError::Backend`] when it
    /// cannot be opened or is no database.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        let db = connection::for_writing(file)?;
        Ok(Self { writer: Writer::start(db)?, readers: Readers::new(file.to_path_buf()) })
    }
}

impl State for SqliteState {
    fn newest(&self) -> Result<IngestId, StoreError> {
        self.readers.ask(|db| {
            db.prepare_cached("SELECT newest FROM ledger")
                .doing("read the ledger")?
                .query_row([], |row| row.get(0).map(IngestId::from_bytes))
                .doing("read the ledger")
        })
    }

    fn newest_of_all(&self) -> Result<IngestId, StoreError> {
        self.readers.ask(|db| {
            db.prepare_cached("SELECT last_made FROM ledger")
                .doing("read the ledger")?
                .query_row([], |row| row.get(0).map(IngestId::from_bytes))
                .doing("read the ledger")
        })
    }

    fn counts(&self) -> Result<Counts, StoreError> {
        self.readers.ask(writer::counts)
    }

    fn append_events(&self, batch: Vec<Event>) -> Result<Vec<Ack>, StoreError> {
        self.writer.write(move |tx| {
            let append = |event: Event| {
                let shopper = shoppers::find_or_make(tx, &event.subject)?;
                events::append(tx, shopper, event)
            };
            batch.into_iter().map(append).collect()
        })
    }

    fn recent(
        &self,
        shopper: ShopperId,
        n: usize,
        as_of: IngestId,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        self.readers.ask(|db| events::recent(db, shopper, n, as_of))
    }

    fn scan_events(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, StoredEvent>,
    ) -> Result<(), StoreError> {
        self.readers.ask(|db| events::scan_by_shopper(db, as_of, each))
    }

    fn replay_events(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, StoredEvent>,
    ) -> Result<(), StoreError> {
        self.readers.ask(|db| events::scan(db, as_of, ScanOrder::Ingested, each)).map(|_| ())
    }

    fn append_reviews(&self, batch: Vec<Review>) -> Result<Vec<ReviewAck>, StoreError> {
        self.writer.write(move |tx| {
            let append = |review: &Review| {
                let shopper = shoppers::find_or_make(tx, &review.subject)?;
                reviews::append(tx, shopper, review)
            };
            batch.iter().map(append).collect()
        })
    }

    fn item_reviews(
        &self,
        item: &ItemId,
        as_of: IngestId,
        limit: usize,
    ) -> Result<Vec<StoredReview>, StoreError> {
        self.readers.ask(|db| reviews::of_item(db, item, as_of, limit))
    }

    fn scan_reviews(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, StoredReview>,
    ) -> Result<(), StoreError> {
        self.readers.ask(|db| reviews::scan(db, as_of, each))
    }

    fn put_items(&self, items: Vec<Item>) -> Result<Vec<ItemAck>, StoreError> {
        self.writer.write(move |tx| items.iter().map(|item| items::put(tx, item)).collect())
    }

    fn delete_item(&self, id: &ItemId) -> Result<Option<IngestId>, StoreError> {
        let id = id.clone();
        self.writer.write(move |tx| items::delete(tx, &id))
    }

    fn delete_items(&self, ids: &[ItemId]) -> Result<(), StoreError> {
        ids.chunks(DELETED_AT_ONCE).try_for_each(|slice| {
            let slice = slice.to_vec();
            self.writer
                .write(move |tx| slice.iter().try_for_each(|id| items::delete(tx, id).map(|_| ())))
        })
    }

    fn item(&self, id: &ItemId, as_of: IngestId) -> Result<Option<StoredItem>, StoreError> {
        self.readers.ask(|db| items::as_of(db, id, as_of))
    }

    fn items_page(&self, after: Option<&ItemId>, limit: usize) -> Result<Vec<Item>, StoreError> {
        self.readers.ask(|db| items::page(db, after, limit))
    }

    fn scan_items(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, (ItemId, StoredItem)>,
    ) -> Result<(), StoreError> {
        self.readers.ask(|db| items::scan(db, as_of, each))
    }

    fn shopper(&self, subject: &SubjectId) -> Result<Option<ShopperId>, StoreError> {
        self.readers.ask(|db| shoppers::find(db, subject))
    }

    fn shopper_or_new(&self, subject: &SubjectId) -> Result<ShopperId, StoreError> {
        if let Some(known) = self.shopper(subject)? {
            return Ok(known);
        }
        let subject = subject.clone();
        self.writer.write(move |tx| shoppers::find_or_make(tx, &subject))
    }

    fn preferences(&self, shopper: ShopperId, as_of: IngestId) -> Result<Preferences, StoreError> {
        self.readers.ask(|db| shoppers::preferences(db, shopper, as_of))
    }

    fn set_preferences(
        &self,
        shopper: ShopperId,
        preferences: &Preferences,
    ) -> Result<IngestId, StoreError> {
        let preferences = preferences.clone();
        self.writer.write(move |tx| shoppers::decide(tx, shopper, &preferences))
    }

    fn correct(&self, shopper: ShopperId, correction: &Correction) -> Result<IngestId, StoreError> {
        let correction = correction.clone();
        self.writer.write(move |tx| corrections::add(tx, shopper, &correction))
    }

    fn take_back(
        &self,
        shopper: ShopperId,
        correction: IngestId,
    ) -> Result<Option<IngestId>, StoreError> {
        self.writer.write(move |tx| corrections::take_back(tx, shopper, correction))
    }

    fn corrections(
        &self,
        shopper: ShopperId,
        as_of: IngestId,
    ) -> Result<Vec<Corrected>, StoreError> {
        self.readers.ask(|db| corrections::of_shopper(db, shopper, as_of))
    }

    fn record_answer(&self, record: &AnswerRecord) -> Result<IngestId, StoreError> {
        let record = record.clone();
        self.writer.write(move |tx| answers::record(tx, &record))
    }

    fn answer(&self, request_id: &RequestId) -> Result<Option<Answer>, StoreError> {
        self.readers.ask(|db| answers::find(db, request_id))
    }

    fn scan_answers(
        &self,
        after: IngestId,
        until: IngestId,
        each: &mut Each<'_, Answer>,
    ) -> Result<(), StoreError> {
        self.readers.ask(|db| answers::scan(db, after, until, each))
    }

    fn last_link(&self, until: IngestId) -> Result<Option<Link>, StoreError> {
        self.readers.ask(|db| chain::last(db, until))
    }

    fn scan_chain(
        &self,
        after: IngestId,
        until: IngestId,
        each: &mut Each<'_, Chained>,
    ) -> Result<(), StoreError> {
        self.readers.ask(|db| chain::scan(db, after, until, each))
    }

    fn repeat(&self, key: &str, fingerprint: &str, now: Timestamp) -> Result<Repeat, StoreError> {
        self.readers.ask(|db| responses::repeat(db, key, fingerprint, now))
    }

    fn remember_response(&self, response: &Remembered, now: Timestamp) -> Result<(), StoreError> {
        let response = response.clone();
        self.writer.write(move |tx| responses::remember(tx, &response, now))
    }

    fn join(&self, visitor: &SubjectId, person: &SubjectId) -> Result<Option<Joined>, StoreError> {
        let (visitor, person) = (visitor.clone(), person.clone());
        self.writer.write(move |tx| joins::join(tx, &visitor, &person))
    }

    fn joins(&self, as_of: IngestId) -> Result<Vec<Joined>, StoreError> {
        self.readers.ask(|db| joins::all(db, as_of))
    }

    fn export(&self, subject: &SubjectId) -> Result<Option<Export>, StoreError> {
        self.readers.ask(|db| erase::export(db, subject))
    }

    fn erase(&self, subject: &SubjectId) -> Result<Option<Erased>, StoreError> {
        let subject = subject.clone();
        let (erased, wiped) = self.writer.write_and_wipe(move |tx| erase::erase(tx, &subject))?;
        Ok(erased.map(|erased| Erased { wiped, ..erased }))
    }

    fn erasures(&self) -> Result<Vec<IngestId>, StoreError> {
        self.readers.ask(erase::erasures)
    }

    fn erased_names(&self) -> Result<ErasedNames, StoreError> {
        self.readers.ask(erase::erased_names)
    }

    fn erased_at(&self, subject: &SubjectId) -> Result<Option<Timestamp>, StoreError> {
        self.readers.ask(|db| erase::erased_at(db, subject))
    }

    fn last_erasure(&self) -> Result<Option<IngestId>, StoreError> {
        self.readers.ask(erase::last)
    }

    fn scan_subjects(&self, each: &mut Each<'_, (SubjectId, ShopperId)>) -> Result<(), StoreError> {
        self.readers.ask(|db| shoppers::scan(db, each))
    }

    fn record_import(&self, record: &ImportRecord) -> Result<(), StoreError> {
        let record = record.clone();
        self.writer.write(move |tx| imports::record(tx, &record))
    }

    fn imports(&self, limit: usize) -> Result<Vec<ImportRecord>, StoreError> {
        self.readers.ask(|db| imports::list(db, limit))
    }

    fn import(&self, id: &str) -> Result<Option<ImportRecord>, StoreError> {
        self.readers.ask(|db| imports::find(db, id))
    }

    fn keep_feed(&self, name: &str, state: Option<&str>) -> Result<(), StoreError> {
        let (name, state) = (name.to_owned(), state.map(str::to_owned));
        self.writer.write(move |tx| imports::keep_feed(tx, &name, state.as_deref()))
    }

    fn feeds(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.readers.ask(imports::feeds)
    }

    fn load(
        &self,
        rows: &mut dyn Iterator<Item = HistoryRow>,
        loading: &mut dyn Loading,
    ) -> Result<LoadReport, StoreError> {
        self.readers.ask(|db| load::load(&self.writer, db, rows, loading))
    }
}
