//! Staging of a history that is to be sorted: a private temporary database that its engine keeps on
//! disk and deletes when closed.
//!
//! It reads from the shop only which shoppers are known already; `load` writes.

use std::collections::HashMap;

use domain::{
    Event, EventKind, EventTime, ItemId, Money, Rating, RequestId, Review, ShopperId, SubjectId,
};
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::connection::{Doing, run};
use super::shoppers;
use crate::StoreError;
use crate::ids::random_shopper;

/// Shoppers whose numbers are remembered in memory; the rest are looked up on disk.
const IN_MEMORY: usize = 100_000;

/// A staged row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Row {
    /// An event.
    Event(Event),
    /// A review.
    Review(Review),
}

impl Row {
    /// The shopper.
    pub(super) fn subject(&self) -> &SubjectId {
        match self {
            Self::Event(event) => &event.subject,
            Self::Review(review) => &review.subject,
        }
    }
}

/// A staged row with the number its shopper has, or will have if nobody makes another first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Staged {
    /// The shopper's number.
    pub(super) proposed: ShopperId,
    /// The row.
    pub(super) row: Row,
}

/// The compact form of a row: positions instead of names.
#[derive(Serialize, Deserialize)]
enum Form {
    /// An event, in the order of the fields of [`Event`] after subject and time.
    E(
        EventKind,
        ItemId,
        u32,
        Option<Money>,
        Option<String>,
        Option<RequestId>,
        Option<String>,
        Option<String>,
        Option<i32>,
        String,
    ),
    /// A review, in the order of the fields of [`Review`] after subject and time.
    R(ItemId, Option<Rating>, String, String, String),
}

/// The temporary database.
pub(super) struct Staging {
    db: Connection,
    numbers: HashMap<SubjectId, ShopperId>,
}

impl Staging {
    /// An empty one.
    pub(super) fn new() -> Result<Self, StoreError> {
        let db = Connection::open("").doing("stage a history")?;
        db.execute_batch(
            "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -16384;
             CREATE TABLE number (ext_id TEXT PRIMARY KEY, shopper_id INTEGER NOT NULL)
                 WITHOUT ROWID;
             CREATE TABLE met (visitor TEXT PRIMARY KEY, person TEXT NOT NULL) WITHOUT ROWID;
             CREATE TABLE staged (shopper_id INTEGER, ts INTEGER, ext_id TEXT, form TEXT);
             BEGIN;",
        )
        .doing("stage a history")?;
        Ok(Self { db, numbers: HashMap::new() })
    }

    /// Stages an event.
    pub(super) fn add_event(&mut self, shop: &Connection, event: Event) -> Result<(), StoreError> {
        let form = Form::E(
            event.kind,
            event.item_id,
            event.quantity,
            event.price,
            event.session,
            event.request_id,
            event.region,
            event.device,
            event.zone_minutes,
            event.source_key,
        );
        self.add(shop, &event.subject, event.time, &form)
    }

    /// Stages that a visitor is a person; the first person of a visitor stays.
    pub(super) fn add_join(
        &mut self,
        visitor: &SubjectId,
        person: &SubjectId,
    ) -> Result<(), StoreError> {
        self.db
            .prepare_cached("INSERT OR IGNORE INTO met VALUES (?1, ?2)")
            .doing("stage a history")?
            .execute(params![visitor.as_str(), person.as_str()])
            .doing("stage a history")
            .map(|_| ())
    }

    /// Hands over every visitor with their person. Only after [`Staging::each_sorted`].
    pub(super) fn each_join(
        &self,
        each: &mut dyn FnMut((SubjectId, SubjectId)) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut select =
            self.db.prepare("SELECT visitor, person FROM met").doing("read staged joins")?;
        let mut rows = select.query([]).doing("read staged joins")?;
        while let Some(row) = rows.next().doing("read staged joins")? {
            let name = |at| -> Result<SubjectId, StoreError> {
                let name: String = row.get(at).doing("read staged joins")?;
                SubjectId::new(name).map_err(unreadable)
            };
            each((name(0)?, name(1)?))?;
        }
        Ok(())
    }

    /// Stages a review.
    pub(super) fn add_review(
        &mut self,
        shop: &Connection,
        review: Review,
    ) -> Result<(), StoreError> {
        let form =
            Form::R(review.item_id, review.rating, review.title, review.text, review.source_key);
        self.add(shop, &review.subject, review.time, &form)
    }

    fn add(
        &mut self,
        shop: &Connection,
        subject: &SubjectId,
        time: EventTime,
        form: &Form,
    ) -> Result<(), StoreError> {
        let shopper = self.number(shop, subject)?;
        let form = serde_json::to_string(form).map_err(unreadable)?;
        self.db
            .prepare_cached("INSERT INTO staged VALUES (?1, ?2, ?3, ?4)")
            .doing("stage a history")?
            .execute(params![shopper.0, time.key(), subject.as_str(), form])
            .doing("stage a history")
            .map(|_| ())
    }

    /// The number the shop knows the shopper by, or a new one; the same for all of their rows.
    fn number(&mut self, shop: &Connection, subject: &SubjectId) -> Result<ShopperId, StoreError> {
        if let Some(number) = self.numbers.get(subject) {
            return Ok(*number);
        }
        let proposed = match shoppers::find(shop, subject)? {
            Some(known) => known,
            None => random_shopper(),
        };
        self.db
            .prepare_cached("INSERT OR IGNORE INTO number VALUES (?1, ?2)")
            .doing("stage a history")?
            .execute(params![subject.as_str(), proposed.0])
            .doing("stage a history")?;
        let number = self
            .db
            .prepare_cached("SELECT shopper_id FROM number WHERE ext_id = ?1")
            .doing("stage a history")?
            .query_row([subject.as_str()], |row| row.get(0).map(ShopperId))
            .doing("stage a history")?;
        if self.numbers.len() >= IN_MEMORY {
            self.numbers.clear();
        }
        self.numbers.insert(subject.clone(), number);
        Ok(number)
    }

    /// Hands over every row by shopper, then time, then the order it came in. The engine sorts on
    /// disk.
    pub(super) fn each_sorted(
        &self,
        each: &mut dyn FnMut(Staged) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        run(&self.db, "COMMIT")?;
        let mut select = self
            .db
            .prepare(
                "SELECT shopper_id, ts, ext_id, form FROM staged ORDER BY shopper_id, ts, rowid",
            )
            .doing("sort a history")?;
        let mut rows = select.query([]).doing("sort a history")?;
        while let Some(row) = rows.next().doing("sort a history")? {
            let (proposed, ts) = (row.get(0), row.get(1));
            let (ext_id, form): (String, String) =
                (row.get(2).doing("sort a history")?, row.get(3).doing("sort a history")?);
            each(Staged {
                proposed: ShopperId(proposed.doing("sort a history")?),
                row: restore(&ext_id, ts.doing("sort a history")?, &form)?,
            })?;
        }
        Ok(())
    }
}

fn unreadable(problem: impl std::fmt::Display) -> StoreError {
    StoreError::Corrupt { what: "staged row", detail: problem.to_string() }
}

fn restore(ext_id: &str, ts: i64, form: &str) -> Result<Row, StoreError> {
    let subject = SubjectId::new(ext_id).map_err(unreadable)?;
    let time = EventTime::from_key(ts);
    Ok(match serde_json::from_str(form).map_err(unreadable)? {
        Form::E(
            kind,
            item_id,
            quantity,
            price,
            session,
            request_id,
            region,
            device,
            zone_minutes,
            source_key,
        ) => Row::Event(Event {
            subject,
            kind,
            item_id,
            time,
            quantity,
            price,
            session,
            request_id,
            region,
            device,
            zone_minutes,
            source_key,
        }),
        Form::R(item_id, rating, title, text, source_key) => {
            Row::Review(Review { subject, item_id, time, rating, title, text, source_key })
        }
    })
}
