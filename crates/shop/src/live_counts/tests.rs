use std::collections::{BTreeMap, BTreeSet};

use claims::{PopularScope, Window};
use domain::EventTime;
use proptest::prelude::*;

use super::*;

fn event(n: u128, shopper: i64, item: u8, kind: EventKind, time: EventTime) -> StoredEvent {
    StoredEvent {
        id: IngestId(n),
        shopper: ShopperId(shopper),
        kind,
        item_id: id(item),
        time,
        quantity: 1,
        price: None,
        session: None,
        request_id: None,
        region: None,
        device: None,
        zone_minutes: None,
    }
}

fn id(item: u8) -> ItemId {
    ItemId::new(format!("i{item}")).unwrap()
}

fn review(n: u128, shopper: i64, item: u8) -> StoredReview {
    StoredReview {
        id: IngestId(n),
        shopper: ShopperId(shopper),
        item_id: id(item),
        time: EventTime::Ordinal(0),
        rating: None,
        title: String::new(),
        text: "The smell is wonderful. 物流很慢".to_owned(),
    }
}

/// Everything that is asked of live counts, about every item.
fn told(counts: &LiveCounts) -> Vec<String> {
    let season = Circumstance::Season(domain::Season::Winter);
    let of_item = |a: u8| {
        let relations = [Relation::Bought, Relation::Viewed].map(|relation| {
            let pairs = (0..5).map(|b| counts.shoppers_then(&id(a), &id(b), relation));
            (counts.shoppers_of(&id(a), relation), pairs.collect::<Vec<_>>())
        });
        let (said, buyers) = (counts.opinions(&id(a)), counts.buyers_in(Some(&id(a)), &season));
        format!("{relations:?} {said:?} {buyers:?}")
    };
    let active = [Relation::Bought, Relation::Viewed].map(|relation| counts.n_active(relation));
    let whole = format!("{active:?} {:?}", counts.buyers_in(None, &season));
    (0..5).map(of_item).chain([whole]).collect()
}

proptest! {
    #[test]
    fn a_join_counts_as_if_the_visitor_had_been_the_person_all_along(
        rows in prop::collection::vec((0_i64..8, 0_u8..5, 0_u8..4), 0..60),
        joins in prop::collection::btree_map(4_i64..8, 0_i64..4, 0..4),
    ) {
        let (mut joined, mut together) = (LiveCounts::default(), LiveCounts::default());
        for (n, &(shopper, item, kind)) in rows.iter().enumerate() {
            let (n, person) = (n as u128 + 1, *joins.get(&shopper).unwrap_or(&shopper));
            let time = EventTime::At(Timestamp(1_767_200_000_000 + n as i64));
            let kinds = [EventKind::Purchase, EventKind::View, EventKind::Exposure];
            for (counts, who) in [(&mut joined, shopper), (&mut together, person)] {
                match kinds.get(usize::from(kind)) {
                    Some(kind) => counts.add_event(&event(n, who, item, *kind, time)),
                    None => counts.add_review(&review(n, who, item)),
                }
            }
        }
        for (n, (visitor, person)) in joins.iter().enumerate() {
            let id = IngestId(1000 + n as u128);
            joined.join(&Joined { id, visitor: ShopperId(*visitor), shopper: ShopperId(*person) });
        }
        prop_assert_eq!(told(&joined), told(&together));
    }

    #[test]
    fn counts_of_shoppers_are_those_of_a_plain_recount(
        rows in prop::collection::vec((0_i64..8, 0_u8..5, 0_u8..2, 0_u32..20), 0..80),
    ) {
        let mut counts = LiveCounts::default();
        let mut times: BTreeMap<(u8, u8, i64), BTreeSet<u32>> = BTreeMap::new();
        for (n, &(shopper, item, kind, ordinal)) in rows.iter().enumerate() {
            let kind_of = [EventKind::Purchase, EventKind::View][usize::from(kind)];
            let time = EventTime::Ordinal(ordinal);
            counts.add_event(&event(n as u128 + 1, shopper, item, kind_of, time));
            times.entry((kind, item, shopper)).or_default().insert(ordinal);
        }
        for (kind, relation) in [(0, Relation::Bought), (1, Relation::Viewed)] {
            let of = |item| times.iter().filter(move |((k, i, _), _)| (*k, *i) == (kind, item));
            for a in 0..5 {
                prop_assert_eq!(counts.shoppers_of(&id(a), relation) as usize, of(a).count());
                for b in 0..5 {
                    let pairs = of(a).filter_map(|((_, _, s), first)| {
                        times.get(&(kind, b, *s)).map(|then| (first, then))
                    });
                    let both = pairs.clone().count();
                    let then = pairs.filter(|(f, t)| f.first() < t.last()).count();
                    prop_assert_eq!(counts.shoppers_of_both(&id(a), &id(b), relation) as usize, both);
                    prop_assert_eq!(counts.shoppers_then(&id(a), &id(b), relation) as usize, then);
                }
            }
        }
    }
}

#[test]
fn a_window_counts_only_recent_buyers() {
    let day = |n: i64| EventTime::At(Timestamp(1_600_000_000_000 + n * domain::time::DAY_MS));
    let mut counts = LiveCounts::default();
    for (n, time) in [(1, day(0)), (2, day(40)), (3, day(41))] {
        counts.add_event(&event(n, n as i64, 1, EventKind::Purchase, time));
    }
    let until = counts.latest().unwrap();
    let entry = counts.entry(&id(1)).unwrap();
    assert_eq!(counts.buyers(entry, Window::AllTime), 3);
    assert_eq!(counts.buyers(entry, Window::Days { days: 30, until }), 2);
}

#[test]
fn a_deleted_item_is_remembered_as_deleted() {
    let mut counts = LiveCounts::default();
    let stored = |n, item| StoredItem { version: IngestId(n), item };
    counts.add_item(&id(1), &stored(1, Some(Item::bare(id(1)))));
    counts.add_item(&id(1), &stored(2, None));
    assert!(counts.entry(&id(1)).unwrap().deleted);
    assert_eq!(counts.as_of(), IngestId(2));
    assert!(counts.buyers_in_scope(Window::AllTime, &PopularScope::Shop).is_empty());
}

#[test]
fn an_item_is_popular_in_each_of_its_categories() {
    let mut counts = LiveCounts::default();
    let (cups, sale) = (Text::from("Cups"), Text::from("Sale"));
    for (n, further) in [(1, true), (2, false)] {
        let mut item = Item::bare(id(n));
        item.add_categories(vec![Text::from("Home"), cups.clone()]);
        if further {
            item.add_categories(vec![sale.clone()]);
        }
        let version = StoredItem { version: IngestId(u128::from(n)), item: Some(item) };
        counts.add_item(&id(n), &version);
    }
    counts.add_event(&event(9, 1, 1, EventKind::Purchase, EventTime::Ordinal(0)));
    let buyers = |category: &Text| {
        let scope = PopularScope::Category { category: category.clone() };
        counts.buyers_in_scope(Window::AllTime, &scope)
    };
    assert_eq!((buyers(&cups), buyers(&sale)), (vec![1, 0], vec![1]));
}
