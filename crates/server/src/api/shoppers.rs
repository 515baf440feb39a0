//! `/v1/shoppers/{id}`: what shoppers decide, take away, and have erased.

use std::sync::Arc;

use app::Erasure;
use axum::Json;
use axum::extract::State;
use domain::{Preferences, SubjectId};
use shop::ShopError;
use store::Export;
use web::error::{ApiError, ErrorBody};
use web::extract::{JsonBody, Named};
use web::keys::{Acting, Administrator, ShopServer};

use super::state::Api;

/// Read what a shopper has decided
#[utoipa::path(
    get, path = "/v1/shoppers/{id}/preferences", tag = "shoppers", params(("id" = String, Path)),
    responses((status = 200, description = "The default for somebody unknown", body = Preferences)),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn preferences(
    State(service): State<Arc<Api>>,
    acting: Acting,
    Named(subject): Named<SubjectId>,
) -> Result<Json<Preferences>, ApiError> {
    acting.check(&subject)?;
    let preferences =
        service.blocking(move |service| Ok(service.live.corrections.preferences(&subject)?));
    preferences.await.map(Json)
}

/// Record what a shopper decides
///
/// It holds from the next answer on. With `profiling: false` nothing is computed from their
/// history.
#[utoipa::path(
    put, path = "/v1/shoppers/{id}/preferences", tag = "shoppers", params(("id" = String, Path)),
    request_body = Preferences,
    responses((status = 200, body = Preferences), (status = 422, body = ErrorBody)),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn set_preferences(
    State(service): State<Arc<Api>>,
    acting: Acting,
    Named(subject): Named<SubjectId>,
    body: JsonBody<Preferences>,
) -> Result<Json<Preferences>, ApiError> {
    acting.check(&subject)?;
    let set = service.blocking(move |service| {
        service.live.corrections.set_preferences(&subject, &body.value)?;
        Ok(body.value)
    });
    set.await.map(Json)
}

/// Give a shopper everything that is kept about them
#[utoipa::path(
    get, path = "/v1/shoppers/{id}/export", tag = "shoppers", params(("id" = String, Path)),
    responses(
        (status = 200, description = "Decisions, events, reviews and answers, oldest first", body = Object),
        (status = 404, body = ErrorBody),
    ),
    security(("server_key" = []))
)]
pub(crate) async fn export(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Named(subject): Named<SubjectId>,
) -> Result<Json<Export>, ApiError> {
    let export = service.blocking(move |service| {
        let found = service.live.shop().state().export(&subject)?;
        Ok(found.ok_or(ShopError::NoShopper(subject))?)
    });
    export.await.map(Json)
}

/// Erase a shopper
///
/// Removes them from the log, the counts, the answers and every model. Done when this returns,
/// which takes as long as fitting the model again.
#[utoipa::path(
    delete, path = "/v1/shoppers/{id}", tag = "shoppers", params(("id" = String, Path)),
    responses(
        (status = 200, description = "What was removed", body = Object),
        (status = 404, body = ErrorBody),
    ),
    security(("admin_key" = []))
)]
pub(crate) async fn erase(
    State(service): State<Arc<Api>>,
    _: Administrator,
    Named(subject): Named<SubjectId>,
) -> Result<Json<Erasure>, ApiError> {
    let erased = service.blocking(move |service| Ok(service.live.erase(&subject)?));
    erased.await.map(Json)
}
