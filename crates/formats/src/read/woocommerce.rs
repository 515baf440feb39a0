//! Parses WooCommerce's product CSV. Variations become one item with their parent. Downloads,
//! shipping and links between products are not read.
//!
//! Columns as WooCommerce's "Product CSV import schema" documents them.

use std::collections::HashMap;

use domain::item::VARIANT_ID;
use domain::{Currency, Item, ItemId, Money, Text, Timestamp};

use super::unique::Ids;
use super::variants::Groups;
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
        let mut groups = Groups::default();
        let (mut ids, mut parents) = (Ids::default(), HashMap::new());
        if options.currency.is_none() {
            output.leave_out("the currency of prices (name it, e.g. --currency CNY)");
        }
        while let Some((line, cells)) = table.next()? {
            let outcome = cells.and_then(|cells| {
                let item = item(cells, options)?;
                let group = group(cells, &item, &mut parents)?;
                ids.see(&item.id)?;
                Ok(groups.see(&group, item))
            });
            output.row(line, outcome)?;
        }
        groups.hand_on_all(output)?;
        Ok(table.encoding())
    })
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

fn item(cells: Cells<'_>, options: &Options) -> Result<Item, String> {
    let sku = cells.get(&["sku"]);
    let id = cells.get(&["id"]).or(sku).ok_or("has neither `ID` nor `SKU`; one is required")?;
    let text = |names: &[&str]| cells.get(names).map_or(Text::Missing, Text::from);
    let mut item = Item {
        title: text(&["name"]),
        brand: text(&["brands", "brand"]),
        description: text(&["description", "shortdescription"]),
        categories: categories(cells.get(&["categories"]).unwrap_or_default()),
        price: price(cells, options)?,
        in_stock: in_stock(cells)?,
        ..Item::bare(ItemId::new(id).map_err(|e| e.to_string())?)
    };
    let listed = |raw: Option<&str>| -> Vec<Text> {
        let parts = raw.unwrap_or_default().split(',').map(str::trim);
        parts.filter(|part| !part.is_empty()).map(Text::from).collect()
    };
    let mut attributes = vec![
        (VARIANT_ID.to_owned(), sku.filter(|sku| *sku != id).into_iter().map(Text::from).collect()),
        ("image_link".to_owned(), listed(cells.get(&["images"])).into_iter().take(1).collect()),
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

/// The first of the paths, `Clothing > Shirts, Music`.
fn categories(raw: &str) -> Vec<Text> {
    let first = raw.split(',').next().unwrap_or_default();
    let names = first.split('>').map(str::trim).filter(|name| !name.is_empty());
    names.map(Text::from).collect()
}

/// Returns the current price: the sale price while the sale lasts.
fn price(cells: Cells<'_>, options: &Options) -> Result<Option<Money>, String> {
    let currency = options.currency.unwrap_or(Currency::UNKNOWN);
    let money = |name: &str| {
        let read = |raw| Money::parse(raw, currency).map_err(|e| e.to_string());
        cells.get(&[name]).map(read).transpose()
    };
    let end = |name: &str| -> Result<Option<Timestamp>, String> {
        cells.get(&[name]).map(crate::text::value::time).transpose()
    };
    let (from, to) = (end("datesalepricestarts")?, end("datesalepriceends")?);
    let lasts = match options.now {
        Some(now) => from.is_none_or(|from| from <= now) && to.is_none_or(|to| now <= to),
        None => from.is_none() && to.is_none(),
    };
    Ok(money("saleprice")?.filter(|_| lasts).or(money("regularprice")?))
}

fn in_stock(cells: Cells<'_>) -> Result<Option<bool>, String> {
    let said = |name: &str| -> Result<Option<bool>, String> {
        cells
            .get(&[name])
            .map(|raw| match raw.to_ascii_lowercase().as_str() {
                "1" | "yes" | "true" | "backorder" => Ok(true),
                "0" | "no" | "false" | "-1" => Ok(false),
                _ => Err(format!("field `{name}` {raw:?} is not 1 or 0")),
            })
            .transpose()
    };
    if said("published")? == Some(false) {
        return Ok(Some(false));
    }
    said("instock")
}
