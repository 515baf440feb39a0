//! What every backend must do, as one suite that runs over each of them.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Event, EventKind, EventTime, IngestId, Item, ItemId, Language, ModelVersion, Money,
    Preferences, Rating, RequestId, Review, ShopperId, StoredEvent, SubjectId, Timestamp,
};
use proptest::prelude::*;

use crate::{AnswerRecord, HistoryRow, ImportRecord, Remembered, Repeat, State, StoreError};

mod laws;

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
    state.scan_events(as_of, &mut |event| events.push(event)).unwrap();
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
    recent_is_newest_first_by_time_and_stops_at_as_of
    ordinals_keep_their_order
    ids_rise_with_the_order_of_writing
    a_scan_goes_by_shopper_and_time_and_a_replay_by_id
    a_question_may_be_asked_during_a_scan
    reviews_are_kept_once_and_listed_newest_first
    an_unchanged_item_makes_no_new_version
    a_price_is_known_as_of_any_id
    items_are_paged_without_the_deleted
    a_decision_holds_from_its_id_on
    answers_are_kept_and_do_not_move_the_newest_id
    one_request_has_one_answer
    a_key_means_one_request_until_it_expires
    an_export_holds_everything
    erasing_leaves_nothing_but_a_tombstone
    nothing_is_recorded_for_someone_erased
    whoever_comes_back_after_erasure_is_someone_new
    erasing_nobody_changes_nothing
    imports_are_listed_newest_first
    a_loaded_history_is_whole_and_sorted
    loading_twice_adds_nothing
    loading_and_appending_share_shoppers
    writes_from_many_threads_are_all_there
}

fn an_empty_shop_answers_every_question(state: &dyn State) {
    assert_eq!(state.newest().unwrap(), IngestId::ZERO);
    assert_eq!(state.counts().unwrap(), crate::Counts::default());
    assert!(state.recent(ShopperId(1), 5, FAR).unwrap().is_empty());
    assert_eq!(state.item(&item_id("i"), FAR).unwrap(), None);
    assert_eq!(state.delete_item(&item_id("i")).unwrap(), None);
    assert_eq!(state.shopper(&subject("a")).unwrap(), None);
    assert_eq!(state.export(&subject("a")).unwrap(), None);
    assert!(state.items_page(None, 5).unwrap().is_empty());
    assert!(state.append_events(Vec::new()).unwrap().is_empty());
    assert_eq!(state.newest().unwrap(), IngestId::ZERO);
}

fn an_event_comes_back_as_it_was_sent(state: &dyn State) {
    let sent = Event {
        kind: EventKind::Purchase,
        quantity: 3,
        price: Some(Money::parse("19.90", domain::Currency::CNY).unwrap()),
        session: Some("s-1".to_owned()),
        request_id: Some(RequestId::new("r1").unwrap()),
        region: Some("CN-31".to_owned()),
        device: Some("phone".to_owned()),
        zone_minutes: Some(480),
        ..event("小王", "口红", 5, "k")
    };
    let ack = state.append_events(vec![sent.clone()]).unwrap().remove(0);
    assert!(ack.fresh);
    let back = state.recent(ack.shopper, 1, FAR).unwrap().remove(0);
    assert_eq!(back, ack.event);
    assert_eq!((back.id, back.shopper), (ack.id, ack.shopper));
    assert_eq!(back, crate::record::stored_event(sent, ack.shopper, ack.id));
    assert_eq!(state.newest().unwrap(), ack.id);
}

fn a_retry_is_acknowledged_with_the_first_id(state: &dyn State) {
    let first = state.append_events(vec![event("a", "i", 0, "k")]).unwrap();
    let changed = event("a", "other", 9, "k");
    let again = state
        .append_events(vec![changed, event("a", "j", 1, "l"), event("a", "j", 1, "l")])
        .unwrap();
    assert_eq!((again[0].id, again[0].fresh), (first[0].id, false));
    assert_eq!(again[0].event, first[0].event);
    assert_eq!((again[1].fresh, again[2].fresh), (true, false));
    assert_eq!(again[1].id, again[2].id);
    assert_eq!(state.counts().unwrap().events, 2);
    assert_eq!(state.newest().unwrap(), again[1].id);
}

fn the_same_source_key_of_two_shoppers_is_two_events(state: &dyn State) {
    let acks = state.append_events(vec![event("a", "i", 0, "k"), event("b", "i", 0, "k")]).unwrap();
    assert!(acks.iter().all(|ack| ack.fresh));
    assert_ne!(acks[0].shopper, acks[1].shopper);
    assert_eq!(state.counts().unwrap().shoppers, 2);
}

fn recent_is_newest_first_by_time_and_stops_at_as_of(state: &dyn State) {
    let acks = state
        .append_events(vec![
            event("a", "second", 20, "1"),
            event("b", "foreign", 99, "2"),
            event("a", "first", 10, "3"),
            event("a", "tied", 20, "4"),
        ])
        .unwrap();
    let recent = |n, as_of| state.recent(acks[0].shopper, n, as_of).unwrap();
    assert_eq!(items_of(&recent(9, FAR)), ["tied", "second", "first"]);
    assert_eq!(items_of(&recent(2, FAR)), ["tied", "second"]);
    assert_eq!(items_of(&recent(9, acks[2].id)), ["second", "first"]);
    assert_eq!(items_of(&recent(9, acks[0].id)), ["second"]);
    assert!(recent(0, FAR).is_empty() && recent(9, IngestId::ZERO).is_empty());
}

fn ordinals_keep_their_order(state: &dyn State) {
    let ordinal = |n: u32| Event {
        time: EventTime::Ordinal(n),
        ..event("a", &format!("i{n}"), 0, &n.to_string())
    };
    let acks = state.append_events(vec![ordinal(2), ordinal(0), ordinal(1)]).unwrap();
    let recent = state.recent(acks[0].shopper, 9, FAR).unwrap();
    assert_eq!(items_of(&recent), ["i2", "i1", "i0"]);
    assert_eq!(recent[0].time, EventTime::Ordinal(2));
}

fn ids_rise_with_the_order_of_writing(state: &dyn State) {
    let mut last = state.newest().unwrap();
    for n in 0..50 {
        let key = n.to_string();
        let item = state.put_items(vec![priced("i", &key)]).unwrap()[0].version;
        let event = state.append_events(vec![event("a", "i", 0, &key)]).unwrap()[0].id;
        let review = state.append_reviews(vec![review("a", "i", &key)]).unwrap()[0].id;
        assert!(last < item && item < event && event < review);
        assert_eq!(state.newest().unwrap(), review);
        last = review;
    }
}

fn a_scan_goes_by_shopper_and_time_and_a_replay_by_id(state: &dyn State) {
    let batch =
        (0..40).map(|n| event(["a", "b", "c"][n % 3], "i", (n as i64 * 7) % 11, &n.to_string()));
    let acks = state.append_events(batch.collect()).unwrap();
    let events = scanned(state, FAR);
    let key = |e: &StoredEvent| (e.shopper, e.time, e.id);
    assert_eq!(events.len(), 40);
    assert!(events.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
    let mut ids = Vec::new();
    state.replay_events(acks[20].id, &mut |e| ids.push(e.id)).unwrap();
    assert_eq!(ids, acks[..=20].iter().map(|ack| ack.id).collect::<Vec<_>>());
    assert_eq!(scanned(state, acks[20].id).len(), 21);
}

fn a_question_may_be_asked_during_a_scan(state: &dyn State) {
    state.append_events(vec![event("a", "i", 0, "1"), event("b", "i", 0, "2")]).unwrap();
    let mut n_recent = 0;
    state
        .scan_events(FAR, &mut |e| n_recent += state.recent(e.shopper, 9, FAR).unwrap().len())
        .unwrap();
    assert_eq!(n_recent, 2);
}

fn reviews_are_kept_once_and_listed_newest_first(state: &dyn State) {
    let batch = vec![review("a", "i", "很好"), review("b", "i", "bad"), review("a", "j", "so-so")];
    let acks = state.append_reviews(batch.clone()).unwrap();
    let again = state.append_reviews(batch).unwrap();
    assert!(acks.iter().zip(&again).all(|(a, b)| a.fresh && !b.fresh && a.id == b.id));
    let of_item = |as_of, limit| state.item_reviews(&item_id("i"), as_of, limit).unwrap();
    let texts: Vec<_> = of_item(FAR, 9).into_iter().map(|r| r.text).collect();
    assert_eq!(texts, ["bad", "很好"]);
    assert_eq!(of_item(FAR, 1)[0].rating, Some(Rating::new(4.5).unwrap()));
    assert_eq!(of_item(acks[0].id, 9).len(), 1);
    let mut ids = Vec::new();
    state.scan_reviews(acks[1].id, &mut |r| ids.push(r.id)).unwrap();
    assert_eq!(ids, [acks[0].id, acks[1].id]);
    assert_eq!(state.counts().unwrap().reviews, 3);
}

fn an_unchanged_item_makes_no_new_version(state: &dyn State) {
    let first = state.put_items(vec![priced("i", "10")]).unwrap()[0];
    let same = state.put_items(vec![priced("i", "10")]).unwrap()[0];
    let changed = state.put_items(vec![priced("i", "11")]).unwrap()[0];
    assert_eq!((same.version, same.fresh), (first.version, false));
    assert!(changed.fresh && changed.version > first.version);
    assert_eq!(state.counts().unwrap().items, 1);
}

fn a_price_is_known_as_of_any_id(state: &dyn State) {
    let before = state.append_events(vec![event("a", "i", 0, "k")]).unwrap()[0].id;
    let cheap = state.put_items(vec![priced("i", "10")]).unwrap()[0].version;
    let dear = state.put_items(vec![priced("i", "12")]).unwrap()[0].version;
    let gone = state.delete_item(&item_id("i")).unwrap().unwrap();
    assert_eq!(state.delete_item(&item_id("i")).unwrap(), Some(gone));
    let back = state.put_items(vec![priced("i", "12")]).unwrap()[0];
    assert!(back.fresh);
    let price = |as_of| {
        let stored = state.item(&item_id("i"), as_of).unwrap()?;
        Some(stored.item.map(|item| item.price.unwrap().minor))
    };
    assert_eq!(price(before), None);
    assert_eq!(price(cheap), Some(Some(1000)));
    assert_eq!(price(dear), Some(Some(1200)));
    assert_eq!(price(gone), Some(None));
    assert_eq!(price(FAR), Some(Some(1200)));
    let mut versions = Vec::new();
    state.scan_items(gone, &mut |_, stored| versions.push(stored.version)).unwrap();
    assert_eq!(versions, [cheap, dear, gone]);
}

fn items_are_paged_without_the_deleted(state: &dyn State) {
    let names = ["d", "a", "c", "e", "b"];
    state.put_items(names.iter().map(|name| priced(name, "1")).collect()).unwrap();
    state.put_items(vec![priced("e", "2")]).unwrap();
    state.delete_item(&item_id("c")).unwrap();
    let page = |after: Option<&str>, limit| -> Vec<String> {
        let items = state.items_page(after.map(item_id).as_ref(), limit).unwrap();
        items.iter().map(|item| item.id.to_string()).collect()
    };
    assert_eq!(page(None, 2), ["a", "b"]);
    assert_eq!(page(Some("b"), 2), ["d", "e"]);
    assert!(page(Some("e"), 2).is_empty());
    assert_eq!(state.counts().unwrap().items, 4);
    let last = state.items_page(Some(&item_id("d")), 1).unwrap().remove(0);
    assert_eq!(last.price.unwrap().minor, 200);
}

fn a_decision_holds_from_its_id_on(state: &dyn State) {
    let shopper = state.shopper_or_new(&subject("a")).unwrap();
    assert_eq!(state.shopper_or_new(&subject("a")).unwrap(), shopper);
    let opted_out = Preferences { profiling: false, language: Some(Language::Zh) };
    let first = state.set_preferences(shopper, &opted_out).unwrap();
    let second = state.set_preferences(shopper, &Preferences::default()).unwrap();
    let held = |as_of| state.preferences(shopper, as_of).unwrap();
    assert_eq!(held(IngestId(first.0 - 1)), Preferences::default());
    assert_eq!(held(first), opted_out);
    assert_eq!(held(second), Preferences::default());
    assert_eq!(state.newest().unwrap(), second);
}

fn answers_are_kept_and_do_not_move_the_newest_id(state: &dyn State) {
    let ack = state.append_events(vec![event("a", "i", 0, "k")]).unwrap().remove(0);
    let records =
        [answer_of(Some(ack.shopper), "r1"), answer_of(None, "r2"), answer_of(None, "r3")];
    let ids: Vec<_> = records.iter().map(|record| state.record_answer(record).unwrap()).collect();
    assert_eq!(state.newest().unwrap(), ack.id);
    let found = state.answer(&records[0].request_id).unwrap().unwrap();
    assert_eq!((found.id, found.record), (ids[0], records[0].clone()));
    let mut seen = Vec::new();
    state.scan_answers(ids[0], FAR, &mut |a| seen.push(a.id)).unwrap();
    assert_eq!(seen, ids[1..]);
    let next = state.append_events(vec![event("a", "i", 0, "l")]).unwrap()[0].id;
    assert!(next > ids[2]);
}

fn one_request_has_one_answer(state: &dyn State) {
    let record = answer_of(None, "r1");
    let id = state.record_answer(&record).unwrap();
    assert_eq!(state.record_answer(&record).unwrap(), id);
    let other = AnswerRecord { payload: "{}".to_owned(), ..record };
    assert!(matches!(state.record_answer(&other), Err(StoreError::AnswerExists(_))));
}

fn a_key_means_one_request_until_it_expires(state: &dyn State) {
    let kept = Remembered {
        key: "key".to_owned(),
        fingerprint: "f1".to_owned(),
        shoppers: Vec::new(),
        response: "{}".to_owned(),
        expires: Timestamp(100),
    };
    let ask = |fingerprint, now| state.repeat("key", fingerprint, Timestamp(now)).unwrap();
    assert_eq!(ask("f1", 0), Repeat::First);
    state.remember_response(&kept, Timestamp(0)).unwrap();
    let later =
        Remembered { response: "other".to_owned(), expires: Timestamp(200), ..kept.clone() };
    state.remember_response(&later, Timestamp(50)).unwrap();
    assert_eq!(ask("f1", 99), Repeat::Same("{}".to_owned()));
    assert_eq!(ask("f2", 99), Repeat::Conflict);
    assert_eq!(ask("f2", 100), Repeat::First);
    state.remember_response(&later, Timestamp(100)).unwrap();
    assert_eq!(ask("f1", 150), Repeat::Same("other".to_owned()));
}

/// Fills a shop with two shoppers who have something of everything.
fn furnish(state: &dyn State) -> (ShopperId, ShopperId) {
    let acks = state
        .append_events(vec![
            event("a", "i", 0, "1"),
            event("b", "i", 0, "2"),
            event("a", "j", 1, "3"),
        ])
        .unwrap();
    let (a, b) = (acks[0].shopper, acks[1].shopper);
    state.append_reviews(vec![review("a", "i", "fine"), review("b", "i", "good")]).unwrap();
    for (shopper, name) in [(a, "a"), (b, "b")] {
        state.set_preferences(shopper, &Preferences { profiling: false, language: None }).unwrap();
        state.record_answer(&answer_of(Some(shopper), &format!("r-{name}"))).unwrap();
        let response = Remembered {
            key: name.to_owned(),
            fingerprint: "f".to_owned(),
            shoppers: vec![shopper],
            response: "{}".to_owned(),
            expires: Timestamp(100),
        };
        state.remember_response(&response, Timestamp(0)).unwrap();
    }
    state
        .record_import(&ImportRecord {
            at: Timestamp(NOON),
            source: "events.csv".to_owned(),
            report: "{}".to_owned(),
            rejects: Some(r#"[{"line":3,"row":"a,?"}]"#.to_owned()),
        })
        .unwrap();
    (a, b)
}

fn an_export_holds_everything(state: &dyn State) {
    furnish(state);
    let export = state.export(&subject("a")).unwrap().unwrap();
    let items: Vec<_> = export.events.iter().map(|e| e.item_id.as_str()).collect();
    assert_eq!(items, ["i", "j"]);
    assert_eq!(export.reviews[0].text, "fine");
    assert!(!export.preferences[0].preferences.profiling);
    assert_eq!(export.answers[0].record.request_id.as_str(), "r-a");
    let counts = (export.reviews.len(), export.preferences.len(), export.answers.len());
    assert_eq!(counts, (1, 1, 1));
    assert!(serde_json::to_string(&export).unwrap().contains("\"subject\":\"a\""));
}

fn erasing_leaves_nothing_but_a_tombstone(state: &dyn State) {
    let (a, b) = furnish(state);
    let before = state.newest().unwrap();
    let erased = state.erase(&subject("a")).unwrap().unwrap();
    assert_eq!((erased.events, erased.reviews, erased.answers), (2, 1, 1));
    assert_eq!((erased.shopper, erased.wiped), (a, true));
    assert!(erased.id > before && state.newest().unwrap() == erased.id);
    assert_eq!(state.erasures().unwrap(), [erased.id]);
    assert_eq!(state.shopper(&subject("a")).unwrap(), None);
    assert_eq!(state.export(&subject("a")).unwrap(), None);
    assert!(state.recent(a, 9, FAR).unwrap().is_empty());
    assert_eq!(state.preferences(a, FAR).unwrap(), Preferences::default());
    assert_eq!(state.answer(&RequestId::new("r-a").unwrap()).unwrap(), None);
    assert_eq!(state.repeat("a", "f", Timestamp(0)).unwrap(), Repeat::First);
    assert_eq!(state.imports(9).unwrap()[0].rejects, None);
    assert!(scanned(state, FAR).iter().all(|e| e.shopper == b));
    assert_eq!(state.item_reviews(&item_id("i"), FAR, 9).unwrap().len(), 1);
    let counts = state.counts().unwrap();
    assert_eq!((counts.events, counts.shoppers, counts.reviews), (1, 1, 1));
    // The other shopper keeps everything.
    let kept = state.export(&subject("b")).unwrap().unwrap();
    assert_eq!((kept.events.len(), kept.reviews.len(), kept.answers.len()), (1, 1, 1));
    assert_eq!(state.repeat("b", "f", Timestamp(0)).unwrap(), Repeat::Same("{}".to_owned()));
}

fn nothing_is_recorded_for_someone_erased(state: &dyn State) {
    let (a, _) = furnish(state);
    state.erase(&subject("a")).unwrap();
    let late = Remembered {
        key: "late".to_owned(),
        fingerprint: "f".to_owned(),
        shoppers: vec![a],
        response: "{}".to_owned(),
        expires: Timestamp(100),
    };
    let gone = [
        state.record_answer(&answer_of(Some(a), "late")).map(|_| ()),
        state.set_preferences(a, &Preferences::default()).map(|_| ()),
        state.remember_response(&late, Timestamp(0)),
    ];
    assert!(gone.iter().all(|r| matches!(r, Err(StoreError::ShopperGone))), "{gone:?}");
    assert_eq!(state.answer(&RequestId::new("late").unwrap()).unwrap(), None);
    assert_eq!(state.repeat("late", "f", Timestamp(0)).unwrap(), Repeat::First);
}

fn whoever_comes_back_after_erasure_is_someone_new(state: &dyn State) {
    let (a, _) = furnish(state);
    state.erase(&subject("a")).unwrap();
    let ack = state.append_events(vec![event("a", "i", 0, "1")]).unwrap().remove(0);
    assert!(ack.fresh);
    assert_ne!(ack.shopper, a);
    assert_eq!(state.recent(ack.shopper, 9, FAR).unwrap().len(), 1);
}

fn erasing_nobody_changes_nothing(state: &dyn State) {
    furnish(state);
    let before = state.newest().unwrap();
    assert_eq!(state.erase(&subject("nobody")).unwrap(), None);
    assert_eq!(state.newest().unwrap(), before);
    assert!(state.erasures().unwrap().is_empty());
    assert!(state.imports(1).unwrap()[0].rejects.is_some());
}

fn imports_are_listed_newest_first(state: &dyn State) {
    let record = |source: &str| ImportRecord {
        at: Timestamp(NOON),
        source: source.to_owned(),
        report: "{}".to_owned(),
        rejects: None,
    };
    for source in ["1", "2", "3"] {
        state.record_import(&record(source)).unwrap();
    }
    assert_eq!(state.imports(2).unwrap(), [record("3"), record("2")]);
}

fn history() -> Vec<HistoryRow> {
    let mut rows: Vec<_> = (0..60)
        .map(|n| {
            HistoryRow::Event(event(["c", "a", "b"][n % 3], "i", 100 - n as i64, &n.to_string()))
        })
        .collect();
    rows.insert(7, HistoryRow::Item(priced("i", "3")));
    rows.insert(30, HistoryRow::Review(review("a", "i", "nice")));
    rows.push(HistoryRow::Item(priced("i", "4")));
    rows
}

fn a_loaded_history_is_whole_and_sorted(state: &dyn State) {
    let mut last = crate::LoadProgress::default();
    let report = state.load_history(&mut history().into_iter(), &mut |at| last = at).unwrap();
    assert_eq!((report.events.fresh, report.reviews.fresh, report.items.fresh), (60, 1, 2));
    assert_eq!((last.read, last.stored), (63, 63));
    let events = scanned(state, FAR);
    assert_eq!(events.len(), 60);
    assert!(
        events.windows(2).all(|pair| pair[0].shopper != pair[1].shopper || pair[0].id < pair[1].id),
        "ids rise with the time of a shopper's events"
    );
    let counts = state.counts().unwrap();
    assert_eq!((counts.events, counts.shoppers, counts.items, counts.reviews), (60, 3, 1, 1));
    let price = state.item(&item_id("i"), FAR).unwrap().unwrap().item.unwrap().price;
    assert_eq!(price.unwrap().minor, 400);
}

fn loading_twice_adds_nothing(state: &dyn State) {
    let rows = || history().into_iter().filter(|row| !matches!(row, HistoryRow::Item(_)));
    state.load_history(&mut rows(), &mut |_| ()).unwrap();
    let (newest, before) = (state.newest().unwrap(), scanned(state, FAR));
    let again = state.load_history(&mut rows(), &mut |_| ()).unwrap();
    assert_eq!((again.events.fresh, again.events.known), (0, 60));
    assert_eq!((again.reviews.fresh, again.reviews.known), (0, 1));
    assert_eq!(state.newest().unwrap(), newest);
    assert_eq!(scanned(state, FAR), before);
}

fn loading_and_appending_share_shoppers(state: &dyn State) {
    let first = state.append_events(vec![event("a", "i", 0, "live")]).unwrap().remove(0);
    state.load_history(&mut history().into_iter(), &mut |_| ()).unwrap();
    assert_eq!(state.shopper(&subject("a")).unwrap(), Some(first.shopper));
    assert_eq!(state.recent(first.shopper, 99, FAR).unwrap().len(), 21);
    let again = state.append_events(vec![event("a", "i", 99, "1")]).unwrap().remove(0);
    assert!(!again.fresh, "a loaded row and a sent event with one key are one event");
}

fn writes_from_many_threads_are_all_there(state: &dyn State) {
    let acked: BTreeSet<IngestId> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                scope.spawn(move || {
                    let key = |n: i64| format!("{thread}-{n}");
                    let ids = (0..25).map(|n| {
                        let ack = state
                            .append_events(vec![event("a", "i", n, &key(n))])
                            .unwrap()
                            .remove(0);
                        // What is acknowledged is in the next answer, and below the newest id.
                        let newest = state.newest().unwrap();
                        let seen = state.recent(ack.shopper, 999, newest).unwrap();
                        assert!(seen.iter().any(|e| e.id == ack.id));
                        ack.id
                    });
                    ids.collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(acked.len(), 200);
    assert_eq!(state.counts().unwrap().events, 200);
    assert_eq!(state.counts().unwrap().shoppers, 1);
}
