//! Events and reviews.

use serde_json::{Value, json};

use crate::shop::Caller;

fn view(shopper: &str, item: &str) -> Value {
    json!({"shopper": shopper, "kind": "view", "item_id": item})
}

async fn n_events(caller: &Caller, shopper: &str) -> usize {
    let export = caller.get(&format!("/v1/shoppers/{shopper}/export")).await.ok();
    export["events"].as_array().unwrap().len()
}

#[tokio::test]
async fn one_a_list_and_a_named_list_are_all_taken() {
    let caller = Caller::open();
    let one = view("forms", "item-1");
    let forms = [one.clone(), json!([one, one]), json!({"events": [one]})];
    for (form, n) in forms.into_iter().zip([1, 2, 1]) {
        let collected = caller.post("/v1/events", form).await.ok();
        assert_eq!(collected, json!({"accepted": n, "known": 0, "rejected": []}));
    }
    assert_eq!(n_events(&caller, "forms").await, 4);
}

#[tokio::test]
async fn bad_events_are_listed_and_the_rest_is_taken() {
    let batch = json!([view("part", "item-1"), {"kind": "view"}, 7, view("part", "item-2")]);
    let collected = Caller::open().post("/v1/events", batch).await.ok();
    assert_eq!(collected["accepted"], 2);
    let rejected = collected["rejected"].as_array().unwrap();
    assert_eq!(rejected.iter().map(|r| &r["index"]).collect::<Vec<_>>(), [1, 2]);
    assert!(rejected[0]["message"].as_str().unwrap().contains("item_id"));
}

#[tokio::test]
async fn a_batch_of_which_nothing_can_be_read_is_an_error() {
    let caller = Caller::open();
    for bad in [json!([]), json!({"events": 1}), json!([{"kind": "teleport"}]), json!("view")] {
        assert_eq!(caller.post("/v1/events", bad).await.error(422), "unreadable");
    }
}

#[tokio::test]
async fn a_retry_with_the_same_key_adds_nothing_and_says_the_same() {
    let caller = Caller::open().with("idempotency-key", "retry-1");
    let first = caller.post("/v1/events", view("retry", "item-1")).await;
    let second = caller.post("/v1/events", view("retry", "item-1")).await;
    assert_eq!(first.ok(), second.ok());
    assert_eq!(second.header("idempotent-replayed"), "true");
    assert_eq!(n_events(&caller, "retry").await, 1);
}

#[tokio::test]
async fn two_attempts_at_once_with_the_same_key_add_one_event() {
    let caller = Caller::open().with("idempotency-key", "at-once");
    let attempt = || caller.post("/v1/events", view("at-once", "item-1"));
    let (a, b, c) = tokio::join!(attempt(), attempt(), attempt());
    for reply in [a, b, c] {
        reply.ok();
    }
    assert_eq!(n_events(&caller, "at-once").await, 1);
}

#[tokio::test]
async fn one_idempotency_key_cannot_mean_two_things() {
    let caller = Caller::open().with("idempotency-key", "two-things");
    caller.post("/v1/events", view("two", "item-1")).await.ok();
    let other = caller.post("/v1/events", view("two", "item-2")).await;
    assert_eq!(other.error(409), "idempotency_key_reused");
    let long = Caller::open().with("idempotency-key", "x".repeat(256));
    let reply = long.post("/v1/events", view("two", "item-2")).await;
    assert_eq!(reply.error(400), "bad_idempotency_key");
}

#[tokio::test]
async fn a_message_sent_twice_is_known() {
    let caller = Caller::open();
    let mut event = view("twice", "item-1");
    event["message_id"] = json!("m1");
    assert_eq!(caller.post("/v1/events", event.clone()).await.ok()["known"], 0);
    assert_eq!(caller.post("/v1/events", event).await.ok()["known"], 1);
}

#[tokio::test]
async fn reviews_are_taken_once_per_shopper_and_item() {
    let caller = Caller::open();
    let review = json!({"shopper": "critic", "item_id": "item-1", "rating": 4.5, "text": "ok"});
    let nothing = json!({"shopper": "critic", "item_id": "item-1"});
    let six_stars = json!({"shopper": "critic", "item_id": "item-2", "rating": 6});
    let batch = json!({"reviews": [review, nothing, six_stars]});
    let first = caller.post("/v1/reviews", batch).await.ok();
    assert_eq!(first["accepted"], 1);
    let rejected: Vec<_> = first["rejected"].as_array().unwrap().iter().collect();
    assert!(rejected[1]["message"].as_str().unwrap().contains("rating"), "{first}");
    assert_eq!(caller.post("/v1/reviews", review).await.ok()["known"], 1);
    assert_eq!(caller.post("/v1/reviews", nothing).await.error(422), "unreadable");
}
