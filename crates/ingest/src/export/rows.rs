//! What a row of each export says: whole as JSON, flat as cells.

use domain::{Item, Language, ShopperId, StoredEvent, StoredReview, SubjectId, Text, Timestamp};
use formats::write::{Cell, Kind, Row};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// An event, under the names that `candor import csv` knows.
#[derive(Debug, Serialize)]
pub(super) struct EventRow {
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
    /// By the shop's own names of the shopper and the visit, where `own` gives them.
    pub(super) fn of(event: StoredEvent, own: Option<&SubjectId>) -> Self {
        let at = event.time.instant();
        let session = match own {
            Some(_) => event.session,
            None => event.session.map(|session| visit(event.shopper, &session)),
        };
        Self {
            event_id: event.id.to_string(),
            shopper: called(event.shopper, own),
            kind: event.kind.name(),
            item_id: event.item_id.to_string(),
            time: at.and_then(rfc3339),
            ms: at.map(|at| at.0),
            place: at.is_none().then(|| event.time.key()),
            quantity: event.quantity,
            price: event.price.map(domain::Money::major),
            currency: event.price.map(|price| price.currency.to_string()),
            session,
            request_id: event.request_id.map(String::from),
            region: event.region,
            device: event.device,
            zone_minutes: event.zone_minutes,
        }
    }
}

/// The shop's own name of a shopper, or else the number.
fn called(shopper: ShopperId, own: Option<&SubjectId>) -> String {
    own.map_or_else(|| shopper.0.to_string(), ToString::to_string)
}

/// A name for a visit that says nothing about the person: shops build theirs from names.
fn visit(shopper: ShopperId, session: &str) -> String {
    let hash = Sha256::digest(format!("{} {session}", shopper.0));
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
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
pub(super) struct ItemRow {
    pub(super) item: Item,
    #[serde(skip)]
    pub(super) language: Language,
}

impl Row for ItemRow {
    const COLUMNS: &'static [(&'static str, Kind)] = &[
        ("item_id", Kind::Text),
        ("title", Kind::Text),
        ("brand", Kind::Text),
        ("category", Kind::Text),
        ("further_categories", Kind::Text),
        ("description", Kind::Text),
        ("price", Kind::Real),
        ("currency", Kind::Text),
        ("in_stock", Kind::Truth),
        ("available_since", Kind::Instant),
        ("url", Kind::Text),
        ("image", Kind::Text),
        ("images", Kind::Text),
        ("gtin", Kind::Text),
        ("shipping", Kind::Text),
        ("attributes", Kind::Text),
    ];

    fn cells(&self) -> Vec<Cell> {
        let item = &self.item;
        let told = |text: &Text| {
            let told = text.in_language(self.language);
            if told.is_empty() { Cell::Missing } else { Cell::Text(told.to_owned()) }
        };
        let path = |names: &[Text]| {
            let names: Vec<&str> = names.iter().map(|c| c.in_language(self.language)).collect();
            names.join(" > ")
        };
        // In a list a comma parts two paths; one within a name has a backslash before it.
        let further = item.further_categories.iter().map(|p| path(p).replace(',', "\\,"));
        let further: Vec<String> = further.collect();
        let attributes = (!item.attributes.is_empty())
            .then(|| serde_json::to_string(&item.attributes).expect("texts are plain data"));
        vec![
            Cell::Text(item.id.to_string()),
            told(&item.title),
            told(&item.brand),
            told(&Text::from(path(&item.categories))),
            Cell::text((!further.is_empty()).then(|| further.join(", "))),
            told(&item.description),
            item.price.map_or(Cell::Missing, |price| Cell::Real(price.major())),
            Cell::text(item.price.map(|price| price.currency.to_string())),
            item.in_stock.map_or(Cell::Missing, Cell::Truth),
            item.available_since.map_or(Cell::Missing, |since| Cell::Instant(since.0)),
            Cell::text(item.url.clone()),
            Cell::text(item.image.clone()),
            Cell::text((!item.images.is_empty()).then(|| item.images.join(" "))),
            Cell::text(item.gtin.clone()),
            Cell::text(item.shipping.clone()),
            Cell::text(attributes),
        ]
    }
}

/// A delivered answer. `record` is its proof: history, weights, scores and claims with verdicts.
#[derive(Debug, Serialize)]
pub(super) struct AnswerRow {
    request_id: String,
    answer_id: String,
    shopper: Option<String>,
    as_of: String,
    model_version: String,
    record: Value,
}

impl AnswerRow {
    pub(super) fn of(answer: store::Answer) -> Self {
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

/// A review, under the names that `candor import csv` knows.
#[derive(Debug, Serialize)]
pub(super) struct ReviewRow {
    review_id: String,
    shopper: String,
    item_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip)]
    ms: Option<i64>,
    /// Place in the shopper's order, where there is no time.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<f64>,
    review_title: String,
    review: String,
}

impl ReviewRow {
    pub(super) fn of(review: StoredReview, own: Option<&SubjectId>) -> Self {
        let at = review.time.instant();
        Self {
            review_id: review.id.to_string(),
            shopper: called(review.shopper, own),
            item_id: review.item_id.to_string(),
            time: at.and_then(rfc3339),
            ms: at.map(|at| at.0),
            place: at.is_none().then(|| review.time.key()),
            rating: review.rating.map(domain::Rating::stars),
            review_title: review.title,
            review: review.text,
        }
    }
}

impl Row for ReviewRow {
    const COLUMNS: &'static [(&'static str, Kind)] = &[
        ("review_id", Kind::Text),
        ("shopper", Kind::Text),
        ("item_id", Kind::Text),
        ("time", Kind::Instant),
        ("place", Kind::Whole),
        ("rating", Kind::Real),
        ("review_title", Kind::Text),
        ("review", Kind::Text),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Text(self.review_id.clone()),
            Cell::Text(self.shopper.clone()),
            Cell::Text(self.item_id.clone()),
            self.ms.map_or(Cell::Missing, Cell::Instant),
            self.place.map_or(Cell::Missing, Cell::Whole),
            self.rating.map_or(Cell::Missing, Cell::Real),
            Cell::Text(self.review_title.clone()),
            Cell::Text(self.review.clone()),
        ]
    }
}

/// A name that was erased.
#[derive(Debug, Serialize)]
pub(super) struct ErasedRow {
    name_hash: String,
    erased_at: Option<String>,
    #[serde(skip)]
    ms: i64,
}

impl ErasedRow {
    pub(super) fn of(hash: &[u8], at: Timestamp) -> Self {
        let name_hash = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name_hash, erased_at: rfc3339(at), ms: at.0 }
    }
}

impl Row for ErasedRow {
    const COLUMNS: &'static [(&'static str, Kind)] =
        &[("name_hash", Kind::Text), ("erased_at", Kind::Instant)];

    fn cells(&self) -> Vec<Cell> {
        vec![Cell::Text(self.name_hash.clone()), Cell::Instant(self.ms)]
    }
}

fn rfc3339(at: Timestamp) -> Option<String> {
    jiff::Timestamp::from_millisecond(at.0).ok().map(|time| time.to_string())
}
