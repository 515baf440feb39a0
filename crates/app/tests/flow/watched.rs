//! A shop's data with somebody at the door: counts questions, holds them up, or refuses them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use domain::{
    Correction, Event, IngestId, Item, ItemId, Preferences, RequestId, Review, ShopperId,
    StoredEvent, StoredItem, StoredReview, SubjectId, SurveyId, Timestamp,
};
use store::chain::{Chained, Link};
use store::{
    Ack, Answer, AnswerRecord, Assigned, Corrected, Counts, Each, Erased, ErasedNames, Export,
    Feedback, HistoryRow, ImportRecord, ItemAck, Joined, LoadReport, Loading, Noted, Observations,
    Remembered, Repeat, ReviewAck, State, StoreError, StoredFeedback, StoredSurvey, Survey,
    SurveyAnswers,
};

use super::small_shop::{OwnShop, trained};

type Door = Box<dyn FnMut(&'static str) -> Result<(), StoreError> + Send>;

/// What was asked of a shop's data, and who lets questions in.
#[derive(Default)]
pub(super) struct Watch {
    calls: Mutex<BTreeMap<&'static str, usize>>,
    door: Mutex<Option<Door>>,
}

impl Watch {
    /// Lets questions in only after `door` was told their names; it may wait, or refuse them.
    pub(super) fn guard(
        &self,
        door: impl FnMut(&'static str) -> Result<(), StoreError> + Send + 'static,
    ) {
        *self.door.lock().unwrap() = Some(Box::new(door));
    }

    /// Lets everything in again.
    pub(super) fn open(&self) {
        *self.door.lock().unwrap() = None;
    }

    /// What was asked since the last time, by name.
    pub(super) fn take_calls(&self) -> BTreeMap<&'static str, usize> {
        std::mem::take(&mut self.calls.lock().unwrap())
    }

    fn called(&self, name: &'static str) -> Result<(), StoreError> {
        *self.calls.lock().unwrap().entry(name).or_default() += 1;
        // Taken out while it decides, so that a door that waits keeps nobody else waiting.
        let Some(mut door) = self.door.lock().unwrap().take() else { return Ok(()) };
        let decided = door(name);
        self.door.lock().unwrap().get_or_insert(door);
        decided
    }
}

/// What is refused.
pub(super) fn refused() -> StoreError {
    StoreError::Corrupt { what: "a row", detail: "the disk is broken".to_owned() }
}

/// A shop's data behind a watch.
struct Watched {
    state: Box<dyn State>,
    watch: Arc<Watch>,
}

/// The trained shop behind a watch.
pub(super) fn watched() -> (OwnShop, Arc<Watch>) {
    let watch = Arc::default();
    let shop = trained().through(|state| Box::new(Watched { state, watch: Arc::clone(&watch) }));
    (shop, watch)
}

macro_rules! watched {
    ($(fn $name:ident($($given:ident: $type:ty),*) -> $returned:ty;)*) => {
        $(fn $name(&self, $($given: $type),*) -> Result<$returned, StoreError> {
            self.watch.called(stringify!($name))?;
            self.state.$name($($given),*)
        })*
    };
}

impl State for Watched {
    watched! {
        fn newest() -> IngestId;
        fn newest_of_all() -> IngestId;
        fn counts() -> Counts;
        fn append_events(batch: Vec<Event>) -> Vec<Ack>;
        fn recent(shopper: ShopperId, n: usize, as_of: IngestId) -> Vec<StoredEvent>;
        fn scan_events(as_of: IngestId, each: &mut Each<'_, StoredEvent>) -> ();
        fn replay_events(as_of: IngestId, each: &mut Each<'_, StoredEvent>) -> ();
        fn append_reviews(batch: Vec<Review>) -> Vec<ReviewAck>;
        fn item_reviews(item: &ItemId, as_of: IngestId, limit: usize) -> Vec<StoredReview>;
        fn scan_reviews(as_of: IngestId, each: &mut Each<'_, StoredReview>) -> ();
        fn put_items(items: Vec<Item>) -> Vec<ItemAck>;
        fn delete_item(id: &ItemId) -> Option<IngestId>;
        fn item(id: &ItemId, as_of: IngestId) -> Option<StoredItem>;
        fn items_page(after: Option<&ItemId>, limit: usize) -> Vec<Item>;
        fn scan_items(as_of: IngestId, each: &mut Each<'_, (ItemId, StoredItem)>) -> ();
        fn shopper(subject: &SubjectId) -> Option<ShopperId>;
        fn shopper_or_new(subject: &SubjectId) -> ShopperId;
        fn join(visitor: &SubjectId, person: &SubjectId) -> Option<Joined>;
        fn joins(as_of: IngestId) -> Vec<Joined>;
        fn preferences(shopper: ShopperId, as_of: IngestId) -> Preferences;
        fn set_preferences(shopper: ShopperId, preferences: &Preferences) -> IngestId;
        fn correct(shopper: ShopperId, correction: &Correction) -> IngestId;
        fn take_back(shopper: ShopperId, correction: IngestId) -> Option<IngestId>;
        fn corrections(shopper: ShopperId, as_of: IngestId) -> Vec<Corrected>;
        fn record_answer(record: &AnswerRecord) -> IngestId;
        fn answer(request_id: &RequestId) -> Option<Answer>;
        fn scan_answers(after: IngestId, until: IngestId, each: &mut Each<'_, Answer>) -> ();
        fn last_link(until: IngestId) -> Option<Link>;
        fn scan_chain(after: IngestId, until: IngestId, each: &mut Each<'_, Chained>) -> ();
        fn repeat(key: &str, fingerprint: &str, now: Timestamp) -> Repeat;
        fn remember_response(response: &Remembered, now: Timestamp) -> ();
        fn export(subject: &SubjectId) -> Option<Export>;
        fn erase(subject: &SubjectId) -> Option<Erased>;
        fn erasures() -> Vec<IngestId>;
        fn erased_names() -> ErasedNames;
        fn erased_at(subject: &SubjectId) -> Option<Timestamp>;
        fn last_erasure() -> Option<IngestId>;
        fn scan_subjects(each: &mut Each<'_, (SubjectId, ShopperId)>) -> ();
        fn record_import(record: &ImportRecord) -> ();
        fn imports(limit: usize) -> Vec<ImportRecord>;
        fn import(id: &str) -> Option<ImportRecord>;
        fn keep_feed(name: &str, state: Option<&str>) -> ();
        fn feeds() -> Vec<(String, String)>;
        fn load(
            rows: &mut dyn Iterator<Item = HistoryRow>,
            loading: &mut dyn Loading
        ) -> LoadReport;
    }
}

impl Observations for Watched {
    watched! {
        fn append_feedback(batch: Vec<Feedback>) -> Vec<Option<IngestId>>;
        fn feedback_of(shopper: ShopperId) -> Vec<StoredFeedback>;
        fn scan_feedback_after(after: IngestId, each: &mut Each<'_, StoredFeedback>) -> ();
        fn open_survey(survey: &Survey, not_since: Timestamp) -> bool;
        fn survey(id: &SurveyId) -> Option<StoredSurvey>;
        fn last_survey(shopper: ShopperId) -> Option<StoredSurvey>;
        fn answer_survey(id: &SurveyId, given: &SurveyAnswers, at: Timestamp) -> bool;
        fn scan_surveys(each: &mut Each<'_, StoredSurvey>) -> ();
        fn assign(
            shopper: ShopperId,
            experiment: &str,
            variant: &str,
            at: Timestamp
        ) -> String;
        fn assignments_of(shopper: ShopperId) -> Vec<Assigned>;
        fn scan_assignments(experiment: &str, each: &mut Each<'_, Assigned>) -> ();
        fn note(kind: &str, body: &str, at: Timestamp) -> IngestId;
        fn noted(kind: &str, limit: usize) -> Vec<Noted>;
    }
}
