//! The door: the admin key goes in, a session comes out.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use web::browser::{OwnForm, asked, html, own_path, see_other};
use web::extract::{Asked, Sent};
use web::now;

use crate::format::encoded;
use crate::frame::titled;
use crate::operator::{HOME, language};
use crate::session::Sessions;
use crate::state::Console;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "login.html")]
struct Login {
    texts: &'static Texts,
    title: String,
    here: String,
    back: String,
    /// Whether there is an admin key at all.
    can_enter: bool,
    problem: Option<&'static str>,
}

/// Where to go once inside.
#[derive(Deserialize)]
pub(super) struct Door {
    #[serde(default)]
    back: String,
}

pub(super) async fn show(
    State(service): State<Arc<Console>>,
    headers: HeaderMap,
    uri: Uri,
    Asked(door): Asked<Door>,
) -> Response {
    if service.keys.is_open() || service.sessions.holds(&headers, now()) {
        return see_other(inside(&door.back));
    }
    let texts = Texts::of(language(&service, &headers, &uri));
    let done = asked(&uri, "done").and_then(|done| texts.after(done));
    let page = login(&service, texts, &door.back, done);
    (StatusCode::UNAUTHORIZED, html(&page)).into_response()
}

/// The fields of the form.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    key: String,
    #[serde(default)]
    back: String,
}

pub(super) async fn enter(
    State(service): State<Arc<Console>>,
    headers: HeaderMap,
    uri: Uri,
    _: OwnForm,
    Sent(typed): Sent<Typed>,
) -> Response {
    if !service.keys.is_admin(typed.key.trim()) {
        let texts = Texts::of(language(&service, &headers, &uri));
        let page = login(&service, texts, &typed.back, Some(texts.wrong_key));
        return (StatusCode::UNAUTHORIZED, html(&page)).into_response();
    }
    let cookie = service.sessions.begin(&headers, now());
    ([(SET_COOKIE, cookie)], see_other(inside(&typed.back))).into_response()
}

pub(super) async fn leave(headers: HeaderMap, _: OwnForm) -> Response {
    let out = see_other("/console/login?done=left");
    ([(SET_COOKIE, Sessions::end(&headers))], out).into_response()
}

fn login(
    service: &Console,
    texts: &'static Texts,
    back: &str,
    problem: Option<&'static str>,
) -> Login {
    let back = inside(back).to_owned();
    let here = format!("{HOME}/login?back={}", encoded(&back));
    let title = titled(texts.login_title, service);
    Login { texts, title, here, back, can_enter: service.keys.has_admin(), problem }
}

/// A page of the console; its front page for any other.
fn inside(back: &str) -> &str {
    let own = own_path(back);
    let is_inside = own == HOME || own.starts_with("/console/") || own.starts_with("/console?");
    if is_inside && !own.starts_with("/console/log") { own } else { HOME }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_the_door_comes_a_page_of_the_console() {
        assert_eq!(inside("/console/trust?x=1"), "/console/trust?x=1");
        for other in ["/", "//evil.example", "/consoles", "/console/login?back=x", "", "/cart"] {
            assert_eq!(inside(other), HOME, "{other:?}");
        }
    }
}
