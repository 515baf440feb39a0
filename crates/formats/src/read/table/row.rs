//! Makes records of one row of a table, as the row has them.

use std::collections::BTreeMap;

use cells::fault::Fault;
use cells::order_state::OrderState;
use cells::path;
use cells::truth;
use cells::value::{item_id, present, shopper};
use cells::values::Values;
use csv::StringRecord;
use domain::{EventKind, EventTime, Item, ItemId, Money, Rating, Review, SubjectId, Text};

use super::columns::Columns;
use crate::read::commerce;
use crate::text::identity::RowKeys;
use crate::{EventRecord, Field, Options, RatingScale, Record};
use cells::orders;

/// The records of a row, and what it says about its item at a time.
pub(super) type RowFacts = (Vec<Record>, Option<(EventTime, Item)>);

/// What parts the names of a category path.
const PATH: &[char] = &['>', '|'];

/// Reads rows in file order.
pub(super) struct RowReader<'c> {
    columns: &'c Columns,
    options: &'c Options,
    values: &'c Values,
    keys: RowKeys,
    place: u32,
    head: Head,
}

/// The cells of the first line of an order that its other lines leave out: Shopify's export names
/// buyer, time and state once.
#[derive(Default)]
struct Head {
    order: String,
    cells: [Option<String>; COMMON.len()],
}

const COMMON: [Field; 4] = [Field::Shopper, Field::Time, Field::Status, Field::Currency];

impl Head {
    /// Takes a row in: keeps what it says, or is the head of it.
    fn see(&mut self, row: &Row<'_>) {
        let Some(order) = row.get(Field::Order) else { return };
        if order != self.order {
            *self = Self { order: order.to_owned(), ..Self::default() };
        }
        for (cell, field) in self.cells.iter_mut().zip(COMMON) {
            if let Some(said) = row.get(field).filter(|said| cell.as_deref() != Some(*said)) {
                *cell = Some(said.to_owned());
            }
        }
    }

    fn said(&self, field: Field) -> Option<&str> {
        let at = COMMON.iter().position(|common| *common == field)?;
        self.cells[at].as_deref()
    }
}

impl<'c> RowReader<'c> {
    pub(super) fn new(
        columns: &'c Columns,
        options: &'c Options,
        values: &'c Values,
        keys: RowKeys,
    ) -> Self {
        Self { columns, options, values, keys, place: 0, head: Head::default() }
    }

    /// A file without a shopper column is a catalogue and gives no events.
    pub(super) fn row(&mut self, record: &StringRecord) -> Result<RowFacts, String> {
        self.place = self.place.saturating_add(1);
        let row = Row { record, columns: self.columns, values: self.values, head: None };
        self.head.see(&row);
        let has_head = row.get(Field::Order).is_some();
        let row = Row { head: has_head.then_some(&self.head), ..row };
        let item_id = item_id("item", row.get(Field::Item).unwrap_or_default())?;
        let (time, zone_minutes) = row.time(self.place)?;
        let price = row.price();
        let scale = self.options.rating_scale;
        let rating = match row.kind()? {
            // Without stars it would be no rating, and nothing else tells what it is.
            None => row.rating(scale)?,
            Some(_) => self.values.or_none(row.rating(scale)).flatten(),
        };
        let mut records = Vec::new();
        // A returned item describes nothing: its price is that of another day.
        let mut n = 1;
        if self.columns.has(Field::Shopper) {
            let by_content = if rating.is_some() { EventKind::Rate } else { EventKind::Purchase };
            let kind = row.kind()?.unwrap_or(self.options.kind.unwrap_or(by_content));
            let kind = match row.state().filter(|_| kind.is_purchase()) {
                None | Some(OrderState::Sale) => kind,
                Some(OrderState::Return) => EventKind::Refund,
                Some(OrderState::NoSale(cause)) => {
                    let state = row.common(Field::Status).unwrap_or_default();
                    self.values.leave_out(Fault::new(Field::Status.name(), state, cause));
                    return Ok((records, None));
                }
            };
            let event = EventRecord {
                price,
                source_key: source_key(&mut self.keys, &row, kind, &item_id),
                zone_minutes: row.zone().or(zone_minutes),
                ..row.event(item_id.clone(), kind, time)?
            };
            n = if kind == EventKind::Refund { 0 } else { event.quantity };
            let review = event.subject.clone().and_then(|by| row.review(by, &event, rating));
            records.push(Record::Event(event));
            records.extend(review);
        }
        let describes = n > 0 && price.is_none_or(|price| price.minor > 0);
        let item = if describes { row.item(item_id, price) } else { None };
        Ok((records, item.map(|item| (time, item))))
    }
}

/// The sender's id; of a purchase its place in its order, so that another source of the same
/// order tells of the same event.
fn source_key(keys: &mut RowKeys, row: &Row<'_>, kind: EventKind, item_id: &ItemId) -> String {
    match (row.get(Field::Id), row.get(Field::Order)) {
        (Some(id), _) => id.to_owned(),
        (None, Some(order)) if kind.is_purchase() => {
            let n_before = keys.n_in_order(order, item_id.as_str());
            orders::key(order, item_id, n_before)
        }
        _ => keys.next(row.record.iter()),
    }
}

struct Row<'r> {
    record: &'r StringRecord,
    columns: &'r Columns,
    values: &'r Values,
    /// What the first line of its order says.
    head: Option<&'r Head>,
}

impl<'r> Row<'r> {
    /// A value, unless it is blank or a word for nothing.
    fn get(&self, field: Field) -> Option<&'r str> {
        present(self.record.get(self.columns.at(field)?)?)
    }

    /// A value that all lines of an order share.
    fn common(&self, field: Field) -> Option<&'r str> {
        self.get(field).or_else(|| self.head?.said(field))
    }

    fn owned(&self, field: Field) -> Option<String> {
        self.get(field).map(str::to_owned)
    }

    fn text(&self, field: Field) -> Text {
        self.get(field).map_or(Text::Missing, Text::from)
    }

    /// Reads a field that the row can do without.
    fn read<T>(
        &self,
        field: Field,
        read: impl FnOnce(&Values, &'static str, &str) -> Result<T, Fault>,
    ) -> Option<T> {
        let raw = self.get(field)?;
        self.values.or_none(read(self.values, field.name(), raw))
    }

    /// The instant, and the zone that it is written in. Rows without times are ordered by their
    /// place in the file.
    fn time(&self, place: u32) -> Result<(EventTime, Option<i32>), String> {
        match (self.columns.has(Field::Time), self.common(Field::Time)) {
            _ if !self.columns.has(Field::Shopper) => {
                let time = self.read(Field::Time, Values::time);
                Ok((time.map_or(EventTime::Ordinal(place), EventTime::At), None))
            }
            (_, Some(raw)) => {
                let (time, zone) = self.values.moment(Field::Time.name(), raw)?;
                Ok((EventTime::At(time), zone))
            }
            (true, None) => Err("time is empty; write it like 2010-12-01 08:26:00".to_owned()),
            (false, None) => Ok((EventTime::Ordinal(place), None)),
        }
    }

    /// A price in a currency that cannot be read is none.
    fn price(&self) -> Option<Money> {
        let currency = match self.common(Field::Currency) {
            Some(raw) => {
                let read = self.values.currency(Field::Currency.name(), raw);
                Some(self.values.or_none(read)?)
            }
            None => None,
        };
        let price =
            self.read(Field::Price, |values, field, raw| values.money(field, raw, currency))?;
        if !self.columns.has(Field::Shopper) && price.minor <= 0 {
            // Of a purchase it says something: see the preparation after this.
            self.values.leave_out(Fault::new(Field::Price.name(), "", "of 0 or less is no price"));
            return None;
        }
        Some(price)
    }

    fn rating(&self, scale: Option<RatingScale>) -> Result<Option<Rating>, Fault> {
        let Some(raw) = self.get(Field::Rating) else {
            return Ok(None);
        };
        let (field, ends) = (Field::Rating.name(), RatingScale::ends(scale));
        // `4.5/5` names its own scale.
        let (stars, of) = raw.split_once('/').map_or((raw, None), |(stars, of)| (stars, Some(of)));
        let stars = self.values.number_within(field, stars.trim(), ends)?;
        if let Some(of) = of
            && self.values.number(field, of.trim())? != ends.1
        {
            return Err(Fault::new(field, raw, "is on another scale; say which by --rating-scale"));
        }
        RatingScale::rating(scale, stars).map(Some).map_err(|invalid| Fault::of(field, &invalid))
    }

    /// Minutes ahead of UTC.
    fn zone(&self) -> Option<i32> {
        self.read(Field::Zone, |_, field, raw| {
            let minutes = raw.parse::<i32>().ok().filter(|minutes| minutes.abs() <= 14 * 60);
            minutes.ok_or_else(|| {
                Fault::new(field, raw, "is not minutes ahead of UTC; write it like 480")
            })
        })
    }

    /// The state of the order; a word that is not known is told, and the order counts.
    fn state(&self) -> Option<OrderState> {
        let raw = self.common(Field::Status)?;
        let state = OrderState::of(raw);
        if state.is_none() {
            let reason = "is no state of orders that is known; the order counts as it is";
            self.values.leave_out(Fault::new(Field::Status.name(), raw, reason));
        }
        state
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
        Ok(EventRecord {
            subject: self.common(Field::Shopper).map(shopper).transpose()?.flatten(),
            quantity: self.read(Field::Quantity, Values::quantity).unwrap_or(1),
            order: self.owned(Field::Order),
            session: self.owned(Field::Session),
            request_id: self.get(Field::Request).and_then(commerce::our_answer),
            region: self.owned(Field::Region),
            device: self.owned(Field::Device),
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
    fn item(&self, id: ItemId, price: Option<Money>) -> Option<Item> {
        let category = self.get(Field::Category).unwrap_or_default();
        let further = self.get(Field::FurtherCategories).unwrap_or_default();
        let images = [Field::Image, Field::Images].into_iter().filter_map(|field| self.get(field));
        let (image, images) = self.values.images(Field::Image.name(), images);
        let item = Item {
            url: self.values.url(Field::Url.name(), self.get(Field::Url)),
            image,
            images,
            gtin: self.values.gtin(Field::Gtin.name(), self.get(Field::Gtin)),
            shipping: self.owned(Field::Shipping),
            title: self.text(Field::Title),
            brand: self.text(Field::Brand),
            categories: path::names(category, PATH),
            further_categories: path::listed(further)
                .iter()
                .map(|p| path::names(p, PATH))
                .collect(),
            description: self.text(Field::Description),
            in_stock: self.in_stock(),
            available_since: self.read(Field::Since, Values::time),
            attributes: self.attributes(),
            price,
            ..Item::bare(id)
        };
        let is_catalogue = !self.columns.has(Field::Shopper);
        let says_something = item != Item::bare(item.id.clone());
        (is_catalogue || says_something).then_some(item)
    }

    /// Whether a row of a catalogue can be bought. A product whose state is draft, archived or 下架
    /// cannot.
    fn in_stock(&self) -> Option<bool> {
        if self.columns.has(Field::Shopper) {
            return None;
        }
        let said = self.read(Field::InStock, |_, field, raw| truth::availability(field, raw));
        let state = self.get(Field::Status);
        let state = state.and_then(|raw| truth::availability(Field::Status.name(), raw).ok());
        match (said, state) {
            (Some(said), Some(state)) => Some(said && state),
            (said, state) => said.or(state),
        }
    }

    fn attributes(&self) -> BTreeMap<String, Vec<Text>> {
        let Some(raw) = self.get(Field::Attributes).filter(|raw| raw.starts_with('{')) else {
            return BTreeMap::new();
        };
        let read = serde_json::from_str(raw).map_err(|_| {
            let reason = "are no object of lists; write them like {\"colour\":[\"red\"]}";
            Fault::new(Field::Attributes.name(), raw, reason)
        });
        self.values.or_none(read).unwrap_or_default()
    }
}

/// Returns the kind of event of the row.
fn event_kind(raw: &str) -> Result<EventKind, String> {
    match commerce::kind(raw) {
        Some(kind) => Ok(kind),
        None => raw.parse().map_err(|e: domain::Invalid| e.to_string()),
    }
}
