//! `POST /v1/ask`: questions about what is shown, and about what the shop sells.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serving::dialogue::{AskRequest, Asked};
use web::error::{ApiError, ErrorBody};
use web::extract::JsonBody;
use web::keys::Acting;
use web::now;

use super::state::Api;

/// Ask back
///
/// In words (Chinese or English) or typed, as a button sends it. Each answer is computed anew and
/// states only what was verified; what asks for a correction makes it, and can be taken back. What
/// cannot be answered is said to be so, with what can be asked. To be forgotten, or no longer
/// profiled, takes a second question in the same conversation that confirms it; an erasure cannot be
/// taken back.
#[utoipa::path(
    post, path = "/v1/ask", tag = "recommendations",
    request_body = AskRequest,
    responses(
        (status = 200, body = Asked),
        (status = 404, description = "No such item, or no such correction", body = ErrorBody),
        (status = 422, description = "A field makes no sense", body = ErrorBody),
        (status = 503, description = "Nothing was trained yet", body = ErrorBody),
    ),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn post(
    State(service): State<Arc<Api>>,
    acting: Acting,
    body: JsonBody<AskRequest>,
) -> Result<Json<Asked>, ApiError> {
    let mut asked = body.value;
    asked.settle()?;
    if let Some(named) = &asked.list.shopper {
        acting.check(named)?;
    }
    if let Acting(Some(own)) = acting {
        asked.list.shopper = Some(own);
    }
    service.blocking(move |service| Ok(service.live.ask(&asked, now())?)).await.map(Json)
}
