//! Parses RetailRocket's events: a CSV of `timestamp,visitorid,event,itemid,transactionid`.
//! Its tables of properties are rejected: their values are hashes that describe nothing.

use cells::value::{item_id, short, subject};
use cells::values::Values;
use domain::EventTime;

use super::commerce;
use crate::output::Output;
use crate::text::header::{Cells, Named};
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
        let values = output.values();
        while let Some((line, cells)) = table.next()? {
            let outcome =
                cells.and_then(|cells| event(cells, &values)).map(|event| [Record::Event(event)]);
            output.row(line, outcome)?;
        }
        Ok(table.encoding())
    })
}

fn event(cells: Cells<'_>, values: &Values) -> Result<EventRecord, String> {
    let needed = |name: &'static str| {
        cells.get(&[name]).ok_or_else(|| format!("field `{name}` is missing; every event has it"))
    };
    let (name, item, at) = (needed("event")?, needed("itemid")?, needed("timestamp")?);
    let kind = commerce::kind(name).ok_or_else(|| {
        format!("event {:?} is not known; there are view, addtocart and transaction", short(name))
    })?;
    let item_id = item_id("itemid", item)?;
    let source_key = format!("retailrocket-{name}-{item}-{at}");
    Ok(EventRecord {
        subject: cells.get(&["visitorid"]).map(subject).transpose()?,
        order: cells.get(&["transactionid"]).map(str::to_owned),
        ..EventRecord::bare(item_id, kind, EventTime::At(values.time("timestamp", at)?), source_key)
    })
}
