//! Makes an event and a review of one row of reviews, of either layout.

use cells::fault::Fault;
use cells::truth;
use cells::values::Values;
use domain::{EventKind, EventTime, ItemId, Rating, Review, SubjectId, Timestamp};
use serde_json::Value;

use super::Row;
use crate::text::json::{kind_of, wrong};
use crate::{EventRecord, Record};

pub(super) fn records(
    row: &Row,
    kind: Option<EventKind>,
    values: &Values,
    source_key: String,
) -> Result<[Record; 2], String> {
    let id = row.text(&["parent_asin", "asin"])?;
    let item_id = ItemId::new(id).map_err(|e| format!("field `asin`: {e}"))?;
    let who = row.text(&["reviewerID", "user_id"])?;
    let subject =
        SubjectId::new(who).map_err(|e| format!("field `reviewerID` or `user_id`: {e}"))?;
    let time = EventTime::At(when(row, values)?);
    let rating = values.or_none(stars(row, values)).flatten();
    let by_content = if is_verified(row, values) { EventKind::Purchase } else { EventKind::Rate };
    let event = EventRecord {
        subject: Some(subject.clone()),
        ..EventRecord::bare(item_id.clone(), kind.unwrap_or(by_content), time, source_key.clone())
    };
    let review = Review {
        subject,
        item_id,
        time,
        rating,
        title: row.text(&["summary", "title"])?.to_owned(),
        text: row.text(&["reviewText", "text"])?.to_owned(),
        source_key,
    };
    Ok([Record::Event(event), Record::Review(review)])
}

fn stars(row: &Row, values: &Values) -> Result<Option<Rating>, Fault> {
    const FIELD: &str = "rating";
    let stars = match row.first(&["overall", "rating"]) {
        None => return Ok(None),
        Some((_, Value::String(text))) => values.number_within(FIELD, text, (1.0, 5.0))?,
        Some((_, value)) => {
            let wrong = || Fault::of_type(FIELD, "a number", kind_of(value));
            value.as_f64().ok_or_else(wrong)?
        }
    };
    Rating::new(stars).map(Some).map_err(|invalid| Fault::of(FIELD, &invalid))
}

fn is_verified(row: &Row, values: &Values) -> bool {
    let said = match row.first(&["verified", "verified_purchase"]) {
        None => return false,
        Some((_, Value::Bool(verified))) => return *verified,
        Some((name, Value::String(word))) => truth::of(name, word),
        Some((name, other)) => Err(Fault::of_type(name, "true or false", kind_of(other))),
    };
    values.or_none(said).unwrap_or(false)
}

/// Seconds in 2018, milliseconds in 2023, else the date `06 14, 2018`.
fn when(row: &Row, values: &Values) -> Result<Timestamp, String> {
    if let Some((name, value)) = row.first(&["unixReviewTime", "timestamp"]) {
        return match value {
            Value::Number(number) => Ok(values.time(name, &number.to_string())?),
            Value::String(text) => Ok(values.time(name, text)?),
            other => Err(wrong(name, "a number", kind_of(other))),
        };
    }
    let date = row.text(&["reviewTime"])?;
    american(date).ok_or_else(|| {
        format!("no time: `unixReviewTime` and `timestamp` are missing and `reviewTime` is {:?}; give one", cells::value::short(date))
    })
}

fn american(date: &str) -> Option<Timestamp> {
    let (month_day, year) = date.split_once(", ")?;
    let (month, day) = month_day.split_once(' ')?;
    Timestamp::parse(&format!("{year}-{month:0>2}-{day:0>2}")).ok()
}
