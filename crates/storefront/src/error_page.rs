//! The page in place of one that cannot be shown, in the visitor's language and in the words of
//! somebody who shops.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::Language;
use messages::text;
use web::browser::html;
use web::error::ApiError;

use crate::frame::Frame;
use crate::state::Storefront;
use crate::visitor::Visitor;

/// A page that could not be shown.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: &'static str,
    message: String,
}

pub(super) fn error_page(
    service: &Storefront,
    visitor: &Visitor,
    error: &ApiError,
) -> Result<Response, ApiError> {
    let frame = Frame::of(service, visitor)?;
    let is_missing = error.status() == StatusCode::NOT_FOUND;
    let heading = if is_missing { frame.texts.not_found } else { frame.texts.failed };
    let message = message(error, visitor.lang);
    let mut response = html(&ErrorPage { frame, heading, message });
    *response.status_mut() = error.status();
    Ok(response)
}

/// Returns the cause in the visitor's words. An error's own message speaks to programmers; it is
/// shown where the storefront has nothing better to say in a language.
fn message(error: &ApiError, lang: Language) -> String {
    match error.code() {
        "no_item" => text!(lang, "storefront-error-no-item").to_owned(),
        "no_reason" | "no_answer" => text!(lang, "storefront-error-no-reason").to_owned(),
        "no_route" => text!(lang, "storefront-error-no-route").to_owned(),
        "no_category" => text!(lang, "storefront-error-no-category").to_owned(),
        "no_correction" => text!(lang, "storefront-error-no-correction").to_owned(),
        "no_survey" => text!(lang, "storefront-error-no-survey").to_owned(),
        "not_theirs" => text!(lang, "storefront-error-not-theirs").to_owned(),
        "forbidden" => text!(lang, "storefront-error-forbidden").to_owned(),
        "not_ready" => text!(lang, "storefront-error-not-ready").to_owned(),
        "model_gone" => text!(lang, "storefront-error-model-gone").to_owned(),
        "bad_identifier" => text!(lang, "storefront-error-bad-identifier").to_owned(),
        "unreadable" | "bad_query" | "bad_request" => {
            own_or(error, text!(lang, "storefront-error-unreadable"))
        }
        "shopper_gone" => text!(lang, "storefront-error-shopper-gone").to_owned(),
        "stopping" => text!(lang, "storefront-error-stopping").to_owned(),
        _ => own_or(error, text!(lang, "storefront-error-other")),
    }
}

/// Returns the language's text, or the error's own message where the language has left it to that.
fn own_or(error: &ApiError, text: &'static str) -> String {
    if text.is_empty() { error.message().to_owned() } else { text.to_owned() }
}
