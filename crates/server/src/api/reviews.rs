//! `POST /v1/reviews`: what shoppers say about items.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::{EventTime, ItemId, Rating, Review, SubjectId, Timestamp};
use ingest::collect::Rejected;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use web::error::{ApiError, ErrorBody};
use web::extract::JsonBody;
use web::keys::ShopServer;
use web::now;

use super::batch;
use super::state::Api;

/// One review.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReview {
    /// Who wrote it.
    shopper: SubjectId,
    /// About which item.
    item_id: ItemId,
    /// Stars, 1 to 5.
    #[serde(default)]
    rating: Option<f64>,
    /// Headline.
    #[serde(default)]
    title: String,
    /// Body.
    #[serde(default)]
    text: String,
    /// When: RFC 3339; now where missing.
    #[serde(default)]
    time: Option<String>,
    /// The sender's id of it: a retry with the same id adds nothing. Where missing, a shopper has
    /// one review per item.
    #[serde(default)]
    message_id: Option<String>,
}

/// A batch of reviews: one, a list, or a list under `reviews`.
#[derive(ToSchema, Deserialize)]
#[serde(untagged)]
#[expect(
    dead_code,
    reason = "describes the body in the documentation; entries are read one by one"
)]
pub(crate) enum ReviewBatch {
    /// One review.
    One(Box<NewReview>),
    /// Several.
    Many(Vec<NewReview>),
    /// Several, under a name.
    Named {
        /// The reviews.
        reviews: Vec<NewReview>,
    },
}

/// What became of a batch of reviews.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewsAcknowledged {
    /// Taken in now.
    accepted: usize,
    /// Taken in before.
    known: usize,
    /// Refused, each with its position and cause.
    rejected: Vec<Rejected>,
}

/// Take in reviews
///
/// Ratings count in the next answer. Texts are kept as data and never taken as instructions.
#[utoipa::path(
    post, path = "/v1/reviews", tag = "events",
    request_body = ReviewBatch,
    responses(
        (status = 200, body = ReviewsAcknowledged),
        (status = 422, description = "Nothing of the batch could be read", body = ErrorBody),
    ),
    security(("server_key" = []))
)]
pub(crate) async fn post(
    State(service): State<Arc<Api>>,
    _: ShopServer,
    body: JsonBody<Value>,
) -> Result<Json<ReviewsAcknowledged>, ApiError> {
    let entries = batch::entries(body.value, "reviews")?;
    let now = now();
    let (sent, rejected) = batch::read(entries, |review: &NewReview| review.check(now));
    let taken = service.blocking(move |service| {
        service.metrics.rejected("reviews", rejected.len());
        if sent.is_empty() {
            return Err(batch::nothing_readable(&rejected));
        }
        let reviews = sent.into_iter().map(|review| review.into_review(now)).collect();
        let acks = service.live.collector.collect_reviews(reviews)?;
        let accepted = acks.iter().filter(|ack| ack.fresh).count();
        service.metrics.collected("reviews", accepted);
        Ok(ReviewsAcknowledged { accepted, known: acks.len() - accepted, rejected })
    });
    taken.await.map(Json)
}

impl NewReview {
    fn check(&self, now: Timestamp) -> Result<(), String> {
        self.rating()?;
        if self.rating.is_none() && self.title.trim().is_empty() && self.text.trim().is_empty() {
            return Err("rating: send a rating, a title or a text".to_owned());
        }
        if self.time(now)?.0 > now.0 + domain::time::DAY_MS {
            return Err("time: lies in the future; check the sender's clock".to_owned());
        }
        Ok(())
    }

    fn rating(&self) -> Result<Option<Rating>, String> {
        self.rating.map(Rating::new).transpose().map_err(|error| error.to_string())
    }

    fn time(&self, now: Timestamp) -> Result<Timestamp, String> {
        let Some(time) = &self.time else { return Ok(now) };
        Timestamp::parse(time).map_err(|error| error.to_string())
    }

    fn into_review(self, now: Timestamp) -> Review {
        let source_key = match &self.message_id {
            Some(id) => format!("message:{id}"),
            None => format!("api:review:{}", self.item_id),
        };
        Review {
            rating: self.rating().ok().flatten(),
            time: EventTime::At(self.time(now).unwrap_or(now)),
            subject: self.shopper,
            item_id: self.item_id,
            title: self.title,
            text: self.text,
            source_key,
        }
    }
}
