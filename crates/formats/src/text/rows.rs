//! Returns the rows of delimited text, numbered, with a limit on the length of each. A quote that
//! is never closed costs the line that it opens on: those behind it are read by themselves. The
//! parsers know what the columns mean.

use std::cell::Cell;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use csv::StringRecord;
use encoding_rs::Encoding;

use crate::text::line_ends::LineFeeds;
use crate::text::lines::{MAX_ROW_BYTES, MAX_ROW_MIB, as_text};
use crate::text::quotes::{Cells, split_plain};
use crate::{Error, Input};

/// Why a row is not a row of the table.
pub(crate) type RowCheck = Result<(), String>;

/// The rows of one file.
pub(crate) struct Rows<'a> {
    file: String,
    lines: NumberedLines<'a>,
    delimiter: u8,
    encoding: Rc<Cell<&'static Encoding>>,
    /// The fewest and the most columns of a row.
    n_columns: Option<(usize, usize)>,
    line: Vec<u8>,
    /// Rows read that lack cells at their end.
    n_short: u64,
    /// A line that is the rest of the one before.
    rest_at: Option<u64>,
}

impl<'a> Rows<'a> {
    /// Opens a file. Without a `delimiter` it is the commonest of `, ; tab |` in the first line.
    pub(crate) fn open(input: Input<'a>, delimiter: Option<u8>) -> Result<Self, Error> {
        let (file, reader, encoding) = input.into_parts();
        let mut reader = BufReader::with_capacity(64 << 10, reader);
        let delimiter = match delimiter {
            Some(delimiter) => delimiter,
            None => sniff_delimiter(reader.fill_buf().map_err(|source| broken(&file, 0, source))?),
        };
        let lines = NumberedLines::new(reader);
        let (n_columns, line) = (None, Vec::new());
        Ok(Self { file, lines, delimiter, encoding, n_columns, line, n_short: 0, rest_at: None })
    }

    /// Reads the first row as the header; later rows must have as many columns. Columns at the end
    /// that have no name may be missing, and so may up to half of the others: spreadsheets leave away
    /// what is empty.
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
        let n_nameless = header.iter().rev().take_while(|name| name.trim().is_empty()).count();
        let named = (header.len() - n_nameless).max(1);
        self.n_columns = Some((named, header.len()));
        Ok(header)
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
        record.clear();
        loop {
            match self.lines.next(&mut self.line) {
                Ok(None) => return Ok(None),
                Ok(Some(Length::Whole)) if self.line.is_empty() => {}
                Ok(Some(Length::Whole)) => break,
                Ok(Some(Length::TooLong)) => {
                    let cause = format!("longer than {MAX_ROW_MIB} MiB; is the file line by line?");
                    return Ok(Some((self.lines.number, Err(cause))));
                }
                Err(source) => return Err(broken(&self.file, self.lines.number, source)),
            }
        }
        let begins = self.lines.number;
        let outcome =
            if self.line.contains(&b'"') { self.quoted(record)? } else { self.plain(record) };
        let outcome = match outcome {
            Ok(()) => self.check(begins, record)?,
            refused => refused,
        };
        Ok(Some((begins, outcome)))
    }

    fn plain(&self, record: &mut StringRecord) -> RowCheck {
        let text = as_text(&self.line, self.encoding.get())?;
        split_plain(text, self.delimiter, record);
        Ok(())
    }

    /// Reads a row with quotes, which may go on over lines. Where the quotes of several lines make
    /// no row, the first of them holds the fault.
    fn quoted(&mut self, record: &mut StringRecord) -> Result<RowCheck, Error> {
        let mut cells = Cells::new(self.delimiter);
        cells.feed(&self.line);
        let (begins, mut behind, mut size) = (self.lines.number, Vec::new(), self.line.len());
        while cells.is_open() && size <= MAX_ROW_BYTES {
            let mut line = Vec::new();
            let read = self.lines.next(&mut line);
            let read = read.map_err(|source| broken(&self.file, self.lines.number, source))?;
            let Some(Length::Whole) = read else { break };
            size += line.len() + 1;
            cells.feed(b"\n");
            cells.feed(&line);
            behind.push(line);
        }
        let outcome = cells.finish(self.encoding.get(), record);
        let is_row =
            !cells.is_open() && (behind.is_empty() || (!cells.is_odd() && self.fits(record)));
        if is_row {
            return Ok(outcome);
        }
        let n_behind = behind.len();
        self.lines.again(begins, behind);
        Ok(Err(format!(
            "opens a quote that is not closed, or not before a delimiter; this line is lost, and \
             those behind it ({n_behind}) are read by themselves; double the quotes within a field"
        )))
    }

    fn fits(&self, record: &StringRecord) -> bool {
        self.n_columns.is_none_or(|(fewest, most)| {
            let is_empty = |field: &str| field.trim().is_empty();
            record.len() >= fewest && record.iter().skip(most).all(is_empty)
        })
    }

    fn check(&mut self, line: u64, record: &StringRecord) -> Result<RowCheck, Error> {
        let Some((fewest, n)) = self.n_columns.filter(|_| !self.fits(record)) else {
            return Ok(Ok(()));
        };
        let got = record.len();
        let is_rest = self.rest_at.take() == Some(line);
        if is_rest || (got < fewest && self.is_parted(line, got, fewest)?) {
            self.rest_at = (!is_rest).then_some(line + 1);
            return Ok(Err(format!(
                "has {got} fields, and with the row beside it the header's {n}: a line end within a \
                 field parts them; put the field in quotes"
            )));
        }
        if got < fewest && got >= 2.max(fewest.div_ceil(2)) {
            self.n_short += 1;
            return Ok(Ok(()));
        }
        Ok(Err(format!(
            "has {got} fields, but the header {n}; quote fields that hold the delimiter"
        )))
    }

    /// Whether a row and the line behind it make one row of the table.
    fn is_parted(&mut self, line: u64, got: usize, wanted: usize) -> Result<bool, Error> {
        let mut behind = Vec::new();
        let read = self.lines.next(&mut behind);
        let read = read.map_err(|source| broken(&self.file, self.lines.number, source))?;
        let Some(Length::Whole) = read else { return Ok(false) };
        let n_behind = 1 + behind.iter().filter(|&&byte| byte == self.delimiter).count();
        self.lines.again(line, vec![behind]);
        Ok(n_behind < wanted && got + n_behind - 1 == wanted)
    }

    /// How many rows were read that lack cells at their end.
    pub(crate) fn n_short(&self) -> u64 {
        self.n_short
    }
}

/// How a line was read.
enum Length {
    Whole,
    /// Its rest was skipped.
    TooLong,
}

/// Lines without their ends, of which some may be read again.
struct NumberedLines<'a> {
    reader: BufReader<LineFeeds<BufReader<Box<dyn Read + 'a>>>>,
    again: VecDeque<Vec<u8>>,
    /// The number of the line read last.
    number: u64,
}

impl<'a> NumberedLines<'a> {
    fn new(reader: BufReader<Box<dyn Read + 'a>>) -> Self {
        let reader = BufReader::with_capacity(64 << 10, LineFeeds::new(reader));
        Self { reader, again: VecDeque::new(), number: 0 }
    }

    fn next(&mut self, line: &mut Vec<u8>) -> io::Result<Option<Length>> {
        line.clear();
        if let Some(again) = self.again.pop_front() {
            *line = again;
            self.number += 1;
            return Ok(Some(Length::Whole));
        }
        let mut limited = (&mut self.reader).take(MAX_ROW_BYTES as u64);
        if limited.read_until(b'\n', line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let is_whole = line.pop_if(|last| *last == b'\n').is_some();
        if !is_whole {
            self.reader.skip_until(b'\n')?;
            return Ok(Some(Length::TooLong));
        }
        Ok(Some(Length::Whole))
    }

    /// Reads these lines once more; `number` is that of the line before them.
    fn again(&mut self, number: u64, lines: Vec<Vec<u8>>) {
        self.number = number;
        for line in lines.into_iter().rev() {
            self.again.push_front(line);
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
