//! Items.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::shop::Caller;

#[tokio::test]
async fn an_item_can_be_put_read_changed_and_deleted() {
    let caller = Caller::open();
    let path = "/v1/items/life%2Fcycle";
    let item =
        json!({"title": {"zh": "茶", "en": "Tea"}, "price": {"minor": 990, "currency": "CNY"}});
    let put = caller.put(path, item).await.ok();
    assert_eq!(put["item_id"], "life/cycle");
    assert_eq!(caller.get(path).await.ok(), put);
    let patch = json!({"price": null, "title": {"en": "Green tea"}});
    let patched = caller.send(Method::PATCH, path, patch.to_string().into_bytes()).await.ok();
    assert_eq!(patched, json!({"item_id": "life/cycle", "title": {"zh": "茶", "en": "Green tea"}}));
    assert_eq!(caller.get(path).await.ok(), patched);
    let deleted = caller.delete(path).await;
    assert_eq!((deleted.status, deleted.text.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(caller.get(path).await.error(404), "no_item");
    assert_eq!(caller.delete(path).await.error(404), "no_item");
}

#[tokio::test]
async fn a_batch_says_what_changed_and_what_was_refused() {
    let caller = Caller::open();
    let batch = json!({"items": [
        {"item_id": "batch-1", "title": "One"},
        {"item_id": "batch-2", "price": {"minor": -1, "currency": "CNY"}},
        {"title": "no id"},
    ]});
    let put = caller.put("/v1/items", batch).await.ok();
    assert_eq!((&put["changed"], &put["unchanged"]), (&json!(1), &json!(0)));
    let causes: Vec<_> =
        put["rejected"].as_array().unwrap().iter().map(|r| &r["message"]).collect();
    assert!(causes[0].as_str().unwrap().contains("negative"), "{put}");
    assert!(causes[1].as_str().unwrap().contains("item_id"), "{put}");
    let again = caller.put("/v1/items", json!([{"item_id": "batch-1", "title": "One"}])).await.ok();
    assert_eq!((&again["changed"], &again["unchanged"]), (&json!(0), &json!(1)));
}

#[tokio::test]
async fn pages_lead_through_the_whole_catalogue_once() {
    let caller = Caller::open();
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = caller.get(&format!("/v1/items?limit=7{cursor}")).await.ok();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 7);
        found.extend(items.iter().map(|item| item["item_id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert!(found.len() >= 24);
    assert!(found.is_sorted(), "{found:?}");
    found.dedup();
    assert_eq!(found.iter().filter(|id| id.starts_with("item-")).count(), 24);
}

#[tokio::test]
async fn senseless_items_and_pages_are_refused() {
    let caller = Caller::open();
    for path in ["/v1/items?limit=0", "/v1/items?limit=1001", "/v1/items?cursor=!"] {
        assert_eq!(caller.get(path).await.error(422), "unreadable", "{path}");
    }
    assert_eq!(caller.get("/v1/items?limit=x").await.error(400), "bad_query");
    let other = caller.put("/v1/items/a", json!({"item_id": "b"})).await;
    assert_eq!(other.error(422), "unreadable");
    let patch =
        |body: Value| caller.send(Method::PATCH, "/v1/items/item-1", body.to_string().into());
    assert_eq!(patch(json!([])).await.error(422), "unreadable");
    assert_eq!(patch(json!({"item_id": "other"})).await.error(422), "unreadable");
    assert_eq!(patch(json!({"price": "red"})).await.error(422), "unreadable");
    let missing = caller.send(Method::PATCH, "/v1/items/missing", b"{}".to_vec()).await;
    assert_eq!(missing.error(404), "no_item");
    assert_eq!(caller.get("/v1/items/%00").await.error(422), "bad_identifier");
    assert_eq!(caller.get("/v1/items/%ff").await.error(422), "bad_identifier");
}

#[tokio::test]
async fn an_item_is_the_same_whichever_way_it_came() {
    let caller = Caller::open();
    let raw = json!({"item_id": "n-1", "title": "  Salt &amp;amp;\tpepper\u{200b} ", "brand": "L&#39;Oreal",
        "description": "<p>Fine &amp; white</p><script>x</script>", "categories": ["Bath &amp; Body", " "]});
    let kept = caller.put("/v1/items/n-1", raw.clone()).await.ok();
    assert_eq!((&kept["title"], &kept["brand"]), (&json!("Salt & pepper"), &json!("L'Oreal")));
    assert_eq!(
        (&kept["description"], &kept["categories"]),
        (&json!("Fine & white"), &json!(["Bath & Body"]))
    );
    assert_eq!(caller.get("/v1/items/n-1").await.ok(), kept, "what is answered is what is kept");
    let again = caller.put("/v1/items", json!([raw])).await.ok();
    assert_eq!((&again["changed"], &again["unchanged"]), (&json!(0), &json!(1)));
    let patch = json!({"title": "Salt &lt; pepper"}).to_string().into_bytes();
    let patched = caller.send(Method::PATCH, "/v1/items/n-1", patch).await.ok();
    assert_eq!(
        (&patched["title"], &patched["brand"]),
        (&json!("Salt < pepper"), &json!("L'Oreal"))
    );
}

#[tokio::test]
async fn what_only_events_name_teaches_and_is_listed_but_not_recommended_until_it_is_put() {
    let live = crate::shop::untrained();
    let caller = Caller::new(std::sync::Arc::clone(&live), crate::shop::open_settings(&live));
    let buy = |n: usize| json!({"shopper": format!("shopper-{n}"), "kind": "purchase", "item_id": "ghost-7"});
    let events = json!({"events": (0..30).map(buy).collect::<Vec<_>>()});
    caller.post("/v1/events", events).await;
    live.train(&|_| {}).unwrap();

    let found = caller.get("/v1/unlisted-items").await.ok();
    assert_eq!(found, json!({"ids": [{"item_id": "ghost-7", "n_events": 30}], "n_ids": 1}));
    assert_eq!(caller.get("/v1/unlisted-items?limit=0").await.error(422), "unreadable");
    assert_eq!(caller.get("/v1/items/ghost-7").await.error(404), "no_item");
    let requests = [
        json!({"k": 50, "explain": false}),
        json!({"k": 50, "explain": false, "shopper": "shopper-40"}),
        json!({"k": 50, "explain": false, "seed_items": ["item-1"]}),
        json!({"k": 50, "explain": false, "pinned": [{"item_id": "ghost-7", "rank": 1}]}),
    ];
    for request in &requests {
        let list = caller.post("/v1/recommendations", request.clone()).await.ok();
        assert!(!list["items"].as_array().unwrap().is_empty());
        assert!(!list["items"].to_string().contains("ghost-7"), "{request}: {list}");
    }
    let shelf = caller.get("/v1/items?limit=1000").await.ok();
    assert!(!shelf.to_string().contains("ghost-7"));

    caller.put("/v1/items/ghost-7", json!({"title": "Tea towel"})).await.ok();
    let list = caller.post("/v1/recommendations", requests[0].clone()).await.ok();
    assert!(list["items"].to_string().contains("ghost-7"), "{list}");
    assert_eq!(caller.get("/v1/unlisted-items").await.ok()["n_ids"], 0);
}
