use domain::{Currency, Money, SubjectId};
use proptest::prelude::*;

use super::*;

const NOW: Timestamp = Timestamp(1_323_388_800_000); // 2011-12-09

fn sale() -> EventRecord {
    let time = EventTime::At(Timestamp(1_291_191_960_000));
    EventRecord {
        subject: Some(SubjectId::new("17850").unwrap()),
        price: Some(Money { minor: 255, currency: Currency::GBP }),
        order: Some("536365".to_owned()),
        ..EventRecord::bare(
            ItemId::new("85123A").unwrap(),
            EventKind::Purchase,
            time,
            "k".to_owned(),
        )
    }
}

fn priced(minor: i64) -> Option<Money> {
    Some(Money { minor, currency: Currency::GBP })
}

fn cleaner(off: &[Rule]) -> Cleaner {
    let config = CleanConfig { off: off.iter().copied().collect(), ..CleanConfig::default() };
    Cleaner::new(&config, NOW).unwrap()
}

#[test]
fn a_sale_is_kept_as_it_is_and_its_order_is_its_visit() {
    let event = cleaner(&[]).event(sale()).unwrap();
    assert_eq!((event.kind, event.quantity), (EventKind::Purchase, 1));
    assert_eq!(event.session.as_deref(), Some("536365"));
    assert_eq!(event.price, priced(255));
}

#[test]
fn each_rule_drops_what_it_names_and_lets_it_pass_when_switched_off() {
    let cases = [
        (Rule::NonProductCode, EventRecord { item_id: ItemId::new("post").unwrap(), ..sale() }),
        (
            Rule::NonProductCode,
            EventRecord { item_id: ItemId::new("gift_0001_20").unwrap(), ..sale() },
        ),
        (Rule::NonProductCode, EventRecord { item_id: ItemId::new("m").unwrap(), ..sale() }),
        (Rule::ZeroQuantity, EventRecord { quantity: 0, ..sale() }),
        (Rule::NegativeQuantity, EventRecord { quantity: -3, ..sale() }),
        (Rule::NonPositivePrice, EventRecord { price: priced(-5), ..sale() }),
        (
            Rule::FutureTime,
            EventRecord { time: EventTime::At(Timestamp(NOW.0 + 2 * 86_400_000)), ..sale() },
        ),
    ];
    for (rule, record) in cases {
        let mut strict = cleaner(&[]);
        assert_eq!(strict.event(record.clone()), None, "{rule:?}");
        assert_eq!(strict.into_counts()[&rule], RuleCount { matched: 1, dropped: 1 }, "{rule:?}");
        let kept = cleaner(&[rule]).event(record).unwrap();
        assert!(kept.quantity >= 1, "{rule:?}");
    }
}

#[test]
fn rules_of_invoices_do_not_apply_to_views_and_a_price_of_zero_is_none() {
    let view = EventRecord { kind: EventKind::View, quantity: 0, price: priced(0), ..sale() };
    for (record, price) in [
        (EventRecord { price: priced(0), ..sale() }, None),
        (view.clone(), None),
        (EventRecord { quantity: -2, price: priced(-5), ..view.clone() }, None),
        (EventRecord { price: priced(5), ..view }, priced(5)),
    ] {
        let mut cleaner = cleaner(&[]);
        let event = cleaner.event(record).unwrap();
        assert_eq!((event.price, event.quantity), (price, 1));
        let count = cleaner.into_counts()[&Rule::NonPositivePrice];
        assert_eq!(count, RuleCount { matched: u64::from(price.is_none()), dropped: 0 });
    }
}

#[test]
fn products_are_not_taken_for_postage() {
    for code in ["85123A", "DCGS0003", "POSTER", "1", "22", "红", "C21", "gift"] {
        let record = EventRecord { item_id: ItemId::new(code).unwrap(), ..sale() };
        assert!(cleaner(&[]).event(record).is_some(), "{code}");
    }
}

#[test]
fn a_cancellation_becomes_a_refund_and_is_counted() {
    let mut cleaner = cleaner(&[]);
    let cancelled = EventRecord { order: Some("C536379".to_owned()), quantity: -4, ..sale() };
    let event = cleaner.event(cancelled).unwrap();
    assert_eq!((event.kind, event.quantity), (EventKind::Refund, 4));
    assert_eq!(cleaner.into_counts()[&Rule::CancelledOrder], RuleCount { matched: 1, dropped: 0 });
}

#[test]
fn an_order_number_that_begins_with_c_is_no_cancellation_by_itself() {
    let ordinary = EventRecord { order: Some("C2024001".to_owned()), ..sale() };
    assert_eq!(cleaner(&[]).event(ordinary).unwrap().kind, EventKind::Purchase);
}

#[test]
fn without_the_rule_of_cancellations_they_are_dropped_and_never_purchases() {
    let cancelled = EventRecord { order: Some("C1".to_owned()), quantity: -4, ..sale() };
    assert_eq!(cleaner(&[Rule::CancelledOrder]).event(cancelled), None);
}

#[test]
fn a_missing_shopper_is_always_dropped() {
    assert_eq!(cleaner(&[]).event(EventRecord { subject: None, ..sale() }), None);
    let off = CleanConfig { off: [Rule::MissingShopper].into(), ..CleanConfig::default() };
    let refused = Cleaner::new(&off, NOW).unwrap_err().to_string();
    assert!(refused.contains("needs a shopper"), "{refused}");
}

#[test]
fn a_record_that_meets_two_rules_is_matched_by_both_and_dropped_by_one() {
    let mut cleaner = cleaner(&[]);
    cleaner.event(EventRecord { subject: None, price: priced(0), ..sale() });
    let counts = cleaner.into_counts();
    assert_eq!(counts[&Rule::MissingShopper], RuleCount { matched: 1, dropped: 1 });
    assert_eq!(counts[&Rule::NonPositivePrice], RuleCount { matched: 1, dropped: 0 });
}

#[test]
fn postage_is_no_item_and_has_no_reviews() {
    let mut cleaner = cleaner(&[]);
    assert!(!cleaner.keeps_item(&Item::bare(ItemId::new("POST").unwrap())));
    assert!(cleaner.keeps_item(&Item::bare(ItemId::new("85123A").unwrap())));
}

#[test]
fn every_rule_comes_back_from_its_name() {
    for rule in Rule::ALL {
        assert_eq!(rule.name().parse::<Rule>().unwrap(), rule);
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.name());
    }
    assert!("tidy".parse::<Rule>().is_err());
}

proptest! {
    #[test]
    fn what_is_read_is_kept_or_dropped_once(
        records in proptest::collection::vec((any::<bool>(), -3_i64..3, -2_i64..3, any::<bool>()), 0..50)
    ) {
        let mut cleaner = cleaner(&[]);
        let n_read = records.len() as u64;
        let mut n_kept = 0;
        for (is_known, quantity, minor, is_cancelled) in records {
            let mut record = EventRecord { quantity, price: priced(minor), ..sale() };
            if !is_known { record.subject = None; }
            if is_cancelled { record.order = Some("C1".to_owned()); }
            n_kept += u64::from(cleaner.event(record).is_some_and(|event| event.quantity >= 1));
        }
        let n_dropped: u64 = cleaner.into_counts().values().map(|count| count.dropped).sum();
        prop_assert_eq!(n_kept + n_dropped, n_read);
    }
}

#[test]
fn what_the_catalogue_lists_is_a_product_whatever_its_code_is() {
    let mut cleaner = cleaner(&[]);
    let sale_of =
        |code: &str| EventRecord { item_id: ItemId::new(code).unwrap(), line: 7, ..sale() };
    for code in ["C2", "M", "POST"] {
        cleaner.list(&ItemId::new(code).unwrap());
        assert!(cleaner.event(sale_of(code)).is_some(), "{code}");
    }
    assert!(cleaner.event(sale_of("DOT")).is_none());
    let dropped = &cleaner.dropped()[&Rule::NonProductCode];
    assert_eq!(dropped, &[DroppedRow { line: 7, item_id: ItemId::new("DOT").unwrap() }]);
}
