//! Finds columns of a table by the names in its header. The parsers know what the columns mean.

use cells::value::present;
use csv::StringRecord;
use rustc_hash::FxHashMap;

use crate::text::rows::Rows;
use crate::{Error, Input};

/// A table with the names of its columns.
pub(crate) struct Named<'a> {
    rows: Rows<'a>,
    names: Vec<String>,
    places: Places,
    record: StringRecord,
}

/// Where the columns of each name are, from left to right.
type Places = FxHashMap<String, Vec<usize>>;

/// A row with its line, or the cause of its rejection.
pub(crate) type NumberedRow<'r> = (u64, Result<Cells<'r>, String>);

/// One row, by the names of its columns.
#[derive(Clone, Copy)]
pub(crate) struct Cells<'r> {
    places: &'r Places,
    record: &'r StringRecord,
}

impl<'a> Named<'a> {
    /// Opens a table and reads its header, which must have one column of each set of names.
    pub(crate) fn open(
        input: Input<'a>,
        delimiter: Option<u8>,
        needed: &[&[&str]],
        hint: &'static str,
    ) -> Result<Self, Error> {
        let mut rows = Rows::open(input, delimiter)?;
        let header = rows.header()?;
        let names: Vec<String> = header.iter().map(plain).collect();
        let is_there = |wanted: &&[&str]| names.iter().any(|n| wanted.contains(&n.as_str()));
        if !needed.iter().all(is_there) {
            let found: Vec<String> = header.iter().take(40).map(cells::value::short).collect();
            let problem = format!("has {}", found.join(", "));
            return Err(Error::Header { file: rows.file().to_owned(), problem, hint });
        }
        let mut places = Places::default();
        for (at, name) in names.iter().enumerate() {
            places.entry(name.clone()).or_default().push(at);
        }
        Ok(Self { rows, names, places, record: StringRecord::new() })
    }

    /// Returns the next row and its line, or the cause of its rejection.
    pub(crate) fn next(&mut self) -> Result<Option<NumberedRow<'_>>, Error> {
        let Some((line, outcome)) = self.rows.next(&mut self.record)? else {
            return Ok(None);
        };
        let cells = Cells { places: &self.places, record: &self.record };
        Ok(Some((line, outcome.map(|()| cells))))
    }

    /// The names of the columns as they are looked up.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// How many rows were read that lack cells at their end.
    pub(crate) fn n_short(&self) -> u64 {
        self.rows.n_short()
    }

    pub(crate) fn encoding(&self) -> &'static str {
        self.rows.encoding()
    }
}

impl<'r> Cells<'r> {
    /// Returns the first of these columns that is not blank in this row.
    pub(crate) fn get(&self, names: &[&str]) -> Option<&'r str> {
        let mut places = names.iter().filter_map(|name| self.places.get(*name)).flatten();
        places.find_map(|at| present(self.record.get(*at)?))
    }
}

/// Lower case, letters and digits only: `Body (HTML)` is `bodyhtml`, and `Customer ID`,
/// `customer_id` and `CustomerID` are one.
pub(crate) fn plain(name: &str) -> String {
    let usual = name.chars().map(cells::value::half_width);
    usual.filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
