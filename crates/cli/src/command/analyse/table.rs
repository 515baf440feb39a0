//! A table of text from a CSV file, and typed columns out of it.
//!
//! No value is guessed: an empty cell is missing, an unreadable one is counted and reported with its
//! line and column.

mod problems;
mod raw;

use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::path::Path;

use anyhow::{Context, bail, ensure};

pub(crate) use problems::Problems;
use problems::{BadCell, Flags};
use raw::{reaches_the_end, separator, texts, unzipped};

/// Words for 1 and 0.
const FLAGS: [(&str, &str); 4] = [("yes", "no"), ("true", "false"), ("y", "n"), ("是", "否")];

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
        let is_unbalanced = bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
        for record in reader.byte_records() {
            let record = record?;
            let line = record.position().map_or(0, csv::Position::line);
            // Only the last row can have taken in all that follows it.
            ensure!(
                !(is_unbalanced && reaches_the_end(&record, bytes)),
                "a quote (\") that opens in line {line} is never closed, so all that follows would \
                 be one cell; close it, or write it twice where it is part of the text"
            );
            if record.len() == names.len() {
                let cells = texts(&record);
                rows.push(Row { line, cells });
            } else {
                problems.skip_ragged(line);
            }
        }
        ensure!(
            !rows.is_empty(),
            "there is no row to read below the header ({} columns: {})\n{}",
            names.len(),
            names.join(", "),
            problems.text()
        );
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

    /// Checks that each name is that of one column.
    ///
    /// # Errors
    /// For a name that no column, or more than one, has.
    pub(crate) fn check_columns(&self, names: &[String]) -> anyhow::Result<()> {
        names.iter().try_for_each(|name| self.column(name).map(drop))
    }

    /// A column of texts; `None` is an empty cell.
    pub(crate) fn texts(&self, name: &str) -> anyhow::Result<Vec<Option<String>>> {
        let column = self.column(name)?;
        let mut problems = self.problems.borrow_mut();
        let texts = self.rows.iter().map(|row| {
            let cell = row.cells[column].as_str();
            if cell.is_empty() {
                problems.miss(row.line, name);
                return None;
            }
            Some(cell.to_owned())
        });
        Ok(texts.collect())
    }

    /// A column of numbers; `None` is an empty or unreadable cell, counted either way.
    ///
    /// # Errors
    /// When there is no such column, or something is written in it and none of that is a number.
    pub(crate) fn numbers(&self, name: &str) -> anyhow::Result<Vec<Option<f64>>> {
        self.numbers_within(name, f64::NEG_INFINITY..=f64::INFINITY)
    }

    /// The same, where a number outside of `range` counts as empty and is reported.
    pub(crate) fn numbers_within(
        &self,
        name: &str,
        range: RangeInclusive<f64>,
    ) -> anyhow::Result<Vec<Option<f64>>> {
        let column = self.column(name)?;
        let mut problems = self.problems.borrow_mut();
        let (mut n_numbers, mut first_bad) = (0_usize, None);
        let numbers = self.rows.iter().map(|row| {
            let cell = row.cells[column].as_str();
            if is_missing(cell) {
                problems.miss(row.line, name);
                return None;
            }
            match cell.parse().ok().filter(|number: &f64| number.is_finite()) {
                None => {
                    let bad = BadCell::new(row.line, name, cell);
                    first_bad.get_or_insert_with(|| bad.clone());
                    problems.add_bad(bad);
                    None
                }
                Some(number) if range.contains(&number) => {
                    n_numbers += 1;
                    Some(number)
                }
                Some(_) => {
                    n_numbers += 1;
                    problems.add_out_of_range(BadCell::new(row.line, name, cell));
                    None
                }
            }
        });
        let numbers = numbers.collect();
        match first_bad {
            Some(BadCell { line, value, .. }) if n_numbers == 0 => {
                bail!("column {name:?} holds no numbers: line {line} says {value:?}")
            }
            _ => Ok(numbers),
        }
    }

    /// A column of numbers, or of one pair of words for yes and no.
    pub(crate) fn numbers_or_flags(&self, name: &str) -> anyhow::Result<Vec<Option<f64>>> {
        let column = self.column(name)?;
        let written = || {
            let cells = self.rows.iter().map(|row| row.cells[column].to_lowercase());
            cells.filter(|cell| !is_missing(cell))
        };
        let is_pair = |(yes, no): &&(&str, &str)| written().all(|cell| cell == *yes || cell == *no);
        let Some((yes, no)) = FLAGS.iter().find(is_pair).filter(|_| written().next().is_some())
        else {
            return self.numbers(name);
        };
        let flags = Flags { column: name.to_owned(), yes, no };
        self.problems.borrow_mut().read_as_flags.push(flags);
        let texts = self.texts(name)?.into_iter();
        let flag = |cell: String| {
            let cell = cell.to_lowercase();
            (!is_missing(&cell)).then(|| f64::from(u8::from(cell == *yes)))
        };
        Ok(texts.map(|cell| cell.and_then(flag)).collect())
    }

    /// The line that a row begins in.
    pub(crate) fn line(&self, row: usize) -> u64 {
        self.rows.get(row).map_or(0, |row| row.line)
    }

    /// Returns the problems so far.
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

fn is_missing(cell: &str) -> bool {
    ["", "na", "n/a", "nan", "null", "none", "."].contains(&cell.to_ascii_lowercase().as_str())
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

    fn refused(text: &str) -> String {
        Table::parse(text.as_bytes()).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_file_without_a_row_says_so_with_the_lines_that_were_left_out() {
        assert!(refused("a,b\n").contains("no row to read below the header"));
        let ragged = refused("a,b\n1\n2\n");
        assert!(ragged.contains("lines 2, 3"), "{ragged}");
    }

    #[test]
    fn a_quote_that_is_never_closed_is_named_by_its_line() {
        for text in ["a,b\n1,2\n\"3,4\n5,6\n", "a,b\n1,2\n3,\"4\n5,6", "a,b\n1,2\n3,\"4\n"] {
            assert!(refused(text).contains("opens in line 3 is never closed"), "{text:?}");
        }
        for fine in ["a,b\n1,\"x\ny\"\n", "a,b\n5\" pipe,2\n3,4\n", "a,b\n1,\"x\"\"\"\n2,3\n"] {
            assert_eq!(refused(fine), "", "{fine:?}");
        }
    }

    #[test]
    fn a_column_of_words_is_refused_by_line_and_value_unless_they_are_yes_and_no() {
        let table = Table::parse(b"a,b\nred,Yes\nblue,no\n").unwrap();
        let refused = table.numbers_or_flags("a").unwrap_err().to_string();
        assert!(refused.contains("line 2 says \"red\""), "{refused}");
        assert_eq!(table.numbers_or_flags("b").unwrap(), [Some(1.0), Some(0.0)]);
        assert!(table.problems().text().contains("yes is read as 1"));
    }
}
