//! The questions the server asks of a shop's data, as one trait that every backend answers with
//! its own best statement.
//!
//! Rules that keep every engine possible: a write touches one shopper or one item, nothing joins
//! while serving, ids are made by the store, and retries are recognised by primary key. How
//! anything is stored is known to the backends only.

use domain::{
    Correction, Event, IngestId, Item, ItemId, Preferences, RequestId, Review, ShopperId,
    StoredEvent, StoredItem, StoredReview, SubjectId, Timestamp,
};

use crate::chain::{Chained, Link};
use crate::loading::{AtRest, Loading};
use crate::observed::Observations;
use crate::record::{
    Ack, Answer, AnswerRecord, Corrected, Counts, Erased, Export, HistoryRow, ImportRecord,
    ItemAck, Joined, LoadProgress, LoadReport, Remembered, Repeat, ReviewAck,
};
use crate::scan::Each;
use crate::{ErasedNames, StoreError};

/// Everything that is remembered about one shop.
///
/// Every method blocks; an async caller uses its blocking threads. A write that returned `Ok` is
/// on disk. Reads that speak of the shop's data take `as_of` and see exactly what had been taken in
/// up to that id; [`State::newest`] is the way to say "now". Ids become visible in order: whatever
/// is smaller than `newest()` is already readable, so an answer computed as of `newest()` can be
/// computed again, until somebody is erased.
///
/// Every method may fail with [`StoreError::Backend`] (disk, permissions) or
/// [`StoreError::Corrupt`]; further errors are named per method.
///
/// A scan hands over rows until its callback breaks off, and then returns `Ok` with nothing held:
/// no lock, no read transaction. [`try_each`](crate::scan::try_each) runs one with a callback that
/// may fail, [`every`](crate::scan::every) makes a callback that takes every row. A callback may ask
/// the same store further questions.
pub trait State: Observations {
    /// Returns the newest id of the shop's data (events, reviews, items, preferences, corrections,
    /// erasures), or [`IngestId::ZERO`]. Answers do not move it: the same question twice has the
    /// same `as_of`.
    fn newest(&self) -> Result<IngestId, StoreError>;

    /// Returns the newest id of anything at all: the shop's data as in [`State::newest`], answers,
    /// feedback, questionnaires put or answered, assignments, the journal. Nothing that is read
    /// here changes without it.
    fn newest_of_all(&self) -> Result<IngestId, StoreError>;

    /// Returns the numbers of events, shoppers, items and reviews.
    fn counts(&self) -> Result<Counts, StoreError>;

    /// Takes in events, in this order; shoppers are made as they appear. An event whose
    /// `source_key` this shopper already has is acknowledged again with its first id.
    fn append_events(&self, batch: Vec<Event>) -> Result<Vec<Ack>, StoreError>;

    /// Returns the last `n` interactions of a shopper with ids up to `as_of`, newest first by
    /// (time, id). Exposures are left out: they would crowd out the interactions.
    fn recent(
        &self,
        shopper: ShopperId,
        n: usize,
        as_of: IngestId,
    ) -> Result<Vec<StoredEvent>, StoreError>;

    /// Hands over every event up to `as_of`, shopper by shopper, each oldest first by (time, id).
    /// For training: one contiguous read of one snapshot.
    fn scan_events(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, StoredEvent>,
    ) -> Result<(), StoreError>;

    /// Hands over every event up to `as_of` in the order of ingest ids. For audits.
    fn replay_events(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, StoredEvent>,
    ) -> Result<(), StoreError>;

    /// Takes in reviews; repeats are recognised as for events.
    fn append_reviews(&self, batch: Vec<Review>) -> Result<Vec<ReviewAck>, StoreError>;

    /// Returns at most `limit` reviews of an item with ids up to `as_of`: those written last first,
    /// and of those written at the same time the newest id first.
    fn item_reviews(
        &self,
        item: &ItemId,
        as_of: IngestId,
        limit: usize,
    ) -> Result<Vec<StoredReview>, StoreError>;

    /// Hands over every review up to `as_of` in the order of ingest ids.
    fn scan_reviews(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, StoredReview>,
    ) -> Result<(), StoreError>;

    /// Takes in items, each as a new version. An item equal to its newest version makes none and is
    /// acknowledged with that version.
    fn put_items(&self, items: Vec<Item>) -> Result<Vec<ItemAck>, StoreError>;

    /// Marks an item as deleted by a version without content. Returns `None` where there was no
    /// such item.
    fn delete_item(&self, id: &ItemId) -> Result<Option<IngestId>, StoreError>;

    /// Marks items as deleted; where an engine can, with one write to disk for all of them.
    fn delete_items(&self, ids: &[ItemId]) -> Result<(), StoreError> {
        ids.iter().try_for_each(|id| self.delete_item(id).map(|_| ()))
    }

    /// Returns the newest version of an item up to `as_of`; `None` where it was not known yet. A
    /// version without content says that it was deleted.
    fn item(&self, id: &ItemId, as_of: IngestId) -> Result<Option<StoredItem>, StoreError>;

    /// Returns up to `limit` current items (deleted ones left out) with ids after the cursor, by
    /// id.
    fn items_page(&self, after: Option<&ItemId>, limit: usize) -> Result<Vec<Item>, StoreError>;

    /// Hands over every version up to `as_of` in version order, deletions included: whoever keeps
    /// the last one per item has the catalogue as of that id.
    fn scan_items(
        &self,
        as_of: IngestId,
        each: &mut Each<'_, (ItemId, StoredItem)>,
    ) -> Result<(), StoreError>;

    /// Returns the number of a shopper; `None` where the shop has not named them yet, or they were
    /// erased.
    fn shopper(&self, subject: &SubjectId) -> Result<Option<ShopperId>, StoreError>;

    /// Returns the number of a shopper, made now if they are new.
    fn shopper_or_new(&self, subject: &SubjectId) -> Result<ShopperId, StoreError>;

    /// Joins a visitor to a person: from the id of the join on, the visitor's events, reviews and
    /// answers are the person's too, and the visitor's name is another name of the person. Both are
    /// made where they are new. A visitor's opt-out then holds for the person.
    ///
    /// Rows stay where they lie, so that counts as of an earlier id stay the same: [`recent`]
    /// and [`scan_events`] give a person's events together, [`replay_events`] each under the number
    /// it was taken in with, for the caller to join at the ids of [`joins`].
    ///
    /// Returns `None` where the visitor is joined already (the first person keeps them), is the
    /// person, or has visitors joined to them.
    ///
    /// [`recent`]: State::recent
    /// [`scan_events`]: State::scan_events
    /// [`replay_events`]: State::replay_events
    /// [`joins`]: State::joins
    fn join(&self, visitor: &SubjectId, person: &SubjectId) -> Result<Option<Joined>, StoreError>;

    /// Returns every join up to `as_of`, oldest first.
    fn joins(&self, as_of: IngestId) -> Result<Vec<Joined>, StoreError>;

    /// Returns the preferences of a shopper as of an id; the default where they had set none.
    fn preferences(&self, shopper: ShopperId, as_of: IngestId) -> Result<Preferences, StoreError>;

    /// Records preferences. Earlier ones stay, so that old answers can be verified again.
    ///
    /// # Errors
    /// [`StoreError::ShopperGone`] when the shopper was erased.
    fn set_preferences(
        &self,
        shopper: ShopperId,
        preferences: &Preferences,
    ) -> Result<IngestId, StoreError>;

    /// Records a correction by a shopper.
    ///
    /// # Errors
    /// [`StoreError::ShopperGone`] when the shopper was erased.
    fn correct(&self, shopper: ShopperId, correction: &Correction) -> Result<IngestId, StoreError>;

    /// Takes a correction back; the row stays, so that old answers can be verified again. Returns
    /// `None` where the shopper has none of that id, or took it back before.
    fn take_back(
        &self,
        shopper: ShopperId,
        correction: IngestId,
    ) -> Result<Option<IngestId>, StoreError>;

    /// Returns the corrections of a shopper up to an id, oldest first, those taken back by then
    /// included.
    fn corrections(
        &self,
        shopper: ShopperId,
        as_of: IngestId,
    ) -> Result<Vec<Corrected>, StoreError>;

    /// Records an answer with its proofs, and adds its link to the audit chain. The same record
    /// again is the same answer.
    ///
    /// # Errors
    /// [`StoreError::ShopperGone`] when the shopper was erased while the answer was computed: it
    /// must not be delivered. [`StoreError::AnswerExists`] when the request id has another answer.
    fn record_answer(&self, record: &AnswerRecord) -> Result<IngestId, StoreError>;

    /// Returns the answer given to a request.
    fn answer(&self, request_id: &RequestId) -> Result<Option<Answer>, StoreError>;

    /// Hands over answers with `after < id <= until`, in the order they were recorded.
    fn scan_answers(
        &self,
        after: IngestId,
        until: IngestId,
        each: &mut Each<'_, Answer>,
    ) -> Result<(), StoreError>;

    /// Returns the last link of the audit chain up to an id.
    fn last_link(&self, until: IngestId) -> Result<Option<Link>, StoreError>;

    /// Hands over the links of the audit chain with `after < answer id <= until`, each with the
    /// answer that it commits to, and answers that have no link, in the order of ids. For audits.
    fn scan_chain(
        &self,
        after: IngestId,
        until: IngestId,
        each: &mut Each<'_, Chained>,
    ) -> Result<(), StoreError>;

    /// Looks up whether a request with this `Idempotency-Key` was answered before and not yet
    /// forgotten. `fingerprint` is a hash of the request's body, so that one key cannot mean two
    /// things.
    fn repeat(&self, key: &str, fingerprint: &str, now: Timestamp) -> Result<Repeat, StoreError>;

    /// Keeps a response for retries until it expires. The first response of a key stays until then.
    ///
    /// # Errors
    /// [`StoreError::ShopperGone`] when one of its shoppers was erased meanwhile.
    fn remember_response(&self, response: &Remembered, now: Timestamp) -> Result<(), StoreError>;

    /// Returns everything kept about a shopper; `None` where nobody has that name.
    fn export(&self, subject: &SubjectId) -> Result<Option<Export>, StoreError>;

    /// Removes a shopper: the link to the person, events, reviews, preferences, corrections,
    /// answers, remembered responses, everything [`Observations`] holds of them, and the quoted
    /// rows of every import. Their names stay as keyed hashes ([`State::erased_names`]). The links of their answers stay and name the tombstone. Leaves one
    /// tombstone id, which moves [`State::newest`]. Returns `None` where nobody has that name.
    ///
    /// Artefacts that counted the shopper are the caller's to rebuild.
    fn erase(&self, subject: &SubjectId) -> Result<Option<Erased>, StoreError>;

    /// Returns the ids of all erasures, oldest first. A claim made as of an earlier id may have
    /// counted somebody who is erased since.
    fn erasures(&self) -> Result<Vec<IngestId>, StoreError>;

    /// Returns the names that were erased, as keyed hashes with the time of the erasure. Taking in
    /// rows does not look at them: whoever reads a source of old rows does.
    fn erased_names(&self) -> Result<ErasedNames, StoreError>;

    /// Returns when a name was erased last; one look, where [`State::erased_names`] reads them all.
    fn erased_at(&self, subject: &SubjectId) -> Result<Option<Timestamp>, StoreError>;

    /// Returns the id of the newest erasure.
    fn last_erasure(&self) -> Result<Option<IngestId>, StoreError>;

    /// Hands over every name with the number it was given first, in the order of names. Which
    /// visitors were joined to whom since, [`State::joins`] says.
    fn scan_subjects(&self, each: &mut Each<'_, (SubjectId, ShopperId)>) -> Result<(), StoreError>;

    /// Records the report of an import for the console.
    fn record_import(&self, record: &ImportRecord) -> Result<(), StoreError>;

    /// Returns the last `limit` imports, newest first.
    fn imports(&self, limit: usize) -> Result<Vec<ImportRecord>, StoreError>;

    /// Returns an import by its name.
    fn import(&self, id: &str) -> Result<Option<ImportRecord>, StoreError>;

    /// Keeps what is known of a source of feeds, as JSON that quotes no row; `None` forgets it.
    fn keep_feed(&self, name: &str, state: Option<&str>) -> Result<(), StoreError>;

    /// Returns what is known of every source of feeds, by name.
    fn feeds(&self) -> Result<Vec<(String, String)>, StoreError>;

    /// Takes in a whole history, in any order and of any length, with little memory.
    ///
    /// Returns when all of it is on disk. It goes in as slices, each let through by `loading`, so
    /// that others' writes get their turn; a load that was interrupted is completed by running it
    /// again, since rows that are already there add nothing. Without times, rows keep the order of
    /// their ordinals.
    fn load(
        &self,
        rows: &mut dyn Iterator<Item = HistoryRow>,
        loading: &mut dyn Loading,
    ) -> Result<LoadReport, StoreError>;

    /// As [`State::load`], into a shop at rest.
    fn load_history(
        &self,
        rows: &mut dyn Iterator<Item = HistoryRow>,
        progress: &mut dyn FnMut(LoadProgress),
    ) -> Result<LoadReport, StoreError> {
        self.load(rows, &mut AtRest(progress))
    }
}
