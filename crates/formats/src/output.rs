//! Hands records on to the caller, and keeps their counts but not the records.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use cells::values::{Values, Writing};
use serde::{Deserialize, Serialize};

use crate::{Error, EventRecord, Format, Record, Reject};
use cells::orders::Orders;

/// How many rejects a summary keeps.
const MAX_KEPT_REJECTS: usize = 20;
/// How many places of each thing left out a summary keeps.
const MAX_KEPT_PLACES: usize = 10;
/// How many causes an error quotes.
const MAX_QUOTED_CAUSES: usize = 3;

/// Takes every record and every rejected row, in file order; `Break` stops the import.
pub type Visit<'v> = dyn FnMut(Result<Record, Reject>) -> ControlFlow<()> + 'v;

/// Counts of a reading. `rows = accepted + rejected`; one row may give several records.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Rows that are not blank and not a header.
    pub rows: u64,
    /// Rows that gave records.
    pub accepted: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Events handed on.
    pub events: u64,
    /// Reviews handed on.
    pub reviews: u64,
    /// Items handed on.
    pub items: u64,
    /// Items that events described in passing.
    pub mentions: u64,
    /// Visitors found to be a known person.
    pub identities: u64,
    /// The first rejected rows, at most 20. Causes quote values, so they may name a person.
    pub rejects: Vec<Reject>,
    /// Things left out of accepted rows, by name.
    pub left_out: BTreeMap<String, u64>,
    /// Where each of them was met first.
    pub first_left_out: BTreeMap<String, Place>,
    /// What the columns of each table are, where not everything of them is read.
    #[serde(default)]
    pub columns: BTreeMap<String, Columns>,
    /// The text encoding of each file.
    pub encodings: BTreeMap<String, String>,
    /// The files that could not be read whole, each with its cause. What was read of them counts.
    pub failed: Vec<String>,
    /// True when the caller stopped before the end.
    pub stopped: bool,
}

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Name of the file.
    pub source: String,
    /// Its line, from 1.
    pub line: u64,
    /// The value, at most 80 characters of it; it may name a person.
    pub got: String,
    /// The next places of the same file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Spot>,
}

/// A further place of the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// Its line.
    pub line: u64,
    /// The value.
    pub got: String,
}

/// What the columns of a table are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// Those that no field is read from, by their names.
    pub unread: Vec<String>,
    /// The only facts of items that the table has columns for; empty where it lists items whole.
    pub only: Vec<String>,
}

/// Why a parser stops: an error, or the caller's `Break`.
pub(crate) enum Halt {
    Stop,
    Error(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// Destination of the records that parsers read.
pub struct Output<'v> {
    visit: &'v mut Visit<'v>,
    format: Format,
    source: String,
    before_file: (u64, u64),
    causes: Vec<String>,
    values: Rc<Values>,
    orders: Rc<RefCell<Orders>>,
    summary: Summary,
}

impl<'v> Output<'v> {
    /// An output for files of one format.
    pub fn new(format: Format, visit: &'v mut Visit<'v>) -> Self {
        Self {
            visit,
            format,
            source: String::new(),
            before_file: (0, 0),
            causes: Vec::new(),
            values: Rc::new(Values::new(Writing::default())),
            orders: Rc::default(),
            summary: Summary::default(),
        }
    }

    /// Returns the counts of the whole reading.
    #[must_use]
    pub fn into_summary(self) -> Summary {
        self.summary
    }

    /// The reader of the values of the file at hand.
    pub(crate) fn values(&self) -> Rc<Values> {
        Rc::clone(&self.values)
    }

    /// The orders of all files so far.
    pub(crate) fn orders(&self) -> Rc<RefCell<Orders>> {
        Rc::clone(&self.orders)
    }

    /// Reads the values of the next file by these.
    pub(crate) fn read_by(&mut self, mut values: Values) {
        values.reads_serials = self.format.is_spreadsheet();
        self.values = Rc::new(values);
    }

    /// What a reading with surveying values found out.
    pub(crate) fn into_values(self) -> Option<Values> {
        Rc::into_inner(self.values)
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// Runs one file's parser, which returns the file's encoding; an error when no row of it could
    /// be read.
    pub(crate) fn file(
        &mut self,
        name: &str,
        parse: impl FnOnce(&mut Self) -> Result<&'static str, Halt>,
    ) -> Result<(), Error> {
        name.clone_into(&mut self.source);
        self.before_file = (self.summary.rows, self.summary.accepted);
        self.causes.clear();
        match parse(self) {
            Ok(encoding) => {
                self.summary.encodings.insert(name.to_owned(), encoding.to_owned());
                self.check_file()
            }
            Err(Halt::Stop) => {
                self.summary.stopped = true;
                Ok(())
            }
            Err(Halt::Error(error)) => Err(error),
        }
    }

    /// Keeps that a file could not be read whole; others are read all the same.
    pub(crate) fn file_failed(&mut self, error: &Error) {
        self.summary.failed.push(error.to_string());
    }

    fn check_file(&self) -> Result<(), Error> {
        let rows = self.summary.rows - self.before_file.0;
        let accepted = self.summary.accepted - self.before_file.1;
        let (file, format) = (self.source.clone(), self.format);
        match (rows, accepted) {
            (0, _) => Err(Error::Empty { file }),
            (_, 0) => {
                let causes = self.causes.join("\n");
                Err(Error::NothingReadable { file, rows, format, causes })
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.summary.stopped
    }

    /// One row's outcome: its records, or why there are none.
    pub(crate) fn row(
        &mut self,
        line: u64,
        outcome: Result<impl IntoIterator<Item = Record>, String>,
    ) -> Result<(), Halt> {
        self.summary.rows += 1;
        let faults = self.values.take_faults();
        match outcome {
            Ok(records) => {
                self.summary.accepted += 1;
                for fault in faults {
                    self.leave_out_at(line, &fault.reason(), fault.got());
                }
                records.into_iter().try_for_each(|record| {
                    self.record(match record {
                        Record::Event(event) => Record::Event(EventRecord { line, ..event }),
                        other => other,
                    })
                })
            }
            Err(cause) => self.reject(line, cause),
        }
    }

    /// Hands on a record that belongs to no single row, such as an item gathered from many rows.
    pub(crate) fn record(&mut self, record: Record) -> Result<(), Halt> {
        match record {
            Record::Event(_) => self.summary.events += 1,
            Record::Review(_) => self.summary.reviews += 1,
            Record::Item(_) | Record::Part(_) => self.summary.items += 1,
            Record::Mention(_) => self.summary.mentions += 1,
            Record::Identity { .. } => self.summary.identities += 1,
        }
        self.hand_on(Ok(record))
    }

    /// Keeps what the columns of the file at hand are, where there is something to say.
    pub(crate) fn columns(&mut self, columns: Columns) {
        if columns != Columns::default() {
            self.summary.columns.insert(self.source.clone(), columns);
        }
    }

    /// Counts something that was left out of a row that is otherwise accepted.
    pub(crate) fn leave_out(&mut self, what: &str) {
        self.leave_out_n(what, 1);
    }

    /// The same for something that stands on a line.
    pub(crate) fn leave_out_at(&mut self, line: u64, what: &str, got: &str) {
        self.leave_out_n(what, 1);
        match self.summary.first_left_out.get_mut(what) {
            None => {
                let (source, got, next) = (self.source.clone(), got.to_owned(), Vec::new());
                let place = Place { source, line, got, next };
                self.summary.first_left_out.insert(what.to_owned(), place);
            }
            Some(place)
                if place.next.len() + 1 < MAX_KEPT_PLACES && place.source == self.source =>
            {
                place.next.push(Spot { line, got: got.to_owned() });
            }
            Some(_) => {}
        }
    }

    /// The same for something that was counted elsewhere.
    pub(crate) fn leave_out_n(&mut self, what: &str, n: u64) {
        if n > 0 {
            *self.summary.left_out.entry(what.to_owned()).or_default() += n;
        }
    }

    fn reject(&mut self, line: u64, cause: String) -> Result<(), Halt> {
        let source = self.source.clone();
        let reject = Reject { source, line, cause };
        self.summary.rejected += 1;
        if self.causes.len() < MAX_QUOTED_CAUSES {
            self.causes.push(reject.to_string());
        }
        if self.summary.rejects.len() < MAX_KEPT_REJECTS {
            self.summary.rejects.push(reject.clone());
        }
        self.hand_on(Err(reject))
    }

    fn hand_on(&mut self, outcome: Result<Record, Reject>) -> Result<(), Halt> {
        match (self.visit)(outcome) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Halt::Stop),
        }
    }
}
