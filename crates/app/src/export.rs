//! Handing the shop's data out in forms that others read: events, items, delivered answers with
//! their proofs, and the interactions that a model is fitted on.
//!
//! Shoppers go by their numbers, which say nothing about the person; what is kept about one person
//! by name is [`State::export`](store::State::export).

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use domain::{IngestId, Invalid, Item, Language, StoredEvent, Text};
use formats::write::{self, Cell, Kind, Row, Writer};
use serde::Serialize;
use serde_json::Value;

pub use formats::{Layout, WriteError};

use crate::{AppError, Shop};

/// What can be handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// What shoppers did, and what they were shown.
    Events,
    /// The catalogue as it is now.
    Items,
    /// What was recommended and why, with everything needed to verify it.
    Answers,
}

impl What {
    /// Everything, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::Events, Self::Items, Self::Answers];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Items => "items",
            Self::Answers => "answers",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for What {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let name = raw.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|what| what.name() == name).ok_or_else(|| {
            Invalid::new("export", "is not known", raw, "use events, items, answers or recbole")
        })
    }
}

impl Shop {
    /// Writes everything of a kind; how many rows there were.
    ///
    /// # Errors
    /// [`AppError::Write`], or what the store says.
    pub fn export(
        &self,
        what: What,
        layout: Layout,
        out: impl Write + Send,
    ) -> Result<u64, AppError> {
        match what {
            What::Events => self.export_events(layout, out),
            What::Items => self.export_items(layout, out),
            What::Answers => self.export_answers(layout, out),
        }
    }

    fn export_events(&self, layout: Layout, out: impl Write + Send) -> Result<u64, AppError> {
        let mut rows = Rows::new::<EventRow>(layout, out)?;
        let newest = self.state().newest()?;
        self.state().scan_events(newest, &mut |event| rows.write(&EventRow::of(event)))?;
        rows.finish()
    }

    fn export_items(&self, layout: Layout, out: impl Write + Send) -> Result<u64, AppError> {
        let language = self.config().shop.language;
        let mut rows = Rows::new::<ItemRow>(layout, out)?;
        let mut after = None;
        loop {
            let page = self.state().items_page(after.as_ref(), ITEMS_AT_ONCE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            page.into_iter().for_each(|item| rows.write(&ItemRow { item, language }));
        }
        rows.finish()
    }

    fn export_answers(&self, layout: Layout, out: impl Write + Send) -> Result<u64, AppError> {
        let mut rows = Rows::new::<AnswerRow>(layout, out)?;
        let all = (IngestId::ZERO, IngestId(u128::MAX));
        self.state()
            .scan_answers(all.0, all.1, &mut |answer| rows.write(&AnswerRow::of(answer)))?;
        rows.finish()
    }

    /// Writes the interactions that a model is fitted on, and the items, as RecBole's atomic files.
    /// RecBole's leave-one-out by time then makes the split that `candor evaluate` makes. Shoppers
    /// who switched profiling off are left out, as in fitting. Returns the rows of each file.
    ///
    /// Interactions of one shopper at the same instant are a millisecond apart, in our order, so
    /// that no other order can be read into them.
    ///
    /// # Errors
    /// [`AppError::Write`], or what the store says.
    pub fn export_recbole(
        &self,
        inter: impl Write,
        items: impl Write,
    ) -> Result<(u64, u64), AppError> {
        let data = self.gather()?.data;
        let mut out = write::recbole::Interactions::new(inter)?;
        let mut n_interactions = 0;
        for (n, sequence) in data.interactions.sequences.iter().enumerate() {
            let user = format!("u{}", n + 1);
            let mut last_ms = i64::MIN;
            for step in sequence {
                last_ms = step.time.key().max(last_ms.saturating_add(1));
                let item = data.items[step.item as usize].as_str();
                out.row(&user, item, last_ms as f64 / 1e3, step.kind.name())?;
                n_interactions += 1;
            }
        }
        out.finish()?;
        let mut out = write::recbole::Items::new(items)?;
        let language = self.config().shop.language;
        for (id, text) in data.items.iter().zip(&data.texts) {
            let categories: Vec<&str> =
                text.categories.iter().map(|name| name.in_language(language)).collect();
            let title = text.title.first().map_or("", String::as_str);
            out.row(id.as_str(), title, text.brand.in_language(language), &categories)?;
        }
        out.finish()?;
        Ok((n_interactions, data.items.len() as u64))
    }
}

/// Items read from the store at once.
const ITEMS_AT_ONCE: usize = 1_000;

/// A file being written by a scan, which cannot be stopped: after an error nothing more is written.
struct Rows<W: Write + Send> {
    writer: Writer<W>,
    n_rows: u64,
    failed: Option<WriteError>,
}

impl<W: Write + Send> Rows<W> {
    fn new<R: Row>(layout: Layout, out: W) -> Result<Self, AppError> {
        Ok(Self { writer: Writer::new::<R>(layout, out)?, n_rows: 0, failed: None })
    }

    fn write<R: Row>(&mut self, row: &R) {
        if self.failed.is_none() {
            self.failed = self.writer.row(row).err();
            self.n_rows += 1;
        }
    }

    fn finish(self) -> Result<u64, AppError> {
        match self.failed {
            Some(error) => Err(error.into()),
            None => {
                self.writer.finish()?;
                Ok(self.n_rows)
            }
        }
    }
}

/// An event, under the names that `candor import csv` knows.
#[derive(Debug, Serialize)]
struct EventRow {
    event_id: String,
    shopper: String,
    kind: &'static str,
    item_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip)]
    ms: Option<i64>,
    /// Place in the shopper's order, where there is no time.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<i64>,
    quantity: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone_minutes: Option<i32>,
}

impl EventRow {
    fn of(event: StoredEvent) -> Self {
        let at = event.time.instant();
        Self {
            event_id: event.id.to_string(),
            shopper: event.shopper.0.to_string(),
            kind: event.kind.name(),
            item_id: event.item_id.to_string(),
            time: at
                .and_then(|at| jiff::Timestamp::from_millisecond(at.0).ok())
                .map(|t| t.to_string()),
            ms: at.map(|at| at.0),
            place: at.is_none().then(|| event.time.key()),
            quantity: event.quantity,
            price: event.price.map(domain::Money::major),
            currency: event.price.map(|price| price.currency.to_string()),
            session: event.session,
            request_id: event.request_id.map(String::from),
            region: event.region,
            device: event.device,
            zone_minutes: event.zone_minutes,
        }
    }
}

impl Row for EventRow {
    const COLUMNS: &'static [(&'static str, Kind)] = &[
        ("event_id", Kind::Text),
        ("shopper", Kind::Text),
        ("kind", Kind::Text),
        ("item_id", Kind::Text),
        ("time", Kind::Instant),
        ("place", Kind::Whole),
        ("quantity", Kind::Whole),
        ("price", Kind::Real),
        ("currency", Kind::Text),
        ("session", Kind::Text),
        ("request_id", Kind::Text),
        ("region", Kind::Text),
        ("device", Kind::Text),
        ("zone_minutes", Kind::Whole),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.event_id.clone()),
            Cell::Text(self.shopper.clone()),
            Cell::Text(self.kind.to_owned()),
            Cell::Text(self.item_id.clone()),
            self.ms.map_or(Cell::Missing, Cell::Instant),
            self.place.map_or(Cell::Missing, Cell::Whole),
            Cell::Whole(i64::from(self.quantity)),
            self.price.map_or(Cell::Missing, Cell::Real),
            Cell::text(self.currency.clone()),
            Cell::text(self.session.clone()),
            Cell::text(self.request_id.clone()),
            Cell::text(self.region.clone()),
            Cell::text(self.device.clone()),
            self.zone_minutes.map_or(Cell::Missing, |minutes| Cell::Whole(i64::from(minutes))),
        ]
    }
}

/// An item: as JSON in the form of `PUT /v1/items`, flat in the shop's language.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct ItemRow {
    item: Item,
    #[serde(skip)]
    language: Language,
}

impl Row for ItemRow {
    const COLUMNS: &'static [(&'static str, Kind)] = &[
        ("item_id", Kind::Text),
        ("title", Kind::Text),
        ("brand", Kind::Text),
        ("category", Kind::Text),
        ("description", Kind::Text),
        ("price", Kind::Real),
        ("currency", Kind::Text),
        ("in_stock", Kind::Truth),
        ("available_since", Kind::Instant),
        ("attributes", Kind::Text),
    ];

    fn cells(&self) -> Vec<Cell> {
        let item = &self.item;
        let told = |text: &Text| {
            let told = text.in_language(self.language);
            if told.is_empty() { Cell::Missing } else { Cell::Text(told.to_owned()) }
        };
        let path: Vec<&str> =
            item.categories.iter().map(|c| c.in_language(self.language)).collect();
        let attributes = (!item.attributes.is_empty())
            .then(|| serde_json::to_string(&item.attributes).expect("texts are plain data"));
        vec![
            Cell::Text(item.id.to_string()),
            told(&item.title),
            told(&item.brand),
            told(&Text::from(path.join(" > "))),
            told(&item.description),
            item.price.map_or(Cell::Missing, |price| Cell::Real(price.major())),
            Cell::text(item.price.map(|price| price.currency.to_string())),
            item.in_stock.map_or(Cell::Missing, Cell::Truth),
            item.available_since.map_or(Cell::Missing, |since| Cell::Instant(since.0)),
            Cell::text(attributes),
        ]
    }
}

/// A delivered answer. `record` is its proof: history, weights, scores and claims with verdicts.
#[derive(Debug, Serialize)]
struct AnswerRow {
    request_id: String,
    answer_id: String,
    shopper: Option<String>,
    as_of: String,
    model_version: String,
    record: Value,
}

impl AnswerRow {
    fn of(answer: store::Answer) -> Self {
        let record = answer.record;
        Self {
            request_id: record.request_id.into(),
            answer_id: answer.id.to_string(),
            shopper: record.shopper.map(|shopper| shopper.0.to_string()),
            as_of: record.as_of.to_string(),
            model_version: record.model_version.into(),
            // A damaged record is handed out as it is; the audit says what is wrong with it.
            record: serde_json::from_str(&record.payload).unwrap_or(Value::String(record.payload)),
        }
    }
}

impl Row for AnswerRow {
    const COLUMNS: &'static [(&'static str, Kind)] = &[
        ("request_id", Kind::Text),
        ("answer_id", Kind::Text),
        ("shopper", Kind::Text),
        ("as_of", Kind::Text),
        ("model_version", Kind::Text),
        ("record", Kind::Text),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.request_id.clone()),
            Cell::Text(self.answer_id.clone()),
            Cell::text(self.shopper.clone()),
            Cell::Text(self.as_of.clone()),
            Cell::Text(self.model_version.clone()),
            Cell::Text(self.record.to_string()),
        ]
    }
}
