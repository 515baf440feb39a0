//! What shoppers let us know, over HTTP.

use serde_json::{Value, json};

use crate::shop::{
    Caller, PUBLISHABLE_KEY, SERVER_KEY, locked_settings, open_settings, shared, trained,
};

async fn answered(caller: &Caller, shopper: &str) -> Value {
    let ask = json!({"shopper": shopper, "k": 3, "lang": "en"});
    caller.post("/v1/recommendations", ask).await.ok()
}

#[tokio::test]
async fn an_item_in_view_counts_once_however_often_it_is_told() {
    let caller = Caller::open();
    let answer = answered(&caller, "shopper-4").await;
    let first = &answer["items"][0]["item_id"];
    let told = json!({"request_id": answer["request_id"], "item_ids": [first]});
    let expose = |body: Value| caller.post("/v1/exposures", body);
    assert_eq!(expose(told.clone()).await.ok(), json!({"accepted": 1, "known": 0}));
    assert_eq!(expose(told).await.ok(), json!({"accepted": 0, "known": 1}));
    let all = json!({"request_id": answer["request_id"]});
    assert_eq!(expose(all).await.ok(), json!({"accepted": 2, "known": 1}));
    let foreign = json!({"request_id": answer["request_id"], "item_ids": ["item-999"]});
    assert_eq!(expose(foreign).await.error(422), "bad_request");
    assert_eq!(expose(json!({"request_id": "nowhere"})).await.error(404), "no_answer");
}

#[tokio::test]
async fn what_is_said_of_a_reason_is_kept_and_given_away_on_export() {
    let caller = Caller::open();
    let answer = answered(&caller, "shopper-5").await;
    let reason = answer["items"][0]["reasons"][0]["reason_id"].as_str().unwrap();
    let path = format!("/v1/reasons/{reason}/feedback");
    let helpful = json!({"feedback": "helpful"});
    assert_eq!(caller.post(&path, helpful.clone()).await.ok()["accepted"], 1);
    assert_eq!(caller.post(&path, helpful).await.ok()["known"], 1);
    let export = caller.get("/v1/shoppers/shopper-5/export").await.ok();
    assert_eq!(export["feedback"][0]["kind"], "helpful");
    assert_eq!(export["feedback"][0]["reason_id"], reason);
    assert_eq!(caller.post(&path, json!({"feedback": "shrug"})).await.error(422), "unreadable");
    assert_eq!(caller.post(&path, json!({"feedback": "exposed"})).await.error(422), "bad_request");
    for nowhere in ["nowhere", "nowhere.1", &format!("{reason}9")] {
        let path = format!("/v1/reasons/{nowhere}/feedback");
        let reply = caller.post(&path, json!({"feedback": "wrong"})).await;
        assert_eq!(reply.error(404), "no_reason");
    }
}

#[tokio::test]
async fn a_token_speaks_only_of_what_its_own_shopper_was_shown() {
    let live = shared();
    let settings = locked_settings(&live);
    let caller = Caller::new(live, settings);
    let server = caller.with_key(SERVER_KEY);
    let token = server.post("/v1/tokens", json!({"shopper": "shopper-6"})).await.ok();
    let token = token["token"].as_str().unwrap();
    let page = caller.with_key(PUBLISHABLE_KEY).with("x-candor-token", token);
    let own = answered(&page, "shopper-6").await;
    let foreign = answered(&server, "shopper-7").await;
    for (answer, status) in [(&own, 200), (&foreign, 403)] {
        let told = json!({"request_id": answer["request_id"]});
        assert_eq!(page.post("/v1/exposures", told).await.status.as_u16(), status);
        let reason = answer["items"][0]["reasons"][0]["reason_id"].as_str().unwrap();
        let path = format!("/v1/reasons/{reason}/feedback");
        let said = page.post(&path, json!({"feedback": "opened"})).await;
        assert_eq!(said.status.as_u16(), status);
    }
    let reply = page.get("/v1/surveys/next?shopper=shopper-7").await;
    assert_eq!(reply.error(403), "forbidden");
    assert_eq!(page.get("/v1/trust").await.error(403), "forbidden");
    assert_eq!(server.get("/v1/experiments").await.error(403), "forbidden");
}

#[tokio::test]
async fn an_experiment_started_over_http_shapes_the_next_answer_and_has_results() {
    let live = trained();
    let settings = open_settings(&live);
    let caller = Caller::new(live, settings);
    let variants = json!([{"name": "with"}, {"name": "without", "change": {"explain": false}}]);
    let definition = json!({"name": "reasons", "control": "with", "variants": variants});
    let started = caller.post("/v1/experiments", definition.clone()).await;
    assert_eq!(started.status, 201, "{}", started.text);
    for n in 0..36 {
        let answer = answered(&caller, &format!("shopper-{n}")).await;
        let gives_reasons = answer["items"][0]["reasons"] != json!([]);
        let variant = if gives_reasons { "reasons/with" } else { "reasons/without" };
        assert_eq!(answer["variant"], variant);
        let path = format!("/v1/recommendations/{}", answer["request_id"].as_str().unwrap());
        assert_eq!(caller.get(&path).await.ok()["variant"], variant, "also when read again");
    }
    let results = caller.get("/v1/experiments/reasons/results").await.ok();
    let n: u64 = ["with", "without"].iter().filter_map(|v| results["n_assigned"][v].as_u64()).sum();
    assert_eq!((n, &results["simulated"]), (36, &json!(true)));
    assert_eq!(results["verdicts"]["without"]["verdict"], "undecided");
    let mut other = definition.clone();
    other["control"] = json!("without");
    assert_eq!(caller.post("/v1/experiments", other).await.error(422), "bad_request");
    let overlapping = json!({"name": "second", "control": "with", "variants": variants});
    assert_eq!(caller.post("/v1/experiments", overlapping).await.error(422), "bad_experiment");
    let stopped = caller.post("/v1/experiments/reasons/stop", json!({})).await.ok();
    assert_eq!(stopped["stopped"], true);
    assert_eq!(answered(&caller, "shopper-1").await["variant"], "default");
    assert_eq!(caller.get("/v1/experiments/none/results").await.error(404), "no_experiment");
}

#[tokio::test]
async fn trust_is_told_in_three_parts_and_says_that_it_is_simulated() {
    let caller = Caller::open();
    answered(&caller, "shopper-8").await;
    let report = caller.get("/v1/trust").await.ok();
    assert_eq!(report["simulated"], true);
    assert!(report["questionnaire"]["scores"]["overall"]["unknown"].is_string(), "nobody answered");
    assert!(report["behaviour"]["follow_through"].is_object());
    assert_eq!(report["audits"]["safety"]["passed"], true, "{}", report["audits"]["safety"]);
    assert_eq!(report["audits"]["reliability"]["verified"]["share"], 1.0);
    assert!(!report.to_string().contains("null"), "what is unknown has a reason: {report}");
    assert_eq!(caller.get("/v1/surveys/next").await.error(422), "unreadable");
    let next = caller.get("/v1/surveys/next?shopper=nobody").await.ok();
    assert_eq!(next, json!({"survey": null}));
}
