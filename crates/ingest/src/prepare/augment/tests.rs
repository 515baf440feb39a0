use domain::{Event, EventKind, EventTime, SubjectId, Timestamp};
use proptest::prelude::*;

use shop::clock::ShopClock;

use super::*;

fn item(id: &str, category: &str, minor: i64) -> Item {
    Item {
        categories: vec!["Shop".into(), category.into()],
        price: Some(Money { minor, currency: Currency::CNY }),
        ..Item::bare(ItemId::new(id).unwrap())
    }
}

fn event(time: EventTime, zone_minutes: Option<i32>) -> Event {
    Event {
        subject: SubjectId::new("u").unwrap(),
        kind: EventKind::View,
        item_id: ItemId::new("a").unwrap(),
        time,
        quantity: 1,
        price: None,
        session: None,
        request_id: None,
        region: None,
        device: None,
        zone_minutes,
        source_key: "k".to_owned(),
    }
}

fn at(raw: &str) -> EventTime {
    EventTime::At(Timestamp::parse(raw).unwrap())
}

#[test]
fn bands_are_the_quartiles_of_a_category_and_hold_its_latest_prices() {
    let mut survey = PriceSurvey::default();
    for n in 1..=8 {
        survey.see(&item(&format!("p{n}"), "Pens", n * 100));
    }
    survey.see(&item("p8", "Pens", 5000));
    for n in 1..=3 {
        survey.see(&item(&format!("i{n}"), "Ink", n));
    }
    let (bands, n_items) = survey.bands();
    assert_eq!(bands.len(), 1, "three prices are too few for four bands");
    let pens = &bands[0];
    assert_eq!(pens.category.as_deref(), Some("Pens"));
    let quartiles = [pens.lower_quartile, pens.median, pens.upper_quartile].map(|q| q.minor);
    assert_eq!(quartiles, [200, 400, 600]);
    assert_eq!(pens.band(Money { minor: 5000, currency: Currency::CNY }), Some(Band::Premium));
    assert_eq!(pens.band(Money { minor: 5000, currency: Currency::USD }), None);
    assert!(n_items.values().all(|&n| n == 2) && n_items.len() == 4);
}

#[test]
fn the_part_of_the_day_is_the_shoppers_own_then_the_shops() {
    let shanghai = ShopClock::new("Asia/Shanghai").unwrap();
    let time = at("2026-06-01T00:30:00Z");
    assert_eq!(shanghai.daypart(&event(time, None)), Some(Daypart::Morning));
    assert_eq!(shanghai.daypart(&event(time, Some(-300))), Some(Daypart::Evening));
    let london = ShopClock::new("Europe/London").unwrap();
    assert_eq!(
        london.daypart(&event(at("2026-06-01T05:30:00Z"), None)),
        Some(Daypart::Morning),
        "summer time"
    );
    assert_eq!(london.daypart(&event(at("2026-01-01T05:30:00Z"), None)), Some(Daypart::Night));
    assert!(ShopClock::new("Mars/Olympus").is_err());
}

#[test]
fn an_order_or_a_bare_date_has_no_part_of_the_day() {
    let clock = ShopClock::new("UTC").unwrap();
    let mut counts = DaypartCounts::default();
    for time in [EventTime::Ordinal(3), at("2018-06-14"), at("2018-06-14 00:00:01")] {
        counts.see(clock.daypart(&event(time, None)));
    }
    assert_eq!((counts.without_clock, counts.known[&Daypart::Night]), (2, 1));
}

proptest! {
    #[test]
    fn quartiles_are_prices_in_order_and_no_band_is_larger_than_a_quarter_of_distinct_prices(
        minors in proptest::collection::hash_set(1_i64..100_000, 4..60)
    ) {
        let prices: Vec<i64> = minors.iter().copied().collect();
        let band = PriceBand::of(None, Currency::CNY, prices.clone()).unwrap();
        let quartiles = [band.lower_quartile, band.median, band.upper_quartile].map(|q| q.minor);
        prop_assert!(quartiles.is_sorted() && quartiles.iter().all(|q| minors.contains(q)));
        let largest = prices.len().div_ceil(4);
        for wanted in [Band::Budget, Band::Moderate, Band::Upper, Band::Premium] {
            let is_in = |&&minor: &&i64| band.band(Money { minor, currency: Currency::CNY }) == Some(wanted);
            prop_assert!(prices.iter().filter(is_in).count() <= largest);
        }
    }
}
