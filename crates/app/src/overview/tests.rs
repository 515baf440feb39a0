use super::*;

const TODAY: i64 = 20_000;

fn counted(events: &[(i64, i64, EventKind, Option<&str>)]) -> Counted {
    let mut counted = Counted { until: TODAY, ..Counted::default() };
    for (shopper, day, kind, variant) in events {
        counted.add(ShopperId(*shopper), TODAY + day, *kind, *variant);
    }
    counted
}

#[test]
fn a_shopper_counts_once_a_day_and_as_a_buyer_if_they_bought_anything() {
    let (view, buy) = (EventKind::View, EventKind::Purchase);
    let events = [(1, 0, view, None), (1, 0, buy, None), (1, 0, view, None), (2, 0, view, None)];
    let (everybody, _) = counted(&events).days(2);
    assert_eq!(everybody, [Day { before: 0, n_shoppers: 2, n_bought: 1 }]);
}

#[test]
fn a_day_of_too_few_shoppers_is_not_told_of() {
    let view = EventKind::View;
    let events = [(1, -1, view, Some("e/a")), (1, 0, view, Some("e/a")), (2, 0, view, Some("e/b"))];
    let (everybody, by_variant) = counted(&events).days(2);
    assert_eq!(everybody.iter().map(|day| day.before).collect::<Vec<_>>(), [0]);
    assert!(by_variant.is_empty(), "{by_variant:?}");
}

#[test]
fn what_was_only_shown_and_what_is_long_past_is_no_visit() {
    let events = [(1, 0, EventKind::Exposure, None), (1, -DAYS, EventKind::View, None)];
    assert_eq!(counted(&events).days(1), (Vec::new(), BTreeMap::new()));
}
