//! The page of data: how much there is and how fresh. What imports brought is on the page of feeds.

mod texts;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::{Axis, Chart, Line, Lines, Unit};
use domain::Timestamp;
use domain::time::DAY_MS;
use insights::inventory::Holdings;

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
}

pub(super) async fn show(State(service): State<Arc<Console>>, operator: Operator) -> Response {
    page(&service, operator, Page::Data, |service, operator, mut frame| {
        let texts = Texts::of(operator.lang);
        let holdings = frame.known(service.live.reports.holdings(service.looker())?)?;
        Ok(Data {
            facts: facts(&holdings, texts),
            by_day: by_day(&holdings, texts, &frame),
            texts,
            frame,
        })
    })
    .await
}

fn facts(holdings: &Holdings, texts: &Texts) -> Vec<(&'static str, String)> {
    let date = |at: Option<Timestamp>| at.map_or(texts.never.to_owned(), moment);
    let counts = &holdings.counts;
    vec![
        (texts.events, grouped(counts.events)),
        (texts.shoppers, grouped(counts.shoppers)),
        (texts.items, grouped(counts.items)),
        (texts.reviews, grouped(counts.reviews)),
        (texts.last_event, date(holdings.last_event)),
        (texts.last_taken_in, date(holdings.last_taken_in)),
        (texts.erased, holdings.n_erased.to_string()),
    ]
}

fn by_day(holdings: &Holdings, texts: &Texts, frame: &Frame) -> Option<String> {
    let skipped = holdings.by_day.len().saturating_sub(DRAWN);
    let point = |(day, n): &(Timestamp, u64)| ((day.0 / DAY_MS) as f64, *n as f64);
    let points: Vec<_> = holdings.by_day.iter().skip(skipped).map(point).collect();
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
