//! Writes rows as others read them: JSON lines, CSV, Parquet; and RecBole's atomic files. The
//! caller chooses the rows.

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use domain::Invalid;
use serde::Serialize;

pub mod recbole;

mod delimited;
#[cfg(feature = "parquet")]
mod parquet;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One JSON object a line; keeps nested facts as they are.
    JsonLines,
    /// RFC 4180 with a header, UTF-8.
    Csv,
    /// Apache Parquet, compressed with Snappy; in builds with the feature `parquet`.
    Parquet,
}

impl Layout {
    /// Every layout, in the order of the documentation.
    pub const ALL: [Self; 3] = [Self::JsonLines, Self::Csv, Self::Parquet];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    /// Refuses a layout that this build does not write.
    ///
    /// # Errors
    /// [`WriteError::NotBuilt`], with the command that builds it.
    pub fn check(self) -> Result<(), WriteError> {
        match self {
            Self::Parquet if !cfg!(feature = "parquet") => Err(WriteError::NotBuilt(self)),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Layout {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let name = raw.trim().to_ascii_lowercase();
        let found = Self::ALL.into_iter().find(|layout| layout.name() == name);
        found
            .ok_or_else(|| Invalid::new("layout", "is not known", raw, "use jsonl, csv or parquet"))
    }
}

/// Errors of writing rows.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The disk or the reader at the other end failed.
    #[error("cannot write: {0}; check free space and permissions")]
    Io(#[from] io::Error),
    /// The layout is not in this build.
    #[error(
        "this build writes no {0}: write jsonl or csv, or build with `cargo build --release --features parquet`"
    )]
    NotBuilt(Layout),
    /// The columns do not fit the layout.
    #[cfg(feature = "parquet")]
    #[error("cannot write Parquet: {0}; write JSON lines instead, and report it")]
    Parquet(#[from] ::parquet::errors::ParquetError),
}

/// Type of a column. Every value may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A number.
    Real,
    /// True or false.
    Truth,
    /// Milliseconds since 1970; written as RFC 3339 where there are only texts.
    Instant,
}

/// One value of a row, of its column's kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Missing,
    /// Of a [`Kind::Text`] column.
    Text(String),
    /// Of a [`Kind::Whole`] column.
    Whole(i64),
    /// Of a [`Kind::Real`] column.
    Real(f64),
    /// Of a [`Kind::Truth`] column.
    Truth(bool),
    /// Of a [`Kind::Instant`] column.
    Instant(i64),
}

impl Cell {
    /// A text, missing where it is.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Missing, |text| Self::Text(text.into()))
    }
}

/// A value that is written as a row: whole as JSON, flat as cells.
pub trait Row: Serialize {
    /// Names and kinds of the cells.
    const COLUMNS: &'static [(&'static str, Kind)];

    /// One cell per column.
    fn cells(&self) -> Vec<Cell>;
}

/// Writes rows of one type.
pub struct Writer<W: Write + Send>(Inner<W>);

enum Inner<W: Write + Send> {
    JsonLines(io::BufWriter<W>),
    Csv(Box<delimited::Csv<W>>),
    #[cfg(feature = "parquet")]
    Parquet(parquet::Columns<W>),
}

impl<W: Write + Send> Writer<W> {
    /// Begins a file of rows `R`.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn new<R: Row>(layout: Layout, out: W) -> Result<Self, WriteError> {
        layout.check()?;
        Ok(Self(match layout {
            Layout::JsonLines => Inner::JsonLines(io::BufWriter::new(out)),
            Layout::Csv => Inner::Csv(Box::new(delimited::Csv::new(R::COLUMNS, out)?)),
            #[cfg(feature = "parquet")]
            Layout::Parquet => Inner::Parquet(parquet::Columns::new(R::COLUMNS, out)?),
            #[cfg(not(feature = "parquet"))]
            Layout::Parquet => return Err(WriteError::NotBuilt(layout)),
        }))
    }

    /// Writes one row; always of the type the file was begun with.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn row<R: Row>(&mut self, row: &R) -> Result<(), WriteError> {
        match &mut self.0 {
            Inner::JsonLines(out) => {
                serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
                Ok(out.write_all(b"\n")?)
            }
            Inner::Csv(out) => out.row(row.cells()),
            #[cfg(feature = "parquet")]
            Inner::Parquet(out) => out.row(row.cells()),
        }
    }

    /// Ends the file. A Parquet file that was not ended cannot be read.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn finish(self) -> Result<(), WriteError> {
        match self.0 {
            Inner::JsonLines(mut out) => Ok(out.flush()?),
            Inner::Csv(out) => out.finish(),
            #[cfg(feature = "parquet")]
            Inner::Parquet(out) => out.finish(),
        }
    }
}

/// An instant as people read it.
fn rfc3339(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).map(|at| at.to_string()).unwrap_or_default()
}
