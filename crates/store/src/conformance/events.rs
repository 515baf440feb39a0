//! Events: taken in once, in order, and given back as of any id.

use super::*;

pub(super) fn an_empty_shop_answers_every_question(state: &dyn State) {
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

pub(super) fn an_event_comes_back_as_it_was_sent(state: &dyn State) {
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

pub(super) fn a_retry_is_acknowledged_with_the_first_id(state: &dyn State) {
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

pub(super) fn the_same_source_key_of_two_shoppers_is_two_events(state: &dyn State) {
    let acks = state.append_events(vec![event("a", "i", 0, "k"), event("b", "i", 0, "k")]).unwrap();
    assert!(acks.iter().all(|ack| ack.fresh));
    assert_ne!(acks[0].shopper, acks[1].shopper);
    assert_eq!(state.counts().unwrap().shoppers, 2);
}

pub(super) fn recent_is_newest_first_by_time_and_stops_at_as_of(state: &dyn State) {
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

pub(super) fn what_was_only_shown_is_kept_but_is_no_history(state: &dyn State) {
    let shown = Event { kind: EventKind::Exposure, ..event("a", "shown", 2, "2") };
    let batch = vec![event("a", "seen", 1, "1"), shown, event("a", "liked", 3, "3")];
    let acks = state.append_events(batch).unwrap();
    let recent = |n| state.recent(acks[0].shopper, n, FAR).unwrap();
    assert_eq!(items_of(&recent(2)), ["liked", "seen"]);
    assert_eq!(scanned(state, FAR).len(), 3);
    assert_eq!(state.export(&subject("a")).unwrap().unwrap().events.len(), 3);
}

pub(super) fn ordinals_keep_their_order(state: &dyn State) {
    let ordinal = |n: u32| Event {
        time: EventTime::Ordinal(n),
        ..event("a", &format!("i{n}"), 0, &n.to_string())
    };
    let acks = state.append_events(vec![ordinal(2), ordinal(0), ordinal(1)]).unwrap();
    let recent = state.recent(acks[0].shopper, 9, FAR).unwrap();
    assert_eq!(items_of(&recent), ["i2", "i1", "i0"]);
    assert_eq!(recent[0].time, EventTime::Ordinal(2));
}

pub(super) fn ids_rise_with_the_order_of_writing(state: &dyn State) {
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

pub(super) fn a_scan_goes_by_shopper_and_time_and_a_replay_by_id(state: &dyn State) {
    let batch =
        (0..40).map(|n| event(["a", "b", "c"][n % 3], "i", (n as i64 * 7) % 11, &n.to_string()));
    let acks = state.append_events(batch.collect()).unwrap();
    let events = scanned(state, FAR);
    let key = |e: &StoredEvent| (e.shopper, e.time, e.id);
    assert_eq!(events.len(), 40);
    assert!(events.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
    let mut ids = Vec::new();
    state.replay_events(acks[20].id, &mut every(|e: StoredEvent| ids.push(e.id))).unwrap();
    assert_eq!(ids, acks[..=20].iter().map(|ack| ack.id).collect::<Vec<_>>());
    assert_eq!(scanned(state, acks[20].id).len(), 21);
}

pub(super) fn a_question_may_be_asked_during_a_scan(state: &dyn State) {
    state.append_events(vec![event("a", "i", 0, "1"), event("b", "i", 0, "2")]).unwrap();
    let mut n_recent = 0;
    state
        .scan_events(
            FAR,
            &mut every(|e: StoredEvent| n_recent += state.recent(e.shopper, 9, FAR).unwrap().len()),
        )
        .unwrap();
    assert_eq!(n_recent, 2);
}

pub(super) fn writes_from_many_threads_are_all_there(state: &dyn State) {
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
                        // An acknowledged event is in the next answer, and below the newest id.
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

pub(super) fn a_line_of_an_order_counts_once_whoever_tells_of_it(state: &dyn State) {
    let told = |who: &str, key: &str, at| {
        state.append_events(vec![event(who, "i", at, key)]).unwrap()[0].clone()
    };
    let first = told("anonymous:1", "order:1001:i", 0);
    let again = told("ann", "order:#1001:i", 5);
    assert_eq!((again.fresh, again.id), (false, first.id));
    assert!(told("ann", "order:1002:i", 6).fresh && told("ann", "order:1001:j", 7).fresh);
    let mut rows = [HistoryRow::Event(event("bob", "i", 9, "order:1002:i"))].into_iter();
    let report = state.load_history(&mut rows, &mut |_| ()).unwrap();
    assert_eq!(report.events.fresh, 1, "two people of one source have an order each");
    assert!(
        !told("bob@shop.example", "order:1002:i", 9).fresh
            && !told("session:9", "order:1002:i", 9).fresh
    );
    state.erase(&subject("anonymous:1")).unwrap().unwrap();
    assert!(told("ann", "order:1001:i", 0).fresh, "what was erased is told by nobody");
}

pub(super) fn an_address_is_one_shopper_in_any_case(state: &dyn State) {
    let events = ["Ann@Shop.example", "ann@shop.example", "ANN"].map(|who| event(who, "i", 0, who));
    let acks = state.append_events(events.to_vec()).unwrap();
    assert_eq!(acks[0].shopper, acks[1].shopper);
    assert_eq!(
        state.shopper(&subject("ann")).unwrap(),
        None,
        "names that are no address differ by case"
    );
    let mut rows = [HistoryRow::Event(event("ANN@shop.example", "j", 1, "k"))].into_iter();
    state.load_history(&mut rows, &mut |_| ()).unwrap();
    assert_eq!(state.counts().unwrap().shoppers, 2);
    assert_eq!(state.export(&subject("aNN@shop.example")).unwrap().unwrap().events.len(), 3);
    state.erase(&subject("ann@SHOP.example")).unwrap().unwrap();
    assert!(state.erased_at(&subject("Ann@shop.example")).unwrap().is_some());
}
