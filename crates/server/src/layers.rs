//! Layers around every request, whatever the route: an id, a log line, a deadline, headers.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::CorsLayer;
use tracing::Instrument;
use web::error::ApiError;
use web::keys::TOKEN_HEADER;
use web::metrics::{Metrics, Served};

use crate::gate::identify;
use crate::service::Service;

/// Nothing is loaded but our own style sheet; nothing runs; nobody frames us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longest request id that is taken over from a caller.
const LONGEST_REQUEST_ID: usize = 64;

/// Puts everything around the routes, innermost first.
pub(crate) fn around(router: Router, service: &Arc<Service>) -> Router {
    let settings = &service.settings;
    let timeout = Duration::from_secs(settings.timeout_seconds);
    router
        .layer(DefaultBodyLimit::max(settings.body_limit_bytes))
        .layer(from_fn_with_state(Arc::clone(&service.gate), identify))
        .layer(from_fn_with_state(timeout, give_up_late))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(&service.metrics), observe))
        .layer(cors(&settings.cors_origins))
        .layer(from_fn(harden))
        .layer(CompressionLayer::new())
}

fn cors(origins: &[String]) -> CorsLayer {
    let origins: Vec<_> = origins.iter().filter_map(|o| HeaderValue::from_str(o).ok()).collect();
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            HeaderName::from_static(TOKEN_HEADER),
            HeaderName::from_static("idempotency-key"),
            REQUEST_ID.clone(),
        ])
        // The date, so that a page whose clock is wrong can tell.
        .expose_headers([REQUEST_ID.clone(), header::RETRY_AFTER, header::DATE])
        .max_age(Duration::from_secs(3600))
}

/// Counts and logs a request under its route's template, with an id that the response carries.
async fn observe(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = request_id(request.headers());
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or_else(|| "unknown".to_owned(), |path| path.as_str().to_owned());
    let method = method_name(request.method());
    let span = tracing::info_span!("request", %id, method, route);
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status().as_u16(), began.elapsed());
    span.in_scope(|| tracing::debug!(status, took_ms = took.as_secs_f64() * 1e3, "answered"));
    metrics.served(Served { route, method, status }, took);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID.clone(), id);
    }
    response
}

/// The caller's id where it looks like one, else a fresh one.
fn request_id(headers: &HeaderMap) -> String {
    let sent = headers.get(&REQUEST_ID).and_then(|value| value.to_str().ok());
    let plain = |id: &&str| {
        (1..=LONGEST_REQUEST_ID).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    match sent.filter(plain) {
        Some(id) => id.to_owned(),
        None => format!("{:032x}", rand::random::<u128>()),
    }
}

/// Methods that no route takes are one label, so that callers cannot make up new ones.
fn method_name(method: &Method) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // Other sites get no referrer, but our own forms have to say where they come from.
    let fixed =
        [(header::X_CONTENT_TYPE_OPTIONS, "nosniff"), (header::REFERRER_POLICY, "same-origin")];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let unless_set = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in unless_set {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

async fn give_up_late(State(timeout): State<Duration>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let may_take_long = matched.is_some_and(|path| match path.as_str() {
        "/v1/shoppers/{id}" => request.method() == Method::DELETE,
        // A file takes as long as it takes; silence is bounded where it is received.
        "/v1/feed" | "/v1/local/files" => true,
        path => path == storefront::ERASE,
    });
    if may_take_long {
        // Done means done: it includes fitting the model again.
        return next.run(request).await;
    }
    let answered = tokio::time::timeout(timeout, next.run(request)).await;
    answered.unwrap_or_else(|_| ApiError::too_slow().into_response())
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands over the box")]
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
    ApiError::internal(&format!("a handler panicked: {}", said.unwrap_or("?"))).into_response()
}

#[cfg(test)]
mod tests;
