//! Whatever is sent: no 5xx, no panic, and an error that says what is wrong.

use std::sync::LazyLock;

use axum::http::Method;
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::shop::{Caller, Reply, open_settings, untrained};

const WRITES: [(&str, &str); 11] = [
    ("POST", "/v1/events"),
    ("POST", "/v1/reviews"),
    ("POST", "/v1/recommendations"),
    ("POST", "/v1/cards"),
    ("POST", "/v1/tokens"),
    ("PUT", "/v1/items"),
    ("PUT", "/v1/items/hostile"),
    ("PATCH", "/v1/items/item-1"),
    ("PUT", "/v1/shoppers/hostile/preferences"),
    ("POST", "/v1/ask"),
    ("POST", "/v1/webhooks/shopify"),
];

/// A trained shop that hostile callers may spoil.
fn send(method: &str, path: &str, body: Vec<u8>) -> Reply {
    static CALLER: LazyLock<(Runtime, Caller)> = LazyLock::new(|| {
        let live = untrained();
        live.train(&|_| {}).unwrap();
        let settings = open_settings(&live);
        (Runtime::new().unwrap(), Caller::new(live, settings))
    });
    let (runtime, caller) = &*CALLER;
    let caller = caller.with("content-type", "application/json");
    let method: Method = method.parse().unwrap();
    runtime.block_on(async { caller.send(method, path, body).await })
}

fn fine(reply: &Reply, sent: &[u8]) -> Result<(), TestCaseError> {
    let sent = String::from_utf8_lossy(sent);
    prop_assert!(reply.status.as_u16() < 500, "{} for {sent}", reply.text);
    if reply.status.is_client_error() {
        prop_assert!(reply.json()["error"]["hint"].is_string(), "{} for {sent}", reply.text);
    }
    Ok(())
}

/// Names that mean something here, so that values reach deep into the handlers.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "shopper",
            "session",
            "kind",
            "item_id",
            "time",
            "quantity",
            "price",
            "currency",
            "events",
            "items",
            "reviews",
            "k",
            "filters",
            "seed_items",
            "context",
            "lang",
            "title",
            "zh",
            "en",
            "minor",
            "rating",
            "text",
            "profiling",
            "language",
            "attributes",
            "category",
            "min",
            "max",
            "now",
            "available_since",
            "message_id",
            "zone_minutes",
        ])
        .prop_map(str::to_owned),
        ".{0,6}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0_i64..200).prop_map(Value::from),
        proptest::sample::select(vec!["view", "purchase", "item-1", "shopper-1", "CNY", "zh"])
            .prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(name(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_json_breaks_a_write(body in value(), write in 0..WRITES.len()) {
        let (method, path) = WRITES[write];
        let body = body.to_string().into_bytes();
        fine(&send(method, path, body.clone()), &body)?;
    }

    #[test]
    fn no_almost_right_event_or_request_breaks_anything(field in name(), wrong in value()) {
        let mut event = json!({"shopper": "almost", "kind": "view", "item_id": "item-1"});
        event[&field] = wrong.clone();
        let body = event.to_string().into_bytes();
        fine(&send("POST", "/v1/events", body.clone()), &body)?;
        let mut request = json!({"shopper": "shopper-1", "k": 3});
        request[&field] = wrong.clone();
        let body = request.to_string().into_bytes();
        fine(&send("POST", "/v1/recommendations", body.clone()), &body)?;
        let mut item = json!({"title": "almost"});
        item[&field] = wrong;
        let body = item.to_string().into_bytes();
        fine(&send("PUT", "/v1/items/almost", body.clone()), &body)?;
    }

    #[test]
    fn no_bytes_break_a_write(
        body in proptest::collection::vec(any::<u8>(), 1..64),
        write in 0..WRITES.len(),
    ) {
        let (method, path) = WRITES[write];
        fine(&send(method, path, body.clone()), &body)?;
    }

    #[test]
    fn no_path_or_query_breaks_a_read(text in "[!-~]{0,40}", read in 0..5_usize) {
        let escaped: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let path = match read {
            0 => format!("/v1/items/{escaped}"),
            1 => format!("/v1/items?cursor={escaped}"),
            2 => format!("/?id={escaped}&lang={escaped}"),
            3 => format!("/v1/recommendations/{escaped}?verify=true"),
            _ => format!("/v1/shoppers/{escaped}/export"),
        };
        fine(&send("GET", &path, Vec::new()), text.as_bytes())?;
    }
}

#[test]
fn the_extremes_of_a_request_break_nothing() {
    let extremes = [
        json!({"context": {"now": i64::MAX, "zone_minutes": i32::MIN}}),
        json!({"context": {"now": i64::MIN}, "shopper": "shopper-1"}),
        json!({"filters": {"price": {"min": -1e308, "max": 1e308}}}),
        json!({"k": 100, "seed_items": vec!["item-1"; 1000]}),
        json!({"k": 100, "filters": {"exclude": vec!["item-1"; 1000], "in_stock": false}}),
    ];
    for body in extremes {
        let body = body.to_string().into_bytes();
        fine(&send("POST", "/v1/recommendations", body.clone()), &body).unwrap();
    }
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(send("POST", "/v1/events", deep.into_bytes()).error(400), "bad_json");
    let item =
        json!({"available_since": i64::MIN, "price": {"minor": i64::MAX, "currency": "CNY"}});
    let body = item.to_string().into_bytes();
    fine(&send("PUT", "/v1/items/item-2", body.clone()), &body).unwrap();
    let body = br#"{"shopper":"shopper-1","k":100}"#.to_vec();
    fine(&send("POST", "/v1/recommendations", body.clone()), &body).unwrap();
    fine(&send("GET", "/?lang=en", Vec::new()), b"").unwrap();
}
