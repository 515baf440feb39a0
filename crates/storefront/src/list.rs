//! A recommended list on a page of the storefront.

use answers::Request;
use domain::{ItemId, Surface};
use presentation::card::Card;
use web::error::ApiError;
use web::now;

use crate::state::Storefront;
use crate::visitor::Visitor;

/// Where a list stands, and what it is about.
pub(super) struct Place {
    pub(super) surface: Surface,
    pub(super) k: usize,
    pub(super) seed_items: Vec<ItemId>,
}

/// A list as a page shows it.
#[derive(Default)]
pub(super) struct List {
    pub(super) request_id: String,
    pub(super) cards: Vec<Card>,
    /// Whether anything of a history was used.
    pub(super) profiled: bool,
}

/// Recommends, and notes that the items were shown: without a script, a page cannot tell what of it
/// came into view, so that all of a list counts (the widget tells exactly). `None` before the first
/// training.
pub(super) fn list(
    service: &Storefront,
    visitor: &Visitor,
    place: Place,
) -> Result<Option<List>, ApiError> {
    if service.live.model().is_err() {
        return Ok(None);
    }
    let Place { surface, k, seed_items } = place;
    let request = Request {
        surface,
        shopper: Some(visitor.subject.clone()),
        k,
        seed_items,
        lang: Some(visitor.lang),
        ..Request::default()
    };
    let answer = service.live.recommender.recommend(&request)?;
    service.metrics.delivered(&answer);
    if visitor.looks {
        let exposure = serving::feedback::Exposure {
            request_id: answer.request_id.clone(),
            item_ids: Vec::new(),
        };
        service.live.feedback.expose(&exposure, None, now())?;
    }
    let cards = answer.items.iter().map(|item| Card::of(&service.live, item, visitor.lang));
    let (request_id, profiled) = (answer.request_id.to_string(), answer.profiled);
    Ok(Some(List { request_id, cards: cards.collect(), profiled }))
}
