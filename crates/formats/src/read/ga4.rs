//! Parses GA4: JSON lines of the BigQuery export, and Measurement Protocol bodies, one a line.
//! `view_item_list` gives exposures and `select_item` clicks; a list whose id is the `request_id`
//! of one of our answers ties them to it. Events that are about no product are rejected.
//!
//! Fields as Google Analytics documents them ("BigQuery Export schema", "Recommended events").

use cells::fault::Fault;
use cells::value::item_id;
use cells::values::Values;
use domain::{Currency, EventKind, EventTime, Text, Timestamp};
use serde_json::Value;

use super::commerce::{self, Arrival, Occasion, Product, Stream, Who};
use crate::output::Output;
use crate::text::json::{self, Part, Scalar};
use crate::text::lines::Lines;
use crate::{Error, Input, Record};

mod fields;

use fields::{ItemFields, Message, Parameter, Params, Row};

/// GA4 takes no more items in one event.
const MAX_ITEMS: usize = 200;
/// Words that the export and broken tags write for "nothing".
const NOT_SET: [&str; 3] = ["(not set)", "undefined", "[object Object]"];

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`].
pub fn read(input: Input<'_>, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut lines = Lines::new(input);
        let mut stream = Stream::of_orders(output.orders());
        let values = output.values();
        while let Some(line) = lines.next()? {
            let mut left_out = Vec::new();
            let outcome = line.and_then(|line| {
                let mut reader =
                    Reader { values: &values, stream: &mut stream, left_out: &mut left_out };
                reader.row(&json::object(&json::mended(line))?, None)
            });
            let number = lines.number();
            left_out.iter().for_each(|what| output.leave_out_at(number, what, ""));
            output.row(lines.number(), outcome)?;
        }
        stream.mentions().try_for_each(|mention| output.record(mention))?;
        Ok(lines.encoding())
    })
}

/// The records of a Measurement Protocol body that was sent rather than filed: `arrival` stands in
/// for times and names it does not have.
///
/// # Errors
/// The problem, with the field.
pub(crate) fn body_records(
    body: &Value,
    arrival: &Arrival<'_>,
    values: &Values,
) -> Result<Vec<Record>, String> {
    let row = json::of_value(body)?;
    let mut stream = Stream::default();
    Reader { values, stream: &mut stream, left_out: &mut Vec::new() }.row(&row, Some(arrival))
}

/// What is kept from row to row.
struct Reader<'s> {
    values: &'s Values,
    stream: &'s mut Stream,
    left_out: &'s mut Vec<String>,
}

impl Reader<'_> {
    /// A body with one event that cannot be read gives the others.
    fn row(&mut self, row: &Row<'_>, arrival: Option<&Arrival<'_>>) -> Result<Vec<Record>, String> {
        if matches!(row.events, Part::Missing) {
            return self.event(&exported(row, self.values)?, arrival);
        }
        let messages = row.events.list("events")?;
        let (mut read, mut causes) = (Vec::new(), Vec::new());
        for (place, message) in messages.iter().enumerate() {
            let of_message = sent(row, message, place, self.values)
                .and_then(|event| self.event(&event, arrival))
                .map_err(|cause| format!("events[{place}]: {cause}"));
            match of_message {
                Ok(of_message) => read.push(of_message),
                Err(cause) => causes.push(cause),
            }
        }
        let read = rest_of(read, causes, "events", self.values)?;
        Ok(read.into_iter().flatten().collect())
    }
}

/// The parts that could be read, with the others left out; the first cause where none could.
fn rest_of<T>(
    parts: Vec<T>,
    mut causes: Vec<String>,
    field: &'static str,
    values: &Values,
) -> Result<Vec<T>, String> {
    if parts.is_empty() && !causes.is_empty() {
        return Err(causes.swap_remove(0));
    }
    for cause in &causes {
        values.leave_out(Fault::of_part(field, cause));
    }
    Ok(parts)
}

/// One event, from whichever envelope.
struct Ga4Event<'r> {
    name: String,
    time: Option<Timestamp>,
    who: Who,
    shared: Shared<'r>,
    region: Option<String>,
    device: Option<String>,
    zone_minutes: Option<i32>,
    items: &'r [ItemFields<'r>],
    /// Where it stands among events of the same instant.
    place: String,
}

/// The facts that an event holds once for all its items.
#[derive(Clone, Copy)]
struct Shared<'r> {
    currency: &'r Scalar<'r>,
    value: &'r Scalar<'r>,
    transaction_id: &'r Scalar<'r>,
    session_id: &'r Scalar<'r>,
    item_list_id: &'r Scalar<'r>,
}

impl Default for Shared<'_> {
    fn default() -> Self {
        let none = &Scalar::Missing;
        Self {
            currency: none,
            value: none,
            transaction_id: none,
            session_id: none,
            item_list_id: none,
        }
    }
}

impl<'r> Shared<'r> {
    fn of(params: &'r Params<'r>) -> Self {
        Self {
            currency: &params.currency,
            value: &params.value,
            transaction_id: &params.transaction_id,
            session_id: &params.session_id,
            item_list_id: &params.item_list_id,
        }
    }

    /// Of the named parameters of an export.
    fn named(all: &'r [Parameter<'r>]) -> Result<Self, Fault> {
        let mut shared = Self::default();
        for parameter in all {
            let key = parameter.key.text("key")?;
            let slot = match key.as_deref() {
                Some("currency") => &mut shared.currency,
                Some("value") => &mut shared.value,
                Some("transaction_id") => &mut shared.transaction_id,
                Some("ga_session_id") => &mut shared.session_id,
                Some("item_list_id") => &mut shared.item_list_id,
                _ => continue,
            };
            if let Some(value) = parameter.value.object("event_params.value")? {
                let typed = [
                    &value.string_value,
                    &value.int_value,
                    &value.float_value,
                    &value.double_value,
                ];
                *slot = typed.into_iter().find(|v| v.is_there()).unwrap_or(&Scalar::Missing);
            }
        }
        Ok(shared)
    }
}

fn exported<'r>(row: &'r Row<'r>, values: &Values) -> Result<Ga4Event<'r>, String> {
    let name = row.event_name.owned("event_name")?.ok_or(
        "field `event_name` is missing; export rows have it, and Measurement Protocol bodies `events`",
    )?;
    let kept = |read| values.or_none(read).flatten();
    let params = values.or_none(row.event_params.list("event_params")).unwrap_or_default();
    let mut shared = values.or_none(Shared::named(params)).unwrap_or_default();
    if let Some(ecommerce) = values.or_none(row.ecommerce.object("ecommerce")).flatten()
        && kept(set(&ecommerce.transaction_id, "ecommerce.transaction_id")).is_some()
    {
        shared.transaction_id = &ecommerce.transaction_id;
    }
    let place = [&row.event_bundle_sequence_id, &row.batch_event_index]
        .map(|part| kept(part.owned("event_bundle_sequence_id")).unwrap_or_default());
    let device = values.or_none(row.device.object("device")).flatten();
    let zone = device.and_then(|d| {
        values.or_none(d.time_zone_offset_seconds.whole("time_zone_offset_seconds")).flatten()
    });
    let geo = values.or_none(row.geo.object("geo")).flatten();
    Ok(Ga4Event {
        name,
        time: row.event_timestamp.time("event_timestamp", values)?,
        who: who(&row.user_id, &row.user_pseudo_id)?,
        shared,
        region: geo.and_then(|geo| kept(set(&geo.country, "geo.country"))),
        device: device.and_then(|d| kept(set(&d.category, "device.category"))),
        zone_minutes: zone.and_then(|s| i32::try_from(s / 60).ok()),
        items: row.items.list("items")?,
        place: place.join("-"),
    })
}

fn sent<'r>(
    row: &'r Row<'r>,
    message: &'r Message<'r>,
    place: usize,
    values: &Values,
) -> Result<Ga4Event<'r>, String> {
    let kept = |read| values.or_none(read).flatten();
    let params = message.params.object("params")?;
    let time = match message.timestamp_micros.time("timestamp_micros", values)? {
        Some(time) => Some(time),
        None => row.timestamp_micros.time("timestamp_micros", values)?,
    };
    let visitor = if row.client_id.is_there() { &row.client_id } else { &row.app_instance_id };
    let location = values.or_none(row.user_location.object("user_location")).flatten();
    let device = values.or_none(row.device.object("device")).flatten();
    Ok(Ga4Event {
        name: message.name.owned("name")?.ok_or("field `name` is missing; name the event")?,
        time,
        who: who(&row.user_id, visitor)?,
        shared: params.map_or_else(Shared::default, Shared::of),
        region: location.and_then(|l| kept(set(&l.country_id, "country_id"))),
        device: device.and_then(|d| kept(set(&d.category, "device.category"))),
        zone_minutes: None,
        items: params.map_or(Ok([].as_slice()), |params| params.items.list("items"))?,
        place: place.to_string(),
    })
}

fn who(person: &Scalar<'_>, visitor: &Scalar<'_>) -> Result<Who, String> {
    let (person, visitor) = (set(person, "user_id")?, set(visitor, "user_pseudo_id")?);
    Who::new(person.as_deref(), visitor.as_deref())
}

impl Reader<'_> {
    fn event(
        &mut self,
        event: &Ga4Event<'_>,
        arrival: Option<&Arrival<'_>>,
    ) -> Result<Vec<Record>, String> {
        let kind = match event.name.as_str() {
            "begin_checkout" => Some(EventKind::Cart),
            "page_view" => None, // of a page, not of a product
            name => commerce::kind(name),
        };
        let Some(kind) = kind else {
            self.left_out.push(format!("events `{}`, which are about no product", event.name));
            return Ok(self.stream.identity(&event.who).into_iter().collect());
        };
        if event.items.is_empty() {
            self.left_out.push(format!("events `{}` without items", event.name));
            return Ok(Vec::new());
        }
        if event.items.len() > MAX_ITEMS {
            let n = event.items.len();
            return Err(format!("field `items` holds {n} items; GA4 takes at most {MAX_ITEMS}"));
        }
        let products = products(event, self.values)?;
        let time = event.time.or(arrival.and_then(|arrival| arrival.at)).ok_or(
            "has no time; give `event_timestamp` or `timestamp_micros` in microseconds since 1970",
        )?;
        let kept = |value, name| self.values.or_none(set(value, name)).flatten();
        let transaction = kept(event.shared.transaction_id, "transaction_id");
        let key = match (event.time, arrival) {
            (None, Some(arrival)) => format!("{}-{}", arrival.name, event.place),
            _ => format!("ga4-{}-{}-{}-{}", event.name, time.0, event.place, products[0].id),
        };
        let occasion = Occasion {
            order: transaction,
            session: kept(event.shared.session_id, "ga_session_id"),
            request_id: kept(event.shared.item_list_id, "item_list_id")
                .as_deref()
                .and_then(commerce::our_answer),
            region: event.region.clone(),
            device: event.device.as_deref().map(commerce::device),
            zone_minutes: event.zone_minutes,
            ..Occasion::bare(event.who.clone(), kind, EventTime::At(time), key)
        };
        Ok(self.stream.occasion(&occasion, &products, self.left_out))
    }
}

/// The products of an event; one that names no item is left out where others do.
fn products(event: &Ga4Event<'_>, values: &Values) -> Result<Vec<Product>, String> {
    let currency = values.or_none(event.shared.currency.currency("currency", values)).flatten();
    let (mut products, mut causes) = (Vec::new(), Vec::new());
    for (place, item) in event.items.iter().enumerate() {
        match product(item, currency, values) {
            Ok(product) => products.push(product),
            Err(cause) => causes.push(format!("items[{place}]: {cause}")),
        }
    }
    rest_of(products, causes, "items", values)
}

fn product(
    item: &ItemFields<'_>,
    currency: Option<Currency>,
    values: &Values,
) -> Result<Product, String> {
    let kept = |value, name| values.or_none(set(value, name)).flatten();
    let (id, title) = (set(&item.item_id, "item_id")?, kept(&item.item_name, "item_name"));
    let name = id.or_else(|| title.clone());
    let name = name.ok_or("has neither `item_id` nor `item_name`; one of them is required")?;
    let categories = [
        (&item.item_category, "item_category"),
        (&item.item_category2, "item_category2"),
        (&item.item_category3, "item_category3"),
        (&item.item_category4, "item_category4"),
        (&item.item_category5, "item_category5"),
    ];
    let quantity = values.or_none(item.quantity.quantity("quantity", values)).flatten();
    Ok(Product {
        title,
        brand: kept(&item.item_brand, "item_brand"),
        categories: categories
            .into_iter()
            .filter_map(|(value, name)| kept(value, name))
            .map(Text::from)
            .collect(),
        quantity: quantity.unwrap_or(1),
        price: commerce::price("price", &item.price, currency, values),
        request_id: kept(&item.item_list_id, "item_list_id")
            .as_deref()
            .and_then(commerce::our_answer),
        ..Product::bare(item_id("item_id", &name)?)
    })
}

/// Returns a text, unless it is missing or the export's word for that.
fn set(value: &Scalar<'_>, name: &'static str) -> Result<Option<String>, Fault> {
    Ok(value
        .text(name)?
        .filter(|text| !NOT_SET.contains(&text.as_ref()))
        .map(std::borrow::Cow::into_owned))
}
