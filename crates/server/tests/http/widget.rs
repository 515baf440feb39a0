//! The widget and what it asks for.

use serde_json::json;

use crate::shop::{Caller, PUBLISHABLE_KEY, SERVER_KEY, locked_settings, shared};

#[tokio::test]
async fn only_the_sample_page_may_run_a_script_and_only_ours() {
    let caller = Caller::open();
    for path in ["/", "/docs", "/cart", "/art/item-1", "/v1/transparency", "/widget.js"] {
        let reply = caller.get(path).await;
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("script-src"), "{path}");
        assert!(!reply.text.contains("<script"), "{path}");
    }
    let page = caller.get("/widget").await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
    for attribute in [" style=", " onclick=", " onload=", "<style", "javascript:"] {
        assert!(!page.text.contains(attribute), "{attribute}");
    }
}

#[tokio::test]
async fn the_script_puts_nothing_in_as_markup_and_asks_nobody_else() {
    let script = Caller::open().get("/widget.js").await;
    assert!(script.header("content-type").starts_with("text/javascript"));
    for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http:/"]
    {
        assert!(!script.text.contains(way), "{way}");
    }
    for served in ["/widget.d.ts", "/widget-sample.js", "/widget.css"] {
        assert_eq!(Caller::open().get(served).await.status, 200, "{served}");
    }
}

#[tokio::test]
async fn cards_say_in_words_what_the_answer_on_record_says() {
    let caller = Caller::open();
    let ask = json!({"shopper": "shopper-20", "k": 3, "lang": "zh"});
    let cards = caller.post("/v1/cards", ask).await.ok();
    assert_eq!((&cards["lang"], &cards["simulated"]), (&json!("zh"), &json!(true)));
    let path = format!("/v1/recommendations/{}", cards["request_id"].as_str().unwrap());
    let answer = caller.get(&path).await.ok();
    for (card, item) in
        cards["items"].as_array().unwrap().iter().zip(answer["items"].as_array().unwrap())
    {
        assert_eq!(card["item_id"], item["item_id"]);
        let reason = &item["reasons"][0];
        assert_eq!(card["why"]["reason_id"], reason["reason_id"]);
        let mut sentences = reason["sentences"].as_array().unwrap().iter();
        assert!(sentences.any(|sentence| sentence["text"] == card["why"]["line"]));
        let facts = card["why"]["facts"].as_array().unwrap();
        assert_eq!(facts.len(), reason["claims"].as_array().unwrap().len());
        assert!(facts.iter().all(|fact| fact["verified"] == true && fact["verdict"] == "已核实"));
    }
}

#[tokio::test]
async fn a_page_gets_cards_only_for_the_shopper_of_its_token() {
    let live = shared();
    let settings = locked_settings(&live);
    let caller = Caller::new(live, settings);
    let server = caller.with_key(SERVER_KEY);
    let token = server.post("/v1/tokens", json!({"shopper": "shopper-21"})).await.ok();
    let token = token["token"].as_str().unwrap().to_owned();
    let page = caller.with_key(PUBLISHABLE_KEY).with("x-candor-token", token);
    assert_eq!(page.post("/v1/cards", json!({"k": 2})).await.ok()["profiled"], true);
    let other = page.post("/v1/cards", json!({"shopper": "shopper-22"})).await;
    assert_eq!(other.error(403), "forbidden");
    assert_eq!(caller.post("/v1/cards", json!({})).await.error(401), "no_key");
}
