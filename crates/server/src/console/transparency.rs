//! The page of transparency.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::frame::{Frame, Page, page};
use super::operator::Operator;
use crate::service::Service;

#[derive(Template)]
#[template(path = "console/transparency.html")]
struct Transparency {
    frame: Frame,
}

pub(super) async fn show(State(service): State<Arc<Service>>, operator: Operator) -> Response {
    page(&service, operator, Page::Transparency, |_, _, frame| Ok(Transparency { frame })).await
}
