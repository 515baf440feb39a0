//! Parses the JSON lines of `candor export`: events, reviews and items, told apart by their fields.
//! Items are in the form of `PUT /v1/items`. The own id of an event or a review makes a second
//! reading harmless. A review says nothing but itself: its event is among the events.
//! Answers are rejected: they are proofs of earlier answers, and no data of the shop.

use cells::value::{item_id, subject};
use cells::values::Values;
use domain::{EventKind, EventTime, Item, Rating, RequestId, Review};
use serde::Deserialize;

use crate::output::Output;
use crate::text::json::{self, Scalar};
use crate::text::lines::Lines;
use crate::{Error, EventRecord, Input, Record};

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`].
pub fn read(input: Input<'_>, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut lines = Lines::new(input);
        let values = output.values();
        while let Some(line) = lines.next()? {
            let outcome =
                line.and_then(|line| record(&json::mended(line), &values)).map(|record| [record]);
            output.row(lines.number(), outcome)?;
        }
        Ok(lines.encoding())
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row<'a> {
    #[serde(borrow)]
    event_id: Scalar<'a>,
    #[serde(borrow)]
    shopper: Scalar<'a>,
    #[serde(borrow)]
    kind: Scalar<'a>,
    #[serde(borrow)]
    item_id: Scalar<'a>,
    #[serde(borrow)]
    time: Scalar<'a>,
    #[serde(borrow)]
    place: Scalar<'a>,
    #[serde(borrow)]
    quantity: Scalar<'a>,
    #[serde(borrow)]
    price: Scalar<'a>,
    #[serde(borrow)]
    currency: Scalar<'a>,
    #[serde(borrow)]
    session: Scalar<'a>,
    #[serde(borrow)]
    request_id: Scalar<'a>,
    #[serde(borrow)]
    region: Scalar<'a>,
    #[serde(borrow)]
    device: Scalar<'a>,
    #[serde(borrow)]
    zone_minutes: Scalar<'a>,
    #[serde(borrow)]
    review_id: Scalar<'a>,
    #[serde(borrow)]
    rating: Scalar<'a>,
    #[serde(borrow)]
    review_title: Scalar<'a>,
    #[serde(borrow)]
    review: Scalar<'a>,
}

fn record(line: &str, values: &Values) -> Result<Record, String> {
    let row: Row<'_> = json::object(line)?;
    if row.event_id.is_there() || row.kind.is_there() {
        return event(&row, values).map(Record::Event);
    }
    if row.review_id.is_there() {
        return review(&row, values).map(Record::Review);
    }
    let item: Item = serde_json::from_str(line).map_err(|e| {
        format!("neither an event (`event_id`, `shopper`, `kind`, `item_id`) nor an item: {e}")
    })?;
    Ok(Record::Item(item))
}

fn needed(scalar: &Scalar<'_>, name: &'static str) -> Result<String, String> {
    let missing = || format!("field `{name}` is missing; every row of an export has it");
    scalar.owned(name)?.ok_or_else(missing)
}

fn review(row: &Row<'_>, values: &Values) -> Result<Review, String> {
    let rating = values.or_none(row.rating.number("rating", values)).flatten();
    let rating = rating.map(Rating::new).transpose();
    let kept = |read| values.or_none(read).flatten().unwrap_or_default();
    Ok(Review {
        subject: subject(&needed(&row.shopper, "shopper")?)?,
        item_id: item_id("item_id", &needed(&row.item_id, "item_id")?)?,
        time: time(row, values)?,
        rating: rating.map_err(|e| format!("field `rating`: {e}"))?,
        title: kept(row.review_title.owned("review_title")),
        text: kept(row.review.owned("review")),
        source_key: needed(&row.review_id, "review_id")?,
    })
}

fn event(row: &Row<'_>, values: &Values) -> Result<EventRecord, String> {
    let kept = |read| values.or_none(read).flatten();
    let kind: EventKind =
        needed(&row.kind, "kind")?.parse().map_err(|e| format!("field `kind`: {e}"))?;
    let item_id = item_id("item_id", &needed(&row.item_id, "item_id")?)?;
    let currency = values.or_none(row.currency.currency("currency", values)).flatten();
    let price = values.or_none(row.price.money("price", values, currency)).flatten();
    let zone_minutes = values.or_none(row.zone_minutes.whole("zone_minutes")).flatten();
    let quantity = values.or_none(row.quantity.quantity("quantity", values)).flatten();
    Ok(EventRecord {
        subject: row.shopper.text("shopper")?.map(|name| subject(&name)).transpose()?,
        quantity: quantity.unwrap_or(1),
        price: price.filter(|_| currency.is_some()),
        session: kept(row.session.owned("session")),
        request_id: kept(row.request_id.owned("request_id")).and_then(|id| RequestId::new(id).ok()),
        region: kept(row.region.owned("region")),
        device: kept(row.device.owned("device")),
        zone_minutes: zone_minutes.and_then(|minutes| i32::try_from(minutes).ok()),
        ..EventRecord::bare(item_id, kind, time(row, values)?, needed(&row.event_id, "event_id")?)
    })
}

/// The instant, or the place in the shopper's order.
fn time(row: &Row<'_>, values: &Values) -> Result<EventTime, String> {
    if let Some(at) = row.time.time("time", values)? {
        return Ok(EventTime::At(at));
    }
    let place = row.place.whole("place")?.and_then(|place| u32::try_from(place).ok());
    let missing = "fields `time` and `place` are missing; every event has one of them";
    place.map(EventTime::Ordinal).ok_or_else(|| missing.to_owned())
}
