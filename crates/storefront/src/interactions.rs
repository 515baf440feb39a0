//! Interactions of a visitor, as events like any other; cart and saved items are read from them.

use domain::time::DAY_MS;
use domain::{Event, EventKind, EventTime, ItemId, RequestId, StoredEvent, SubjectId, Timestamp};
use web::error::ApiError;
use web::now;

use crate::state::Storefront;
use crate::visitor::Visitor;

/// How long an item lies in the cart.
const KEPT_MS: i64 = 14 * DAY_MS;

/// The visit that events of the storefront name.
const SESSION: &str = "window";

/// The shop's present. A simulated shop lives in its own time: with an event of today, everything
/// that happened "lately" there would be long ago.
fn present(service: &Storefront) -> Timestamp {
    let latest = service.live.counts().latest();
    match latest.filter(|_| service.live.config().shop.simulated) {
        Some(latest) => Timestamp(latest.0 + 1000),
        None => now(),
    }
}

/// Something that somebody did with an item.
pub(super) struct Interaction<'d> {
    pub(super) kind: EventKind,
    pub(super) item_id: &'d ItemId,
    pub(super) quantity: u32,
    /// The answer that it follows from.
    pub(super) from: Option<RequestId>,
}

/// Takes in what somebody did.
pub(super) fn did(
    service: &Storefront,
    subject: &SubjectId,
    done: Interaction<'_>,
) -> Result<(), ApiError> {
    let Interaction { kind, item_id, quantity, from } = done;
    let time = present(service);
    // Reloading a page is no second look.
    let nonce = match kind {
        EventKind::View => format!("{}", now().0 / (DAY_MS / 48)),
        _ => format!("{:016x}", rand::random::<u64>()),
    };
    let event = Event {
        subject: subject.clone(),
        kind,
        item_id: item_id.clone(),
        time: EventTime::At(time),
        quantity,
        price: service.live.item(item_id).and_then(|item| item.price),
        session: Some(SESSION.to_owned()),
        request_id: from,
        region: None,
        device: None,
        zone_minutes: None,
        source_key: format!("window:{}:{item_id}:{nonce}", kind.name()),
    };
    let acks = service.live.collector.collect(vec![event])?;
    service.metrics.collected("events", acks.iter().filter(|ack| ack.fresh).count());
    Ok(())
}

/// The visitor's events, newest first.
pub(super) fn events(
    service: &Storefront,
    visitor: &Visitor,
) -> Result<Vec<StoredEvent>, ApiError> {
    let state = service.live.shop().state();
    let Some(shopper) = state.shopper(&visitor.subject)? else { return Ok(Vec::new()) };
    Ok(state.recent(shopper, service.live.config().history.events, state.newest()?)?)
}

/// Items in the cart, newest first, and how many of each.
pub(super) fn cart(
    service: &Storefront,
    visitor: &Visitor,
) -> Result<Vec<(ItemId, u32)>, ApiError> {
    let since = present(service).0 - KEPT_MS;
    let events = events(service, visitor)?;
    let lately = events.iter().filter(|e| e.time.instant().is_some_and(|time| time.0 >= since));
    Ok(held(lately, EventKind::Cart))
}

/// Items saved for later, newest first.
pub(super) fn saved(events: &[StoredEvent]) -> Vec<ItemId> {
    held(events.iter(), EventKind::Wish).into_iter().map(|(id, _)| id).collect()
}

/// Items with events of a kind since whatever ended it: buying, taking out or turning away; and how
/// many were meant.
fn held<'e>(events: impl Iterator<Item = &'e StoredEvent>, kind: EventKind) -> Vec<(ItemId, u32)> {
    let ends = |other: EventKind| {
        matches!(other, EventKind::Purchase | EventKind::Dismiss | EventKind::Uncart)
    };
    let (mut held, mut ended) = (Vec::<(ItemId, u32)>::new(), Vec::new());
    for event in events.filter(|event| event.kind == kind || ends(event.kind)) {
        let known = held.iter_mut().find(|(id, _)| *id == event.item_id);
        match (known, ended.contains(&event.item_id), event.kind == kind) {
            (_, true, _) => {}
            (Some((_, n)), _, true) => *n = n.saturating_add(event.quantity.max(1)),
            (None, _, true) => held.push((event.item_id.clone(), event.quantity.max(1))),
            (_, _, false) => ended.push(event.item_id.clone()),
        }
    }
    held
}

/// The answer that something follows from, where one is named.
pub(super) fn led_from(raw: &str) -> Option<RequestId> {
    RequestId::new(raw).ok()
}
