//! Parses the JSON lines of `candor export`: events, reviews and items, told apart by their fields.
//! Items are in the form of `PUT /v1/items`. The own id of an event or a review makes a second
//! reading harmless. A review says nothing but itself: its event is among the events.
//! Answers are rejected: they are proofs of earlier answers, and no data of the shop.

use domain::{EventKind, EventTime, Item, ItemId, Rating, RequestId, Review};
use serde::Deserialize;

use crate::output::Output;
use crate::text::json::{self, Scalar};
use crate::text::lines::Lines;
use crate::text::value::subject;
use crate::{Error, EventRecord, Input, Record};

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`].
pub fn read(input: Input<'_>, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut lines = Lines::new(input);
        while let Some(line) = lines.next()? {
            let outcome = line.and_then(record).map(|record| [record]);
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

fn record(line: &str) -> Result<Record, String> {
    let row: Row<'_> = json::object(line)?;
    if row.event_id.is_there() || row.kind.is_there() {
        return event(&row).map(Record::Event);
    }
    if row.review_id.is_there() {
        return review(&row).map(Record::Review);
    }
    let item: Item = serde_json::from_str(line).map_err(|e| {
        format!("neither an event (`event_id`, `shopper`, `kind`, `item_id`) nor an item: {e}")
    })?;
    Ok(Record::Item(item))
}

fn needed(scalar: &Scalar<'_>, name: &str) -> Result<String, String> {
    let missing = || format!("field `{name}` is missing; every row of an export has it");
    scalar.owned(name)?.ok_or_else(missing)
}

fn review(row: &Row<'_>) -> Result<Review, String> {
    let rating = row.rating.number("rating")?.map(Rating::new).transpose();
    Ok(Review {
        subject: subject(&needed(&row.shopper, "shopper")?)?,
        item_id: ItemId::new(needed(&row.item_id, "item_id")?).map_err(|e| e.to_string())?,
        time: time(row)?,
        rating: rating.map_err(|e| format!("field `rating`: {e}"))?,
        title: row.review_title.owned("review_title")?.unwrap_or_default(),
        text: row.review.owned("review")?.unwrap_or_default(),
        source_key: needed(&row.review_id, "review_id")?,
    })
}

fn event(row: &Row<'_>) -> Result<EventRecord, String> {
    let kind: EventKind =
        needed(&row.kind, "kind")?.parse().map_err(|e| format!("field `kind`: {e}"))?;
    let item_id = ItemId::new(needed(&row.item_id, "item_id")?).map_err(|e| e.to_string())?;
    let currency = row.currency.currency("currency")?;
    let price = currency.map(|currency| row.price.money("price", currency)).transpose()?.flatten();
    let zone_minutes = row.zone_minutes.whole("zone_minutes")?;
    Ok(EventRecord {
        subject: row.shopper.text("shopper")?.map(|name| subject(&name)).transpose()?,
        quantity: row.quantity.quantity("quantity")?.unwrap_or(1),
        price,
        session: row.session.owned("session")?,
        request_id: row
            .request_id
            .text("request_id")?
            .map(RequestId::new)
            .transpose()
            .map_err(|e| e.to_string())?,
        region: row.region.owned("region")?,
        device: row.device.owned("device")?,
        zone_minutes: zone_minutes.and_then(|minutes| i32::try_from(minutes).ok()),
        ..EventRecord::bare(item_id, kind, time(row)?, needed(&row.event_id, "event_id")?)
    })
}

/// The instant, or the place in the shopper's order.
fn time(row: &Row<'_>) -> Result<EventTime, String> {
    if let Some(at) = row.time.time("time")? {
        return Ok(EventTime::At(at));
    }
    let place = row.place.whole("place")?.and_then(|place| u32::try_from(place).ok());
    let missing = "fields `time` and `place` are missing; every event has one of them";
    place.map(EventTime::Ordinal).ok_or_else(|| missing.to_owned())
}
