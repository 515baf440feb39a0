//! The meaning of each column of a table: as the caller maps it, else by well-known header names.
//! The item column is never guessed: without one the file is an error.

use csv::StringRecord;
use domain::{Fact, Says};

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
        let is_shopify = plain_names.iter().any(|name| name == "lineitemname");
        for field in Field::ALL {
            let is_free = |at: &usize| !places.contains(&Some(*at));
            let by_name = known_names(field).find_map(|known| {
                plain_names.iter().position(|name| name == known).filter(is_free)
            });
            let by_name = if is_shopify { of_shopify(field, &plain_names) } else { by_name };
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

    /// The columns that no field is read from.
    pub(super) fn unread(&self, header: &StringRecord) -> Vec<String> {
        let named = header.iter().enumerate().filter(|(_, name)| !name.trim().is_empty());
        let unread = named.filter(|(at, _)| !self.0.contains(&Some(*at)));
        unread.map(|(_, name)| cells::value::short(name.trim())).collect()
    }

    /// The facts of items that there are columns for.
    pub(super) fn says(&self) -> Says {
        let facts = [
            (Field::Title, Fact::Title),
            (Field::Brand, Fact::Brand),
            (Field::Category, Fact::Categories),
            (Field::FurtherCategories, Fact::FurtherCategories),
            (Field::Description, Fact::Description),
            (Field::Price, Fact::Price),
            (Field::InStock, Fact::Stock),
            (Field::Status, Fact::Stock),
            (Field::Since, Fact::Since),
            (Field::Url, Fact::Url),
            (Field::Image, Fact::Images),
            (Field::Images, Fact::Images),
            (Field::Gtin, Fact::Gtin),
            (Field::Shipping, Fact::Shipping),
            (Field::Attributes, Fact::Attributes),
        ];
        facts.into_iter().filter(|(field, _)| self.has(*field)).map(|(_, fact)| fact).collect()
    }

    pub(super) fn at(&self, field: Field) -> Option<usize> {
        self.0[field as usize]
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.at(field).is_some()
    }
}

/// Columns of Shopify's export of orders, whose `Name` is that of the order and whose `Id` stands on
/// the first line of an order only.
fn of_shopify(field: Field, names: &[String]) -> Option<usize> {
    let at = |wanted: &str| names.iter().position(|name| name == wanted);
    match field {
        Field::Shopper => at("customerid").or_else(|| at("email")),
        Field::Item => at("lineitemsku"),
        Field::Title => at("lineitemname"),
        Field::Quantity => at("lineitemquantity"),
        Field::Price => at("lineitemprice"),
        Field::Brand => at("vendor"),
        Field::Order => at("name"),
        Field::Status => at("financialstatus"),
        Field::Time => at("createdat"),
        Field::Currency => at("currency"),
        Field::Region => at("shippingcountry"),
        _ => None,
    }
}

/// Whether one of these names, as [`plain`] writes them, is known to mean the item.
pub(crate) fn knows_item(names: &[String]) -> bool {
    names.iter().any(|name| known_names(Field::Item).any(|known| known == name))
}

fn listed(header: &StringRecord) -> String {
    let names: Vec<String> = header.iter().take(40).map(cells::value::short).collect();
    names.join(", ")
}
