//! Forms of any page: choose a shopper, do something with an item, choose a language.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::{Correction, EventKind, IngestId, ItemId, Language, SubjectId};
use serde::Deserialize;
use web::browser::{OwnForm, after, own_path};
use web::error::ApiError;
use web::extract::{Asked, Sent};

use crate::interactions::{self, led_from};
use crate::respond::act;
use crate::state::Storefront;
use crate::visitor::Visitor;

/// The shopper that the browser becomes.
#[derive(Deserialize)]
pub(crate) struct Whom {
    /// One of the shoppers offered; empty for a visitor.
    #[serde(default)]
    shopper: String,
    /// An id that was typed; goes before `shopper`.
    #[serde(default)]
    id: String,
}

pub(crate) async fn visit(
    State(service): State<Arc<Storefront>>,
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
pub(crate) struct Interaction {
    kind: String,
    item: ItemId,
    /// The answer it follows from.
    #[serde(default)]
    from: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn do_something(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    _: OwnForm,
    Sent(done): Sent<Interaction>,
) -> Response {
    act(&service, visitor, move |service, visitor| {
        let kind: EventKind = done.kind.parse().map_err(|e| ApiError::bad_name(&e))?;
        if !OFFERED.contains(&kind) {
            return Err(ApiError::unreadable("kind: that is not done with a button"));
        }
        let item = service.live.item(&done.item);
        let item = item.ok_or_else(|| shop::ShopError::NoItem(done.item.clone()))?;
        if matches!(kind, EventKind::Purchase | EventKind::Cart) && !item.can_be_bought() {
            return Ok(after(&done.back, "sold_out"));
        }
        // Turning away is put right like anything else, so that it is on record and can be taken
        // back; the event is what dismissals are counted by. It falls with the correction before it.
        let made = match kind {
            EventKind::Dismiss => Some(turned_away(service, &visitor.subject, &done.item)?),
            _ => None,
        };
        let (item_id, from) = (&done.item, led_from(&done.from));
        interactions::did(
            service,
            &visitor.subject,
            interactions::Interaction { kind, item_id, quantity: 1, from },
        )?;
        let to = after(&done.back, kind.name());
        Ok(made.map_or(to.clone(), |made| format!("{to}&made={made}")))
    })
    .await
}

fn turned_away(
    service: &Storefront,
    subject: &SubjectId,
    item: &ItemId,
) -> Result<IngestId, ApiError> {
    let correction = Correction::NotInterested { item_id: item.clone() };
    Ok(service
        .live
        .corrections
        .correct(subject, correction, &answers::Request::default())?
        .correction_id)
}

/// Kinds of events that buttons make.
const OFFERED: [EventKind; 5] =
    [EventKind::Cart, EventKind::Uncart, EventKind::Wish, EventKind::Purchase, EventKind::Dismiss];

/// Which language, and where to go back to.
#[derive(Deserialize)]
pub(crate) struct ReadIn {
    to: Language,
    #[serde(default)]
    back: String,
}

pub(crate) async fn read_in(
    State(service): State<Arc<Storefront>>,
    visitor: Visitor,
    Asked(read_in): Asked<ReadIn>,
) -> Response {
    act(&service, visitor, move |_, visitor| {
        visitor.read_in(read_in.to);
        Ok(own_path(&read_in.back).to_owned())
    })
    .await
}
