//! Returns the rows of delimited text, numbered, with a limit on the length of each. The parsers
//! know what the columns mean.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use csv::{ErrorKind, StringRecord};
use encoding_rs::{Encoding, UTF_8};

use crate::text::line_ends::LineFeeds;
use crate::text::lines::{MAX_ROW_BYTES, MAX_ROW_MIB, NOT_UTF8, as_text};
use crate::{Error, Input};

/// Why a row is not a row of the table.
pub(crate) type RowCheck = Result<(), String>;

type Text<'a> = LineFeeds<BufReader<Box<dyn Read + 'a>>>;

/// The rows of one file.
pub(crate) struct Rows<'a> {
    file: String,
    reader: csv::Reader<Limited<Text<'a>>>,
    budget: Rc<Cell<usize>>,
    encoding: Rc<Cell<&'static Encoding>>,
    n_columns: Option<usize>,
}

impl<'a> Rows<'a> {
    /// Opens a file. Without a `delimiter` it is the commonest of `, ; tab |` in the first line.
    pub(crate) fn open(input: Input<'a>, delimiter: Option<u8>) -> Result<Self, Error> {
        let (file, reader, encoding) = input.into_parts();
        let budget = Rc::new(Cell::new(MAX_ROW_BYTES));
        let mut reader = BufReader::with_capacity(64 << 10, reader);
        let delimiter = match delimiter {
            Some(delimiter) => delimiter,
            None => sniff_delimiter(reader.fill_buf().map_err(|source| broken(&file, 0, source))?),
        };
        let limited = Limited { inner: LineFeeds::new(reader), budget: Rc::clone(&budget) };
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(limited);
        Ok(Self { file, reader, budget, encoding, n_columns: None })
    }

    /// Reads the first row as the header; later rows must have as many columns.
    pub(crate) fn header(&mut self) -> Result<StringRecord, Error> {
        let mut header = StringRecord::new();
        match self.next(&mut header)? {
            None => return Err(Error::Empty { file: self.file.clone() }),
            Some((_, Err(problem))) => {
                let hint = "the first row must name the columns";
                return Err(Error::Header { file: self.file.clone(), problem, hint });
            }
            Some((_, Ok(()))) => {}
        }
        self.expect_columns(header.len());
        Ok(header)
    }

    /// Later rows must have this many columns.
    pub(crate) fn expect_columns(&mut self, n: usize) {
        self.n_columns = Some(n);
    }

    /// Returns the name that rejects and errors use for the file.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The encoding found so far.
    pub(crate) fn encoding(&self) -> &'static str {
        self.encoding.get().name()
    }

    /// Reads the next row into `record`; its line, and why it is not a row of the table.
    pub(crate) fn next(
        &mut self,
        record: &mut StringRecord,
    ) -> Result<Option<(u64, RowCheck)>, Error> {
        self.budget.set(MAX_ROW_BYTES);
        let begins = self.reader.position().line();
        let outcome = match self.reader.read_record(record) {
            Ok(false) => return Ok(None),
            Ok(true) => self.check(record),
            Err(error) => match error.into_kind() {
                ErrorKind::Utf8 { .. } => Err(NOT_UTF8.to_owned()),
                ErrorKind::Io(_) if self.budget.get() == 0 => {
                    let (file, line) = (self.file.clone(), begins);
                    return Err(Error::RowTooLong { file, line, limit_mib: MAX_ROW_MIB });
                }
                ErrorKind::Io(source) => return Err(broken(&self.file, begins, source)),
                other => Err(format!("{other:?}; write rows as RFC 4180 does")),
            },
        };
        Ok(Some((self.first_line(begins, record), outcome)))
    }

    /// The line that a row read just now begins on; `begins` is where blank lines before it do.
    fn first_line(&self, begins: u64, record: &StringRecord) -> u64 {
        let next = self.reader.position().line();
        if next <= begins + 1 {
            return begins;
        }
        let n_within = record.as_slice().bytes().filter(|&b| b == b'\n').count() as u64;
        (next - 1).saturating_sub(n_within).max(begins)
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
