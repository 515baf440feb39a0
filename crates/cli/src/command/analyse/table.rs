//! A table of text from a CSV file, and typed columns out of it.
//!
//! Refuses to guess a value: an empty cell is missing, an unreadable one is counted and reported
//! with its line and column.

use std::cell::RefCell;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use serde::Serialize;

/// Reported one by one up to here; counted beyond.
const MAX_REPORTED: usize = 20;

/// The rows of a file.
pub(crate) struct Table {
    names: Vec<String>,
    rows: Vec<Row>,
    problems: RefCell<Problems>,
}

struct Row {
    line: u64,
    cells: Vec<String>,
}

/// What could not be read.
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
}

/// A cell that is no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BadCell {
    line: u64,
    column: String,
    value: String,
}

impl Table {
    /// Reads a CSV file, plain or gzipped; the separator is whichever of `,` `;` tab the header
    /// has most of.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let bytes = std::fs::read(path)
            .with_context(|| format!("cannot read {}; is the path right?", path.display()))?;
        let bytes = unzipped(bytes).with_context(|| format!("cannot unzip {}", path.display()))?;
        Self::parse(&bytes).with_context(|| format!("cannot use {}", path.display()))
    }

    /// Reads CSV text, with or without a byte order mark.
    pub(crate) fn parse(bytes: &[u8]) -> anyhow::Result<Self> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader =
            csv::ReaderBuilder::new().delimiter(separator(bytes)).flexible(true).from_reader(bytes);
        let names = texts(reader.byte_headers()?);
        ensure!(
            names.iter().any(|name| !name.is_empty()),
            "the first line must name the columns, but it is empty"
        );
        let (mut rows, mut problems) = (Vec::new(), Problems::default());
        for record in reader.byte_records() {
            let record = record?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.len() == names.len() {
                let cells = texts(&record);
                rows.push(Row { line, cells });
            } else {
                problems.n_ragged_rows += 1;
                report(&mut problems.ragged_lines, line);
            }
        }
        Ok(Self { names, rows, problems: RefCell::new(problems) })
    }

    /// Rows that were read.
    pub(crate) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is a column of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|column| column == name)
    }

    /// A column of texts; `None` is an empty cell.
    pub(crate) fn texts(&self, name: &str) -> anyhow::Result<Vec<Option<String>>> {
        let column = self.column(name)?;
        let cells = self.rows.iter().map(|row| row.cells[column].as_str());
        let texts: Vec<_> = cells.map(|cell| (!cell.is_empty()).then(|| cell.to_owned())).collect();
        let n_missing = texts.iter().filter(|text| text.is_none()).count();
        self.problems.borrow_mut().n_missing_cells += n_missing as u64;
        Ok(texts)
    }

    /// A column of numbers; `None` is an empty or unreadable cell, counted either way.
    pub(crate) fn numbers(&self, name: &str) -> anyhow::Result<Vec<Option<f64>>> {
        let column = self.column(name)?;
        let mut problems = self.problems.borrow_mut();
        let numbers = self.rows.iter().map(|row| {
            let cell = row.cells[column].as_str();
            if is_missing(cell) {
                problems.n_missing_cells += 1;
                return None;
            }
            let number = cell.parse().ok().filter(|number: &f64| number.is_finite());
            if number.is_none() {
                problems.n_bad_cells += 1;
                let bad = BadCell {
                    line: row.line,
                    column: name.to_owned(),
                    value: cell.chars().take(80).collect(),
                };
                report(&mut problems.bad_cells, bad);
            }
            number
        });
        Ok(numbers.collect())
    }

    /// What could not be read so far.
    pub(crate) fn problems(&self) -> Problems {
        self.problems.borrow().clone()
    }

    fn column(&self, name: &str) -> anyhow::Result<usize> {
        let mut columns = self.names.iter().enumerate().filter(|(_, column)| *column == name);
        match (columns.next(), columns.next()) {
            (Some((column, _)), None) => Ok(column),
            (Some(_), Some(_)) => bail!("two columns are named {name:?}; rename one"),
            (None, _) => bail!("no column is named {name:?}; there are {}", self.names.join(", ")),
        }
    }
}

impl Problems {
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
            text += &format!("{} cells are empty\n", self.n_missing_cells);
        }
        if self.n_bad_cells > 0 {
            text += &format!("{} cells are not numbers and count as empty:\n", self.n_bad_cells);
            for BadCell { line, column, value } in &self.bad_cells {
                text += &format!("  line {line}, column {column}: {value:?}\n");
            }
        }
        text
    }
}

fn report<T>(reported: &mut Vec<T>, problem: T) {
    if reported.len() < MAX_REPORTED {
        reported.push(problem);
    }
}

fn is_missing(cell: &str) -> bool {
    ["", "na", "n/a", "nan", "null", "none", "."].contains(&cell.to_ascii_lowercase().as_str())
}

fn texts(record: &csv::ByteRecord) -> Vec<String> {
    let cells = record.iter().map(|cell| String::from_utf8_lossy(cell));
    cells.map(|cell| cell.trim().to_owned()).collect()
}

fn unzipped(bytes: Vec<u8>) -> std::io::Result<Vec<u8>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut plain = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut plain)?;
    Ok(plain)
}

fn separator(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or(bytes);
    let count = |separator: u8| header.iter().filter(|byte| **byte == separator).count();
    // The comma wins a tie.
    [b';', b'\t', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_cells_are_reported_with_line_and_column_and_empty_ones_counted() {
        let table = Table::parse(b"\xef\xbb\xbfa,b\n1,2\nx,\n3,inf\n4\n").unwrap();
        assert_eq!(table.numbers("a").unwrap(), [Some(1.0), None, Some(3.0)]);
        assert_eq!(table.numbers("b").unwrap(), [Some(2.0), None, None]);
        let problems = table.problems();
        let bad: Vec<_> = problems
            .bad_cells
            .iter()
            .map(|bad| (bad.line, bad.column.as_str(), bad.value.as_str()))
            .collect();
        assert_eq!(bad, [(3, "a", "x"), (4, "b", "inf")]);
        assert_eq!((problems.n_missing_cells, problems.n_bad_cells), (1, 2));
        assert_eq!((problems.n_ragged_rows, problems.ragged_lines), (1, vec![5]));
    }

    #[test]
    fn semicolons_and_tabs_are_found_out() {
        for text in ["a;b\n1;2\n", "a\tb\n1\t2\n"] {
            let table = Table::parse(text.as_bytes()).unwrap();
            assert_eq!(table.numbers("b").unwrap(), [Some(2.0)]);
        }
    }

    #[test]
    fn a_missing_column_and_an_empty_file_say_what_to_do() {
        let table = Table::parse(b"a,b,b\n1,2,3\n").unwrap();
        let missing = table.numbers("c").unwrap_err().to_string();
        assert!(missing.contains("there are a, b, b"), "{missing}");
        let twice = table.numbers("b").unwrap_err().to_string();
        assert!(twice.contains("two columns are named \"b\""), "{twice}");
        assert!(Table::parse(b"").is_err());
    }
}
