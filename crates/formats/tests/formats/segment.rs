use domain::{EventKind, EventTime, Timestamp};
use formats::{Format, Options};
use serde_json::{Value, json};

use crate::{Given, given};

fn read(calls: &[Value]) -> Given {
    let lines: Vec<String> = calls.iter().map(Value::to_string).collect();
    given(Format::Segment, &Options::default(), lines.join("\r\n").as_bytes())
}

/// Every field that the Segment spec documents of a product, once.
fn whole_product() -> Value {
    json!({
        "product_id": "507f1f77", "sku": "G-32", "name": "手机壳", "brand": "Acme",
        "category": "Phones > Cases", "variant": "200 pieces", "price": 19, "quantity": 2,
        "coupon": "MAY", "position": 3, "url": "https://shop.example/p", "image_url": "https://shop.example/p.jpg"
    })
}

#[expect(clippy::needless_pass_by_value, reason = "tests write the properties in place")]
fn call(event: &str, properties: Value) -> Value {
    json!({
        "type": "track", "event": event, "userId": "ann", "anonymousId": "v-1", "messageId": format!("m-{event}"),
        "timestamp": "2026-06-01T08:30:00+08:00", "sentAt": "2026-06-01T00:30:05Z",
        "receivedAt": "2026-06-01T00:30:06Z", "version": 2, "integrations": {},
        "context": {"sessionId": "s-9", "location": {"country": "CN"}, "device": {"type": "mobile"}},
        "properties": properties,
    })
}

fn order() -> Value {
    json!({
        "checkout_id": "c", "order_id": "50314b", "affiliation": "Store", "total": 27.5, "subtotal": 22.5,
        "revenue": 25, "shipping": 3, "tax": 2, "discount": 2.5, "coupon": "HAPPY", "currency": "USD",
        "products": [whole_product(), {"sku": "G-33", "price": "9.90"}],
    })
}

#[test]
fn an_order_keeps_all_it_says_of_each_product() {
    let given = read(&[call("Order Completed", order())]);
    let event = &given.events[0];
    assert_eq!((event.kind, event.quantity), (EventKind::Purchase, 2));
    assert_eq!(event.item_id.as_str(), "507f1f77");
    assert_eq!(event.price.unwrap().to_string(), "19.00 USD");
    assert_eq!(event.time, EventTime::At(Timestamp::parse("2026-06-01T00:30:00Z").unwrap()));
    assert_eq!((event.zone_minutes, event.device.as_deref()), (Some(480), Some("phone")));
    assert_eq!((event.session.as_deref(), event.region.as_deref()), (Some("s-9"), Some("CN")));
    assert_eq!(event.order.as_deref(), Some("50314b"));
    assert_eq!(given.events[1].item_id.as_str(), "G-33");
    assert_eq!(given.mentions[0].categories.len(), 2);
    assert_eq!(given.identities, [("anonymous:v-1".to_owned(), "ann".to_owned())]);
}

#[test]
fn every_documented_call_has_its_meaning() {
    let list = json!({"list_id": "r01ARZ3NDEKTSV4RRFFQ69G5FAV", "category": "x", "products": [whole_product()]});
    let calls = [
        ("Product List Viewed", list, EventKind::Exposure),
        ("Product Clicked", whole_product(), EventKind::Click),
        ("Product Viewed", whole_product(), EventKind::View),
        ("Product Added", whole_product(), EventKind::Cart),
        ("Product Removed", whole_product(), EventKind::Uncart),
        ("Order Completed", order(), EventKind::Purchase),
        ("Order Refunded", order(), EventKind::Refund),
        ("Product Reviewed", whole_product(), EventKind::Rate),
    ];
    for (event, properties, kind) in calls {
        let given = read(&[call(event, properties)]);
        assert_eq!(given.events[0].kind, kind, "{event}");
        assert_eq!(given.events[0].request_id.is_some(), kind == EventKind::Exposure, "{event}");
    }
}

#[test]
fn a_review_becomes_an_event_and_a_review() {
    let said = json!({"product_id": "p", "review_id": "r", "review_body": "很好", "rating": "5"});
    let given = read(&[call("Product Reviewed", said)]);
    assert_eq!(given.reviews[0].text, "很好");
    assert_eq!(given.reviews[0].rating.unwrap().stars(), 5.0);
    let given = read(&[
        call("Product Viewed", whole_product()),
        call("Product Reviewed", json!({"product_id": "p", "rating": 11})),
    ]);
    assert!(given.left_out().contains("`properties.rating` is outside"), "{}", given.left_out());
    assert_eq!(given.events.len(), 2, "the call stays without its stars");
}

#[test]
fn a_retried_message_is_the_same_event_and_an_order_is_bought_once() {
    let given = read(&[
        call("Product Viewed", whole_product()),
        call("Product Viewed", whole_product()),
        call("Order Completed", order()),
    ]);
    assert_eq!(given.events[0].source_key, given.events[1].source_key);
    let mut keys = given.keys();
    keys.dedup();
    assert_eq!(keys.len(), 3, "two products of an order are two events: {keys:?}");
}

#[test]
fn calls_without_an_id_are_named_by_their_content() {
    let mut bare = call("Product Viewed", whole_product());
    bare.as_object_mut().unwrap().remove("messageId");
    let keys = || {
        let given = read(&[bare.clone(), bare.clone()]);
        given.keys().into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(keys(), keys());
    assert_ne!(keys()[0], keys()[1]);
}

#[test]
fn identification_is_told_once_and_by_any_call() {
    let identify = json!({"type": "identify", "userId": "ann", "anonymousId": "v-1", "traits": {"email": "x"}});
    let page = json!({"type": "page", "anonymousId": "v-2", "name": "Home"});
    let given = read(&[identify.clone(), page, identify, call("Product Viewed", whole_product())]);
    assert_eq!(given.identities.len(), 1);
    assert_eq!(given.summary.left_out["calls `identify`, which are about no product"], 2);
}

#[test]
fn posthog_wraps_the_same_events() {
    let viewed = |who: &str, more: Value| {
        let mut properties = whole_product();
        properties.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"event": "Product Viewed", "distinct_id": who, "uuid": "u-1", "timestamp": "2026-06-01T00:30:00Z", "properties": properties})
    };
    let login = json!({"event": "$identify", "distinct_id": "ann", "properties": {"$anon_distinct_id": "v-7"}});
    let given = read(&[
        viewed("v-7", json!({})),
        login,
        json!({"api_key": "phc", "batch": [viewed("ann", json!({"$is_identified": true}))]}),
    ]);
    let subjects: Vec<_> =
        given.events.iter().map(|e| e.subject.as_ref().unwrap().as_str()).collect();
    assert_eq!(subjects, ["anonymous:v-7", "ann"]);
    assert_eq!(given.identities, [("anonymous:v-7".to_owned(), "ann".to_owned())]);
    assert_eq!(given.events[0].source_key, "message:u-1");
}

#[test]
fn each_wrong_or_missing_field_is_named() {
    let with = |field: &str, value: Value| {
        let mut call = call("Product Viewed", whole_product());
        call.as_object_mut().unwrap().insert(field.to_owned(), value);
        call
    };
    let mut timeless = with("timestamp", Value::Null);
    for name in ["sentAt", "receivedAt"] {
        timeless.as_object_mut().unwrap().remove(name);
    }
    let wrong = [
        (with("properties", json!({"name": "x"})), "names no product"),
        (with("properties", json!("x")), "field `properties` must be an object, not a text"),
        (with("properties", json!({"products": [{"name": "x"}]})), "products[0]: has neither"),
        (with("properties", json!({"products": 7})), "must be a list, not a number"),
        (with("userId", json!(["a"])), "field `userId` must be a text, not a list"),
        (timeless, "has no time"),
        (json!({"batch": [with("userId", json!({}))]}), "batch[0]: field `userId`"),
    ];
    for (bad, expected) in wrong {
        let given = read(&[call("Product Viewed", whole_product()), bad.clone()]);
        assert!(given.only_cause().contains(expected), "{:?} for {bad}", given.only_cause());
    }
    for (odd, expected) in [
        (
            with("properties", json!({"sku": "s", "price": "much", "currency": "CNY"})),
            "`price` is not",
        ),
        (
            with("properties", json!({"sku": "s", "currency": "nuggets"})),
            "`properties.currency` is not",
        ),
        (with("timestamp", json!("3/4/2011")), "`timestamp` could be two days"),
        (
            json!({"batch": [with("userId", json!({})), call("Product Viewed", whole_product())]}),
            "`batch` has a part",
        ),
    ] {
        let given = read(std::slice::from_ref(&odd));
        assert!(given.left_out().contains(expected), "{} for {odd}", given.left_out());
        assert_eq!((given.events.len(), given.rejects.len()), (1, 0), "{odd}");
    }
}
