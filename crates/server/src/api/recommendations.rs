//! `/v1/recommendations`: what to show, and why; and the same again later, verified.

use std::sync::Arc;

use answers::{Answer, Request};
use axum::Json;
use axum::extract::State;
use domain::RequestId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::error::{ApiError, ErrorBody};
use web::extract::{Asked, JsonBody, Named};
use web::keys::{Acting, ShopServer};

use super::state::Api;

/// Recommend items, and say why
///
/// Every fact in a reason has been recomputed before it is sent. The answer is on record and can
/// be verified again with its `request_id`. A publishable key may only ask for its token's
/// shopper.
#[utoipa::path(
    post, path = "/v1/recommendations", tag = "recommendations",
    request_body = Request,
    responses(
        (status = 200, body = Answer),
        (status = 422, description = "A field makes no sense", body = ErrorBody),
        (status = 503, description = "Nothing was trained yet", body = ErrorBody),
    ),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn post(
    State(service): State<Arc<Api>>,
    acting: Acting,
    body: JsonBody<Request>,
) -> Result<Json<Answer>, ApiError> {
    let request = acting.speak_in(body.value)?;
    let answer = service.blocking(move |service| service.recommend(&request));
    answer.await.map(Json)
}

/// A delivered answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Delivered {
    /// What was shown and why.
    #[serde(flatten)]
    answer: Answer,
    /// Every claim of it recounted from the raw log, with `verify=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    audit: Option<audit::AuditReport>,
}

/// What beside the answer.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verify {
    /// True: recount every claim from the raw log. On a large shop this takes a while.
    #[serde(default)]
    verify: bool,
}

/// Read a delivered answer again
#[utoipa::path(
    get, path = "/v1/recommendations/{request_id}", tag = "recommendations",
    params(("request_id" = String, Path), Verify),
    responses((status = 200, body = Delivered), (status = 404, body = ErrorBody)),
    security(("server_key" = []))
)]
pub(crate) async fn get(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Named(request_id): Named<RequestId>,
    Asked(asked): Asked<Verify>,
) -> Result<Json<Delivered>, ApiError> {
    let delivered = service.blocking(move |service| {
        let answer = serving::delivered(service.live.in_service(), &request_id)?;
        let audit =
            asked.verify.then(|| audit::audit_one(service.live.shop(), &request_id)).transpose()?;
        Ok(Delivered { answer, audit })
    });
    delivered.await.map(Json)
}

/// Read a delivered answer with the rows that its sentences speak of
///
/// For `candor verify` or anybody else to recount. Persons go by names that hold in one response
/// only. On a large shop this takes a while.
#[utoipa::path(
    get, path = "/v1/recommendations/{request_id}/bundle", tag = "recommendations",
    params(("request_id" = String, Path)),
    responses(
        (status = 200, description = "A bundle, `candor-bundle/1`", body = Object),
        (status = 404, body = ErrorBody),
    ),
    security(("server_key" = []))
)]
pub(crate) async fn bundle(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    Named(request_id): Named<RequestId>,
) -> Result<Json<proofs::Bundle>, ApiError> {
    let bundle = service.blocking(move |service| {
        let codes = &service.live.config().prepare.clean.non_product_codes;
        Ok(proofs::Prover::new(service.live.in_service(), codes)?.bundle(&request_id)?)
    });
    bundle.await.map(Json)
}
