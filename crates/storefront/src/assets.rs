//! Style sheets and the icon.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;

fn css(text: &'static str) -> impl IntoResponse {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    (headers, text)
}

pub(crate) async fn style() -> impl IntoResponse {
    css(include_str!("../assets/style.css"))
}

pub(crate) async fn favicon() -> impl IntoResponse {
    (kept_for(86_400, "image/svg+xml"), include_str!("../assets/favicon.svg"))
}

pub(crate) async fn shop_style() -> impl IntoResponse {
    css(include_str!("../assets/shop.css"))
}

/// Headers of a response that may be kept for a while.
pub(crate) fn kept_for(seconds: u32, content_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    let value = HeaderValue::from_str(&format!("max-age={seconds}"));
    headers.insert(header::CACHE_CONTROL, value.expect("digits are a header value"));
    headers
}
