//! Imports: whole histories, and their reports.

use super::*;

pub(super) fn imports_are_listed_newest_first(state: &dyn State) {
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
