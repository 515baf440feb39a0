//! The rows and cells of a table that could not be read: counted, and the first of each kind kept.

use serde::Serialize;

/// Reported one by one up to here; counted beyond.
const MAX_REPORTED: usize = 20;
/// Empty cells are named up to here in text: files that are empty on purpose have many.
const FEW: usize = 5;

/// The rows and cells that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Problems {
    /// Empty cells of the columns used.
    pub(crate) n_missing_cells: u64,
    /// Cells of the columns used that are no number.
    pub(crate) n_bad_cells: u64,
    /// The first of them.
    pub(crate) bad_cells: Vec<BadCell>,
    /// Rows with another number of cells than the header; left out.
    pub(crate) n_ragged_rows: u64,
    /// The lines of the first of them.
    pub(crate) ragged_lines: Vec<u64>,
    /// Where the first empty cells are.
    pub(crate) missing_cells: Vec<Place>,
    /// Cells of the columns used that lie outside of what they may be.
    pub(crate) n_out_of_range_cells: u64,
    /// The first of them.
    pub(crate) out_of_range_cells: Vec<BadCell>,
    /// Columns of two words that were read as 0 and 1.
    pub(crate) read_as_flags: Vec<Flags>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    line: u64,
    column: String,
}

/// The words that a column says yes and no by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Flags {
    pub(super) column: String,
    /// Read as 1.
    pub(super) yes: &'static str,
    /// Read as 0.
    pub(super) no: &'static str,
}

/// A cell that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BadCell {
    pub(super) line: u64,
    pub(super) column: String,
    pub(super) value: String,
}

impl BadCell {
    pub(super) fn new(line: u64, column: &str, cell: &str) -> Self {
        let value = cell.chars().take(80).collect();
        Self { line, column: column.to_owned(), value }
    }
}

impl Problems {
    /// Counts an empty cell.
    pub(super) fn miss(&mut self, line: u64, column: &str) {
        self.n_missing_cells += 1;
        report(&mut self.missing_cells, Place { line, column: column.to_owned() });
    }

    /// Counts a row that is left out.
    pub(super) fn skip_ragged(&mut self, line: u64) {
        self.n_ragged_rows += 1;
        report(&mut self.ragged_lines, line);
    }

    /// Counts a cell that is no number.
    pub(super) fn add_bad(&mut self, cell: BadCell) {
        self.n_bad_cells += 1;
        report(&mut self.bad_cells, cell);
    }

    /// Counts a number outside of its range.
    pub(super) fn add_out_of_range(&mut self, cell: BadCell) {
        self.n_out_of_range_cells += 1;
        report(&mut self.out_of_range_cells, cell);
    }

    fn cells(cells: &[BadCell]) -> String {
        let cell = |BadCell { line, column, value }: &BadCell| {
            format!("  line {line}, column {column}: {value:?}\n")
        };
        cells.iter().map(cell).collect()
    }

    /// One line per kind of problem, for people; empty when there is none.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        if self.n_ragged_rows > 0 {
            let lines: Vec<_> = self.ragged_lines.iter().map(u64::to_string).collect();
            let n = self.n_ragged_rows;
            text += &format!(
                "{n} rows left out, because they have another number of cells than the header: \
                 lines {}\n",
                lines.join(", ")
            );
        }
        if self.n_missing_cells > 0 {
            let place = |place: &Place| format!("line {}, column {}", place.line, place.column);
            let first: Vec<_> = self.missing_cells.iter().take(FEW).map(place).collect();
            let more = if self.n_missing_cells > FEW as u64 { "; …" } else { "" };
            let n = self.n_missing_cells;
            text += &format!("{n} cells are empty: {}{more}\n", first.join("; "));
        }
        if self.n_bad_cells > 0 {
            text += &format!("{} cells are not numbers and count as empty:\n", self.n_bad_cells);
            text += &Self::cells(&self.bad_cells);
        }
        if self.n_out_of_range_cells > 0 {
            let n = self.n_out_of_range_cells;
            text += &format!("{n} cells are out of range and count as empty:\n");
            text += &Self::cells(&self.out_of_range_cells);
        }
        for Flags { column, yes, no } in &self.read_as_flags {
            text += &format!("column {column}: {yes} is read as 1, {no} as 0\n");
        }
        text
    }
}

fn report<T>(reported: &mut Vec<T>, problem: T) {
    if reported.len() < MAX_REPORTED {
        reported.push(problem);
    }
}
