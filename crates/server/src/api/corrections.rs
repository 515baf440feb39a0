//! `/v1/shoppers/{id}/corrections` and `/v1/shoppers/{id}/profile`: what shoppers put right, and
//! what is taken for their tastes.

use std::sync::Arc;

use answers::Request;
use axum::Json;
use axum::extract::State;
use domain::{Correction, IngestId, SubjectId, Tag};
use serde::Deserialize;
use serving::corrections::{Effect, Kept};
use serving::profile::Profile;
use utoipa::ToSchema;
use web::error::{ApiError, ErrorBody};
use web::extract::{JsonBody, Named};
use web::keys::Acting;

use super::state::Api;

/// Something to put right.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToCorrect {
    /// What.
    correction: Correction,
    /// Which list to show before and after; the front page's where missing.
    #[serde(default)]
    list: Request,
}

/// Put something right
///
/// It holds from the next answer on, until it is taken back. The answer has the list before and
/// after.
#[utoipa::path(
    post, path = "/v1/shoppers/{id}/corrections", tag = "shoppers", params(("id" = String, Path)),
    request_body = ToCorrect,
    responses(
        (status = 200, body = Effect),
        (status = 404, description = "No such item", body = ErrorBody),
        (status = 422, body = ErrorBody),
    ),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn correct(
    State(service): State<Arc<Api>>,
    acting: Acting,
    Named(subject): Named<SubjectId>,
    body: JsonBody<ToCorrect>,
) -> Result<Json<Effect>, ApiError> {
    acting.check(&subject)?;
    let ToCorrect { correction, list } = body.value;
    let done = service.blocking(move |service| {
        Ok(service.live.corrections.correct(&subject, correction, &list)?)
    });
    done.await.map(Json)
}

/// Read what a shopper put right
#[utoipa::path(
    get, path = "/v1/shoppers/{id}/corrections", tag = "shoppers", params(("id" = String, Path)),
    responses((status = 200, description = "Oldest first", body = Vec<Kept>)),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn corrections(
    State(service): State<Arc<Api>>,
    acting: Acting,
    Named(subject): Named<SubjectId>,
) -> Result<Json<Vec<Kept>>, ApiError> {
    acting.check(&subject)?;
    service.blocking(move |service| Ok(service.live.corrections.of(&subject)?)).await.map(Json)
}

/// Take a correction back
///
/// Lists are what they would be had it never been made.
#[utoipa::path(
    delete, path = "/v1/shoppers/{id}/corrections/{correction_id}", tag = "shoppers",
    params(("id" = String, Path), ("correction_id" = String, Path)),
    responses((status = 200, body = Effect), (status = 404, body = ErrorBody)),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn take_back(
    State(service): State<Arc<Api>>,
    acting: Acting,
    Named((subject, id)): Named<(SubjectId, IngestId)>,
) -> Result<Json<Effect>, ApiError> {
    acting.check(&subject)?;
    let undone = service.blocking(move |service| {
        Ok(service.live.corrections.take_back(&subject, id, &Request::default())?)
    });
    undone.await.map(Json)
}

/// Read what is taken for a shopper's tastes
///
/// Each with the events that it comes from and its weight in what they are shown.
#[utoipa::path(
    get, path = "/v1/shoppers/{id}/profile", tag = "shoppers", params(("id" = String, Path)),
    responses(
        (status = 200, body = Profile),
        (status = 503, description = "Nothing was trained yet", body = ErrorBody),
    ),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn profile(
    State(service): State<Arc<Api>>,
    acting: Acting,
    Named(subject): Named<SubjectId>,
) -> Result<Json<Profile>, ApiError> {
    acting.check(&subject)?;
    service.blocking(move |service| Ok(service.live.profiles.profile(&subject)?)).await.map(Json)
}

/// Tags to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tags {
    /// All of them; an empty list sets none.
    tags: Vec<Tag>,
}

/// Set a shopper's tags
///
/// Instead of those set before. It can be taken back as any correction.
#[utoipa::path(
    put, path = "/v1/shoppers/{id}/profile", tag = "shoppers", params(("id" = String, Path)),
    request_body = Tags,
    responses((status = 200, body = Effect), (status = 422, body = ErrorBody)),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn set_profile(
    State(service): State<Arc<Api>>,
    acting: Acting,
    Named(subject): Named<SubjectId>,
    body: JsonBody<Tags>,
) -> Result<Json<Effect>, ApiError> {
    acting.check(&subject)?;
    let tags = body.value.tags;
    service
        .blocking(move |service| Ok(service.live.profiles.set_profile(&subject, tags)?))
        .await
        .map(Json)
}

/// Begin anew
///
/// Nothing that the shopper did or said so far is used. It can be taken back as any correction; to
/// have everything erased, use `DELETE /v1/shoppers/{id}`.
#[utoipa::path(
    delete, path = "/v1/shoppers/{id}/profile", tag = "shoppers", params(("id" = String, Path)),
    responses((status = 200, body = Effect)),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn drop_profile(
    State(service): State<Arc<Api>>,
    acting: Acting,
    Named(subject): Named<SubjectId>,
) -> Result<Json<Effect>, ApiError> {
    acting.check(&subject)?;
    service
        .blocking(move |service| Ok(service.live.profiles.drop_profile(&subject)?))
        .await
        .map(Json)
}
