//! The meaning of each column of a table: as the caller maps it, else by well-known header names.
//! The item column is never guessed: without one the file is an error.

use csv::StringRecord;

use crate::text::header::plain;
use crate::{Error, Field, Options};

mod names;

use names::known_names;

const N_FIELDS: usize = Field::ALL.len();

/// Where each field of one file is.
#[derive(Debug)]
pub(super) struct Columns([Option<usize>; N_FIELDS]);

impl Columns {
    /// Mapped columns first, then well-known names among the columns that are left.
    pub(super) fn find(
        file: &str,
        header: &StringRecord,
        options: &Options,
    ) -> Result<Self, Error> {
        let mut places = [None; N_FIELDS];
        for (field, column) in options.columns.iter() {
            let place = header.iter().position(|name| name.trim().eq_ignore_ascii_case(column));
            places[field as usize] = Some(place.ok_or_else(|| Error::UnknownColumn {
                file: file.to_owned(),
                field: field.name(),
                column: column.to_owned(),
                found: listed(header),
            })?);
        }
        let plain_names: Vec<String> = header.iter().map(plain).collect();
        for field in Field::ALL {
            let is_free = |at: &usize| !places.contains(&Some(*at));
            let by_name = known_names(field).iter().find_map(|known| {
                plain_names.iter().position(|name| name == known).filter(is_free)
            });
            places[field as usize] = places[field as usize].or(by_name);
        }
        let columns = Self(places);
        columns.check(file, header)?;
        Ok(columns)
    }

    fn check(&self, file: &str, header: &StringRecord) -> Result<(), Error> {
        let file = file.to_owned();
        if !self.has(Field::Item) {
            let (field, found) = (Field::Item.name(), listed(header));
            return Err(Error::MissingColumn { file, field, found });
        }
        Ok(())
    }

    /// Whether there are prices whose currency nobody names.
    pub(super) fn lack_currency(&self, options: &Options) -> bool {
        self.has(Field::Price) && !self.has(Field::Currency) && options.currency.is_none()
    }

    pub(super) fn at(&self, field: Field) -> Option<usize> {
        self.0[field as usize]
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.at(field).is_some()
    }
}

/// Whether one of these names, as [`plain`] writes them, is known to mean the item.
pub(crate) fn knows_item(names: &[String]) -> bool {
    names.iter().any(|name| known_names(Field::Item).contains(&name.as_str()))
}

fn listed(header: &StringRecord) -> String {
    let names: Vec<String> = header.iter().take(40).map(cells::value::short).collect();
    names.join(", ")
}
