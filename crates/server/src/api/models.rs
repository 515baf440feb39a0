//! `/v1/models`: what was trained, and training.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::{Language, ModelVersion, Text};
use insights::model_explanation::ModelExplanation;
use jobs::training::Job;
use serde::Serialize;
use training::Trained;
use utoipa::ToSchema;
use web::error::{ApiError, ErrorBody};
use web::keys::Administrator;

use super::state::Api;

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
    State(service): State<Arc<Api>>,
    _: Administrator,
) -> Result<Json<Models>, ApiError> {
    let models = service.blocking(|service| {
        let shop = service.live.shop();
        let current = service.live.model().ok().map(|loaded| loaded.version.clone());
        let versions = shop.models().list()?;
        let models: Result<Vec<_>, _> =
            versions.iter().map(|v| ::training::trained(shop, v)).collect();
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
    State(service): State<Arc<Api>>,
    _: Administrator,
) -> Result<(StatusCode, Json<Job>), ApiError> {
    let job = service.jobs.start_training()?;
    Ok((StatusCode::ACCEPTED, Json(job)))
}

/// How far the training is
#[utoipa::path(
    get, path = "/v1/models/train", tag = "models",
    responses((status = 200, description = "The last training of this server", body = Job)),
    security(("admin_key" = []))
)]
pub(crate) async fn progress(State(service): State<Arc<Api>>, _: Administrator) -> Json<Job> {
    Json(service.jobs.training())
}

/// The model in use, explained as a whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Explanation {
    /// What the model relies on: signals, transitions, terms, and a simplified tree where its
    /// measured fidelity clears the configured bar.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    explanation: ModelExplanation,
    /// The tree in words, per language; missing where it is not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    tree_text: Option<Text>,
    /// The tree as SVG, per language; missing where it is not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    tree_svg: Option<Text>,
}

/// Explain the model in use
///
/// The first call after a training takes some seconds, because a tree is fitted and measured.
#[utoipa::path(
    get, path = "/v1/models/current/explanation", tag = "models",
    responses(
        (status = 200, body = Explanation),
        (status = 503, description = "Nothing was trained yet", body = ErrorBody),
    ),
    security(("admin_key" = []))
)]
pub(crate) async fn explanation(
    State(service): State<Arc<Api>>,
    _: Administrator,
) -> Result<Json<Explanation>, ApiError> {
    let explained = service.blocking(|service| {
        let explanation = service.live.reports.explain_model()?;
        let both = |of: &dyn Fn(Language) -> Option<String>| {
            let texts = Language::ALL.map(|lang| Some((lang, of(lang)?)));
            Some(Text::PerLanguage(texts.into_iter().collect::<Option<_>>()?))
        };
        Ok(Explanation {
            tree_text: both(&|lang| explanation.tree_text(lang)),
            tree_svg: both(&|lang| explanation.svg(lang)),
            explanation: ModelExplanation::clone(&explanation),
        })
    });
    explained.await.map(Json)
}
