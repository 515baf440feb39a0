//! The widget: one script that any page of the shop may load, and a sample page that shows it.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use crate::service::Service;

pub(crate) fn routes() -> Router<Arc<Service>> {
    Router::new()
}
