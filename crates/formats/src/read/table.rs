//! Parses `csv`: any delimited text with a header and a map from columns to meanings.
//! A column for the item is necessary, and a currency that nobody names is not guessed.

use cells::fault::Fault;
use csv::StringRecord;
use domain::{PartialItem, Says};

use crate::output::Output;
use crate::text::identity::RowKeys;
use crate::text::rows::Rows;
use crate::{Error, Field, Input, Options, Record};

pub mod columns;

mod row;

use super::commerce;
use super::latest::LatestItems;
use columns::Columns;
use row::RowReader;

/// What a report calls the cells that short rows lack.
pub(crate) const SHORT: &str = "cells at the end of rows that have fewer than the header";

/// Reads one file. Each row with a shopper column gives an event, a row with a rating or a review
/// text also a review. The rows' facts about an item are gathered, the newest row winning field by
/// field, and handed on once per item at the end: as an item by a catalogue, as a mention by rows
/// of events.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`], [`Error::MissingColumn`],
/// [`Error::UnknownColumn`], [`Error::RowTooLong`].
pub fn read(input: Input<'_>, options: &Options, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut source = Rows::open(input, options.delimiter)?;
        let header = source.header()?;
        let columns = Columns::find(&name, &header, options)?;
        let values = output.values();
        let mut rows = RowReader::new(&columns, options, &values, RowKeys::new(output.format()));
        if columns.lack_currency(options) {
            output.leave_out("the currency of prices (name one, e.g. GBP, or map its column)");
        }
        let mut items = LatestItems::default();
        let (is_catalogue, says) = (!columns.has(Field::Shopper), columns.says());
        let is_whole = says == Says::everything();
        let only = if is_catalogue && !is_whole {
            says.names().map(str::to_owned).collect()
        } else {
            Vec::new()
        };
        output.columns(crate::Columns { unread: columns.unread(&header), only });
        let given_out = |record| match record {
            record if !is_catalogue => commerce::mention(record),
            Record::Item(item) if !is_whole => Record::Part(PartialItem { item, says }),
            record => record,
        };
        let mut record = StringRecord::new();
        while let Some((line, outcome)) = source.next(&mut record)? {
            let outcome = outcome.and_then(|()| rows.row(&record)).map(|(mut records, item)| {
                if let Some((time, item)) = item {
                    if is_catalogue && items.differs(&item) {
                        let reason =
                            "is that of an earlier row with other facts; the last row counts";
                        values.leave_out(Fault::new("item", item.id.as_str(), reason));
                    }
                    records.extend(items.see(time, item).into_iter().map(given_out));
                }
                records
            });
            output.row(line, outcome)?;
        }
        output.leave_out_n(SHORT, source.n_short());
        items.drain().into_iter().map(given_out).try_for_each(|item| output.record(item))?;
        Ok(source.encoding())
    })
}

/// Each column of a header, with the field that it is read as.
pub(crate) fn meanings(
    file: &str,
    header: &StringRecord,
    options: &Options,
) -> Result<Vec<(String, Option<&'static str>)>, Error> {
    let columns = Columns::find(file, header, options)?;
    let field_at = |at| Field::ALL.into_iter().find(|field| columns.at(*field) == Some(at));
    let named = header.iter().enumerate();
    Ok(named.map(|(at, name)| (name.trim().to_owned(), field_at(at).map(Field::name))).collect())
}
