//! How a page, an error or a redirect is sent.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use web::blocking;
use web::browser::{html, see_other, text};
use web::error::ApiError;

use crate::error_page::error_page;
use crate::frame::Frame;
use crate::locked::Refused;
use crate::state::Storefront;
use crate::visitor::Visitor;

/// Makes a page on a thread that may block, puts the frame around it, and remembers the visitor.
pub(super) async fn page<T: Template>(
    service: &Arc<Storefront>,
    visitor: Visitor,
    make: impl FnOnce(&Storefront, &Visitor, Frame) -> Result<T, ApiError> + Send + 'static,
) -> Response {
    let make = |service: &Storefront, visitor: &Visitor, frame| {
        make(service, visitor, frame).map(|page| html(&page))
    };
    respond(service, visitor, make).await
}

/// As [`page`], where something else may come of it than a page.
pub(super) async fn respond(
    service: &Arc<Storefront>,
    visitor: Visitor,
    make: impl FnOnce(&Storefront, &Visitor, Frame) -> Result<Response, ApiError> + Send + 'static,
) -> Response {
    let made = blocking(service, move |service| {
        let frame = Frame::of(service, &visitor)?;
        let made = make(service, &visitor, frame);
        let mut response = made.or_else(|error| error_page(service, &visitor, &error))?;
        visitor.remember(response.headers_mut());
        Ok(response)
    });
    made.await.unwrap_or_else(IntoResponse::into_response)
}

/// Does something and sends the browser on to the path that comes of it.
pub(super) async fn act(
    service: &Arc<Storefront>,
    mut visitor: Visitor,
    work: impl FnOnce(&Storefront, &mut Visitor) -> Result<String, ApiError> + Send + 'static,
) -> Response {
    let done = blocking(service, move |service| {
        let mut response = match work(service, &mut visitor) {
            Ok(to) => see_other(&to),
            Err(error) => error_page(service, &visitor, &error)?,
        };
        visitor.remember(response.headers_mut());
        Ok(response)
    });
    done.await.unwrap_or_else(IntoResponse::into_response)
}

/// A path where there is nothing: a page for whoever reads pages, else the error itself.
pub(crate) async fn lost(
    State(service): State<Arc<Storefront>>,
    headers: HeaderMap,
    uri: Uri,
    visitor: Result<Visitor, Refused>,
) -> Response {
    let reads_pages = text(&headers, "accept").contains("text/html");
    match visitor {
        Ok(visitor) if reads_pages && !uri.path().starts_with("/v1/") => {
            let nothing = |service: &Storefront, visitor: &Visitor, _| {
                error_page(service, visitor, &ApiError::no_route())
            };
            respond(&service, visitor, nothing).await
        }
        _ => ApiError::no_route().into_response(),
    }
}
