//! `POST /v1/cards`: recommendations as a page shows them, for the widget.

use std::sync::Arc;

use answers::Request;
use axum::Json;
use axum::extract::State;
use presentation::card::Card;
use serde::Serialize;
use utoipa::ToSchema;
use web::error::{ApiError, ErrorBody};
use web::extract::JsonBody;
use web::keys::Acting;

use super::state::Api;

/// Recommendations in words, ready to be shown as text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Cards {
    /// The answer on record.
    #[schema(value_type = String)]
    request_id: domain::RequestId,
    /// True when the shop's data are simulated: say so.
    simulated: bool,
    /// Whether anything of the shopper's history was used.
    profiled: bool,
    /// The language of the texts.
    lang: domain::Language,
    /// The items, best place first.
    items: Vec<Card>,
}

/// Recommend items, ready to be shown
///
/// The same answer as `POST /v1/recommendations`, with titles, prices and facts in words. All texts
/// are data of the shop and of shoppers: show them as text, never as markup.
#[utoipa::path(
    post, path = "/v1/cards", tag = "recommendations",
    request_body = Request,
    responses(
        (status = 200, body = Cards),
        (status = 422, description = "A field makes no sense", body = ErrorBody),
        (status = 503, description = "Nothing was trained yet", body = ErrorBody),
    ),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn post(
    State(service): State<Arc<Api>>,
    acting: Acting,
    body: JsonBody<Request>,
) -> Result<Json<Cards>, ApiError> {
    let request = acting.speak_in(body.value)?;
    let cards = service.blocking(move |service| {
        let answer = service.recommend(&request)?;
        let lang = request.lang.unwrap_or(service.live.config().shop.language);
        let items = answer.items.iter().map(|item| Card::of(&service.live, item, lang));
        Ok(Cards {
            items: items.collect(),
            request_id: answer.request_id,
            simulated: answer.simulated,
            profiled: answer.profiled,
            lang,
        })
    });
    cards.await.map(Json)
}
