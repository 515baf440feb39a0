//! The conformance suite: the tests that run over every backend.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Event, EventKind, EventTime, IngestId, Item, ItemId, Language, ModelVersion, Money,
    Preferences, Rating, RequestId, Review, ShopperId, StoredEvent, StoredItem, StoredReview,
    SubjectId, Timestamp,
};
use proptest::prelude::*;

use crate::chain::{BEFORE_THE_FIRST, Chained, commitment, link};
use crate::scan::{Each, every, try_each};
use crate::{
    Answer, AnswerRecord, Assigned, HistoryRow, ImportRecord, Remembered, Repeat, State,
    StoreError, StoredFeedback, StoredSurvey,
};

mod answers;
mod catalogue;
mod corrected;
mod erasing;
mod events;
mod joined;
mod laws;
mod loading;
mod scanning;

use answers::*;
use catalogue::*;
use corrected::*;
use erasing::*;
use events::*;
use joined::*;
use loading::*;
use scanning::*;

const FAR: IngestId = IngestId(u128::MAX);
const NOON: i64 = 1_700_000_000_000;

fn subject(name: &str) -> SubjectId {
    SubjectId::new(name).unwrap()
}

fn item_id(name: &str) -> ItemId {
    ItemId::new(name).unwrap()
}

fn event(who: &str, what: &str, at: i64, key: &str) -> Event {
    Event {
        subject: subject(who),
        kind: EventKind::View,
        item_id: item_id(what),
        time: EventTime::At(Timestamp(NOON + at)),
        quantity: 1,
        price: None,
        session: None,
        request_id: None,
        region: None,
        device: None,
        zone_minutes: None,
        source_key: key.to_owned(),
    }
}

fn review(who: &str, what: &str, text: &str) -> Review {
    Review {
        subject: subject(who),
        item_id: item_id(what),
        time: EventTime::At(Timestamp(NOON)),
        rating: Some(Rating::new(4.5).unwrap()),
        title: "好".to_owned(),
        text: text.to_owned(),
        source_key: format!("{who}/{what}/{text}"),
    }
}

fn priced(name: &str, price: &str) -> Item {
    Item {
        price: Some(Money::parse(price, domain::Currency::CNY).unwrap()),
        ..Item::bare(item_id(name))
    }
}

fn answer_of(shopper: Option<ShopperId>, request: &str) -> AnswerRecord {
    AnswerRecord {
        request_id: RequestId::new(request).unwrap(),
        shopper,
        as_of: IngestId(7),
        model_version: ModelVersion::new("m1").unwrap(),
        payload: r#"{"items":[]}"#.to_owned(),
    }
}

fn items_of(events: &[StoredEvent]) -> Vec<&str> {
    events.iter().map(|event| event.item_id.as_str()).collect()
}

fn scanned(state: &dyn State, as_of: IngestId) -> Vec<StoredEvent> {
    let mut events = Vec::new();
    state.scan_events(as_of, &mut every(|event| events.push(event))).unwrap();
    events
}

/// Makes one `#[test]` per sentence and backend.
macro_rules! every_backend {
    ($($sentence:ident)*) => {
        mod memory {
            $(#[test] fn $sentence() { super::$sentence(&crate::MemoryState::new()); })*
        }
        mod sqlite {
            $(#[test] fn $sentence() {
                let folder = tempfile::tempdir().unwrap();
                super::$sentence(&crate::SqliteState::open(&folder.path().join("state.db")).unwrap());
            })*
        }
    };
}

mod observed;

every_backend! {
    an_empty_shop_answers_every_question
    an_event_comes_back_as_it_was_sent
    a_retry_is_acknowledged_with_the_first_id
    the_same_source_key_of_two_shoppers_is_two_events
    a_line_of_an_order_counts_once_whoever_tells_of_it
    an_address_is_one_shopper_in_any_case
    recent_is_newest_first_by_time_and_stops_at_as_of
    what_was_only_shown_is_kept_but_is_no_history
    ordinals_keep_their_order
    ids_rise_with_the_order_of_writing
    a_scan_goes_by_shopper_and_time_and_a_replay_by_id
    a_question_may_be_asked_during_a_scan
    a_scan_ends_at_the_first_error_and_returns_it
    reviews_are_kept_once_and_listed_newest_first
    reviews_read_in_late_are_listed_by_when_they_were_written
    an_unchanged_item_makes_no_new_version
    a_price_is_known_as_of_any_id
    items_are_paged_without_the_deleted
    a_list_of_some_facts_leaves_the_others
    many_items_are_deleted_at_once
    a_decision_holds_from_its_id_on
    a_correction_holds_from_its_id_until_it_is_taken_back
    a_correction_is_taken_back_once_and_by_its_own_shopper
    corrections_go_with_a_visitor_and_with_an_erasure
    answers_are_kept_and_do_not_move_the_newest_id
    one_request_has_one_answer
    every_answer_has_a_link_that_commits_to_it
    a_repeated_answer_adds_no_link
    an_erasure_leaves_the_links_whole
    a_key_means_one_request_until_it_expires
    an_export_holds_everything
    erasing_leaves_nothing_but_a_tombstone
    nothing_is_recorded_for_someone_erased
    whoever_comes_back_after_erasure_is_someone_new
    erasing_nobody_changes_nothing
    erased_names_are_remembered_without_saying_who
    every_name_is_handed_over_with_its_own_number
    imports_are_listed_newest_first
    a_loaded_history_is_whole_and_sorted
    loading_twice_adds_nothing
    a_load_hands_over_what_was_new_slice_by_slice
    a_load_that_is_not_let_through_leaves_the_rest_out
    an_import_is_found_by_its_name
    what_is_known_of_a_feed_is_replaced_and_forgotten
    loading_and_appending_share_shoppers
    writes_from_many_threads_are_all_there
    a_join_is_known_as_of_any_id
    a_visitor_is_joined_once_and_never_onwards
    a_retry_across_a_join_adds_nothing
    what_a_visitor_decided_holds_for_the_person
    erasing_a_person_erases_their_visits
    joins_of_a_loaded_history_come_after_its_rows
}
