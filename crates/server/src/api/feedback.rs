//! `POST /v1/exposures` and `POST /v1/reasons/{id}/feedback`: what shoppers let us know about what
//! they were shown.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{FeedbackKind, ReasonId};
use serde::Deserialize;
use serving::feedback::{Acknowledged, Exposure};
use utoipa::ToSchema;
use web::error::{ApiError, ErrorBody};
use web::extract::{JsonBody, Named};
use web::keys::Acting;
use web::now;

use super::state::Api;

/// Note what came into view
///
/// Once per real view: when the list is on screen, not when it is fetched. An item counts once per
/// answer, however often it is told. What shoppers then do with an item (click, cart, purchase,
/// dismiss, refund) is an event with the `request_id`.
#[utoipa::path(
    post, path = "/v1/exposures", tag = "feedback",
    request_body = Exposure,
    responses(
        (status = 200, body = Acknowledged),
        (status = 403, description = "The answer was given to another shopper", body = ErrorBody),
        (status = 404, body = ErrorBody),
        (status = 422, description = "An item that the answer does not have", body = ErrorBody),
    ),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn expose(
    State(service): State<Arc<Api>>,
    Acting(caller): Acting,
    body: JsonBody<Exposure>,
) -> Result<Json<Acknowledged>, ApiError> {
    let taken = service.blocking(move |service| {
        let taken = service.live.feedback.expose(&body.value, caller.as_ref(), now())?;
        service.metrics.collected("exposures", taken.accepted);
        Ok(taken)
    });
    taken.await.map(Json)
}

/// What is said of a reason.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Judgement {
    /// `opened`, `helpful`, `wrong`, `unclear`, `dont_use` (what it rests on) or `follow_up` (a
    /// question was asked back).
    feedback: FeedbackKind,
}

/// Say something of a reason
///
/// `wrong` and `dont_use` hold from the next answer on: what the reason brought, or rests on, is not
/// used any more. The same again counts once.
#[utoipa::path(
    post, path = "/v1/reasons/{id}/feedback", tag = "feedback", params(("id" = String, Path)),
    request_body = Judgement,
    responses(
        (status = 200, body = Acknowledged),
        (status = 403, description = "The answer was given to another shopper", body = ErrorBody),
        (status = 404, body = ErrorBody),
    ),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn judge(
    State(service): State<Arc<Api>>,
    Acting(caller): Acting,
    Named(reason): Named<ReasonId>,
    body: JsonBody<Judgement>,
) -> Result<Json<Acknowledged>, ApiError> {
    let taken = service.blocking(move |service| {
        let taken =
            service.live.feedback.judge(&reason, body.value.feedback, caller.as_ref(), now())?;
        service.metrics.collected("feedback", taken.accepted);
        Ok(taken)
    });
    taken.await.map(Json)
}
