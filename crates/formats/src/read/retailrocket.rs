//! Parses RetailRocket's events: a CSV of `timestamp,visitorid,event,itemid,transactionid`.
//! Its tables of properties are rejected: their values are hashes that describe nothing.

use domain::{EventTime, ItemId};

use super::commerce;
use crate::output::Output;
use crate::text::header::{Cells, Named};
use crate::text::value::{short, subject, time};
use crate::{Error, EventRecord, Input, Record};

const HINT: &str = "events have the columns timestamp, visitorid, event, itemid and transactionid";

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`], [`Error::Header`],
/// [`Error::RowTooLong`].
pub fn read(input: Input<'_>, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let needed: [&[&str]; 4] = [&["timestamp"], &["visitorid"], &["event"], &["itemid"]];
        let mut table = Named::open(input, Some(b','), &needed, HINT)?;
        while let Some((line, cells)) = table.next()? {
            let outcome = cells.and_then(event).map(|event| [Record::Event(event)]);
            output.row(line, outcome)?;
        }
        Ok(table.encoding())
    })
}

fn event(cells: Cells<'_>) -> Result<EventRecord, String> {
    let needed = |name: &'static str| {
        cells.get(&[name]).ok_or_else(|| format!("field `{name}` is missing; every event has it"))
    };
    let (name, item, at) = (needed("event")?, needed("itemid")?, needed("timestamp")?);
    let kind = commerce::kind(name).ok_or_else(|| {
        format!("event {:?} is not known; there are view, addtocart and transaction", short(name))
    })?;
    let item_id = ItemId::new(item).map_err(|e| e.to_string())?;
    let source_key = format!("retailrocket-{name}-{item}-{at}");
    Ok(EventRecord {
        subject: cells.get(&["visitorid"]).map(subject).transpose()?,
        order: cells.get(&["transactionid"]).map(str::to_owned),
        ..EventRecord::bare(item_id, kind, EventTime::At(time(at)?), source_key)
    })
}
