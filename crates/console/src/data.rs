//! The page of data: how much there is and how fresh, and what each import brought and refused.

mod texts;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use charts::{Axis, Chart, Line, Lines, Unit};
use domain::Timestamp;
use domain::time::DAY_MS;
use insights::inventory::{Imported, Inventory};

use crate::format::{grouped, moment};
use crate::frame::{Frame, Page};
use crate::operator::Operator;
use crate::respond::page;
use crate::state::Console;
use texts::Texts;

/// Days drawn; the table of the figure holds the same.
const DRAWN: usize = 180;
/// Refused rows quoted per import.
const QUOTED: usize = 20;

#[derive(Template)]
#[template(path = "data.html")]
struct Data {
    frame: Frame,
    texts: &'static Texts,
    facts: Vec<(&'static str, String)>,
    by_day: Option<String>,
    imports: Vec<Import>,
}

/// An import as it is listed.
struct Import {
    date: String,
    source: String,
    rows: String,
    rejected: String,
    n_new: String,
    n_known: String,
    /// Rows that cleaning dropped and fields left out, each with how often.
    without: Vec<Without>,
    /// How many of the refused rows are quoted.
    n_quoted: usize,
    /// Where and why rows were refused.
    refused: Vec<(String, String)>,
}

/// A kind of row or field that was dropped.
struct Without {
    name: String,
    /// Whether it has no words of the page and is told as the import put it.
    is_english: bool,
    n: String,
}

pub(super) async fn show(State(service): State<Arc<Console>>, operator: Operator) -> Response {
    page(&service, operator, Page::Data, |service, operator, mut frame| {
        let texts = Texts::of(operator.lang);
        let inventory = frame.ready(service.live.reports.inventory(service.lookup())?)?;
        Ok(Data {
            facts: facts(&inventory, texts),
            by_day: by_day(&inventory, texts, &frame),
            imports: inventory.imports.iter().map(|import| Import::of(import, texts)).collect(),
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

impl Import {
    fn of(import: &Imported, texts: &Texts) -> Self {
        let without = import.cleaned.iter().chain(&import.read.left_out);
        let refused = import.examples.iter().take(QUOTED);
        Self {
            date: moment(import.at),
            source: import.source.clone(),
            rows: grouped(import.read.rows),
            rejected: grouped(import.read.rejected),
            n_new: grouped(import.n_new),
            n_known: grouped(import.n_known),
            without: without.map(|(what, n)| Without::of(what, *n, texts)).collect(),
            n_quoted: refused.len(),
            refused: refused
                .map(|row| (format!("{}:{}", row.source, row.line), row.cause.clone()))
                .collect(),
        }
    }
}

impl Without {
    fn of(what: &str, n: u64, texts: &Texts) -> Self {
        let known = texts.left_out(what);
        let (name, is_english) = (known.unwrap_or(what).to_owned(), known.is_none());
        Self { name, is_english, n: grouped(n) }
    }
}
