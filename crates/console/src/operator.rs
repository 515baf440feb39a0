//! The operator of a page and their language. Nobody else gets past this.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use domain::Language;
use serde::Deserialize;
use web::browser::{self, asked, here, own_path, see_other};
use web::extract::Asked;
use web::keys::{Caller, caller_of};
use web::now;

use crate::format::encoded;
use crate::state::Console;

/// The console's front page.
pub(super) const HOME: &str = "/console";

/// Proof that somebody may see and decide everything: on an open server everybody on this machine,
/// else whoever entered the admin key.
pub(super) struct Operator {
    pub(super) lang: Language,
    /// Path and query asked for, to come back to.
    pub(super) here: String,
    /// The name of the action just done.
    pub(super) done: Option<String>,
    /// Whether they entered a key, and can leave.
    pub(super) has_session: bool,
}

/// Nobody that is known: they are sent to where the key is entered.
pub(super) struct Unknown {
    back: String,
}

impl IntoResponse for Unknown {
    fn into_response(self) -> Response {
        see_other(&format!("{HOME}/login?back={}", encoded(&self.back)))
    }
}

/// The language of whoever looks at the console or at its door.
pub(super) fn language(service: &Console, headers: &HeaderMap, uri: &Uri) -> Language {
    browser::language(headers, uri, service.live.config().shop.language).0
}

impl FromRequestParts<Arc<Console>> for Operator {
    type Rejection = Unknown;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Console>,
    ) -> Result<Self, Unknown> {
        let (headers, uri) = (&parts.headers, &parts.uri);
        let has_key = matches!(caller_of(parts), Caller::Open | Caller::Admin);
        let has_session = !has_key && service.sessions.holds(headers, now());
        if !has_key && !has_session {
            // What was sent is gone: they come back to where they start.
            let is_look = parts.method == Method::GET;
            let back = if is_look { here(uri) } else { HOME.to_owned() };
            return Err(Unknown { back });
        }
        Ok(Self {
            lang: language(service, headers, uri),
            here: here(uri),
            done: asked(uri, "done").map(str::to_owned),
            has_session,
        })
    }
}

/// Which language, and where to go back to.
#[derive(Deserialize)]
pub(super) struct ReadIn {
    to: Language,
    #[serde(default)]
    back: String,
}

/// Remembers a language; at the door, too, nobody has to read another.
pub(super) async fn read_in(Asked(read_in): Asked<ReadIn>) -> Response {
    let cookie = browser::cookie(browser::LANGUAGE, read_in.to.tag());
    ([(SET_COOKIE, cookie)], see_other(own_path(&read_in.back))).into_response()
}
