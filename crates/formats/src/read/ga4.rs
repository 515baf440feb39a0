//! Parses GA4: JSON lines of the BigQuery export, and Measurement Protocol bodies, one a line.
//! `view_item_list` gives exposures and `select_item` clicks; a list whose id is the `request_id`
//! of one of our answers ties them to it. Events that are about no product are rejected.
//!
//! Fields as Google Analytics documents them ("BigQuery Export schema", "Recommended events").

use domain::{Currency, EventKind, EventTime, ItemId, RequestId, Timestamp};
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
/// The word that the export writes for "nothing".
const NOT_SET: &str = "(not set)";

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`].
pub fn read(input: Input<'_>, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut lines = Lines::new(input);
        let mut stream = Stream::default();
        while let Some(line) = lines.next()? {
            let mut left_out = Vec::new();
            let outcome = line.and_then(|line| {
                row_records(&json::object(line)?, None, &mut stream, &mut left_out)
            });
            left_out.iter().for_each(|what| output.leave_out(what));
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
pub(crate) fn body_records(body: &Value, arrival: &Arrival<'_>) -> Result<Vec<Record>, String> {
    let row = json::of_value(body)?;
    row_records(&row, Some(arrival), &mut Stream::default(), &mut Vec::new())
}

fn row_records(
    row: &Row<'_>,
    arrival: Option<&Arrival<'_>>,
    stream: &mut Stream,
    left_out: &mut Vec<String>,
) -> Result<Vec<Record>, String> {
    if matches!(row.events, Part::Missing) {
        return event_records(&exported(row)?, arrival, stream, left_out);
    }
    let mut records = Vec::new();
    for (place, message) in row.events.list("events")?.iter().enumerate() {
        let of_message = sent(row, message, place)
            .and_then(|event| event_records(&event, arrival, stream, left_out))
            .map_err(|cause| format!("events[{place}]: {cause}"))?;
        records.extend(of_message);
    }
    Ok(records)
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
    fn named(all: &'r [Parameter<'r>]) -> Result<Self, String> {
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

fn exported<'r>(row: &'r Row<'r>) -> Result<Ga4Event<'r>, String> {
    let name = row.event_name.owned("event_name")?.ok_or(
        "field `event_name` is missing; export rows have it, and Measurement Protocol bodies `events`",
    )?;
    let mut shared = Shared::named(row.event_params.list("event_params")?)?;
    if let Some(ecommerce) = row.ecommerce.object("ecommerce")?
        && set(&ecommerce.transaction_id, "ecommerce.transaction_id")?.is_some()
    {
        shared.transaction_id = &ecommerce.transaction_id;
    }
    let place = [&row.event_bundle_sequence_id, &row.batch_event_index]
        .map(|part| part.owned("event_bundle_sequence_id").map(Option::unwrap_or_default));
    let device = row.device.object("device")?;
    let zone = device.map(|d| d.time_zone_offset_seconds.whole("time_zone_offset_seconds"));
    Ok(Ga4Event {
        name,
        time: row.event_timestamp.time("event_timestamp")?,
        who: who(&row.user_id, &row.user_pseudo_id)?,
        shared,
        region: row.geo.object("geo")?.map_or(Ok(None), |geo| set(&geo.country, "geo.country"))?,
        device: device.map_or(Ok(None), |d| set(&d.category, "device.category"))?,
        zone_minutes: zone.transpose()?.flatten().and_then(|s| i32::try_from(s / 60).ok()),
        items: row.items.list("items")?,
        place: place.into_iter().collect::<Result<Vec<_>, _>>()?.join("-"),
    })
}

fn sent<'r>(
    row: &'r Row<'r>,
    message: &'r Message<'r>,
    place: usize,
) -> Result<Ga4Event<'r>, String> {
    let params = message.params.object("params")?;
    let time = match message.timestamp_micros.time("timestamp_micros")? {
        Some(time) => Some(time),
        None => row.timestamp_micros.time("timestamp_micros")?,
    };
    let visitor = if row.client_id.is_there() { &row.client_id } else { &row.app_instance_id };
    let location = row.user_location.object("user_location")?;
    let device = row.device.object("device")?;
    Ok(Ga4Event {
        name: message.name.owned("name")?.ok_or("field `name` is missing; name the event")?,
        time,
        who: who(&row.user_id, visitor)?,
        shared: params.map_or_else(Shared::default, Shared::of),
        region: location.map_or(Ok(None), |l| set(&l.country_id, "country_id"))?,
        device: device.map_or(Ok(None), |d| set(&d.category, "device.category"))?,
        zone_minutes: None,
        items: params.map_or(Ok([].as_slice()), |params| params.items.list("items"))?,
        place: place.to_string(),
    })
}

fn who(person: &Scalar<'_>, visitor: &Scalar<'_>) -> Result<Who, String> {
    let (person, visitor) = (set(person, "user_id")?, set(visitor, "user_pseudo_id")?);
    Who::new(person.as_deref(), visitor.as_deref())
}

fn event_records(
    event: &Ga4Event<'_>,
    arrival: Option<&Arrival<'_>>,
    stream: &mut Stream,
    left_out: &mut Vec<String>,
) -> Result<Vec<Record>, String> {
    let kind = match event.name.as_str() {
        "begin_checkout" => Some(EventKind::Cart),
        "page_view" => None, // of a page, not of a product
        name => commerce::kind(name),
    };
    let Some(kind) = kind else {
        left_out.push(format!("events `{}`, which are about no product", event.name));
        return Ok(stream.identity(&event.who).into_iter().collect());
    };
    if event.items.is_empty() {
        left_out.push(format!("events `{}` without items", event.name));
        return Ok(Vec::new());
    }
    if event.items.len() > MAX_ITEMS {
        let n = event.items.len();
        return Err(format!("field `items` holds {n} items; GA4 takes at most {MAX_ITEMS}"));
    }
    let products = products(event, left_out)?;
    let time = event.time.or(arrival.and_then(|arrival| arrival.at)).ok_or(
        "has no time; give `event_timestamp` or `timestamp_micros` in microseconds since 1970",
    )?;
    let transaction = set(event.shared.transaction_id, "transaction_id")?;
    let key = match (&transaction, event.time, arrival) {
        (Some(transaction), ..) if kind.is_purchase() => format!("ga4-purchase-{transaction}"),
        (_, None, Some(arrival)) => format!("{}-{}", arrival.name, event.place),
        _ => format!("ga4-{}-{}-{}-{}", event.name, time.0, event.place, products[0].id),
    };
    let occasion = Occasion {
        order: transaction,
        session: set(event.shared.session_id, "ga_session_id")?,
        request_id: list(event.shared.item_list_id)?,
        region: event.region.clone(),
        device: event.device.as_deref().map(commerce::device),
        zone_minutes: event.zone_minutes,
        ..Occasion::bare(event.who.clone(), kind, EventTime::At(time), key)
    };
    Ok(stream.occasion(&occasion, &products))
}

fn products(event: &Ga4Event<'_>, left_out: &mut Vec<String>) -> Result<Vec<Product>, String> {
    let currency = event.shared.currency.currency("currency")?;
    if currency.is_none() && event.shared.value.is_there() {
        return Err(
            "field `currency` is required where `value` is set; send a code such as CNY".to_owned()
        );
    }
    if currency.is_none() && event.items.iter().any(|item| item.price.is_there()) {
        left_out.push("prices without a currency".to_owned());
    }
    let read = |(place, item): (usize, &ItemFields<'_>)| {
        product(item, currency).map_err(|cause| format!("items[{place}]: {cause}"))
    };
    event.items.iter().enumerate().map(read).collect()
}

fn product(item: &ItemFields<'_>, currency: Option<Currency>) -> Result<Product, String> {
    let (id, title) = (set(&item.item_id, "item_id")?, set(&item.item_name, "item_name")?);
    let name = id.or_else(|| title.clone());
    let name = name.ok_or("has neither `item_id` nor `item_name`; one of them is required")?;
    let categories = [
        (&item.item_category, "item_category"),
        (&item.item_category2, "item_category2"),
        (&item.item_category3, "item_category3"),
        (&item.item_category4, "item_category4"),
        (&item.item_category5, "item_category5"),
    ];
    let categories: Vec<Option<String>> =
        categories.into_iter().map(|(value, name)| set(value, name)).collect::<Result<_, _>>()?;
    let price = commerce::price_in(currency, |currency| item.price.money("price", currency))?;
    Ok(Product {
        title,
        brand: set(&item.item_brand, "item_brand")?,
        categories: categories.into_iter().flatten().collect(),
        quantity: item.quantity.quantity("quantity")?.unwrap_or(1),
        price,
        request_id: list(&item.item_list_id)?,
        ..Product::bare(ItemId::new(name).map_err(|e| e.to_string())?)
    })
}

fn list(id: &Scalar<'_>) -> Result<Option<RequestId>, String> {
    Ok(set(id, "item_list_id")?.as_deref().and_then(commerce::our_answer))
}

/// Returns a text, unless it is missing or the export's word for that.
fn set(value: &Scalar<'_>, name: &str) -> Result<Option<String>, String> {
    Ok(value.text(name)?.filter(|text| text != NOT_SET).map(std::borrow::Cow::into_owned))
}
