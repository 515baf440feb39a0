//! The shop window: the shop as a shopper meets it, with a reason beside everything recommended.
//!
//! Server-rendered, no script, every text escaped by the templates; what shoppers do here are events
//! and feedback like any other. Shown only where the server runs open, because a browser sends no
//! key. Refuses to compute: every list and every reason comes from `app`.

mod frame;
mod shelves;
mod texts;
mod visitor;

mod art;
mod basket;
mod list;

mod about;
mod ask;
mod cart;
mod category;
mod corrected;
mod home;
mod product;
mod sorry;
mod survey;
mod why;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::{Correction, EventKind, IngestId, ItemId, Language, RequestId, SubjectId};
use serde::Deserialize;

use crate::browser::{OwnForm, after, own_path};
use crate::error::ApiError;
use crate::extract::{Asked, Sent};
use crate::service::Service;
use frame::act;
pub(crate) use shelves::Shelves;
pub(crate) use sorry::lost;
use visitor::Visitor;

/// Erases a shopper, which takes as long as fitting the model again.
pub(crate) const ERASE: &str = "/me/erase";

/// The pages and what they load.
pub(crate) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/", get(home::show))
        .route("/category", get(category::show))
        .route("/item/{id}", get(product::show))
        .route("/cart", get(cart::show).post(cart::buy))
        .route("/why/{reason}", get(why::show).post(why::say))
        .route("/me", get(about::show))
        .route("/me/profiling", post(about::switch))
        .route("/me/undo", post(corrected::undo))
        .route("/me/wish", post(corrected::wish))
        .route("/ask", get(ask::show).post(ask::answer))
        .route(ERASE, post(about::erase))
        .route("/survey", get(survey::show).post(survey::answer))
        .route("/survey/later", get(survey::later))
        .route("/visit", post(visit))
        .route("/do", post(do_something))
        .route("/language", get(read_in))
        .route("/art/{id}", get(art::show))
        .route("/favicon.svg", get(favicon))
        .route("/style.css", get(style))
        .route("/shop.css", get(shop_style))
}

fn css(text: &'static str) -> impl IntoResponse {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    (headers, text)
}

async fn style() -> impl IntoResponse {
    css(include_str!("../assets/style.css"))
}

async fn favicon() -> impl IntoResponse {
    (kept_for(86_400, "image/svg+xml"), include_str!("../assets/favicon.svg"))
}

async fn shop_style() -> impl IntoResponse {
    css(include_str!("../assets/shop.css"))
}

/// Whom to be.
#[derive(Deserialize)]
struct Whom {
    /// One of the shoppers offered; empty for a visitor.
    #[serde(default)]
    shopper: String,
    /// An id that was typed; goes before `shopper`.
    #[serde(default)]
    id: String,
}

async fn visit(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(whom): Sent<Whom>,
) -> Response {
    act(&service, visitor, move |_, visitor| {
        let named = if whom.id.trim().is_empty() { whom.shopper } else { whom.id };
        visitor.become_subject(match named.trim() {
            "" => Visitor::fresh_subject(),
            named => SubjectId::new(named).map_err(|error| ApiError::bad_name(&error))?,
        });
        Ok("/".to_owned())
    })
    .await
}

/// Something done with an item.
#[derive(Deserialize)]
struct Deed {
    kind: String,
    item: ItemId,
    /// The answer it follows from.
    #[serde(default)]
    from: String,
    #[serde(default)]
    back: String,
}

async fn do_something(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(deed): Sent<Deed>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        let kind: EventKind = deed.kind.parse().map_err(|e| ApiError::bad_name(&e))?;
        if !OFFERED.contains(&kind) {
            return Err(ApiError::unreadable("kind: that is not done with a button"));
        }
        let item = service.live.item(&deed.item);
        let item = item.ok_or_else(|| app::AppError::NoItem(deed.item.clone()))?;
        if matches!(kind, EventKind::Purchase | EventKind::Cart) && !item.can_be_bought() {
            return Ok(after(&deed.back, "sold_out"));
        }
        // Turning away is put right like anything else, so that it is on record and can be taken
        // back; the event is what dismissals are counted by. It falls with the correction before it.
        let made = match kind {
            EventKind::Dismiss => Some(turned_away(service, &visitor.subject, &deed.item)?),
            _ => None,
        };
        let (item_id, from) = (&deed.item, from(&deed.from));
        basket::did(service, &visitor.subject, basket::Deed { kind, item_id, quantity: 1, from })?;
        let to = after(&deed.back, kind.name());
        Ok(made.map_or(to.clone(), |made| format!("{to}&made={made}")))
    })
    .await
}

fn turned_away(
    service: &Service,
    subject: &SubjectId,
    item: &ItemId,
) -> Result<IngestId, ApiError> {
    let correction = Correction::NotInterested { item_id: item.clone() };
    Ok(service.live.correct(subject, correction, &app::Request::default())?.correction_id)
}

/// What buttons stand for.
const OFFERED: [EventKind; 5] =
    [EventKind::Cart, EventKind::Uncart, EventKind::Wish, EventKind::Purchase, EventKind::Dismiss];

/// The answer that something follows from, where one is named.
fn from(raw: &str) -> Option<RequestId> {
    RequestId::new(raw).ok()
}

/// Which language, and where to go back to.
#[derive(Deserialize)]
struct Reading {
    to: Language,
    #[serde(default)]
    back: String,
}

async fn read_in(
    State(service): State<Arc<Service>>,
    visitor: Visitor,
    Asked(reading): Asked<Reading>,
) -> Response {
    act(&service, visitor, move |_, visitor| {
        visitor.read_in(reading.to);
        Ok(own_path(&reading.back).to_owned())
    })
    .await
}

/// What the art and the widget share: an answer that may be kept for a while.
fn kept_for(seconds: u32, content_type: &'static str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, axum::http::HeaderValue::from_static(content_type));
    let value = axum::http::HeaderValue::from_str(&format!("max-age={seconds}"));
    headers.insert(header::CACHE_CONTROL, value.expect("digits are a header value"));
    headers
}
