//! Rows as CSV.

use std::io::Write;

use super::{Cell, Kind, WriteError, rfc3339};

/// A CSV file being written.
pub(super) struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    pub(super) fn new(columns: &[(&str, Kind)], out: W) -> Result<Self, WriteError> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(columns.iter().map(|(name, _)| *name)).map_err(refused)?;
        Ok(Self(writer))
    }

    pub(super) fn row(&mut self, cells: Vec<Cell>) -> Result<(), WriteError> {
        self.0.write_record(cells.into_iter().map(text)).map_err(refused)
    }

    pub(super) fn finish(mut self) -> Result<(), WriteError> {
        Ok(self.0.flush()?)
    }
}

fn text(cell: Cell) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Text(text) => text,
        Cell::Whole(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Truth(truth) => truth.to_string(),
        Cell::Instant(ms) => rfc3339(ms),
    }
}

fn refused(error: csv::Error) -> WriteError {
    WriteError::Io(error.into())
}
