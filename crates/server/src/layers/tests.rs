use app::Live;
use app::config::ServeConfig;
use axum::body::Body;
use axum::routing::get;
use shop::Access;
use tower::ServiceExt;

use super::*;
use crate::service::ServeOptions;
use crate::settings::check;

fn service() -> (Arc<Service>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let live = Live::new(app::open(&folder, Access::Create).unwrap()).unwrap();
    let settings = live.config().serve.clone();
    let settings =
        ServeConfig { cors_origins: vec!["https://shop.example".to_owned()], ..settings };
    let options = ServeOptions { settings, sample_shoppers: Vec::new() };
    (Service::new(Arc::new(live), options).unwrap(), folder)
}

async fn ask(router: Router, request: Request) -> (Response, String) {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    (Response::from_parts(parts, Body::empty()), text)
}

fn request(path: &str) -> Request {
    Request::builder().uri(path).body(Body::empty()).unwrap()
}

async fn breaks() {
    panic!("with a secret in it");
}

#[tokio::test]
async fn a_panic_becomes_an_error_that_tells_nothing_and_is_counted() {
    let (service, _folder) = service();
    let router = around(Router::new().route("/breaks", get(breaks)), &service);
    let (response, text) = ask(router, request("/breaks")).await;
    assert_eq!(response.status(), 500);
    assert!(text.contains("\"internal\"") && !text.contains("secret"), "{text}");
    assert!(response.headers().contains_key("x-request-id"));
    let metrics = service.metrics.render(&service.api.live);
    assert!(metrics.contains("route=\"/breaks\",method=\"GET\",status=\"500\"} 1"), "{metrics}");
}

#[tokio::test]
async fn what_takes_too_long_is_given_up() {
    let never = Router::new().route("/never", get(std::future::pending::<()>));
    let router = never.layer(from_fn_with_state(Duration::ZERO, give_up_late));
    let (response, text) = ask(router, request("/never")).await;
    assert_eq!(response.status(), 503);
    assert!(text.contains("too_slow"), "{text}");
}

#[tokio::test]
async fn only_listed_pages_may_call() {
    let (service, _folder) = service();
    let router = around(Router::new().route("/", get(async || "hello")), &service);
    for (origin, allowed) in [("https://shop.example", true), ("https://evil.example", false)] {
        let preflight = Request::builder()
            .method(Method::OPTIONS)
            .uri("/")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .body(Body::empty())
            .unwrap();
        let (response, _) = ask(router.clone(), preflight).await;
        let found = response.headers().get("access-control-allow-origin");
        assert_eq!(found.is_some(), allowed, "{origin}");
    }
}

#[tokio::test]
async fn a_senders_request_id_comes_back_when_it_is_plain() {
    let (service, _folder) = service();
    let router = around(Router::new().route("/", get(async || "hello")), &service);
    for (sent, kept) in [("abc-1", true), ("a b", false), (&"x".repeat(65), false)] {
        let request = Request::builder().header("x-request-id", sent);
        let (response, _) = ask(router.clone(), request.body(Body::empty()).unwrap()).await;
        let found = response.headers()["x-request-id"].to_str().unwrap();
        assert_eq!(found == sent, kept, "{sent}");
    }
}

#[test]
fn only_https_and_http_pages_are_origins() {
    let settings = |origin: &str| {
        let folder = tempfile::tempdir().unwrap();
        let config = app::Config::load(folder.path()).unwrap();
        ServeConfig { cors_origins: vec![origin.to_owned()], ..config.serve }
    };
    assert!(check(&settings("https://shop.example:8443")).is_ok());
    for bad in ["*", "shop.example", "https://", "https://shop.example/", "https://*.example"] {
        assert!(check(&settings(bad)).is_err(), "{bad}");
    }
}
