//! Parses the log format of Taobao's UserBehavior data: `user,item,category,behaviour,seconds`, no
//! header, behaviours `pv`, `buy`, `cart` and `fav`.

use std::collections::HashSet;

use cells::value::{present, short, subject};
use cells::values::Values;
use csv::StringRecord;
use domain::{EventTime, Item, ItemId, Text};

use super::commerce;
use crate::output::Output;
use crate::text::rows::Rows;
use crate::{Error, EventRecord, Input, Record};

/// Taobao's shoppers live by the clock of China.
const ZONE_MINUTES: i32 = 8 * 60;
/// Items whose category is remembered as told; beyond it some are told again.
const MAX_TOLD: usize = 200_000;

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`], [`Error::RowTooLong`].
pub fn read(input: Input<'_>, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut rows = Rows::open(input, Some(b','))?;
        let mut record = StringRecord::new();
        let mut told = HashSet::new();
        let values = output.values();
        while let Some((line, outcome)) = rows.next(&mut record)? {
            let outcome = outcome.and_then(|()| records(&record, &mut told, &values));
            output.row(line, outcome)?;
        }
        Ok(rows.encoding())
    })
}

fn records(
    record: &StringRecord,
    told: &mut HashSet<ItemId>,
    values: &Values,
) -> Result<Vec<Record>, String> {
    let cells: Vec<&str> = record.iter().map(str::trim).collect();
    let [user, item, category, behaviour, seconds] = cells[..] else {
        let got = record.len();
        return Err(format!("has {got} fields; write user,item,category,behaviour,seconds"));
    };
    let kind = commerce::kind(behaviour).ok_or_else(|| {
        format!("behaviour {:?} is not known; there are pv, buy, cart and fav", short(behaviour))
    })?;
    let item_id = ItemId::new(item).map_err(|e| e.to_string())?;
    let source_key = format!("taobao-{behaviour}-{item}-{seconds}");
    let event = EventRecord {
        subject: Some(subject(user)?),
        zone_minutes: Some(ZONE_MINUTES),
        ..EventRecord::bare(
            item_id,
            kind,
            EventTime::At(values.time("seconds", seconds)?),
            source_key,
        )
    };
    let mut records = Vec::with_capacity(2);
    if let Some(category) = present(category).filter(|_| !told.contains(&event.item_id)) {
        if told.len() >= MAX_TOLD {
            told.clear();
        }
        told.insert(event.item_id.clone());
        let categories = vec![Text::from(category)];
        records.push(Record::Mention(Item { categories, ..Item::bare(event.item_id.clone()) }));
    }
    records.push(Record::Event(event));
    Ok(records)
}
