//! Parses `csv`: any delimited text with a header and a map from columns to meanings.
//! Refuses to go on without a column for the item, and to guess a currency that nobody names.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use csv::{ErrorKind, StringRecord};
use encoding_rs::{Encoding, UTF_8};

use crate::identity::RowKeys;
use crate::lines::{MAX_ROW_BYTES, NOT_UTF8, as_text};
use crate::output::Output;
use crate::{Error, Input, Options};

pub mod columns;

mod latest;
mod row;

use columns::Columns;
use latest::LatestItems;
use row::RowReader;

/// Reads one file. Each row with a shopper column gives an event, a row with a rating or a review
/// text also a review. What the rows say about an item is gathered, the newest row winning field
/// by field, and given out once per item at the end.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`], [`Error::MissingColumn`],
/// [`Error::UnknownColumn`], [`Error::RowTooLong`].
pub fn read(input: Input<'_>, options: &Options, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut table = Table::open(input, options)?;
        let mut rows = RowReader::new(&table.columns, options, RowKeys::new(output.format()));
        if table.columns.lack_currency(options) {
            output.leave_out("the currency of prices (name one, e.g. GBP, or map its column)");
        }
        let mut items = LatestItems::default();
        let mut record = StringRecord::new();
        while let Some((line, outcome)) = table.source.next(&mut record)? {
            let outcome = outcome.and_then(|()| rows.row(&record)).map(|(mut records, item)| {
                if let Some((time, item)) = item {
                    records.extend(items.see(time, item));
                }
                records
            });
            output.row(line, outcome)?;
        }
        items.drain().into_iter().try_for_each(|item| output.record(item))?;
        Ok(table.source.encoding.get().name())
    })
}

struct Table<'a> {
    source: Rows<'a>,
    columns: Columns,
}

impl<'a> Table<'a> {
    fn open(input: Input<'a>, options: &Options) -> Result<Self, Error> {
        let (file, reader, encoding) = input.into_parts();
        let budget = Rc::new(Cell::new(MAX_ROW_BYTES));
        let mut reader = BufReader::with_capacity(64 << 10, reader);
        let delimiter = match options.delimiter {
            Some(delimiter) => delimiter,
            None => sniff_delimiter(reader.fill_buf().map_err(|source| broken(&file, 0, source))?),
        };
        let limited = Limited { inner: reader, budget: Rc::clone(&budget) };
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(limited);
        let mut source = Rows { file: file.clone(), reader, budget, encoding, n_columns: None };
        let mut header = StringRecord::new();
        match source.next(&mut header)? {
            None => return Err(Error::Empty { file }),
            Some((_, Err(problem))) => {
                let hint = "the first row must name the columns";
                return Err(Error::Header { file, problem, hint });
            }
            Some((_, Ok(()))) => {}
        }
        source.n_columns = Some(header.len());
        let columns = Columns::find(&file, &header, options)?;
        Ok(Self { source, columns })
    }
}

/// Why a row is not a row of the table.
type RowCheck = Result<(), String>;

/// The rows of one file, with a limit on the length of each.
struct Rows<'a> {
    file: String,
    reader: csv::Reader<Limited<BufReader<Box<dyn Read + 'a>>>>,
    budget: Rc<Cell<usize>>,
    encoding: Rc<Cell<&'static Encoding>>,
    n_columns: Option<usize>,
}

impl Rows<'_> {
    /// Reads the next row into `record`; its line, and why it is not a row of the table.
    fn next(&mut self, record: &mut StringRecord) -> Result<Option<(u64, RowCheck)>, Error> {
        self.budget.set(MAX_ROW_BYTES);
        let begins = self.reader.position().line();
        let outcome = match self.reader.read_record(record) {
            Ok(false) => return Ok(None),
            Ok(true) => self.check(record),
            Err(error) => match error.into_kind() {
                ErrorKind::Utf8 { .. } => Err(NOT_UTF8.to_owned()),
                ErrorKind::Io(_) if self.budget.get() == 0 => {
                    let (file, line) = (self.file.clone(), begins);
                    return Err(Error::RowTooLong { file, line });
                }
                ErrorKind::Io(source) => return Err(broken(&self.file, begins, source)),
                other => Err(format!("{other:?}; write rows as RFC 4180 does")),
            },
        };
        let line = record.position().map_or(begins, csv::Position::line);
        Ok(Some((line, outcome)))
    }

    fn check(&self, record: &StringRecord) -> RowCheck {
        let encoding = self.encoding.get();
        if encoding != UTF_8 {
            record.iter().try_for_each(|field| as_text(field.as_bytes(), encoding).map(|_| ()))?;
        }
        match self.n_columns {
            Some(n) if n != record.len() => {
                let got = record.len();
                Err(format!(
                    "has {got} fields, but the header {n}; quote fields that hold the delimiter"
                ))
            }
            _ => Ok(()),
        }
    }
}

fn broken(file: &str, line: u64, source: io::Error) -> Error {
    let file = file.to_owned();
    Error::Read { file, line, source }
}

/// The commonest delimiter of the first line, outside quotes.
fn sniff_delimiter(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b'\t', 0), (b';', 0), (b'|', 0)];
    let mut in_quotes = false;
    for &byte in head.iter().take_while(|&&b| b != b'\n') {
        in_quotes ^= byte == b'"';
        if let Some((_, n)) = counts.iter_mut().find(|(d, _)| *d == byte && !in_quotes) {
            *n += 1;
        }
    }
    let first_of_most =
        |best: (u8, u32), next: (u8, u32)| if next.1 > best.1 { next } else { best };
    counts.into_iter().reduce(first_of_most).map_or(b',', |(delimiter, _)| delimiter)
}

/// Fails once a single row has taken more than its budget.
struct Limited<R> {
    inner: R,
    budget: Rc<Cell<usize>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.budget.get();
        if left == 0 {
            return Err(io::Error::other("row too long"));
        }
        let n = self.inner.read(buffer)?;
        self.budget.set(left.saturating_sub(n));
        Ok(n)
    }
}
