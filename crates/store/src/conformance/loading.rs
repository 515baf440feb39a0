//! Imports: whole histories, and their reports.

use super::*;
use crate::{ImportRun, Loading, TakenIn};

pub(super) fn imports_are_listed_newest_first(state: &dyn State) {
    let record = |source: &str| ImportRecord {
        at: Timestamp(NOON),
        source: source.to_owned(),
        report: "{}".to_owned(),
        rejects: None,
        run: None,
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

pub(super) fn a_loaded_history_is_whole_and_sorted(state: &dyn State) {
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

pub(super) fn loading_twice_adds_nothing(state: &dyn State) {
    let rows = || history().into_iter().filter(|row| !matches!(row, HistoryRow::Item(_)));
    state.load_history(&mut rows(), &mut |_| ()).unwrap();
    let (newest, before) = (state.newest().unwrap(), scanned(state, FAR));
    let again = state.load_history(&mut rows(), &mut |_| ()).unwrap();
    assert_eq!((again.events.fresh, again.events.known), (0, 60));
    assert_eq!((again.reviews.fresh, again.reviews.known), (0, 1));
    assert_eq!(state.newest().unwrap(), newest);
    assert_eq!(scanned(state, FAR), before);
}

pub(super) fn loading_and_appending_share_shoppers(state: &dyn State) {
    let first = state.append_events(vec![event("a", "i", 0, "live")]).unwrap().remove(0);
    state.load_history(&mut history().into_iter(), &mut |_| ()).unwrap();
    assert_eq!(state.shopper(&subject("a")).unwrap(), Some(first.shopper));
    assert_eq!(state.recent(first.shopper, 99, FAR).unwrap().len(), 21);
    let again = state.append_events(vec![event("a", "i", 99, "1")]).unwrap().remove(0);
    assert!(!again.fresh, "a loaded row and a sent event with one key are one event");
}

/// Lets slices of ten rows through, until so many rows were taken in.
struct Told {
    taken: Vec<TakenIn>,
    slices: usize,
    most: usize,
}

impl Loading for Told {
    fn slice_rows(&self) -> usize {
        10
    }

    fn is_told(&self) -> bool {
        true
    }

    fn at(&mut self, _: crate::LoadProgress) {}

    fn through(
        &mut self,
        write: &mut dyn FnMut() -> Result<Vec<TakenIn>, StoreError>,
    ) -> Result<(), StoreError> {
        if self.taken.len() >= self.most {
            return Err(StoreError::Stopped);
        }
        self.slices += 1;
        self.taken.extend(write()?);
        Ok(())
    }
}

pub(super) fn a_load_hands_over_what_was_new_slice_by_slice(state: &dyn State) {
    let sent = state.append_events(vec![event("a", "i", 99, "1")]).unwrap().remove(0);
    let mut told = Told { taken: Vec::new(), slices: 0, most: usize::MAX };
    let join = HistoryRow::Join { visitor: subject("v"), person: subject("a") };
    let rows = history().into_iter().chain([join]);
    let report = state.load(&mut rows.into_iter(), &mut told).unwrap();
    assert_eq!((report.events.fresh, report.events.known), (59, 1));
    let (mut events, mut reviews, mut items, mut joins) = (Vec::new(), 0, Vec::new(), 0);
    for taken in told.taken {
        match taken {
            TakenIn::Event(event) => events.push(event),
            TakenIn::Review(_) => reviews += 1,
            TakenIn::Item(_, version) => items.push(version),
            TakenIn::Join(_) => joins += 1,
        }
    }
    assert_eq!((reviews, items.len(), joins), (1, 2, 1));
    let mut kept = scanned(state, FAR);
    kept.retain(|event| event.id != sent.id);
    kept.sort_by_key(|event| event.id);
    events.sort_by_key(|event| event.id);
    assert_eq!(events, kept);
    let newest = items.iter().max_by_key(|version| version.version).unwrap();
    assert_eq!(state.item(&item_id("i"), FAR).unwrap().as_ref(), Some(newest));
}

pub(super) fn a_load_that_is_not_let_through_leaves_the_rest_out(state: &dyn State) {
    let mut told = Told { taken: Vec::new(), slices: 0, most: 1 };
    let done = state.load(&mut history().into_iter(), &mut told);
    let n = scanned(state, FAR).len();
    // The embedded store writes its items first; the one in memory has one slice.
    match done {
        Err(StoreError::Stopped) => assert!(n < 60 && told.slices == 1, "{n}, {}", told.slices),
        done => assert_eq!((done.unwrap().events.fresh, n), (60, 60)),
    }
}

pub(super) fn an_import_is_found_by_its_name(state: &dyn State) {
    let record = |id: &str| ImportRecord {
        at: Timestamp(NOON),
        source: "csv a.csv".to_owned(),
        report: "{}".to_owned(),
        rejects: None,
        run: Some(ImportRun { id: id.to_owned(), about: r#"{"state":"done"}"#.to_owned() }),
    };
    state.record_import(&record("one")).unwrap();
    state.record_import(&record("two")).unwrap();
    assert_eq!(state.import("one").unwrap(), Some(record("one")));
    assert_eq!(state.imports(1).unwrap(), [record("two")]);
    assert_eq!(state.import("three").unwrap(), None);
}

pub(super) fn what_is_known_of_a_feed_is_replaced_and_forgotten(state: &dyn State) {
    let pair = |name: &str, known: &str| (name.to_owned(), known.to_owned());
    state.keep_feed("main", Some("1")).unwrap();
    state.keep_feed("main", Some("2")).unwrap();
    state.keep_feed("extra", Some("3")).unwrap();
    assert_eq!(state.feeds().unwrap(), [pair("extra", "3"), pair("main", "2")]);
    state.keep_feed("main", None).unwrap();
    assert_eq!(state.feeds().unwrap(), [pair("extra", "3")]);
}
