//! Makes records of one row of a table, as the row has them.

use std::collections::BTreeMap;

use csv::StringRecord;
use domain::{
    Currency, EventKind, EventTime, Item, ItemId, Money, Rating, Review, SubjectId, Text,
};

use super::columns::Columns;
use crate::read::commerce;
use crate::text::identity::RowKeys;
use crate::text::value::{number, present, quantity, short, subject, time, zone_minutes};
use crate::{EventRecord, Field, Options, RatingScale, Record};

/// The records of a row, and what it says about its item at a time.
pub(super) type RowFacts = (Vec<Record>, Option<(EventTime, Item)>);

/// Reads rows in file order.
pub(super) struct RowReader<'c> {
    columns: &'c Columns,
    options: &'c Options,
    keys: RowKeys,
    place: u32,
}

impl<'c> RowReader<'c> {
    pub(super) fn new(columns: &'c Columns, options: &'c Options, keys: RowKeys) -> Self {
        Self { columns, options, keys, place: 0 }
    }

    /// A file without a shopper column is a catalogue and gives no events.
    pub(super) fn row(&mut self, record: &StringRecord) -> Result<RowFacts, String> {
        self.place = self.place.saturating_add(1);
        let row = Row { record, columns: self.columns };
        let item_id =
            ItemId::new(row.get(Field::Item).unwrap_or_default()).map_err(|e| e.to_string())?;
        let time = row.time(self.place)?;
        let price = row.price(self.options.currency)?;
        let rating = row.rating(self.options.rating_scale)?;
        let mut records = Vec::new();
        // A returned item describes nothing: its price is that of another day.
        let mut n = 1;
        if self.columns.has(Field::Shopper) {
            let by_content = if rating.is_some() { EventKind::Rate } else { EventKind::Purchase };
            let kind = row.kind()?.unwrap_or(self.options.kind.unwrap_or(by_content));
            let event = EventRecord {
                price,
                source_key: self.source_key(&row),
                ..row.event(item_id.clone(), kind, time)?
            };
            n = if kind == EventKind::Refund { 0 } else { event.quantity };
            let review = event.subject.clone().and_then(|by| row.review(by, &event, rating));
            records.push(Record::Event(event));
            records.extend(review);
        }
        let describes = n > 0 && price.is_none_or(|price| price.minor > 0);
        let item = if describes { row.item(item_id, price)? } else { None };
        Ok((records, item.map(|item| (time, item))))
    }

    fn source_key(&mut self, row: &Row<'_>) -> String {
        match row.get(Field::Id) {
            Some(id) => id.to_owned(),
            None => self.keys.next(row.record.iter()),
        }
    }
}

struct Row<'r> {
    record: &'r StringRecord,
    columns: &'r Columns,
}

impl<'r> Row<'r> {
    /// A value, unless it is blank or a word for nothing.
    fn get(&self, field: Field) -> Option<&'r str> {
        present(self.record.get(self.columns.at(field)?)?)
    }

    fn owned(&self, field: Field) -> Option<String> {
        self.get(field).map(str::to_owned)
    }

    fn text(&self, field: Field) -> Text {
        self.get(field).map_or(Text::Missing, Text::from)
    }

    /// Rows without times are ordered by their place in the file.
    fn time(&self, place: u32) -> Result<EventTime, String> {
        match (self.columns.has(Field::Time), self.get(Field::Time)) {
            (_, Some(raw)) => time(raw).map(EventTime::At),
            (true, None) if self.columns.has(Field::Shopper) => {
                Err("time is empty; write it like 2010-12-01 08:26:00".to_owned())
            }
            _ => Ok(EventTime::Ordinal(place)),
        }
    }

    fn price(&self, default: Option<Currency>) -> Result<Option<Money>, String> {
        let Some(raw) = self.get(Field::Price) else {
            return Ok(None);
        };
        let currency = match self.get(Field::Currency) {
            Some(code) => code.parse().map_err(|e: domain::Invalid| e.to_string())?,
            None => default.unwrap_or(Currency::UNKNOWN),
        };
        Money::parse(raw, currency).map(Some).map_err(|e| e.to_string())
    }

    fn rating(&self, scale: Option<RatingScale>) -> Result<Option<Rating>, String> {
        let Some(raw) = self.get(Field::Rating) else {
            return Ok(None);
        };
        let rating = RatingScale::rating(scale, number("rating", raw)?);
        rating.map(Some).map_err(|e| e.to_string())
    }

    fn kind(&self) -> Result<Option<EventKind>, String> {
        self.get(Field::Kind).map(event_kind).transpose()
    }

    fn event(
        &self,
        item_id: ItemId,
        kind: EventKind,
        time: EventTime,
    ) -> Result<EventRecord, String> {
        let zone = match self.get(Field::Zone) {
            Some(raw) => {
                Some(raw.parse::<i32>().ok().filter(|m| m.abs() <= 14 * 60).ok_or_else(|| {
                    format!("zone {raw:?} is not minutes ahead of UTC; write it like 480")
                })?)
            }
            None => self.get(Field::Time).and_then(zone_minutes),
        };
        Ok(EventRecord {
            subject: self.get(Field::Shopper).map(subject).transpose()?,
            quantity: self.get(Field::Quantity).map_or(Ok(1), quantity)?,
            order: self.owned(Field::Order),
            session: self.owned(Field::Session),
            request_id: self.get(Field::Request).and_then(commerce::our_answer),
            region: self.owned(Field::Region),
            device: self.owned(Field::Device),
            zone_minutes: zone,
            item_title: self.owned(Field::Title),
            ..EventRecord::bare(item_id, kind, time, String::new())
        })
    }

    fn review(&self, by: SubjectId, event: &EventRecord, rating: Option<Rating>) -> Option<Record> {
        let text = self.owned(Field::Review);
        let title = self.owned(Field::ReviewTitle);
        if rating.is_none() && text.is_none() && title.is_none() {
            return None;
        }
        Some(Record::Review(Review {
            subject: by,
            item_id: event.item_id.clone(),
            time: event.time,
            rating,
            title: title.unwrap_or_default(),
            text: text.unwrap_or_default(),
            source_key: event.source_key.clone(),
        }))
    }

    /// Returns the row's facts about its item; `None` where it has none.
    fn item(&self, id: ItemId, price: Option<Money>) -> Result<Option<Item>, String> {
        let path = self.get(Field::Category).unwrap_or_default();
        let names = path.split(['>', '|']).map(str::trim).filter(|name| !name.is_empty());
        let item = Item {
            title: self.text(Field::Title),
            brand: self.text(Field::Brand),
            categories: names.map(Text::from).collect(),
            description: self.text(Field::Description),
            in_stock: self.get(Field::InStock).map(in_stock).transpose()?,
            available_since: self.get(Field::Since).map(time).transpose()?,
            attributes: self.attributes()?,
            price,
            ..Item::bare(id)
        };
        let is_catalogue = !self.columns.has(Field::Shopper);
        let says_something = item != Item::bare(item.id.clone());
        Ok((is_catalogue || says_something).then_some(item))
    }

    fn attributes(&self) -> Result<BTreeMap<String, Vec<Text>>, String> {
        match self.get(Field::Attributes).filter(|raw| raw.starts_with('{')) {
            None => Ok(BTreeMap::new()),
            Some(raw) => serde_json::from_str(raw).map_err(|e| {
                format!("attributes are no object of lists ({e}); write them like {{\"colour\":[\"red\"]}}")
            }),
        }
    }
}

fn in_stock(raw: &str) -> Result<bool, String> {
    match raw.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "y" | "是" => Ok(true),
        "false" | "0" | "no" | "n" | "否" => Ok(false),
        _ => Err(format!("in_stock {:?} is not known; write true or false", short(raw))),
    }
}

/// Returns the kind of event of the row.
fn event_kind(raw: &str) -> Result<EventKind, String> {
    match commerce::kind(raw) {
        Some(kind) => Ok(kind),
        None => raw.parse().map_err(|e: domain::Invalid| e.to_string()),
    }
}
