//! Events: clustered by shopper and time; repeats recognised by source key.

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;

use domain::{
    Currency, Event, EventKind, EventTime, IngestId, ItemId, Money, RequestId, ShopperId,
    StoredEvent,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::connection::Doing;
use super::joins;
use super::writer::Transaction;
use crate::ids::{Naming, order_hash, source_hash};
use crate::record::stored_event;
use crate::scan::Each;
use crate::{Ack, StoreError};

const COLUMNS: &str = "shopper_id, ts, id, kind, item_id, quantity, price, currency, session, \
                       request_id, region, device, zone";

/// Takes in one event of a shopper, or recognises it.
pub(super) fn append(
    tx: &mut Transaction<'_>,
    shopper: ShopperId,
    event: Event,
) -> Result<Ack, StoreError> {
    let key = source_hash(&event.source_key);
    for number in joins::numbers(tx.db, shopper, IngestId(u128::MAX))? {
        if let Some(event) = known(tx.db, number, &key)? {
            return Ok(Ack { id: event.id, shopper, fresh: false, event });
        }
    }
    let order = order_hash(&event.source_key);
    let naming = Naming::of(&event.subject);
    if let Some(order) = &order
        && let Some(event) = bought(tx.db, order, naming)?
    {
        return Ok(Ack { id: event.id, shopper, fresh: false, event });
    }
    let id = tx.next_id();
    let event = stored_event(event, shopper, id);
    insert(tx.db, &event)?;
    if let Some(order) = order {
        tx.db
            .prepare_cached("INSERT OR IGNORE INTO bought_order VALUES (?1, ?2, ?3, ?4, ?5)")
            .doing("append an event")?
            .execute(params![order, naming as u8, shopper.0, event.time.key(), id.to_bytes()])
            .doing("append an event")?;
    }
    tx.db
        .prepare_cached("INSERT INTO event_key (shopper_id, key, ts, id) VALUES (?1, ?2, ?3, ?4)")
        .doing("append an event")?
        .execute(params![shopper.0, key, event.time.key(), id.to_bytes()])
        .doing("append an event")?;
    tx.counts.events += 1;
    Ok(Ack { id, shopper, fresh: true, event })
}

/// The event that has this source key.
fn known(
    db: &Connection,
    shopper: ShopperId,
    key: &[u8; 16],
) -> Result<Option<StoredEvent>, StoreError> {
    let place: Option<(i64, [u8; 16])> = db
        .prepare_cached("SELECT ts, id FROM event_key WHERE shopper_id = ?1 AND key = ?2")
        .doing("find an event")?
        .query_row(params![shopper.0, key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
        .doing("find an event")?;
    match place {
        Some((ts, id)) => at(db, shopper, ts, id),
        None => Ok(None),
    }
}

/// The event by which a source that names people otherwise told of a line of an order first.
fn bought(
    db: &Connection,
    order: &[u8; 16],
    naming: Naming,
) -> Result<Option<StoredEvent>, StoreError> {
    let place: Option<(i64, i64, [u8; 16])> = db
        .prepare_cached(
            "SELECT shopper_id, ts, id FROM bought_order WHERE key = ?1 AND (naming <> ?2 OR ?3)",
        )
        .doing("find an order")?
        .query_row(params![order, naming as u8, naming == Naming::Visitor], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()
        .doing("find an order")?;
    match place {
        Some((shopper, ts, id)) => at(db, ShopperId(shopper), ts, id),
        None => Ok(None),
    }
}

fn at(
    db: &Connection,
    shopper: ShopperId,
    ts: i64,
    id: [u8; 16],
) -> Result<Option<StoredEvent>, StoreError> {
    let mut select = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM event WHERE shopper_id = ?1 AND ts = ?2 AND id = ?3"
        ))
        .doing("find an event")?;
    let mut rows = select.query(params![shopper.0, ts, id]).doing("find an event")?;
    let row = rows.next().doing("find an event")?;
    row.map(read).transpose()
}

fn insert(db: &Connection, event: &StoredEvent) -> Result<(), StoreError> {
    db.prepare_cached(&format!(
        "INSERT INTO event ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    ))
    .doing("append an event")?
    .execute(params![
        event.shopper.0,
        event.time.key(),
        event.id.to_bytes(),
        event.kind.code(),
        event.item_id.as_str(),
        event.quantity,
        event.price.map(|price| price.minor),
        event.price.as_ref().map(|price| price.currency.code()),
        event.session,
        event.request_id.as_ref().map(RequestId::as_str),
        event.region,
        event.device,
        event.zone_minutes,
    ])
    .doing("append an event")
    .map(|_| ())
}

/// Reads a row of [`COLUMNS`].
fn read(row: &Row<'_>) -> Result<StoredEvent, StoreError> {
    let corrupt = |detail: String| StoreError::Corrupt { what: "event", detail };
    let price: Option<i64> = row.get(6).doing("read an event")?;
    let currency: Option<String> = row.get(7).doing("read an event")?;
    let request_id: Option<String> = row.get(9).doing("read an event")?;
    let kind: u8 = row.get(3).doing("read an event")?;
    let item_id = row.get_ref(4).doing("read an event")?;
    Ok(StoredEvent {
        shopper: ShopperId(row.get(0).doing("read an event")?),
        time: EventTime::from_key(row.get(1).doing("read an event")?),
        id: IngestId::from_bytes(row.get(2).doing("read an event")?),
        kind: EventKind::from_code(kind).ok_or_else(|| corrupt(format!("kind {kind}")))?,
        item_id: item_id
            .as_str()
            .map_err(|problem| corrupt(problem.to_string()))
            .and_then(|id| ItemId::new(id).map_err(|problem| corrupt(problem.to_string())))?,
        quantity: row.get(5).doing("read an event")?,
        price: price
            .zip(currency)
            .map(|(minor, code)| code.parse::<Currency>().map(|currency| Money { minor, currency }))
            .transpose()
            .map_err(|problem| corrupt(problem.to_string()))?,
        session: row.get(8).doing("read an event")?,
        request_id: request_id
            .map(RequestId::new)
            .transpose()
            .map_err(|problem| corrupt(problem.to_string()))?,
        region: row.get(10).doing("read an event")?,
        device: row.get(11).doing("read an event")?,
        zone_minutes: row.get(12).doing("read an event")?,
    })
}

/// Returns the last `n` interactions up to an id, newest first.
pub(super) fn recent(
    db: &Connection,
    shopper: ShopperId,
    n: usize,
    as_of: IngestId,
) -> Result<Vec<StoredEvent>, StoreError> {
    let select = format!(
        "SELECT {COLUMNS} FROM event WHERE shopper_id = ?1 AND id <= ?2 AND kind <> ?3
         ORDER BY ts DESC, id DESC LIMIT ?4"
    );
    let limit = i64::try_from(n).unwrap_or(i64::MAX);
    let shown = EventKind::Exposure.code();
    let mut events = Vec::new();
    for number in joins::numbers(db, shopper, as_of)? {
        let params = params![number.0, as_of.to_bytes(), shown, limit];
        events.extend(history(db, &select, shopper, params)?);
    }
    events.sort_by_key(|event| std::cmp::Reverse((event.time, event.id)));
    events.truncate(n);
    Ok(events)
}

/// Every event of a shopper up to an id, oldest first.
pub(super) fn of_shopper(
    db: &Connection,
    shopper: ShopperId,
    as_of: IngestId,
) -> Result<Vec<StoredEvent>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM event WHERE shopper_id = ?1 AND id <= ?2");
    let mut events = Vec::new();
    for number in joins::numbers(db, shopper, as_of)? {
        events.extend(history(db, &select, shopper, params![number.0, as_of.to_bytes()])?);
    }
    events.sort_by_key(|event| (event.time, event.id));
    Ok(events)
}

/// Rows as events of `shopper`, whichever number they lie under.
fn history(
    db: &Connection,
    select: &str,
    shopper: ShopperId,
    params: impl rusqlite::Params,
) -> Result<Vec<StoredEvent>, StoreError> {
    let mut select = db.prepare_cached(select).doing("read a history")?;
    let mut rows = select.query(params).doing("read a history")?;
    let mut events = Vec::new();
    while let Some(row) = rows.next().doing("read a history")? {
        events.push(StoredEvent { shopper, ..read(row)? });
    }
    Ok(events)
}

/// In which order a scan hands events over.
#[derive(Debug, Clone, Copy)]
pub(super) enum ScanOrder {
    /// As they lie: by shopper, then time, then id.
    Clustered,
    /// By ingest id; sorted by the engine, on disk where they are many.
    Ingested,
}

/// Every event up to an id, by shopper. Where visitors were found to be a person, theirs and the
/// person's come together, after everybody else's.
pub(super) fn scan_by_shopper(
    db: &Connection,
    as_of: IngestId,
    each: &mut Each<'_, StoredEvent>,
) -> Result<(), StoreError> {
    let joins = joins::all(db, as_of)?;
    let people: BTreeSet<ShopperId> = joins.iter().map(|join| join.shopper).collect();
    let apart: HashSet<ShopperId> =
        joins.iter().map(|join| join.visitor).chain(people.iter().copied()).collect();
    let mut flow =
        scan(db, as_of, ScanOrder::Clustered, &mut |event| match apart.contains(&event.shopper) {
            true => ControlFlow::Continue(()),
            false => each(event),
        })?;
    let mut people = people.into_iter();
    while flow.is_continue()
        && let Some(person) = people.next()
    {
        flow = of_shopper(db, person, as_of)?.into_iter().try_for_each(&mut *each);
    }
    Ok(())
}

/// Every event up to an id; says whether `each` broke off.
pub(super) fn scan(
    db: &Connection,
    as_of: IngestId,
    order: ScanOrder,
    each: &mut Each<'_, StoredEvent>,
) -> Result<ControlFlow<()>, StoreError> {
    let columns = match order {
        ScanOrder::Clustered => "shopper_id, ts, id",
        ScanOrder::Ingested => "id",
    };
    let mut select = db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM event WHERE id <= ?1 ORDER BY {columns}"))
        .doing("scan events")?;
    let mut rows = select.query([as_of.to_bytes()]).doing("scan events")?;
    while let Some(row) = rows.next().doing("scan events")? {
        if each(read(row)?).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}
