//! `GET /v1/transparency`: how this shop recommends, for everybody.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use presentation::transparency::{Transparency, document};
use web::error::ApiError;

use super::state::Api;

/// Show how this shop recommends
#[utoipa::path(
    get, path = "/v1/transparency", tag = "models", responses((status = 200, body = Transparency))
)]
pub(crate) async fn get(State(service): State<Arc<Api>>) -> Result<Json<Transparency>, ApiError> {
    service.blocking(|service| Ok(document(&service.live)?)).await.map(Json)
}
