//! Reads and answers browsers: cookies, the language, whether a
//! form is really ours, pages and redirects.
//!
//! Shared by the storefront and the console; knows no shopper and no operator.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use domain::Language;

use crate::error::ApiError;

/// Under this name the language is remembered, for every page of ours.
pub const LANGUAGE: &str = "candor_language";

/// Half a year.
const REMEMBERED_S: u32 = 15_552_000;

/// The language of a request, and whether its address says so: the address goes before what is
/// remembered, that before what the browser accepts, that before the shop's own.
pub fn language(headers: &HeaderMap, uri: &Uri, own: Language) -> (Language, bool) {
    let said = asked(uri, "lang").and_then(|tag| tag.parse::<Language>().ok());
    let kept = remembered(headers, LANGUAGE).and_then(|tag| tag.parse().ok());
    let mut accepted = text(headers, "accept-language").split(',');
    let accepted = accepted.find_map(|tag| tag.split(';').next()?.parse().ok());
    (said.or(kept).or(accepted).unwrap_or(own), said.is_some())
}

/// A cookie that no script reads and no other site sends, for half a year.
pub fn cookie(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Max-Age={REMEMBERED_S}; HttpOnly; SameSite=Strict")
}

/// A header as text; empty where it is missing.
pub fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The value of a cookie.
pub fn remembered<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim())
}

/// A parameter of the address.
pub fn asked<'u>(uri: &'u Uri, name: &str) -> Option<&'u str> {
    let pairs = uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next_back()
}

/// Where the request points, without what was just done there.
pub fn here(uri: &Uri) -> String {
    let whole = uri.path_and_query().map_or("/", |path| path.as_str());
    let plain = whole.split_once("done=").map_or(whole, |(before, _)| before);
    plain.trim_end_matches(['?', '&']).to_owned()
}

/// A path of ours to go back to; the front page for anything else.
pub fn own_path(raw: &str) -> &str {
    let is_own = raw.starts_with('/')
        && !raw.starts_with("//")
        && raw.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_own { raw } else { "/" }
}

/// Proof that a page of ours sent the form: browsers say from where, and no page can change that.
pub struct OwnForm;

impl<S: Send + Sync> FromRequestParts<S> for OwnForm {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let headers = &parts.headers;
        let (host, origin) = (text(headers, "host"), text(headers, "origin"));
        let from_here = origin.split_once("://").is_some_and(|(_, from)| from == host);
        let site = text(headers, "sec-fetch-site");
        if from_here && (site.is_empty() || site == "same-origin") {
            return Ok(Self);
        }
        Err(ApiError::from_elsewhere())
    }
}

/// A filled template.
pub fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => ApiError::internal(&error).into_response(),
    }
}

/// Sends the browser on to a path of ours.
pub fn see_other(to: &str) -> Response {
    let to = HeaderValue::from_str(own_path(to)).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// A path of ours, with what was done there.
pub fn after(back: &str, done: &str) -> String {
    let back = own_path(back);
    let joint = if back.contains('?') { '&' } else { '?' };
    format!("{back}{joint}done={done}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_back_to() {
        assert_eq!(own_path("/item/a?x=1"), "/item/a?x=1");
        for foreign in ["//evil.example", "https://evil.example", "/\\evil", "", "x", "/a\r\nb"] {
            assert_eq!(own_path(foreign), "/", "{foreign:?}");
        }
    }

    #[test]
    fn what_was_done_is_not_gone_back_to() {
        let of = |path: &str| here(&path.parse().unwrap());
        assert_eq!(of("/item/a?from=r&done=cart"), "/item/a?from=r");
        assert_eq!(of("/?done=cart"), "/");
        assert_eq!(of("/category?in=x"), "/category?in=x");
    }
}
