//! Others' shapes: GA4, Segment, and Shopify's webhooks.

use app::Live;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::sync::Arc;

use crate::shop::{
    ADMIN_KEY, Caller, PUBLISHABLE_KEY, Reply, SERVER_KEY, locked_settings, shared, untrained,
};

const SECRET: &str = "shopify-secret-of-the-tests";
const TOPIC: &str = "x-shopify-topic";
const SIGNATURE: &str = "x-shopify-hmac-sha256";

fn shopify(live: &Arc<Live>) -> Caller {
    let settings = app::config::ServeConfig {
        shopify_secret: Some(SECRET.to_owned()),
        shopify_currency: domain::Currency::CNY,
        ..locked_settings(live)
    };
    Caller::new(Arc::clone(live), settings)
}

fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    STANDARD.encode(mac.finalize().into_bytes())
}

async fn tell(caller: &Caller, topic: &'static str, body: &Value) -> Reply {
    let signed = signature(SECRET, body.to_string().as_bytes());
    let caller = caller.with(TOPIC, topic).with(SIGNATURE, signed);
    caller.post("/v1/webhooks/shopify", body.clone()).await
}

fn product() -> Value {
    json!({"id": 7, "handle": "shopify-tee", "title": "Tee", "body_html": "<p>Soft &amp; light</p><script>x</script>",
        "status": "active", "variants": [{"id": 71, "sku": "T-S", "price": "19.90"}]})
}

fn order(customer: i64) -> Value {
    json!({"id": 900 + customer, "created_at": "2026-06-01T08:30:00Z", "cancelled_at": "2026-06-02T08:30:00Z",
        "currency": "CNY", "customer": {"id": customer},
        "line_items": [{"product_id": 7, "variant_id": 71, "sku": "T-S", "quantity": 1, "price": "19.90"}]})
}

#[tokio::test]
async fn a_product_is_put_bought_returned_and_taken_out() {
    let live = untrained();
    let caller = shopify(&live);
    let put = tell(&caller, "products/create", &product()).await.ok();
    assert_eq!(put, json!({"outcome": "items", "changed": 1}));
    assert_eq!(tell(&caller, "products/update", &product()).await.ok()["changed"], 0);
    let server = caller.with_key(SERVER_KEY);
    let item = server.get("/v1/items/shopify-tee").await.ok();
    assert_eq!(item["description"], "Soft & light", "mark-up becomes plain text");
    assert_eq!(item["price"], json!({"minor": 1990, "currency": "CNY"}));

    let bought = json!({"outcome": "events", "accepted": 1, "known": 0});
    assert_eq!(tell(&caller, "orders/create", &order(1)).await.ok(), bought);
    let paid = tell(&caller, "orders/paid", &order(1)).await.ok();
    assert_eq!(paid["known"], 1, "one order is one purchase");
    tell(&caller, "orders/cancelled", &order(1)).await.ok();
    let export = server.get("/v1/shoppers/1/export").await.ok();
    let seen: Vec<_> =
        export["events"].as_array().unwrap().iter().map(|e| (&e["kind"], &e["item_id"])).collect();
    assert_eq!(
        seen,
        [(&json!("purchase"), &json!("shopify-tee")), (&json!("refund"), &json!("shopify-tee"))]
    );

    assert_eq!(tell(&caller, "products/delete", &json!({"id": 7})).await.ok()["changed"], 1);
    assert_eq!(server.get("/v1/items/shopify-tee").await.error(404), "no_item");
    assert_eq!(tell(&caller, "products/delete", &json!({"id": 7})).await.ok()["changed"], 0);
}

#[tokio::test]
async fn what_the_privacy_rules_ask_is_done_or_said() {
    let live = untrained();
    let caller = shopify(&live);
    let nobody = json!({"shop_id": 1, "customer": {"id": 5}, "orders_requested": []});
    assert_eq!(tell(&caller, "customers/data_request", &nobody).await.ok()["path"], Value::Null);
    tell(&caller, "orders/create", &order(5)).await.ok();
    let asked = tell(&caller, "customers/data_request", &nobody).await.ok();
    let server = caller.with_key(SERVER_KEY);
    assert_eq!(
        server.get(asked["path"].as_str().unwrap()).await.ok()["events"].as_array().unwrap().len(),
        1
    );
    assert_eq!(tell(&caller, "customers/redact", &nobody).await.ok()["found"], true);
    assert_eq!(server.get("/v1/shoppers/5/export").await.error(404), "no_shopper");
    assert_eq!(tell(&caller, "customers/redact", &nobody).await.ok()["found"], false);
    let shop = tell(&caller, "shop/redact", &json!({"shop_id": 1})).await;
    assert_eq!((shop.status.as_u16(), &shop.json()["outcome"]), (202, &json!("erase_shop")));
}

#[tokio::test]
async fn nothing_is_taken_whose_signature_is_not_that_of_the_body() {
    let live = untrained();
    let caller = shopify(&live).with(TOPIC, "products/create");
    let body = product();
    let forged = [
        caller.clone(),
        caller.with(SIGNATURE, signature("another-secret", body.to_string().as_bytes())),
        caller.with(SIGNATURE, signature(SECRET, b"{}")),
        caller.with(SIGNATURE, "not base64!"),
        caller.with(SIGNATURE, ""),
    ];
    for forger in forged {
        let reply = forger.post("/v1/webhooks/shopify", body.clone()).await;
        assert_eq!(reply.error(401), "bad_signature");
    }
    let admin = caller.with_key(ADMIN_KEY).post("/v1/webhooks/shopify", body).await;
    assert_eq!(admin.error(401), "bad_signature", "no key stands in for a signature");
    assert!(live.item(&domain::ItemId::new("shopify-tee").unwrap()).is_none());
}

#[tokio::test]
async fn without_a_secret_and_for_other_topics_the_error_says_what_to_do() {
    let live = shared();
    let unset = Caller::new(Arc::clone(&live), locked_settings(&live));
    let reply = tell(&unset, "products/create", &product()).await;
    assert_eq!(reply.error(404), "no_webhooks");
    let caller = shopify(&live);
    assert_eq!(tell(&caller, "carts/update", &json!({})).await.error(422), "bad_topic");
    assert_eq!(
        tell(&caller, "orders/paid", &json!({"customer": {"id": 1}})).await.error(422),
        "bad_request"
    );
    assert_eq!(tell(&caller, "products/create", &json!([1])).await.error(422), "bad_request");
}

#[tokio::test]
async fn bodies_of_ga4_and_segment_are_taken_as_they_are() {
    let caller = Caller::open();
    let ga4 = json!({"client_id": "c-77", "events": [
        {"name": "view_item", "params": {"items": [{"item_id": "item-1"}]}},
        {"name": "page_view", "params": {}}]});
    assert_eq!(caller.post("/v1/events", ga4).await.ok()["accepted"], 1);
    let call = |person: Value, id: &str| {
        json!({"type": "track", "event": "Product Added", "userId": person,
        "anonymousId": "v-77", "messageId": id, "properties": {"product_id": "item-2"}})
    };
    let batch = json!({"batch": [call(Value::Null, "m1"), call(json!("ann-77"), "m2")]});
    let first = caller.post("/v1/events", batch.clone()).await.ok();
    assert_eq!((&first["accepted"], &first["identified"]), (&json!(2), &json!(1)));
    let again = caller.post("/v1/events", batch).await.ok();
    assert_eq!(
        (&again["accepted"], &again["known"], &again["identified"]),
        (&json!(0), &json!(2), &Value::Null)
    );
    let export = caller.get("/v1/shoppers/ann-77/export").await.ok();
    assert_eq!(export["events"].as_array().unwrap().len(), 2, "the visit is part of the history");
    let mixed = json!([call(json!("ann-77"), "m3"), {"shopper": "ann-77", "kind": "view", "item_id": "item-3"}]);
    assert_eq!(caller.post("/v1/events", mixed).await.ok()["accepted"], 2);
    let wrong = json!({"client_id": "c", "events": [{"name": "view_item", "params": {"items": [{"price": 1}]}}]});
    assert_eq!(caller.post("/v1/events", wrong).await.error(422), "unreadable");
}

#[tokio::test]
async fn a_foreign_body_with_the_same_idempotency_key_adds_nothing() {
    let caller = Caller::open().with("idempotency-key", "foreign-1");
    let body = json!({"client_id": "c-78", "events": [{"name": "view_item", "params": {"items": [{"item_id": "item-1"}]}}]});
    let attempts =
        tokio::join!(caller.post("/v1/events", body.clone()), caller.post("/v1/events", body));
    attempts.0.ok();
    attempts.1.ok();
    let export = caller.get("/v1/shoppers/anonymous:c-78/export").await.ok();
    assert_eq!(export["events"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_token_speaks_for_its_shopper_in_any_shape_and_claims_no_visitor() {
    let live = shared();
    let caller = Caller::new(Arc::clone(&live), locked_settings(&live));
    let token =
        caller.with_key(SERVER_KEY).post("/v1/tokens", json!({"shopper": "ann-79"})).await.ok();
    let page =
        caller.with_key(PUBLISHABLE_KEY).with("x-candor-token", token["token"].as_str().unwrap());
    let call = |person: &str| {
        json!({"type": "track", "event": "Product Viewed", "userId": person,
        "anonymousId": "victim-79", "messageId": "m", "properties": {"product_id": "item-1"}})
    };
    let mine = page.post("/v1/events", call("ann-79")).await.ok();
    assert_eq!((&mine["accepted"], &mine["identified"]), (&json!(1), &Value::Null));
    assert_eq!(page.post("/v1/events", call("bob-79")).await.error(403), "forbidden");
    let visitor = json!({"client_id": "x", "events": [{"name": "view_item", "params": {"items": [{"item_id": "item-2"}]}}]});
    assert_eq!(page.post("/v1/events", visitor).await.ok()["accepted"], 1);
    let server = caller.with_key(SERVER_KEY);
    let export = server.get("/v1/shoppers/ann-79/export").await.ok();
    assert_eq!(export["events"].as_array().unwrap().len(), 2);
    assert_eq!(
        server.get("/v1/shoppers/anonymous:victim-79/export").await.error(404),
        "no_shopper"
    );
}
