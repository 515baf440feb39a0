//! Properties of every history, not only of the examples.

use super::*;

/// Shopper, item and time of an event; the position is the source key.
type Row = (u8, u8, i64);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0..4u8, 0..6u8, 0..20i64), 0..60)
}

fn as_event(position: usize, (who, what, at): Row) -> Event {
    event(&format!("s{who}"), &format!("i{what}"), at, &position.to_string())
}

fn events(rows: &[Row]) -> Vec<Event> {
    rows.iter().enumerate().map(|(n, row)| as_event(n, *row)).collect()
}

/// Every shopper's history, without the numbers that are made at random.
fn told(state: &dyn State) -> BTreeMap<String, Vec<(String, i64)>> {
    let names = (0..4).map(|who| format!("s{who}"));
    let known = names.filter_map(|name| Some((state.shopper(&subject(&name)).unwrap()?, name)));
    known
        .map(|(shopper, name)| {
            let events = state.recent(shopper, usize::MAX, FAR).unwrap();
            let told = events.into_iter().map(|e| (e.item_id.to_string(), e.time.key()));
            (name, told.collect())
        })
        .collect()
}

fn sqlite() -> (tempfile::TempDir, crate::SqliteState) {
    let folder = tempfile::tempdir().unwrap();
    let state = crate::SqliteState::open(&folder.path().join("state.db")).unwrap();
    (folder, state)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_grouping_and_any_backend_tells_the_same_history(
        rows in rows(), cuts in prop::collection::vec(1..9usize, 1..30)
    ) {
        let (_folder, grouped) = sqlite();
        let whole = crate::MemoryState::new();
        whole.append_events(events(&rows)).unwrap();
        let mut left = events(&rows);
        for cut in cuts.iter().cycle() {
            if left.is_empty() { break; }
            let rest = left.split_off((*cut).min(left.len()));
            grouped.append_events(left).unwrap();
            left = rest;
        }
        prop_assert_eq!(told(&grouped), told(&whole));
        prop_assert_eq!(grouped.counts().unwrap(), whole.counts().unwrap());
    }

    #[test]
    fn a_re_import_adds_nothing(rows in rows()) {
        let (_folder, state) = sqlite();
        let load = || {
            let mut rows = events(&rows).into_iter().map(HistoryRow::Event);
            state.load_history(&mut rows, &mut |_| ()).unwrap()
        };
        let first = load();
        let (before, newest) = (told(&state), state.newest().unwrap());
        let again = load();
        prop_assert_eq!(again.events.fresh, 0);
        prop_assert_eq!(again.events.known, first.events.fresh);
        prop_assert_eq!((told(&state), state.newest().unwrap()), (before, newest));
    }

    #[test]
    fn a_load_tells_what_appending_in_order_of_time_tells(rows in rows()) {
        let (_folder, loaded) = sqlite();
        let appended = crate::MemoryState::new();
        let mut sorted = events(&rows);
        loaded.load_history(&mut sorted.clone().into_iter().map(HistoryRow::Event), &mut |_| ()).unwrap();
        sorted.sort_by_key(|e| e.time.key());
        appended.append_events(sorted).unwrap();
        prop_assert_eq!(told(&loaded), told(&appended));
    }

    #[test]
    fn what_was_erased_is_found_nowhere(rows in rows(), who in 0..4u8) {
        let (_folder, state) = sqlite();
        let acks = state.append_events(events(&rows)).unwrap();
        let name = format!("s{who}");
        let mut expected = told(&state);
        let theirs = expected.remove(&name);
        let shopper = acks.iter().find(|a| state.shopper(&subject(&name)).unwrap() == Some(a.shopper));
        let shopper = shopper.map(|ack| ack.shopper);
        let erased = state.erase(&subject(&name)).unwrap();
        prop_assert_eq!(erased.map(|e| e.events as usize), theirs.map(|t| t.len()));
        prop_assert_eq!(told(&state), expected);
        let mut replayed = scanned(&state, FAR);
        state.replay_events(FAR, &mut every(|e: StoredEvent| replayed.push(e))).unwrap();
        prop_assert!(replayed.iter().all(|e| Some(e.shopper) != shopper));
    }
}
