//! Who may do what.

use axum::http::Method;
use serde_json::{Value, json};
use server::{ServerError, Service};

use crate::shop::{
    ADMIN_KEY, Caller, PUBLISHABLE_KEY, SERVER_KEY, locked_settings, open_settings, options, shared,
};

fn locked() -> Caller {
    let live = shared();
    let settings = locked_settings(&live);
    Caller::new(live, settings)
}

async fn token_for(caller: &Caller, shopper: &str) -> String {
    let reply = caller.with_key(SERVER_KEY).post("/v1/tokens", json!({"shopper": shopper})).await;
    reply.ok()["token"].as_str().unwrap().to_owned()
}

/// Statuses of one request for: nobody, a wrong key, publishable, server, admin.
#[tokio::test]
async fn each_key_may_do_what_it_is_for() {
    let caller = locked();
    let token = token_for(&caller, "matrix").await;
    let page = caller.with_key(PUBLISHABLE_KEY).with("x-candor-token", token);
    let callers = [
        caller.clone(),
        caller.with_key("a-key-that-nobody-has"),
        page,
        caller.with_key(SERVER_KEY),
        caller.with_key(ADMIN_KEY),
    ];
    let event = json!({"kind": "view", "item_id": "item-1", "shopper": "matrix"});
    let review = json!({"shopper": "matrix", "item_id": "item-1", "rating": 5});
    let matrix: Vec<(Method, &str, Value, [u16; 5])> = vec![
        (Method::GET, "/health/live", Value::Null, [200, 200, 200, 200, 200]),
        (Method::GET, "/health/ready", Value::Null, [200, 200, 200, 200, 200]),
        (Method::GET, "/v1/transparency", Value::Null, [200, 200, 200, 200, 200]),
        (Method::GET, "/openapi.json", Value::Null, [200, 200, 200, 200, 200]),
        (Method::GET, "/docs", Value::Null, [200, 200, 200, 200, 200]),
        (Method::GET, "/metrics", Value::Null, [401, 401, 403, 200, 200]),
        (Method::POST, "/v1/events", event, [401, 401, 200, 200, 200]),
        (Method::POST, "/v1/reviews", review, [401, 401, 403, 200, 200]),
        (Method::POST, "/v1/recommendations", json!({}), [401, 401, 200, 200, 200]),
        (Method::GET, "/v1/recommendations/none", Value::Null, [401, 401, 403, 404, 404]),
        (Method::GET, "/v1/shoppers/matrix/preferences", Value::Null, [401, 401, 200, 200, 200]),
        (Method::PUT, "/v1/shoppers/matrix/preferences", json!({}), [401, 401, 200, 200, 200]),
        (Method::GET, "/v1/shoppers/matrix/export", Value::Null, [401, 401, 403, 200, 200]),
        (Method::POST, "/v1/tokens", json!({"shopper": "a"}), [401, 401, 403, 200, 200]),
        (Method::GET, "/v1/items", Value::Null, [401, 401, 403, 200, 200]),
        (Method::PUT, "/v1/items", json!({"item_id": "matrix"}), [401, 401, 403, 200, 200]),
        (Method::GET, "/v1/items/item-1", Value::Null, [401, 401, 403, 200, 200]),
        (Method::PUT, "/v1/items/matrix", json!({}), [401, 401, 403, 200, 200]),
        (Method::PATCH, "/v1/items/matrix", json!({}), [401, 401, 403, 200, 200]),
        (Method::DELETE, "/v1/items/none", Value::Null, [401, 401, 403, 404, 404]),
        (Method::DELETE, "/v1/shoppers/nobody", Value::Null, [401, 401, 403, 403, 404]),
        (Method::GET, "/v1/models", Value::Null, [401, 401, 403, 403, 200]),
        (Method::GET, "/v1/models/train", Value::Null, [401, 401, 403, 403, 200]),
    ];
    for (method, path, body, expected) in matrix {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        for (caller, expected) in callers.iter().zip(expected) {
            let reply = caller.send(method.clone(), path, body.clone()).await;
            assert_eq!(reply.status.as_u16(), expected, "{method} {path}: {}", reply.text);
            if expected == 401 {
                assert_eq!(reply.header("www-authenticate"), "Bearer");
            }
        }
    }
    let train = caller.with_key(SERVER_KEY).post("/v1/models/train", json!({})).await;
    assert_eq!(train.error(403), "forbidden");
}

#[tokio::test]
async fn a_token_acts_for_its_shopper_and_nobody_else() {
    let caller = locked();
    let token = token_for(&caller, "own").await;
    let page = caller.with_key(PUBLISHABLE_KEY).with("x-candor-token", token);
    let event = |shopper| {
        json!([{"kind": "view", "item_id": "item-1"},
        {"kind": "view", "item_id": "item-2", "shopper": shopper}])
    };
    assert_eq!(page.post("/v1/events", event("own")).await.ok()["accepted"], 2);
    assert_eq!(page.post("/v1/events", event("shopper-0")).await.error(403), "forbidden");
    let own = caller.with_key(SERVER_KEY).get("/v1/shoppers/own/export").await.ok();
    assert_eq!(own["events"].as_array().unwrap().len(), 2);
    let asked = page.post("/v1/recommendations", json!({"shopper": "shopper-0"})).await;
    assert_eq!(asked.error(403), "forbidden");
    // Neither a visit's name nor silence opens somebody else's history.
    let answer =
        page.post("/v1/recommendations", json!({"session": "visit-of-another"})).await.ok();
    assert_eq!(answer["profiled"], true);
    let others = page.get("/v1/shoppers/shopper-0/preferences").await;
    assert_eq!(others.error(403), "forbidden");
    let others = page.put("/v1/shoppers/shopper-0/preferences", json!({"profiling": false})).await;
    assert_eq!(others.error(403), "forbidden");
}

#[tokio::test]
async fn missing_forged_and_expired_tokens_are_refused() {
    let live = shared();
    let mut settings = locked_settings(&live);
    settings.token_seconds = 0;
    let caller = Caller::new(live, settings);
    let expired = token_for(&caller, "late").await;
    let forged = format!("{expired}x");
    let page = caller.with_key(PUBLISHABLE_KEY);
    for (page, cause) in [
        (page.clone(), "needs a shopper token"),
        (page.with("x-candor-token", expired), "has expired"),
        (page.with("x-candor-token", forged), "was not signed here"),
        (page.with("x-candor-token", "e30.e30"), "was not signed here"),
    ] {
        let reply = page.post("/v1/recommendations", json!({})).await;
        assert_eq!(reply.error(401), "bad_token");
        assert!(reply.text.contains(cause), "{} should say {cause}", reply.text);
    }
}

#[tokio::test]
async fn a_token_is_for_a_shopper_or_a_visit() {
    let caller = locked().with_key(SERVER_KEY);
    for bad in [json!({}), json!({"shopper": "a", "session": "b"}), json!({"shopper": ""})] {
        assert_eq!(caller.post("/v1/tokens", bad).await.error(422), "unreadable");
    }
    assert!(caller.post("/v1/tokens", json!({"session": "s"})).await.ok()["expires"].is_i64());
}

#[tokio::test]
async fn whoever_asks_too_often_is_told_how_long_to_wait() {
    let live = shared();
    let mut settings = locked_settings(&live);
    (settings.requests_per_second, settings.burst) = (1, 2);
    let caller = Caller::new(live, settings);
    let server = caller.with_key(SERVER_KEY);
    let mut refused = None;
    for _ in 0..100 {
        let reply = server.get("/v1/items?limit=1").await;
        if reply.status != 200 {
            refused = Some(reply);
            break;
        }
    }
    let refused = refused.expect("a hundred requests in a burst are too many");
    assert_eq!(refused.error(429), "too_many_requests");
    assert_eq!(refused.header("retry-after"), "1");
    caller.with_key(ADMIN_KEY).get("/v1/models").await.ok();
    for _ in 0..5 {
        caller.get("/health/live").await.ok();
    }
}

#[tokio::test]
async fn an_open_server_answers_only_under_a_local_name() {
    let caller = Caller::open();
    for host in ["localhost:7700", "127.0.0.1:7700", "[::1]:7700", "127.0.0.2"] {
        caller.with("host", host).get("/health/live").await.ok();
    }
    for host in ["evil.example", "localhost.evil.example", "10.0.0.1:7700", "[::2]"] {
        let reply = caller.with("host", host).get("/v1/items").await;
        assert_eq!(reply.error(403), "forbidden", "{host}");
    }
    for origin in ["https://evil.example", "null", "http://127.0.0.1.evil.example"] {
        let reply = caller.with("origin", origin).post("/v1/models/train", json!({})).await;
        assert_eq!(reply.error(403), "forbidden", "{origin}");
    }
    caller.with("origin", "http://localhost:3000").get("/health/live").await.ok();
}

#[test]
fn settings_that_cannot_be_served_with_are_named() {
    let live = shared();
    let base = locked_settings(&live);
    let mut short = base.clone();
    short.admin_key = Some("short".to_owned());
    let mut same = base.clone();
    same.publishable_key.clone_from(&same.server_key);
    let mut no_rate = base.clone();
    no_rate.requests_per_second = 0;
    let mut no_time = base.clone();
    no_time.timeout_seconds = 0;
    let mut no_answer = base.clone();
    no_answer.patience_ms = 1000 * no_answer.timeout_seconds;
    let mut star = base.clone();
    star.cors_origins = vec!["*".to_owned()];
    let cases = [
        (short, "admin_key"),
        (same, "server_key"),
        (no_rate, "requests_per_second"),
        (no_time, "timeout_seconds"),
        (no_answer, "patience_ms"),
        (star, "cors_origins"),
    ];
    for (settings, expected) in cases {
        match Service::new(live.clone(), options(settings)) {
            Err(ServerError::Setting { setting, .. }) => assert_eq!(setting, expected),
            other => panic!("{expected}: {:?}", other.err()),
        }
    }
}

#[tokio::test]
async fn without_keys_the_server_refuses_to_be_reached_by_others() {
    let live = shared();
    let mut settings = open_settings(&live);
    settings.listen = "0.0.0.0:0".to_owned();
    let refused = server::serve(live.clone(), options(settings.clone())).await;
    assert!(matches!(refused, Err(ServerError::OpenToOthers { .. })), "{refused:?}");
    settings.listen = "nowhere".to_owned();
    let refused = server::serve(live, options(settings)).await;
    assert!(matches!(refused, Err(ServerError::Address { .. })), "{refused:?}");
}
