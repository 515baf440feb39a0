//! The page of data: how much there is and how fresh. What imports brought is on the page of feeds.

mod texts;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::{Axis, Chart, Line, Lines, Unit};
use domain::Timestamp;
use domain::time::DAY_MS;
use insights::inventory::Inventory;

use crate::format::{grouped, moment};
use crate::frame::{Frame, Page};
use crate::operator::Operator;
use crate::respond::page;
use crate::state::Console;
use texts::Texts;

/// Days drawn; the table of the figure holds the same.
const DRAWN: usize = 180;

#[derive(Template)]
#[template(path = "data.html")]
struct Data {
    frame: Frame,
    texts: &'static Texts,
    facts: Vec<(&'static str, String)>,
    by_day: Option<String>,
    n_unlisted: String,
    /// Ids that the catalogue lacks, each with how many events name it.
    unlisted: Vec<(String, String)>,
}

pub(super) async fn show(State(service): State<Arc<Console>>, operator: Operator) -> Response {
    page(&service, operator, Page::Data, |service, operator, mut frame| {
        let texts = Texts::of(operator.lang);
        let inventory = frame.ready(service.live.reports.inventory(service.lookup())?)?;
        Ok(Data {
            n_unlisted: grouped(inventory.n_unlisted as u64),
            unlisted: inventory
                .unlisted
                .iter()
                .map(|id| (id.item_id.to_string(), grouped(id.n_events)))
                .collect(),
            facts: facts(&inventory, texts),
            by_day: by_day(&inventory, texts, &frame),
            texts,
            frame,
        })
    })
    .await
}

fn facts(inventory: &Inventory, texts: &Texts) -> Vec<(&'static str, String)> {
    let date = |at: Option<Timestamp>| at.map_or(texts.never.to_owned(), moment);
    let counts = &inventory.counts;
    vec![
        (texts.events, grouped(counts.events)),
        (texts.shoppers, grouped(counts.shoppers)),
        (texts.items, grouped(counts.items)),
        (texts.reviews, grouped(counts.reviews)),
        (texts.last_event, date(inventory.last_event)),
        (texts.last_taken_in, date(inventory.last_taken_in)),
        (texts.erased, inventory.n_erased.to_string()),
    ]
}

fn by_day(inventory: &Inventory, texts: &Texts, frame: &Frame) -> Option<String> {
    let skipped = inventory.by_day.len().saturating_sub(DRAWN);
    let point = |(day, n): &(Timestamp, u64)| ((day.0 / DAY_MS) as f64, *n as f64);
    let points: Vec<_> = inventory.by_day.iter().skip(skipped).map(point).collect();
    (!points.is_empty()).then(|| {
        let chart = Lines {
            about: frame.about(texts.by_day, texts.by_day_about),
            x: Axis::new(texts.day, Unit::Day),
            y: Axis::new(texts.events, Unit::Plain(0)),
            lines: vec![Line { label: texts.events.to_owned(), points }],
            step: Some(1.0),
        };
        chart.figure()
    })
}
