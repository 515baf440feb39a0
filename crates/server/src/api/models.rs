//! `/v1/models`: what was trained, and training.

use std::sync::Arc;

use app::Trained;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::ModelVersion;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{ApiError, ErrorBody};
use crate::keys::Administrator;
use crate::service::Service;
use crate::training::{self, Job};

/// Every model.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Models {
    /// The one that answers; missing before the first training.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<ModelVersion>,
    /// Each with what was written down when it was trained, oldest first.
    #[schema(value_type = Vec<Object>)]
    models: Vec<Trained>,
}

/// List the models
#[utoipa::path(
    get, path = "/v1/models", tag = "models",
    responses((status = 200, body = Models)),
    security(("admin_key" = []))
)]
pub(crate) async fn list(
    State(service): State<Arc<Service>>,
    _: Administrator,
) -> Result<Json<Models>, ApiError> {
    let models = service.blocking(|service| {
        let shop = service.live.shop();
        let current = service.live.model().ok().map(|loaded| loaded.version.clone());
        let versions = shop.models().list()?;
        let models: Result<Vec<_>, _> = versions.iter().map(|v| shop.trained(v)).collect();
        Ok(Models { current, models: models? })
    });
    models.await.map(Json)
}

/// Train
///
/// Starts in the background; the model in use answers until the new one is ready.
#[utoipa::path(
    post, path = "/v1/models/train", tag = "models",
    responses(
        (status = 202, description = "Started", body = Job),
        (status = 409, description = "A training is running", body = ErrorBody),
    ),
    security(("admin_key" = []))
)]
pub(crate) async fn train(
    State(service): State<Arc<Service>>,
    _: Administrator,
) -> Result<(StatusCode, Json<Job>), ApiError> {
    let job = training::start(&service)?;
    Ok((StatusCode::ACCEPTED, Json(job)))
}

/// How far the training is
#[utoipa::path(
    get, path = "/v1/models/train", tag = "models",
    responses((status = 200, description = "The last training of this server", body = Job)),
    security(("admin_key" = []))
)]
pub(crate) async fn progress(State(service): State<Arc<Service>>, _: Administrator) -> Json<Job> {
    Json(service.training.job())
}
