//! The page of transparency: what everybody may read, as everybody reads it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use presentation::transparency::TransparencyPage;

use crate::frame::{Frame, Page};
use crate::operator::Operator;
use crate::respond::page;
use crate::state::Console;

#[derive(Template)]
#[template(path = "transparency.html")]
struct Transparency {
    frame: Frame,
    /// The name of the public page.
    public: &'static str,
    how: TransparencyPage,
}

pub(super) async fn show(State(service): State<Arc<Console>>, operator: Operator) -> Response {
    page(&service, operator, Page::Transparency, |service, operator, frame| {
        let how = TransparencyPage::of(&service.live, operator.lang)?;
        Ok(Transparency { public: frame.texts.public, how, frame })
    })
    .await
}
