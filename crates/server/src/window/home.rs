//! The front page: what is recommended, and where else to look.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::Surface;

use super::frame::{Frame, page};
use super::list::{List, Place, list};
use super::shelves::{Department, departments};
use super::visitor::Visitor;
use super::{basket, survey};
use crate::service::Service;
use crate::shown::card::Goods;

/// Recommendations shown.
const SHOWN: usize = 8;
/// Steps of the history shown.
const LATELY: usize = 6;

#[derive(Template)]
#[template(path = "window/home.html")]
struct Home {
    frame: Frame,
    lead: &'static str,
    list: Option<List>,
    lately: Vec<Goods>,
    departments: Vec<Department>,
    asks: bool,
}

pub(super) async fn show(State(service): State<Arc<Service>>, visitor: Visitor) -> Response {
    page(&service, visitor, |service, visitor, frame| {
        let profiling = service.live.preferences(&visitor.subject)?.profiling;
        let events = basket::events(service, visitor)?;
        let config = &service.live.config().history;
        let steps = app::history::steps(&events, config, app::history::uses_all);
        // Before this list counts as seen: nobody is asked about the first one.
        let asks = survey::is_time(service, visitor, steps.len())?;
        let place = Place { surface: Surface::Home, k: SHOWN, seed_items: Vec::new() };
        let list = list(service, visitor, place)?;
        let mut seen: Vec<domain::ItemId> = Vec::new();
        for step in &steps {
            if !seen.contains(&step.past.item_id) {
                seen.push(step.past.item_id.clone());
            }
        }
        let lately = seen.iter().take(LATELY).map(|id| Goods::of(service, id, visitor.lang));
        let lead = match (profiling, steps.is_empty()) {
            (false, _) => frame.texts.lead_off,
            (true, true) => frame.texts.lead_new,
            (true, false) => frame.texts.lead_known,
        };
        Ok(Home {
            lead,
            list,
            lately: lately.collect(),
            departments: departments(service).to_vec(),
            asks,
            frame,
        })
    })
    .await
}
