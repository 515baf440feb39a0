//! Questions and corrections, over HTTP.

use axum::http::Method;
use serde_json::{Value, json};

use crate::shop::{Caller, PUBLISHABLE_KEY, SERVER_KEY, locked_settings, shared};

fn list(shopper: &str) -> Value {
    json!({"shopper": shopper, "k": 3, "lang": "en"})
}

async fn shown(caller: &Caller, shopper: &str) -> Vec<Value> {
    let answer = caller.post("/v1/recommendations", list(shopper)).await.ok();
    let items = answer["items"].as_array().unwrap().iter();
    items.map(|item| item["item_id"].clone()).collect()
}

#[tokio::test]
async fn a_question_in_words_is_answered_with_claims_and_without_sense_with_what_can_be_asked() {
    let caller = Caller::open();
    let items = shown(&caller, "shopper-6").await;
    let question = json!({"question": "is the first one in stock?", "list": list("shopper-6")});
    let answer = caller.post("/v1/ask", question).await.ok();
    assert_eq!(answer["intent"], "stock");
    assert_eq!(answer["understood"], json!({"intent": "stock", "item": items[0]}));
    assert_eq!(answer["claims"][0]["verdict"], "verified");
    assert_eq!(answer["sentences"][0]["claim_ids"], json!(["q1"]));
    let question = json!({"question": "what is the capital of Norway?", "list": list("shopper-6")});
    let answer = caller.post("/v1/ask", question).await.ok();
    assert_eq!((&answer["answered"], &answer["claims"]), (&json!(false), &json!([])));
    assert!(!answer["can_ask"].as_array().unwrap().is_empty());
    assert_eq!(caller.post("/v1/ask", json!({})).await.error(422), "bad_request");
}

#[tokio::test]
async fn whoever_asks_is_named_beside_the_question_or_in_its_list() {
    let caller = Caller::open();
    let items = shown(&caller, "shopper-6").await;
    let question = json!({"shopper": "shopper-6", "item": items[0], "question": "why this one?"});
    let answer = caller.post("/v1/ask", question).await.ok();
    assert_eq!(answer["understood"], json!({"intent": "why", "item": items[0]}));
    assert_eq!(answer["answered"], true);
    let two = json!({"shopper": "shopper-6", "question": "why?", "list": list("shopper-7")});
    assert_eq!(caller.post("/v1/ask", two).await.error(422), "bad_request");
    // A token speaks for its own shopper alone, wherever another is named.
    let live = shared();
    let locked = Caller::new(shared(), locked_settings(&live));
    let asked = json!({"shopper": "shopper-6"});
    let token = locked.with_key(SERVER_KEY).post("/v1/tokens", asked).await.ok();
    let widget = locked.with_key(PUBLISHABLE_KEY);
    let widget = widget.with("x-candor-token", token["token"].as_str().unwrap());
    for other in [json!({"shopper": "shopper-7"}), json!({"list": list("shopper-7")})] {
        let mut question = other;
        question["question"] = json!("what do you know about me?");
        assert_eq!(widget.post("/v1/ask", question).await.status, 403);
    }
}

#[tokio::test]
async fn a_correction_shows_before_and_after_and_is_taken_back() {
    let caller = Caller::open();
    let before = shown(&caller, "shopper-7").await;
    let hide = json!({"do": "not_interested", "item_id": before[0]});
    let path = "/v1/shoppers/shopper-7/corrections";
    let body = json!({"correction": hide, "list": list("shopper-7")});
    let effect = caller.post(path, body).await.ok();
    assert_eq!(effect["before"], json!(before));
    assert!(!effect["after"].as_array().unwrap().contains(&before[0]));
    assert_eq!(json!(shown(&caller, "shopper-7").await), effect["after"]);
    let kept = caller.get(path).await.ok();
    assert_eq!(kept[0]["correction"], hide);
    let undo = format!("{path}/{}", effect["correction_id"].as_str().unwrap());
    let undone = caller.send(Method::DELETE, &undo, Vec::new()).await.ok();
    assert_eq!(undone["taken_back"], true);
    assert_eq!(shown(&caller, "shopper-7").await, before);
    let again = caller.send(Method::DELETE, &undo, Vec::new()).await;
    assert_eq!(again.error(404), "no_correction");
}

#[tokio::test]
async fn a_profile_is_read_edited_and_dropped() {
    let caller = Caller::open();
    let path = "/v1/shoppers/shopper-8/profile";
    let profile = caller.get(path).await.ok();
    assert!(profile["tastes"].as_array().is_some());
    let tag = json!({"concept": {"of": "word", "value": "tea"}, "weight": 1.0});
    caller.put(path, json!({"tags": [tag]})).await.ok();
    assert_eq!(caller.get(path).await.ok()["tags"], json!([tag]));
    let gone = caller.send(Method::DELETE, path, Vec::new()).await.ok();
    assert_eq!(gone["correction"]["do"], "do_not_use");
    let nothing = caller.get(path).await.ok();
    let told = (&nothing["profiled"], &nothing["tags"], &nothing["tastes"]);
    assert_eq!(told, (&json!(false), &json!([]), &json!([])));
}

#[tokio::test]
async fn a_token_asks_and_corrects_for_its_shopper_and_nobody_else() {
    let live = shared();
    let settings = locked_settings(&live);
    let caller = Caller::new(live, settings);
    let mine = json!({"shopper": "shopper-9"});
    let token = caller.with_key(SERVER_KEY).post("/v1/tokens", mine).await.ok();
    let token = token["token"].as_str().unwrap().to_owned();
    let page = caller.with_key(PUBLISHABLE_KEY).with("x-candor-token", token);
    let known = json!({"ask": {"intent": "what_you_know"}});
    assert_eq!(page.post("/v1/ask", known.clone()).await.status, 200);
    let foreign = json!({"ask": {"intent": "what_you_know"}, "list": list("shopper-1")});
    assert_eq!(page.post("/v1/ask", foreign).await.status, 403);
    let stop = json!({"correction": {"do": "stop_profiling"}});
    assert_eq!(page.post("/v1/shoppers/shopper-1/corrections", stop).await.status, 403);
    assert_eq!(page.get("/v1/shoppers/shopper-1/profile").await.status, 403);
    assert_eq!(caller.post("/v1/ask", known).await.status, 401);
}
