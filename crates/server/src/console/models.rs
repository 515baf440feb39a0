//! The page of models.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::frame::{Frame, Page, page};
use super::operator::Operator;
use crate::service::Service;

#[derive(Template)]
#[template(path = "console/models.html")]
struct Models {
    frame: Frame,
}

pub(super) async fn show(State(service): State<Arc<Service>>, operator: Operator) -> Response {
    page(&service, operator, Page::Models, |_, _, frame| Ok(Models { frame })).await
}
