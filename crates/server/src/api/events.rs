//! `POST /v1/events`: what shoppers do, as it happens.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::{IntoResponse, Response};
use domain::{ShopperId, SubjectId};
use ingest::collect::{Batch, NativeEvent, Rejected, Shape, read_batch};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use web::error::{ApiError, ErrorBody};
use web::extract::JsonBody;
use web::keys::Acting;
use web::now;

use super::batch;
use super::idempotency::Attempt;
use super::state::Api;

/// A batch of events: one, a list, or a list under `events`. GA4 Measurement Protocol bodies, and
/// calls or batches of Segment, RudderStack and PostHog are taken as they are, alone or in a list.
#[derive(ToSchema, Deserialize)]
#[serde(untagged)]
#[expect(
    dead_code,
    reason = "describes the body in the documentation; entries are read one by one"
)]
pub(crate) enum EventBatch {
    /// One event.
    One(Box<NativeEvent>),
    /// Several.
    Many(Vec<NativeEvent>),
    /// Several, under a name.
    Named {
        /// The events.
        events: Vec<NativeEvent>,
    },
}

/// What became of a batch of events.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Collected {
    /// Taken in now: on disk, and counted in the next answer.
    accepted: usize,
    /// Taken in before (same `message_id`, or same content and time).
    known: usize,
    /// Visitors who were found to be people: from now on they have one history.
    #[serde(skip_serializing_if = "is_zero")]
    identified: usize,
    /// Left out: dated up to the moment at which the person was erased.
    #[serde(skip_serializing_if = "is_zero")]
    erased: usize,
    /// Refused, each with its position and cause.
    rejected: Vec<Rejected>,
    /// Values that events were taken in without, each with the event's position and the cause.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<Rejected>,
}

/// Take in events
///
/// When this returns 200 the accepted events survive a crash and count in the next answer.
/// A publishable key may only send events of its token's shopper.
#[utoipa::path(
    post, path = "/v1/events", tag = "events",
    params(("Idempotency-Key" = Option<String>, Header, description = "Repeating a request with the same key and body gives the first response and adds nothing")),
    request_body = EventBatch,
    responses(
        (status = 200, body = Collected),
        (status = 409, description = "The Idempotency-Key was used for another body", body = ErrorBody),
        (status = 422, description = "Nothing of the batch could be read", body = ErrorBody),
    ),
    security(("server_key" = []), ("publishable_key" = [], "shopper_token" = []))
)]
pub(crate) async fn post(
    State(service): State<Arc<Api>>,
    acting: Acting,
    headers: HeaderMap,
    body: JsonBody<Value>,
) -> Result<Response, ApiError> {
    let scope = format!("events {}", acting.0.as_ref().map_or("", |own| own.as_str()));
    let attempt = Attempt::of(&headers, &scope, &body.raw)?;
    let mut entries = match Shape::of(&body.value) {
        Some(_) => vec![body.value],
        None => batch::entries(body.value, "events")?,
    };
    for (index, entry) in entries.iter_mut().enumerate().filter(|(_, e)| Shape::of(e).is_none()) {
        act_for(&acting, entry)?;
        if let Some(attempt) = &attempt {
            name_message(entry, &attempt.message_id(index));
        }
    }
    let name = |index| attempt.as_ref().map(|attempt| attempt.message_id(index));
    let mut read = read_batch(entries, &name, now());
    if let Some(own) = &acting.0 {
        read.speak_for(own).or_else(|named| acting.check(&named))?;
    }
    service.blocking(move |service| collect(service, attempt, read)).await
}

fn collect(
    service: &Api,
    attempt: Option<Attempt>,
    mut batch: Batch,
) -> Result<Response, ApiError> {
    let earlier = attempt.as_ref().map(|attempt| attempt.earlier(&service.live)).transpose()?;
    if let Some(response) = earlier.flatten() {
        let replayed = (HeaderName::from_static("idempotent-replayed"), "true");
        let json = (header::CONTENT_TYPE, "application/json");
        return Ok(([json, replayed], response).into_response());
    }
    service.metrics.rejected("events", batch.rejected.len());
    if batch.is_empty() && !batch.rejected.is_empty() {
        return Err(batch::nothing_readable(&batch.rejected));
    }
    let erased = service.live.collector.leave_out_erased(&mut batch)?;
    let acks = service.live.collector.collect(batch.events)?;
    service.live.collector.collect_reviews(batch.reviews)?;
    let identified = service.live.collector.identify(&batch.identities)?;
    let accepted = acks.iter().filter(|ack| ack.fresh).count();
    service.metrics.collected("events", accepted);
    let (known, rejected, left_out) = (acks.len() - accepted, batch.rejected, batch.left_out);
    let collected = Collected { accepted, known, identified, erased, rejected, left_out };
    if let Some(attempt) = attempt {
        let mut shoppers: Vec<ShopperId> = acks.iter().map(|ack| ack.shopper).collect();
        shoppers.sort_unstable();
        shoppers.dedup();
        let response = serde_json::to_string(&collected).expect("counts and texts are plain data");
        attempt.remember(&service.live, shoppers, &response)?;
    }
    Ok(Json(collected).into_response())
}

/// Sees to it that a token's bearer speaks of nobody else: an event that names nobody is theirs.
fn act_for(acting: &Acting, entry: &mut Value) -> Result<(), ApiError> {
    let (Some(own), Value::Object(event)) = (&acting.0, entry) else { return Ok(()) };
    match event.get("shopper") {
        None | Some(Value::Null) => {
            event.insert("shopper".to_owned(), Value::String(own.to_string()));
            Ok(())
        }
        Some(Value::String(named)) => {
            let named = SubjectId::new(named).map_err(|error| ApiError::bad_name(&error))?;
            acting.check(&named)
        }
        // Not a name at all; refused with its position when the event is read.
        Some(_) => Ok(()),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// Two attempts at once both find nothing remembered; the store then sees the same messages.
fn name_message(entry: &mut Value, message_id: &str) {
    if let Value::Object(event) = entry
        && event.get("message_id").is_none_or(Value::is_null)
    {
        event.insert("message_id".to_owned(), Value::String(message_id.to_owned()));
    }
}
