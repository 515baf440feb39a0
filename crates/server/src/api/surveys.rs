//! `/v1/surveys` and `GET /v1/trust`: asking shoppers, and what came of it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{Language, SubjectId};
use experimentation::survey::{Answered, Answers, Questions};
use experimentation::trust::TrustReport;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::error::{ApiError, ErrorBody};
use web::extract::{Asked, JsonBody};
use web::keys::{Acting, ShopServer};
use web::now;

use super::state::Api;

/// Whom to ask.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct Whom {
    /// The shopper; the token's where one is sent.
    #[param(value_type = Option<String>)]
    shopper: Option<SubjectId>,
    /// Language of the questions; the shopper's or the shop's where missing.
    #[param(value_type = Option<String>)]
    lang: Option<Language>,
}

/// A questionnaire, or none.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Next {
    /// Null: this shopper is not to be asked now. Show nothing and do not wait.
    survey: Option<Questions>,
}

/// Ask whether a shopper is to be asked
///
/// Most are not: a sample is asked, once per period, and only after recommendations came into view.
/// A questionnaire that was begun comes again with what is open.
#[utoipa::path(
    get, path = "/v1/surveys/next", tag = "trust", params(Whom),
    responses((status = 200, body = Next), (status = 422, body = ErrorBody)),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn next(
    State(service): State<Arc<Api>>,
    acting: Acting,
    Asked(whom): Asked<Whom>,
) -> Result<Json<Next>, ApiError> {
    if let Some(named) = &whom.shopper {
        acting.check(named)?;
    }
    let Some(subject) = whom.shopper.or(acting.0) else {
        return Err(ApiError::unreadable("shopper: say who is to be asked"));
    };
    let next = service.blocking(move |service| {
        Ok(Next {
            survey: experimentation::survey::next(service.live.shop(), &subject, whom.lang, now())?,
        })
    });
    next.await.map(Json)
}

/// Answer a questionnaire
///
/// All at once or item by item; what was answered is kept also when the rest stays open. Own words
/// are optional, count in no score, and are kept as plain text without mail addresses, phone
/// numbers and long numbers; where they are too long, all other answers are kept.
#[utoipa::path(
    post, path = "/v1/surveys/answers", tag = "trust",
    request_body = Answers,
    responses(
        (status = 200, body = Answered),
        (status = 404, body = ErrorBody),
        (status = 422, description = "No such item, a value off the scale, or words that are too long", body = ErrorBody),
    ),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn answer(
    State(service): State<Arc<Api>>,
    Acting(caller): Acting,
    body: JsonBody<Answers>,
) -> Result<Json<Answered>, ApiError> {
    let answered = service.blocking(move |service| {
        let answered = experimentation::survey::answer(
            service.live.shop(),
            &body.value,
            caller.as_ref(),
            now(),
        )?;
        service.metrics.collected("survey_answers", body.value.answers.len());
        Ok(answered)
    });
    answered.await.map(Json)
}

/// Measure trust
///
/// What shoppers answered (scores 0 to 100 with intervals, by variant, month, segment and language;
/// small groups are hidden), what they did, and what was checked: three parts beside each other.
/// Every claim is recounted, so on a large shop this takes a while.
#[utoipa::path(
    get, path = "/v1/trust", tag = "trust",
    responses((status = 200, body = Object)),
    security(("server_key" = []))
)]
pub(crate) async fn trust(
    State(service): State<Arc<Api>>,
    _: ShopServer,
) -> Result<Json<TrustReport>, ApiError> {
    service
        .blocking(|service| Ok(experimentation::trust::report(service.live.shop())?))
        .await
        .map(Json)
}
