//! Many collectors at once lose nothing, and answers given meanwhile stay true.

use std::collections::BTreeSet;

use domain::EventKind;

use super::inspect::{differences, faults};
use super::small_shop::{OwnShop, event, item_id, request_of, shopper, trained};

const N_COLLECTORS: usize = 8;
const N_EVENTS: usize = 50;

/// One collector: its events go to shoppers and items that others write to as well.
fn collect(shop: &OwnShop, collector: usize) -> Vec<domain::IngestId> {
    let kinds = [EventKind::View, EventKind::Purchase, EventKind::Click, EventKind::Cart];
    let one = |n: usize| {
        let item = item_id(&format!("S{:04}", 1 + (n * 7 + collector) % 40));
        let who = shopper((n + collector) % 20);
        let key = format!("collector {collector} event {n}");
        shop.collector
            .collect(vec![event(&who, kinds[n % kinds.len()], &item, &key)])
            .unwrap()
            .remove(0)
    };
    (0..N_EVENTS)
        .map(one)
        .map(|ack| {
            assert!(ack.fresh);
            assert!(ack.id <= shop.counts().as_of(), "acknowledged but not counted");
            ack.id
        })
        .collect()
}

#[test]
fn collectors_at_once_lose_nothing_and_answers_meanwhile_stay_true() {
    let shop = trained();
    let before = shop.shop().state().counts().unwrap().events;
    let ids: Vec<_> = std::thread::scope(|scope| {
        let shop = &shop;
        let collectors: Vec<_> =
            (0..N_COLLECTORS).map(|n| scope.spawn(move || collect(shop, n))).collect();
        for n in 0..30 {
            let answer = shop.recommender.recommend(&request_of(&shopper(n % 20))).unwrap();
            assert_eq!(faults(&answer), [""; 0]);
        }
        collectors.into_iter().flat_map(|collector| collector.join().unwrap()).collect()
    });
    let n_events = N_COLLECTORS * N_EVENTS;
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), n_events);
    assert_eq!(shop.shop().state().counts().unwrap().events, before + n_events as u64);
    assert_eq!(differences(&shop.counts(), &shop.shop().count().unwrap()), [""; 0]);

    let report = audit::audit(shop.shop()).unwrap();
    assert!(report.is_clean(), "{report:?}");
    assert_eq!(report.n_answers, 30);
    let shop = shop.reopened();
    assert_eq!(shop.shop().state().counts().unwrap().events, before + n_events as u64);
}
