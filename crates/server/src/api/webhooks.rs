//! `POST /v1/webhooks/shopify`: what Shopify tells of products, orders and privacy.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use ingest::collect::shopify::{Topic, WebhookOutcome};
use serde_json::Value;
use sha2::Sha256;
use web::error::{ApiError, ErrorBody};
use web::extract::RawBody;
use web::now;

use super::state::Api;

/// Take in a webhook of Shopify
///
/// Topics: `products/create`, `products/update`, `products/delete`, `orders/create`, `orders/paid`,
/// `orders/cancelled`, and of Shopify's privacy rules `customers/data_request`, `customers/redact`
/// and `shop/redact`. The body is signed with `serve.shopify_secret`; sending it again adds
/// nothing. `shop/redact` answers 202: remove the shop's folder to obey it.
#[utoipa::path(
    post, path = "/v1/webhooks/shopify", tag = "events",
    params(
        ("X-Shopify-Topic" = String, Header, description = "What the webhook is about"),
        ("X-Shopify-Hmac-Sha256" = String, Header, description = "HMAC-SHA256 of the body, in base64"),
    ),
    request_body(content = Object, description = "As Shopify sends it"),
    responses(
        (status = 200, description = "What became of it", body = WebhookOutcome),
        (status = 202, description = "To be obeyed by hand", body = WebhookOutcome),
        (status = 401, description = "The signature is missing or wrong", body = ErrorBody),
        (status = 404, description = "No secret is set", body = ErrorBody),
        (status = 422, description = "The body cannot be read", body = ErrorBody),
    )
)]
pub(crate) async fn shopify(
    State(service): State<Arc<Api>>,
    headers: HeaderMap,
    RawBody(body): RawBody,
) -> Result<Response, ApiError> {
    let secret = service.settings.shopify_secret.as_deref();
    let secret = secret.filter(|secret| !secret.is_empty()).ok_or_else(ApiError::no_webhooks)?;
    if !is_signed(secret, &headers, &body) {
        return Err(ApiError::bad_signature());
    }
    let topic = headers.get("x-shopify-topic").and_then(|value| value.to_str().ok());
    let topic: Topic = topic.unwrap_or_default().parse().map_err(|e| ApiError::bad_topic(&e))?;
    let body: Value = serde_json::from_slice(&body).map_err(|error| ApiError::bad_json(&error))?;
    let taken = service.blocking(move |service| {
        let currency = service.settings.shopify_currency;
        let taken = service.live.take_webhook(topic, &body, currency, now())?;
        if let WebhookOutcome::Events { accepted, .. } = &taken {
            service.metrics.collected("events", *accepted);
        }
        Ok(taken)
    });
    let taken = taken.await?;
    let status = match taken {
        WebhookOutcome::EraseShop => {
            tracing::warn!(
                "Shopify asks to erase the whole shop: stop the server and remove its folder"
            );
            StatusCode::ACCEPTED
        }
        _ => StatusCode::OK,
    };
    Ok((status, Json(taken)).into_response())
}

/// Compares in constant time, so that a signature cannot be guessed byte by byte.
fn is_signed(secret: &str, headers: &HeaderMap, body: &Bytes) -> bool {
    let sent = headers.get("x-shopify-hmac-sha256").and_then(|value| value.to_str().ok());
    let Some(sent) = sent.and_then(|sent| STANDARD.decode(sent).ok()) else { return false };
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(body);
    mac.verify_slice(&sent).is_ok()
}
