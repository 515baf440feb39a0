//! Health, counters, training, headers, and what is not there.

use serde_json::json;

use crate::shop::{Caller, open_settings, untrained};

#[tokio::test]
async fn every_answer_has_an_id_and_is_hardened() {
    let caller = Caller::open();
    for path in ["/", "/docs", "/v1/items", "/nowhere", "/style.css"] {
        let reply = caller.get(path).await;
        assert!(!reply.header("x-request-id").is_empty(), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{path}");
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_json_errors() {
    let caller = Caller::open();
    assert_eq!(caller.get("/v2/items").await.error(404), "no_route");
    let reply = caller.delete("/v1/events").await;
    assert_eq!(reply.error(405), "no_method");
    assert_eq!(reply.header("allow"), "POST");
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let live = crate::shop::shared();
    let mut settings = open_settings(&live);
    settings.body_limit_bytes = 100;
    let caller = Caller::new(live, settings);
    let reply = caller.post("/v1/events", json!({"shopper": "x".repeat(200)})).await;
    assert_eq!(reply.error(413), "too_large");
}

#[tokio::test]
async fn counters_name_routes_and_kinds_but_nobody() {
    let caller = Caller::open();
    let ask = json!({"shopper": "shopper-7"});
    caller.post("/v1/recommendations", ask).await.ok();
    caller.get("/v1/shoppers/shopper-7/preferences").await.ok();
    caller.post("/v1/events", json!([{"kind": "view"}])).await.error(422);
    let metrics = caller.get("/metrics").await;
    assert!(metrics.header("content-type").starts_with("text/plain; version=0.0.4"));
    let expected = [
        "candor_http_request_duration_seconds_count{route=\"/v1/recommendations\",method=\"POST\",status=\"200\"} 1",
        "route=\"/v1/shoppers/{id}/preferences\"",
        "candor_recommendations_total 1",
        "candor_claims_delivered_total{kind=\"",
        "candor_rejected_total{what=\"events\"} 1",
        "candor_items ",
        "candor_model_ready 1",
        "candor_model_age_seconds ",
    ];
    for line in expected {
        assert!(metrics.text.contains(line), "{line} is not in\n{}", metrics.text);
    }
    assert!(!metrics.text.contains("shopper-7"));
}

#[tokio::test]
async fn training_runs_in_the_background_and_tells_how_far_it_is() {
    let live = untrained();
    let caller = Caller::new(live.clone(), open_settings(&live));
    assert_eq!(caller.get("/v1/models/train").await.ok()["state"], "never");
    let started = caller.post("/v1/models/train", json!({})).await;
    assert_eq!((started.status.as_u16(), &started.json()["state"]), (202, &json!("running")));
    let job = loop {
        let job = caller.get("/v1/models/train").await.ok();
        if job["state"] != "running" {
            break job;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(job["state"], "done", "{job}");
    let ready = caller.get("/health/ready").await.ok();
    assert_eq!(ready["model_version"], job["model_version"]);
    let models = caller.get("/v1/models").await.ok();
    assert_eq!(models["current"], job["model_version"]);
    assert_eq!(models["models"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn everybody_may_see_how_the_shop_recommends() {
    let shown = Caller::open().get("/v1/transparency").await.ok();
    assert_eq!(shown["simulated"], true);
    let signals = shown["signals"].as_array().unwrap();
    assert_eq!(signals.len(), 3);
    for signal in signals {
        assert!(signal["weight"].is_number());
        for lang in ["zh", "en"] {
            assert!(signal["meaning"][lang].as_str().is_some_and(|text| !text.is_empty()));
        }
    }
    assert_eq!(shown["thresholds"]["min_buyers"], 5);
    assert!(shown["training"]["n_items"].is_number());
}
