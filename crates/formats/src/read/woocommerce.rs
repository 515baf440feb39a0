//! Parses WooCommerce's product CSV. Variations become one item with their parent. Downloads,
//! shipping and links between products are not read.
//!
//! Columns as WooCommerce's "Product CSV import schema" documents them.

use std::collections::HashMap;

use cells::path;
use cells::truth;
use cells::value::item_id;
use cells::values::Values;
use domain::item::VARIANT_ID;
use domain::time::DAY_MS;
use domain::{Fact, Item, ItemId, Money, Says, Text, Timestamp};

use super::table::SHORT;
use super::unique::Ids;
use super::variants::{Groups, said};
use crate::output::Output;
use crate::text::header::{Cells, Named};
use crate::{Error, Input, Options};

const HINT: &str = "a product export of WooCommerce has the columns ID (or SKU), Type and Name";

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`], [`Error::Header`],
/// [`Error::RowTooLong`].
pub fn read(input: Input<'_>, options: &Options, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let needed: [&[&str]; 3] = [&["id", "sku"], &["type"], &["name"]];
        let mut table = Named::open(input, options.delimiter, &needed, HINT)?;
        let values = output.values();
        let mut groups = Groups::saying(says(table.names()));
        let (mut ids, mut parents) = (Ids::default(), HashMap::new());
        if options.currency.is_none() {
            output.leave_out("the currency of prices (name it, e.g. --currency CNY)");
        }
        while let Some((line, cells)) = table.next()? {
            let outcome = cells.and_then(|cells| {
                let item = item(cells, options, &values)?;
                let group = group(cells, &item, &mut parents)?;
                ids.see(&item.id)?;
                // What holds of a parent holds of its variations: they are listed as published.
                let is_hidden = group == item.id && !is_shown(cells);
                let records = groups.see(&group, item);
                if is_hidden {
                    groups.bar(&group);
                }
                Ok(records)
            });
            output.row(line, outcome)?;
        }
        output.leave_out_n(SHORT, table.n_short());
        groups.hand_on_all(output)?;
        Ok(table.encoding())
    })
}

/// The facts that an export has columns for: the shop chooses them.
fn says(names: &[String]) -> Says {
    let facts: [(Fact, &[&str]); 12] = [
        (Fact::Title, &["name"]),
        (Fact::Attributes, &["name"]),
        (Fact::Brand, &["brands", "brand"]),
        (Fact::Description, &["description", "shortdescription"]),
        (Fact::Categories, &["categories"]),
        (Fact::Price, &["regularprice", "saleprice"]),
        (Fact::Stock, &["instock", "published", "visibilityincatalog"]),
        (Fact::Images, &["images"]),
        (Fact::Gtin, &["gtinupceanorisbn", "gtin", "ean"]),
        (Fact::Url, &["externalurl"]),
        (Fact::Shipping, &["shippingclass"]),
        (Fact::FurtherCategories, &["categories"]),
    ];
    said(names, &facts)
}

/// The product that a row belongs to: itself, or of a variation its parent, which is named as
/// `id:44` or by a SKU that an earlier row has.
fn group(
    cells: Cells<'_>,
    item: &Item,
    parents: &mut HashMap<String, ItemId>,
) -> Result<ItemId, String> {
    let kind = cells.get(&["type"]).unwrap_or_default().to_ascii_lowercase();
    if !kind.split(',').any(|part| part.trim() == "variation") {
        if let Some(sku) = cells.get(&["sku"])
            && kind.contains("variable")
        {
            parents.insert(sku.to_owned(), item.id.clone());
        }
        return Ok(item.id.clone());
    }
    let parent = cells.get(&["parent"]).ok_or("field `Parent` is missing; a variation needs it")?;
    let known = match parent.strip_prefix("id:") {
        Some(id) => return ItemId::new(id).map_err(|e| e.to_string()),
        None => parents.get(parent).cloned(),
    };
    known.ok_or_else(|| {
        format!("field `Parent` {parent:?} is no earlier row's SKU; list parents before variations")
    })
}

fn item(cells: Cells<'_>, options: &Options, values: &Values) -> Result<Item, String> {
    let sku = cells.get(&["sku"]);
    let id = cells.get(&["id"]).or(sku).ok_or("has neither `ID` nor `SKU`; one is required")?;
    let text = |names: &[&str]| cells.get(names).map_or(Text::Missing, Text::from);
    let mut paths = path::listed(cells.get(&["categories"]).unwrap_or_default()).into_iter();
    let (image, images) = values.images("Images", cells.get(&["images"]));
    let gtin = cells.get(&["gtinupceanorisbn", "gtin", "ean"]);
    let mut item = Item {
        image,
        images,
        gtin: values.gtin("GTIN", gtin),
        url: values.url("External URL", cells.get(&["externalurl"])),
        shipping: cells.get(&["shippingclass"]).map(str::to_owned),
        title: text(&["name"]),
        brand: text(&["brands", "brand"]),
        description: text(&["description", "shortdescription"]),
        categories: paths.next().map_or_else(Vec::new, |path| path::names(&path, &['>'])),
        price: price(cells, options, values),
        in_stock: in_stock(cells, values),
        ..Item::bare(item_id("ID", id)?)
    };
    paths.for_each(|path| item.add_categories(path::names(&path, &['>'])));
    let listed = |raw: Option<&str>| -> Vec<Text> {
        let parts = raw.unwrap_or_default().split(',').map(str::trim);
        parts.filter(|part| !part.is_empty()).map(Text::from).collect()
    };
    let mut attributes = vec![
        (VARIANT_ID.to_owned(), sku.filter(|sku| *sku != id).into_iter().map(Text::from).collect()),
        ("tags".to_owned(), listed(cells.get(&["tags"]))),
    ];
    for n in 1..=10 {
        if let Some(name) = cells.get(&[&format!("attribute{n}name")]) {
            attributes
                .push((name.to_lowercase(), listed(cells.get(&[&format!("attribute{n}values")]))));
        }
    }
    item.attributes
        .extend(attributes.into_iter().filter(|(_, values): &(_, Vec<Text>)| !values.is_empty()));
    Ok(item)
}

/// Returns the current price: the sale price while the sale lasts. A sale whose ends cannot be read
/// is none.
fn price(cells: Cells<'_>, options: &Options, values: &Values) -> Option<Money> {
    let money = |column: &str, field: &'static str| {
        values.or_none(values.price(field, cells.get(&[column])?, None))
    };
    let end = |column: &str, field: &'static str| {
        cells.get(&[column]).map(|raw| values.or_none(values.time(field, raw)))
    };
    let from = end("datesalepricestarts", "Date sale price starts");
    let to = end("datesalepriceends", "Date sale price ends");
    let lasts = match options.now {
        Some(now) => {
            from.is_none_or(|from| from.is_some_and(|from| from <= now))
                && to.is_none_or(|to| to.is_some_and(|to| now < after(to)))
        }
        None => from.is_none() && to.is_none(),
    };
    money("saleprice", "Sale price")
        .filter(|_| lasts)
        .or_else(|| money("regularprice", "Regular price"))
}

/// A sale lasts to the end of the day that it ends on.
fn after(end: Timestamp) -> Timestamp {
    if end.0 % DAY_MS == 0 { Timestamp(end.0 + DAY_MS) } else { end }
}

fn in_stock(cells: Cells<'_>, values: &Values) -> Option<bool> {
    if !is_shown(cells) {
        return Some(false);
    }
    let said = cells.get(&["instock"])?;
    values.or_none(truth::availability("In stock?", said))
}

/// Whether the shop shows it: neither draft (-1) nor private (0), and not hidden in the catalogue.
fn is_shown(cells: Cells<'_>) -> bool {
    let published = cells.get(&["published"]);
    let is_published = published.is_none_or(|raw| raw == "1" || truth::of("", raw) == Ok(true));
    let visibility = cells.get(&["visibilityincatalog"]).unwrap_or_default();
    is_published && !visibility.eq_ignore_ascii_case("hidden")
}
