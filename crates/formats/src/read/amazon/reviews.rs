//! Makes an event and a review of one row of reviews, of either layout.

use domain::{EventKind, EventTime, ItemId, Rating, Review, SubjectId, Timestamp};
use serde_json::Value;

use super::Row;
use crate::text::json::{kind_of, wrong};
use crate::text::value::time;
use crate::{EventRecord, Record};

pub(super) fn records(
    row: &Row,
    kind: Option<EventKind>,
    source_key: String,
) -> Result<[Record; 2], String> {
    let id = row.text(&["parent_asin", "asin"])?;
    let item_id = ItemId::new(id).map_err(|e| format!("field `asin`: {e}"))?;
    let who = row.text(&["reviewerID", "user_id"])?;
    let subject =
        SubjectId::new(who).map_err(|e| format!("field `reviewerID` or `user_id`: {e}"))?;
    let time = EventTime::At(when(row)?);
    let stars = row.number(&["overall", "rating"])?;
    let rating = stars.map(Rating::new).transpose().map_err(|e| e.to_string())?;
    let by_content = if is_verified(row)? { EventKind::Purchase } else { EventKind::Rate };
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

fn is_verified(row: &Row) -> Result<bool, String> {
    match row.first(&["verified", "verified_purchase"]) {
        None => Ok(false),
        Some((_, Value::Bool(verified))) => Ok(*verified),
        Some((name, other)) => Err(wrong(name, "true or false", kind_of(other))),
    }
}

/// Seconds in 2018, milliseconds in 2023, else the date `06 14, 2018`.
fn when(row: &Row) -> Result<Timestamp, String> {
    if let Some((name, value)) = row.first(&["unixReviewTime", "timestamp"]) {
        return match value {
            Value::Number(number) => time(&number.to_string()),
            other => Err(wrong(name, "a number", kind_of(other))),
        };
    }
    let date = row.text(&["reviewTime"])?;
    american(date).ok_or_else(|| {
        format!("no time: `unixReviewTime` and `timestamp` are missing and `reviewTime` is {:?}; give one", crate::text::value::short(date))
    })
}

fn american(date: &str) -> Option<Timestamp> {
    let (month_day, year) = date.split_once(", ")?;
    let (month, day) = month_day.split_once(' ')?;
    Timestamp::parse(&format!("{year}-{month:0>2}-{day:0>2}")).ok()
}
