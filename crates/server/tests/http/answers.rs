//! Recommendations, and reading them again.

use serde_json::{Value, json};

use crate::shop::{Caller, open_settings, untrained};

fn claims(answer: &Value) -> Vec<&Value> {
    let items = answer["items"].as_array().unwrap();
    let reasons = items.iter().flat_map(|item| item["reasons"].as_array().unwrap());
    reasons.flat_map(|reason| reason["claims"].as_array().unwrap()).collect()
}

#[tokio::test]
async fn a_known_shopper_gets_items_with_verified_reasons() {
    let body = json!({"shopper": "shopper-0", "k": 5, "lang": "en"});
    let answer = Caller::open().post("/v1/recommendations", body).await.ok();
    let items = answer["items"].as_array().unwrap();
    assert_eq!(items.len(), 5);
    assert_eq!((&answer["profiled"], &answer["simulated"]), (&json!(true), &json!(true)));
    for item in items {
        let parts = item["signals"].as_object().unwrap().values();
        let sum: f64 = parts.map(|part| part.as_f64().unwrap()).sum();
        assert!((sum - item["score"].as_f64().unwrap()).abs() < 1e-4, "{item}");
    }
    assert!(!claims(&answer).is_empty());
    assert!(claims(&answer).iter().all(|claim| claim["verdict"] == "verified"));
}

#[tokio::test]
async fn reasons_come_in_the_language_asked_for() {
    let caller = Caller::open();
    for (lang, expected) in [("zh", true), ("en", false)] {
        let body = json!({"shopper": "shopper-1", "k": 1, "lang": lang});
        let answer = caller.post("/v1/recommendations", body).await.ok();
        let reason = &answer["items"][0]["reasons"][0];
        assert_eq!(reason["lang"], lang);
        let first = reason["text"].as_str().unwrap().chars().next().unwrap();
        assert_eq!(!first.is_ascii(), expected, "{reason}");
    }
}

#[tokio::test]
async fn an_event_posted_is_in_the_next_answer() {
    let caller = Caller::open();
    let ask = json!({"shopper": "new-in-next-answer", "k": 3});
    let before = caller.post("/v1/recommendations", ask.clone()).await.ok();
    assert_eq!(before["profiled"], false);
    let event = json!({"shopper": "new-in-next-answer", "kind": "purchase", "item_id": "item-6"});
    assert_eq!(caller.post("/v1/events", event).await.ok()["accepted"], 1);
    let after = caller.post("/v1/recommendations", ask).await.ok();
    assert_eq!(after["profiled"], true);
    let evidence = claims(&after).iter().flat_map(|c| c["evidence"].as_array().unwrap()).count();
    assert!(evidence > 0, "no claim rests on the event: {after}");
    assert!(after["items"].as_array().unwrap().iter().all(|item| item["item_id"] != "item-6"));
}

#[tokio::test]
async fn a_visit_without_a_name_has_a_history_too() {
    let caller = Caller::open();
    let event = json!({"session": "visit-1", "kind": "view", "item_id": "item-4"});
    caller.post("/v1/events", event).await.ok();
    let answer = caller.post("/v1/recommendations", json!({"session": "visit-1"})).await.ok();
    assert_eq!(answer["profiled"], true);
}

#[tokio::test]
async fn nothing_of_the_history_is_used_after_opting_out() {
    let caller = Caller::open();
    let path = "/v1/shoppers/shopper-2/preferences";
    caller.put(path, json!({"profiling": false})).await.ok();
    let answer = caller.post("/v1/recommendations", json!({"shopper": "shopper-2"})).await.ok();
    assert_eq!(answer["profiled"], false);
    assert!(claims(&answer).iter().all(|claim| claim["evidence"] == json!([])));
}

#[tokio::test]
async fn a_delivered_answer_can_be_read_again_and_verified() {
    let caller = Caller::open();
    let ask = json!({"shopper": "shopper-3", "k": 4, "lang": "zh"});
    let answer = caller.post("/v1/recommendations", ask).await.ok();
    let path = format!("/v1/recommendations/{}", answer["request_id"].as_str().unwrap());
    let again = caller.get(&path).await.ok();
    assert_eq!(again["items"], answer["items"]);
    assert_eq!(again.get("audit"), None);
    let audit = &caller.get(&format!("{path}?verify=true")).await.ok()["audit"];
    assert_eq!(audit["n_verified"], claims(&answer).len());
    assert_eq!((&audit["n_failed"], &audit["n_broken"]), (&json!(0), &json!(0)), "{audit}");
}

#[tokio::test]
async fn a_bundle_holds_the_sentences_and_rows_of_an_answer_and_names_nobody() {
    let caller = Caller::open();
    let body = json!({"shopper": "shopper-0", "k": 5, "lang": "en"});
    let answer = caller.post("/v1/recommendations", body).await.ok();
    let path = format!("/v1/recommendations/{}/bundle", answer["request_id"].as_str().unwrap());
    let (one, other) = (caller.get(&path).await, caller.get(&path).await.ok());
    let bundle = one.ok();
    let told = |item: &Value| {
        let sentences = item["reasons"][0]["sentences"].as_array().unwrap();
        sentences.iter().map(|sentence| sentence["text"].clone()).collect::<Vec<_>>()
    };
    for (item, listed) in answer["items"].as_array().unwrap().iter().zip(0..) {
        assert_eq!(*bundle["list"][listed]["sentences"].as_array().unwrap(), told(item));
    }
    let is_own = |row: &&Value| row["who"] == bundle["reader"];
    assert!(bundle["rows"].as_array().unwrap().iter().any(|row| is_own(&row)));
    assert!(!one.text.contains("shopper-"), "somebody is named");
    assert_ne!(bundle["reader"], other["reader"], "a name holds in two bundles");
    assert_eq!(caller.get("/v1/recommendations/none/bundle").await.error(404), "no_answer");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_the_field() {
    let caller = Caller::open();
    let cases = [
        (json!({"k": 0}), "bad_request", "k"),
        (json!({"k": "ten"}), "unreadable", "ten"),
        (json!({"shoper": "ann"}), "unreadable", "shoper"),
        (json!({"shopper": " "}), "unreadable", "shopper id"),
        (json!({"filters": {"price": {"min": 2, "max": 1}}}), "bad_request", "filters.price"),
    ];
    for (body, code, named) in cases {
        let reply = caller.post("/v1/recommendations", body).await;
        assert_eq!(reply.error(422), code);
        assert!(reply.text.contains(named), "{} should name {named}", reply.text);
    }
    assert_eq!(caller.get("/v1/recommendations/nowhere").await.error(404), "no_answer");
    assert_eq!(caller.get("/v1/recommendations/a?verify=2").await.error(400), "bad_query");
}

#[tokio::test]
async fn broken_json_is_refused_with_line_and_column() {
    let caller = Caller::open();
    let reply =
        caller.send(axum::http::Method::POST, "/v1/recommendations", b"{\n \"k\":,}".to_vec());
    let reply = reply.await;
    assert_eq!(reply.error(400), "bad_json");
    assert!(reply.text.contains("line 2 column 6"), "{}", reply.text);
    let plain = caller.with("content-type", "text/plain");
    let reply = plain.post("/v1/recommendations", json!({})).await;
    assert_eq!(reply.error(415), "wrong_content_type");
}

#[tokio::test]
async fn a_shop_without_a_model_says_so() {
    let live = untrained();
    let settings = open_settings(&live);
    let caller = Caller::new(live, settings);
    assert_eq!(caller.post("/v1/recommendations", json!({})).await.error(503), "not_ready");
    assert_eq!(caller.get("/health/ready").await.error(503), "not_ready");
    caller.get("/health/live").await.ok();
    assert!(caller.get("/").await.text.contains("role=\"alert\""));
    assert_eq!(caller.get("/v1/transparency").await.ok()["signals"], json!([]));
}
