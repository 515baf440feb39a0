//! Health for whoever restarts and routes, and counters for whoever watches.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use domain::ModelVersion;
use serde::Serialize;
use utoipa::ToSchema;
use web::error::{ApiError, ErrorBody};
use web::keys::ShopServer;

use super::state::Api;

/// The server runs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Alive {
    status: &'static str,
}

/// The server can answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ready {
    status: &'static str,
    /// The model that answers.
    model_version: ModelVersion,
}

/// Whether the server runs
#[utoipa::path(
    get, path = "/health/live", tag = "operation", responses((status = 200, body = Alive))
)]
pub(crate) async fn live() -> Json<Alive> {
    Json(Alive { status: "alive" })
}

/// Whether the server can answer
#[utoipa::path(
    get, path = "/health/ready", tag = "operation",
    responses(
        (status = 200, body = Ready),
        (status = 503, description = "With the reason", body = ErrorBody),
    )
)]
pub(crate) async fn ready(State(service): State<Arc<Api>>) -> Result<Json<Ready>, ApiError> {
    let loaded = service.live.model()?;
    Ok(Json(Ready { status: "ready", model_version: loaded.version.clone() }))
}

/// Counters in Prometheus' text format
#[utoipa::path(
    get, path = "/metrics", tag = "operation",
    responses((status = 200, content_type = "text/plain", body = String)),
    security(("server_key" = []))
)]
pub(crate) async fn metrics(State(service): State<Arc<Api>>, _: ShopServer) -> impl IntoResponse {
    let text = service.metrics.render(&service.live);
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}
