//! What shoppers decide, take away and have erased.

use serde_json::json;

use crate::shop::{Caller, open_settings, trained};

#[tokio::test]
async fn decisions_are_kept_and_unknown_ones_refused() {
    let caller = Caller::open();
    let path = "/v1/shoppers/decides/preferences";
    assert_eq!(caller.get(path).await.ok(), json!({"profiling": true, "language": null}));
    caller.put(path, json!({"profiling": false, "language": "zh"})).await.ok();
    assert_eq!(caller.get(path).await.ok(), json!({"profiling": false, "language": "zh"}));
    assert_eq!(caller.put(path, json!({"tracking": true})).await.error(422), "unreadable");
}

#[tokio::test]
async fn a_shopper_can_take_everything_away() {
    let caller = Caller::open();
    let export = caller.get("/v1/shoppers/shopper-5/export").await.ok();
    assert_eq!(export["subject"], "shopper-5");
    assert_eq!(export["events"].as_array().unwrap().len(), 4);
    assert_eq!(caller.get("/v1/shoppers/nobody/export").await.error(404), "no_shopper");
}

#[tokio::test]
async fn an_erased_shopper_is_gone_from_log_answers_and_models() {
    let live = trained();
    let caller = Caller::new(live.clone(), open_settings(&live));
    let old = live.model().unwrap().version.to_string();
    let answer = caller.post("/v1/recommendations", json!({"shopper": "shopper-4"})).await.ok();
    let erased = caller.delete("/v1/shoppers/shopper-4").await.ok();
    assert_eq!((&erased["events"], &erased["answers"]), (&json!(4), &json!(1)), "{erased}");
    assert_eq!(caller.get("/v1/shoppers/shopper-4/export").await.error(404), "no_shopper");
    let path = format!("/v1/recommendations/{}", answer["request_id"].as_str().unwrap());
    assert_eq!(caller.get(&path).await.error(404), "no_answer");
    let models = caller.get("/v1/models").await.ok();
    assert!(!models.to_string().contains(&old), "{models}");
    assert_eq!(caller.delete("/v1/shoppers/shopper-4").await.error(404), "no_shopper");
    let after = caller.post("/v1/recommendations", json!({"shopper": "shopper-4"})).await.ok();
    assert_eq!(after["profiled"], false);
}

#[tokio::test]
async fn an_old_event_sent_again_does_not_bring_an_erased_shopper_back() {
    let live = trained();
    let caller = Caller::new(live.clone(), open_settings(&live));
    caller.delete("/v1/shoppers/shopper-5").await.ok();
    let event =
        |at: &str| json!({"shopper": "shopper-5", "kind": "view", "item_id": "S0001", "time": at});
    let old = json!({"events": [event("2026-01-05T10:00:00Z"), event("2026-01-06T10:00:00Z")]});
    let answer = caller.post("/v1/events", old).await.ok();
    assert_eq!((&answer["accepted"], &answer["erased"]), (&json!(0), &json!(2)), "{answer}");
    assert_eq!(caller.get("/v1/shoppers/shopper-5/export").await.error(404), "no_shopper");
    // Whoever is there now is somebody new.
    let mut fresh = event("");
    fresh.as_object_mut().unwrap().remove("time");
    let answer = caller.post("/v1/events", fresh).await.ok();
    assert_eq!(answer["accepted"], json!(1), "{answer}");
    assert!(answer.get("erased").is_none());
}
