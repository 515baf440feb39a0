use domain::{EventKind, EventTime, Money, Text};
use formats::{Format, Options};
use serde_json::{Value, json};

use crate::{Given, given};

fn read(rows: &[Value]) -> Given {
    let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
    given(Format::Ga4, &Options::default(), lines.join("\n").as_bytes())
}

/// Every field of an item that GA4 documents, once.
fn whole_item() -> Value {
    json!({
        "item_id": "SKU_1", "item_name": "口红 A", "affiliation": "Beauty Store", "coupon": "SUMMER",
        "discount": 2.22, "index": 0, "item_brand": "花西子", "item_category": "Beauty",
        "item_category2": "Make-up", "item_category3": "Lips", "item_category4": "Matte",
        "item_category5": "Red", "item_list_id": "r01ARZ3NDEKTSV4RRFFQ69G5FAV",
        "item_list_name": "Related", "item_variant": "red", "location_id": "L1",
        "price": 10.01, "quantity": 3
    })
}

/// A row of the BigQuery export, which writes whole numbers as texts.
fn purchase() -> Value {
    json!({
        "event_date": "20240102", "event_timestamp": "1704153600000000", "event_name": "purchase",
        "event_params": [
            {"key": "ga_session_id", "value": {"string_value": null, "int_value": "77"}},
            {"key": "currency", "value": {"string_value": "CNY"}},
            {"key": "value", "value": {"double_value": 30.03}},
            {"key": "page_title", "value": {"string_value": "Thank you"}},
        ],
        "event_previous_timestamp": null, "event_value_in_usd": 4.2,
        "event_bundle_sequence_id": "12", "batch_event_index": 3,
        "user_id": "ann", "user_pseudo_id": "1.2", "user_properties": [],
        "device": {"category": "mobile", "time_zone_offset_seconds": "28800"},
        "geo": {"continent": "Asia", "country": "China"},
        "ecommerce": {"transaction_id": "T1", "total_item_quantity": 3},
        "items": [whole_item()],
    })
}

fn with(mut row: Value, field: &str, value: Value) -> Value {
    row.as_object_mut().unwrap().insert(field.to_owned(), value);
    row
}

#[test]
fn a_purchase_of_the_export_keeps_all_it_says() {
    let given = read(&[purchase()]);
    let event = &given.events[0];
    assert_eq!((event.kind, event.quantity), (EventKind::Purchase, 3));
    assert_eq!(event.subject.as_ref().unwrap().as_str(), "ann");
    assert_eq!(event.time, EventTime::At(domain::Timestamp(1_704_153_600_000)));
    assert_eq!(event.price.unwrap().to_string(), "10.01 CNY");
    assert_eq!((event.order.as_deref(), event.session.as_deref()), (Some("T1"), Some("77")));
    assert_eq!((event.region.as_deref(), event.device.as_deref()), (Some("China"), Some("phone")));
    assert_eq!(event.zone_minutes, Some(480));
    assert_eq!(event.request_id.as_ref().unwrap().as_str(), "r01ARZ3NDEKTSV4RRFFQ69G5FAV");
    let item = &given.mentions[0];
    assert_eq!((item.title.clone(), item.brand.clone()), ("口红 A".into(), "花西子".into()));
    let path = ["Beauty", "Make-up", "Lips", "Matte", "Red"].map(Text::from);
    assert_eq!(item.categories, path);
    assert_eq!(given.identities, [("anonymous:1.2".to_owned(), "ann".to_owned())]);
}

#[test]
fn every_documented_event_has_its_meaning() {
    let kinds = [
        ("view_item", EventKind::View),
        ("view_item_list", EventKind::Exposure),
        ("select_item", EventKind::Click),
        ("add_to_cart", EventKind::Cart),
        ("add_to_wishlist", EventKind::Wish),
        ("remove_from_cart", EventKind::Uncart),
        ("begin_checkout", EventKind::Cart),
        ("purchase", EventKind::Purchase),
        ("refund", EventKind::Refund),
    ];
    for (name, kind) in kinds {
        let given = read(&[with(purchase(), "event_name", name.into())]);
        assert_eq!(given.events[0].kind, kind, "{name}");
    }
}

#[test]
fn a_body_of_the_measurement_protocol_is_read_as_its_events() {
    let body = json!({
        "client_id": "c.1", "user_id": "ann", "timestamp_micros": "1704153600000000",
        "non_personalized_ads": false, "user_properties": {"tier": {"value": "gold"}},
        "user_location": {"country_id": "CN"}, "device": {"category": "desktop"},
        "events": [
            {"name": "add_to_cart", "params": {"currency": "USD", "value": 7.77, "session_id": "s",
             "engagement_time_msec": 100, "items": [{"item_name": "Pen", "price": 7.77}]}},
            {"name": "view_item_list", "timestamp_micros": 1_704_153_601_000_000_u64, "params": {
             "item_list_id": "r01ARZ3NDEKTSV4RRFFQ69G5FAV", "items": [{"item_id": "a"}, {"item_id": "b"}]}},
        ],
    });
    let given = read(&[body]);
    let seen: Vec<_> = given.events.iter().map(|e| (e.item_id.as_str(), e.kind)).collect();
    assert_eq!(
        seen,
        [("Pen", EventKind::Cart), ("a", EventKind::Exposure), ("b", EventKind::Exposure)]
    );
    assert_eq!(given.events[0].price, Some(Money::parse("7.77", domain::Currency::USD).unwrap()));
    assert_eq!(given.events[0].region.as_deref(), Some("CN"));
    assert!(given.events[2].request_id.is_some(), "the list's answer is that of its items");
    let keys: std::collections::BTreeSet<_> = given.keys().into_iter().collect();
    assert_eq!(keys.len(), 3, "{keys:?}");
}

#[test]
fn each_wrong_or_missing_field_is_named() {
    let item = |field: &str, value: Value| {
        with(purchase(), "items", json!([whole_item(), with(whole_item(), field, value)]))
    };
    let no_name = json!([{"item_brand": "x"}]);
    let wrong = [
        (with(purchase(), "items", no_name), "items[0]: has neither `item_id` nor `item_name`"),
        (with(purchase(), "items", json!("x")), "field `items` must be a list, not a text"),
        (with(purchase(), "event_timestamp", json!("soon")), "field `event_timestamp`"),
        (with(purchase(), "event_timestamp", Value::Null), "has no time"),
        (with(purchase(), "event_name", Value::Null), "field `event_name` is missing"),
        (json!({"client_id": "1", "events": [{"params": {}}]}), "events[0]: field `name`"),
        (json!([1]), "not a JSON object"),
    ];
    for (row, expected) in wrong {
        let given = read(&[purchase(), row.clone()]);
        assert!(given.only_cause().contains(expected), "{:?} for {row}", given.only_cause());
    }
    let odd = [
        (item("price", json!("free")), 2, "`price` is not an amount"),
        (item("price", json!([1])), 2, "`price` must be a number, not a list"),
        (item("price", json!(0)), 2, "`price` of 0"),
        (item("quantity", json!(1.5)), 2, "`quantity` is not a whole number"),
        (item("item_category3", json!(true)), 2, "`item_category3` must be a text"),
        (with(purchase(), "geo", json!(1)), 1, "`geo` must be an object, not a number"),
        (item("item_id", json!({})), 1, "`items` has a part that cannot be read"),
    ];
    for (row, n_events, expected) in odd {
        let given = read(std::slice::from_ref(&row));
        assert!(given.left_out().contains(expected), "{} for {row}", given.left_out());
        assert_eq!((given.events.len(), given.rejects.len()), (n_events, 0), "{row}");
    }
}

#[test]
fn a_body_with_one_wrong_event_gives_the_others() {
    let view = json!({"name": "view_item", "params": {"items": [{"item_id": "2"}]}});
    let nameless = json!({"name": "view_item", "params": {"items": [{"price": 1}]}});
    let body = json!({"client_id": "v", "timestamp_micros": "1704153600000000", "events": [nameless, view]});
    let given = read(&[body]);
    assert_eq!((given.events.len(), given.rejects.len()), (1, 0));
    let places: Vec<_> = given.summary.first_left_out.values().map(|place| &place.got).collect();
    assert!(places.iter().any(|got| got.contains("events[0]: items[0]")), "{places:?}");
}

#[test]
fn a_price_without_a_currency_is_left_out_and_the_event_stays() {
    let value = json!([{"key": "value", "value": {"int_value": 5}}]);
    for params in [value, json!([])] {
        let given = read(&[with(purchase(), "event_params", params)]);
        assert_eq!((given.events.len(), given.events[0].price), (1, None));
        assert!(given.left_out().contains("`price` has no currency"), "{}", given.left_out());
    }
}

#[test]
fn each_event_has_its_own_currency() {
    let yen = with(
        purchase(),
        "event_params",
        json!([{"key": "currency", "value": {"string_value": "JPY"}}]),
    );
    let given = read(&[purchase(), yen]);
    let prices: Vec<_> = given.events.iter().map(|e| e.price.map(|p| p.to_string())).collect();
    assert_eq!(prices[0].as_deref(), Some("10.01 CNY"));
    assert_ne!(prices[0], prices[1]);
}

#[test]
fn more_than_two_hundred_items_are_refused() {
    let items = |n: usize| with(purchase(), "items", vec![whole_item(); n].into());
    let given = read(&[items(200), items(201)]);
    assert_eq!(given.events.len(), 200);
    assert!(given.only_cause().contains("at most 200"));
}

#[test]
fn events_about_no_product_are_counted_and_still_tell_who_a_visitor_is() {
    let login = with(purchase(), "event_name", "login".into());
    let given = read(&[purchase(), login.clone(), with(login, "user_id", "bob".into())]);
    assert_eq!((given.events.len(), given.summary.accepted), (1, 3));
    assert_eq!(given.summary.left_out["events `login`, which are about no product"], 2);
    assert_eq!(given.identities.len(), 2);
}

#[test]
fn one_transaction_is_one_purchase_by_whichever_way_it_came() {
    let again = with(purchase(), "event_timestamp", "1704153600999999".into());
    let given = read(&[purchase(), again]);
    assert_eq!(given.events[0].source_key, given.events[1].source_key);
    let other = with(purchase(), "event_name", "view_item".into());
    let later = with(other.clone(), "event_timestamp", "1704153600999999".into());
    let given = read(&[other, later]);
    assert_ne!(given.events[0].source_key, given.events[1].source_key);
}

#[test]
fn a_visitor_is_never_mistaken_for_a_person_of_the_same_name() {
    let visitor = with(with(purchase(), "user_id", Value::Null), "user_pseudo_id", "ann".into());
    let given = read(&[visitor]);
    assert_eq!(given.events[0].subject.as_ref().unwrap().as_str(), "anonymous:ann");
    assert!(given.identities.is_empty());
}

#[test]
fn an_order_counts_once_whoever_loads_its_page_again_and_orders_without_a_number_all_count() {
    let bought = |who: &str, at: &str, order: Value, items: [&str; 2]| {
        let items = items.map(|id| json!({"item_id": id, "price": 5}));
        json!({"event_name": "purchase", "event_timestamp": at, "user_pseudo_id": who, "items": items,
            "ecommerce": {"transaction_id": order}})
    };
    let given = read(&[
        bought("1", "1704153600000000", json!("A-1"), ["x", "y"]),
        bought("1", "1704153700000000", json!("A-1"), ["y", "x"]),
        bought("2", "1704159900000000", json!("A-1"), ["x", "y"]),
        bought("3", "1704159900000000", json!("(not set)"), ["x", "y"]),
        bought("4", "1704159900000000", json!("(not set)"), ["x", "y"]),
        bought("5", "1704159900000000", json!(""), ["x", "y"]),
    ]);
    let mut of_order: Vec<_> = given.events.iter().filter(|e| e.order.is_some()).collect();
    assert!(of_order.iter().all(|e| e.subject.as_ref().unwrap().as_str() == "anonymous:1"));
    of_order.sort_by(|a, b| a.source_key.cmp(&b.source_key));
    of_order.dedup_by(|a, b| a.source_key == b.source_key);
    assert_eq!(of_order.len(), 2, "each item once");
    assert_eq!(given.events.iter().filter(|e| e.order.is_none()).count(), 6);
    assert_eq!(given.summary.left_out["purchases of an order that another shopper made before"], 1);
}
