//! The OpenAPI document and its page.

use axum::http::Method;
use serde_json::Value;

use crate::shop::Caller;

fn operations(document: &Value) -> Vec<(Method, String)> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let methods: Vec<_> = item.as_object().unwrap().keys().cloned().collect();
        let path = path.clone();
        methods.into_iter().map(move |m| (m.to_uppercase().parse().unwrap(), path.clone()))
    };
    paths.iter().flat_map(of_path).collect()
}

#[tokio::test]
async fn the_document_is_openapi_3_1_and_as_reviewed() {
    let mut document = Caller::open().get("/openapi.json").await.ok();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    document["info"]["version"] = "any".into();
    insta::with_settings!({sort_maps => true}, {
        insta::assert_json_snapshot!("openapi", document);
    });
}

#[tokio::test]
async fn every_operation_of_the_document_is_there() {
    let caller = Caller::open();
    let document = caller.get("/openapi.json").await.ok();
    let operations = operations(&document);
    assert_eq!(operations.len(), 50);
    for (method, path) in operations {
        let path = path.replace("{id}", "none").replace("{request_id}", "none");
        let path = path.replace("{correction_id}", "none").replace("{name}", "none");
        // Training is started and watched by a test of its own.
        if method == Method::POST && path.ends_with("/train") {
            continue;
        }
        let reply = caller.send(method.clone(), &path, Vec::new()).await;
        assert_ne!(reply.status, 405, "{method} {path}");
        assert!(!reply.text.contains("no_route"), "{method} {path}");
    }
}

#[tokio::test]
async fn every_type_that_is_named_is_described() {
    let text = Caller::open().get("/openapi.json").await.text;
    let document: Value = serde_json::from_str(&text).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let named = text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next());
    for name in named.flatten() {
        assert!(schemas.contains_key(name), "{name}");
    }
}

#[tokio::test]
async fn the_page_shows_every_operation_without_scripts() {
    let caller = Caller::open();
    let document = caller.get("/openapi.json").await.ok();
    let page = caller.get("/docs").await;
    assert!(page.header("content-type").starts_with("text/html"));
    for (method, path) in operations(&document) {
        let shown = format!("{method}</span>\n        <code>{path}</code>");
        assert!(page.text.contains(&shown), "{method} {path}");
    }
    assert!(!page.text.contains("<script") && !page.text.contains("http://"));
    assert!(!page.text.contains("https://"), "nothing comes from elsewhere");
}
