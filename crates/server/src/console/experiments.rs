//! The page of experiments.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::frame::{Frame, Page, page};
use super::operator::Operator;
use crate::service::Service;

#[derive(Template)]
#[template(path = "console/experiments.html")]
struct Experiments {
    frame: Frame,
}

pub(super) async fn show(State(service): State<Arc<Service>>, operator: Operator) -> Response {
    page(&service, operator, Page::Experiments, |_, _, frame| Ok(Experiments { frame })).await
}
