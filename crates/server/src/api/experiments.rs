//! `/v1/experiments`: what runs, and what came of it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use experimentation::experiment::{Definition, Results};
use serde::Serialize;
use utoipa::ToSchema;
use web::error::{ApiError, ErrorBody};
use web::extract::{JsonBody, Named};
use web::keys::Administrator;
use web::now;

use super::state::Api;

/// Every experiment.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Experiments {
    /// Those of the settings, then those started over the API; stopped ones too.
    experiments: Vec<Definition>,
}

/// List the experiments
#[utoipa::path(
    get, path = "/v1/experiments", tag = "experiments",
    responses((status = 200, body = Experiments)),
    security(("admin_key" = []))
)]
pub(crate) async fn list(
    State(service): State<Arc<Api>>,
    _: Administrator,
) -> Result<Json<Experiments>, ApiError> {
    let list = service.blocking(|service| {
        Ok(Experiments { experiments: experimentation::experiment::all(service.live.shop())? })
    });
    list.await.map(Json)
}

/// Start an experiment
///
/// It holds from the next answer on. Once it runs it never changes: the same definition again does
/// nothing, another one under the same name is refused.
#[utoipa::path(
    post, path = "/v1/experiments", tag = "experiments",
    request_body = Definition,
    responses(
        (status = 201, body = Definition),
        (status = 422, description = "A field makes no sense, or it overlaps another experiment", body = ErrorBody),
    ),
    security(("admin_key" = []))
)]
pub(crate) async fn start(
    State(service): State<Arc<Api>>,
    _: Administrator,
    body: JsonBody<Definition>,
) -> Result<(StatusCode, Json<Definition>), ApiError> {
    let started = service.blocking(move |service| {
        service.live.start_experiment(&body.value, now())?;
        Ok(body.value)
    });
    started.await.map(|definition| (StatusCode::CREATED, Json(definition)))
}

/// Stop an experiment
///
/// Everybody gets what they would without it; its results stay.
#[utoipa::path(
    post, path = "/v1/experiments/{id}/stop", tag = "experiments", params(("id" = String, Path)),
    responses((status = 200, body = Definition), (status = 404, body = ErrorBody)),
    security(("admin_key" = []))
)]
pub(crate) async fn stop(
    State(service): State<Arc<Api>>,
    _: Administrator,
    Named(name): Named<String>,
) -> Result<Json<Definition>, ApiError> {
    let stopped =
        service.blocking(move |service| Ok(service.live.stop_experiment(&name, now())?));
    stopped.await.map(Json)
}

/// What came of an experiment
///
/// Every metric with its role, adjusted for how many there are; the sequential numbers hold however
/// often this is asked.
#[utoipa::path(
    get, path = "/v1/experiments/{id}/results", tag = "experiments", params(("id" = String, Path)),
    responses((status = 200, body = Object), (status = 404, body = ErrorBody)),
    security(("admin_key" = []))
)]
pub(crate) async fn results(
    State(service): State<Arc<Api>>,
    _: Administrator,
    Named(name): Named<String>,
) -> Result<Json<Results>, ApiError> {
    let results = service.blocking(move |service| {
        Ok(experimentation::experiment::results(service.live.shop(), &name)?)
    });
    results.await.map(Json)
}
