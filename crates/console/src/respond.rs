//! How a page, an error or a redirect is sent.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use shop::ShopError;
use web::blocking;
use web::browser::{html, see_other};
use web::error::ApiError;

use crate::frame::{Frame, Page, Progress, Unmade};
use crate::operator::Operator;
use crate::state::Console;

/// A page that shows itself once its report is computed.
#[derive(Template)]
#[template(path = "progress.html")]
struct ProgressPage {
    frame: Frame,
    progress: Progress,
}

/// A page that could not be shown.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: &'static str,
    message: String,
    /// Where to go from here, and what that is called.
    back: (&'static str, &'static str),
}

/// Makes a page on a thread that may block, and puts the frame around it.
pub(super) async fn page<T: Template>(
    service: &Arc<Console>,
    operator: Operator,
    page: Page,
    make: impl FnOnce(&Console, &Operator, Frame) -> Result<T, Unmade> + Send + 'static,
) -> Response {
    let made = blocking(service, move |service| {
        let frame = Frame::of(service, &operator, page);
        Ok(match make(service, &operator, frame) {
            Ok(made) => html(&made),
            Err(Unmade::Failed(error)) => error_page(service, &operator, page, &error),
            Err(Unmade::Pending(progress)) => {
                let frame = Frame::of(service, &operator, page);
                html(&ProgressPage { frame, progress: progress.into() })
            }
        })
    });
    made.await.unwrap_or_else(IntoResponse::into_response)
}

/// Does something and sends the browser on to the path that comes of it.
pub(super) async fn act(
    service: &Arc<Console>,
    operator: Operator,
    page: Page,
    work: impl FnOnce(&Console, &Operator) -> Result<String, ApiError> + Send + 'static,
) -> Response {
    let done = blocking(service, move |service| {
        Ok(match work(service, &operator) {
            Ok(to) => see_other(&to),
            Err(error) => error_page(service, &operator, page, &error),
        })
    });
    done.await.unwrap_or_else(IntoResponse::into_response)
}

/// The same for a form: where it is refused for what it holds, it is shown again as it was sent.
pub(super) async fn act_or_again<T: Template>(
    service: &Arc<Console>,
    operator: Operator,
    page: Page,
    work: impl FnOnce(&Console) -> Result<String, ShopError> + Send + 'static,
    again: impl FnOnce(&Console, &Operator, Frame, &ShopError) -> Result<T, ApiError> + Send + 'static,
) -> Response {
    let done = blocking(service, move |service| {
        let error = match work(service) {
            Ok(to) => return Ok(see_other(&to)),
            Err(error) => error,
        };
        let shown = again(service, &operator, Frame::of(service, &operator, page), &error);
        let error = ApiError::from(error);
        Ok(match shown {
            Ok(shown) if error.status().is_client_error() => {
                (error.status(), html(&shown)).into_response()
            }
            _ => error_page(service, &operator, page, &error),
        })
    });
    done.await.unwrap_or_else(IntoResponse::into_response)
}

/// The error page at a path of the console that has no page.
pub(super) async fn nothing_here(
    State(service): State<Arc<Console>>,
    operator: Operator,
) -> Response {
    let error = ApiError::no_route();
    page(&service, operator, Page::Overview, move |_, _, _| Err::<ErrorPage, _>(error.into())).await
}

fn error_page(service: &Console, operator: &Operator, page: Page, error: &ApiError) -> Response {
    let frame = Frame::of(service, operator, page);
    let is_missing = error.status() == StatusCode::NOT_FOUND;
    let heading = if is_missing { frame.texts.not_found } else { frame.texts.failed };
    let message = error.message().to_owned();
    let back = (page.path(), page.name(frame.texts));
    (error.status(), html(&ErrorPage { frame, heading, message, back })).into_response()
}
