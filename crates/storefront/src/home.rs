//! The front page: what is recommended, and where else to look.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::{Correction, Surface, Unused};
use presentation::card::Goods;
use web::error::ApiError;

use crate::frame::Frame;
use crate::list::{List, Place, list};
use crate::respond::page;
use crate::shelves::Department;
use crate::state::Storefront;
use crate::visitor::Visitor;
use crate::{interactions, survey};

/// Recommendations shown.
pub(super) const SHOWN: usize = 8;
/// Steps of the history shown.
const LATELY: usize = 6;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    lead: &'static str,
    list: Option<List>,
    lately: Vec<Goods>,
    departments: Vec<Department>,
    asks: bool,
}

pub(super) async fn show(State(service): State<Arc<Storefront>>, visitor: Visitor) -> Response {
    page(&service, visitor, |service, visitor, frame| {
        let profiling = service.live.corrections.preferences(&visitor.subject)?.profiling;
        let events = interactions::events(service, visitor)?;
        let config = &service.live.config().history;
        let steps = shop::history::steps(&events, config, shop::history::uses_all);
        // Before this list counts as seen: nobody is asked about the first one.
        let asks = survey::is_time(service, visitor, steps.len())?;
        let place = Place { surface: Surface::Home, k: SHOWN, seed_items: Vec::new() };
        let list = list(service, visitor, place)?;
        let mut recent: Vec<domain::ItemId> = Vec::new();
        for step in &steps {
            if !recent.contains(&step.past.item_id) {
                recent.push(step.past.item_id.clone());
            }
        }
        let lately =
            recent.iter().take(LATELY).map(|id| Goods::of(&service.live, id, visitor.lang));
        let lead = match &list {
            _ if !profiling => frame.texts.lead_off,
            Some(list) if list.profiled => frame.texts.lead_known,
            _ if has_preferences(service, visitor)? => frame.texts.lead_asked,
            _ if steps.is_empty() => frame.texts.lead_new,
            _ => frame.texts.lead_unused,
        };
        Ok(Home {
            lead,
            list,
            lately: lately.collect(),
            departments: service.shelves.departments(&service.live).to_vec(),
            asks,
            frame,
        })
    })
    .await
}

/// Whether what they asked for moves the list, though nothing that they did does.
fn has_preferences(service: &Storefront, visitor: &Visitor) -> Result<bool, ApiError> {
    let corrections = service.live.corrections.of(&visitor.subject)?;
    let holds = corrections.iter().filter(|kept| !kept.taken_back);
    // Newest last: whatever was asked for before everything was dropped does not count any more.
    Ok(holds.fold(false, |has_any, kept| match &kept.correction {
        Correction::DoNotUse { unused: Unused::Everything } => false,
        Correction::More { .. } | Correction::Less { .. } => true,
        Correction::SetTags { tags } => !tags.is_empty(),
        _ => has_any,
    }))
}
