//! `POST /v1/tokens`: the right to act for one shopper, for a short time.

use std::sync::Arc;

use answers::request::session_subject;
use axum::Json;
use axum::extract::State;
use domain::{SubjectId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::error::{ApiError, ErrorBody};
use web::extract::JsonBody;
use web::keys::ShopServer;
use web::now;

use super::state::Api;

/// For whom a token is wanted: a shopper, or the visit of somebody without a name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenRequest {
    /// The shopper.
    #[serde(default)]
    shopper: Option<SubjectId>,
    /// The visit, where there is no shopper.
    #[serde(default)]
    session: Option<String>,
}

/// A signed token.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Token {
    /// Send it as `X-Candor-Token`, with the publishable key.
    token: String,
    /// When it stops holding, in milliseconds since 1970.
    expires: Timestamp,
}

/// Make a shopper token
///
/// For a page of the shop: with the publishable key and this token it may act for this shopper
/// and for nobody else.
#[utoipa::path(
    post, path = "/v1/tokens", tag = "shoppers",
    request_body = TokenRequest,
    responses((status = 200, body = Token), (status = 422, body = ErrorBody)),
    security(("server_key" = []))
)]
pub(crate) async fn post(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    body: JsonBody<TokenRequest>,
) -> Result<Json<Token>, ApiError> {
    let subject = match (body.value.shopper, body.value.session) {
        (Some(shopper), None) => shopper,
        (None, Some(session)) => session_subject(&session)?,
        _ => return Err(ApiError::unreadable("send either shopper or session")),
    };
    let held_ms = service.settings.token_seconds.saturating_mul(1000);
    let held_ms = i64::try_from(held_ms).unwrap_or(i64::MAX);
    let expires = Timestamp(now().0.saturating_add(held_ms));
    Ok(Json(Token { token: service.tokens.sign(&subject, expires), expires }))
}
