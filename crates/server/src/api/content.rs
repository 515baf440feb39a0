//! `/v1/content`: drafts of product texts, for somebody to read.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serving::drafts::{Content, ContentRequest};
use web::error::{ApiError, ErrorBody};
use web::extract::JsonBody;
use web::keys::ShopServer;

use super::state::Api;

/// Draft a product description or an advertisement
///
/// From the catalogue entry and from verified claims about reviews, purchases and prices only; each
/// sentence cites its proofs. A language model chooses words where `phrasing` asks for it, under
/// the rules of reasons. Nothing is published.
#[utoipa::path(
    post, path = "/v1/content", tag = "content",
    request_body = ContentRequest,
    responses(
        (status = 200, body = Content),
        (status = 404, description = "No such item", body = ErrorBody),
        (status = 422, description = "A field makes no sense", body = ErrorBody),
        (status = 503, description = "Nothing was trained yet", body = ErrorBody),
    ),
    security(("server_key" = []))
)]
pub(crate) async fn post(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    body: JsonBody<ContentRequest>,
) -> Result<Json<Content>, ApiError> {
    let request = body.value;
    let drafted = service
        .blocking(move |service| Ok(serving::drafts::draft(&service.live.recommender, &request)?));
    drafted.await.map(Json)
}
