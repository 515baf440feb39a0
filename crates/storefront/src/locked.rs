//! The page in place of every other where keys are set: a browser sends none, so nobody is known.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::Language;
use web::browser::html;

use crate::texts::Texts;

#[derive(Template)]
#[template(path = "locked.html")]
struct Locked {
    texts: &'static Texts,
}

/// Why no page is shown at all.
pub(crate) enum Refused {
    /// Keys are set, and the storefront shows nobody.
    Locked(Language),
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self::Locked(lang) = self;
        (StatusCode::FORBIDDEN, html(&Locked { texts: Texts::of(lang) })).into_response()
    }
}
