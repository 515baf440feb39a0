//! Parses Shopify's product CSV, with the header of before and of now. Rows of one handle become
//! one item, whose SKUs are its variants. Stock by place, tax and search texts are not read.
//!
//! Columns as Shopify's help ("Using CSV files to import and export products") documents them.

use cells::path;
use cells::truth;
use cells::value::item_id;
use cells::values::Values;
use domain::item::VARIANT_ID;
use domain::{Fact, Item, ItemId, Says, Text};

use super::table::SHORT;
use super::variants::{Groups, said};
use crate::output::Output;
use crate::text::header::{Cells, Named};
use crate::{Error, Input, Options};

pub mod webhook;

const HANDLE: &[&str] = &["handle", "urlhandle"];
const HINT: &str = "a product export of Shopify has the columns Handle (or URL handle) and Title";

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`], [`Error::Header`],
/// [`Error::RowTooLong`].
pub fn read(input: Input<'_>, options: &Options, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let mut table = Named::open(input, options.delimiter, &[HANDLE, &["title"]], HINT)?;
        let values = output.values();
        let mut groups = Groups::saying(says(table.names()));
        let mut product = Product::default();
        if options.currency.is_none() {
            output.leave_out("the currency of prices (name it, e.g. --currency CNY)");
        }
        while let Some((line, cells)) = table.next()? {
            let outcome = cells.and_then(|cells| {
                let (handle, item) = product.row(cells, &values)?;
                let records = groups.see(&handle, item);
                if !is_shown(cells) {
                    groups.bar(&handle);
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

/// The facts that an export has columns for.
fn says(names: &[String]) -> Says {
    let facts: [(Fact, &[&str]); 10] = [
        (Fact::Title, &["title"]),
        (Fact::Attributes, &["title"]),
        (Fact::Brand, &["vendor"]),
        (Fact::Description, &["bodyhtml", "description"]),
        (Fact::Categories, &["productcategory", "type"]),
        (Fact::Price, &["variantprice", "price"]),
        (Fact::Stock, &["variantprice", "price", "status", "published"]),
        (Fact::Images, &["imagesrc", "productimageurl", "variantimage", "variantimageurl"]),
        (Fact::Gtin, &["variantbarcode", "barcode"]),
        (Fact::FurtherCategories, &["collection", "collections"]),
    ];
    said(names, &facts)
}

/// The product that the rows at hand belong to: only its first row names its options.
#[derive(Default)]
struct Product {
    handle: String,
    options: [Option<String>; 3],
}

impl Product {
    fn row(&mut self, cells: Cells<'_>, values: &Values) -> Result<(ItemId, Item), String> {
        let handle = cells.get(HANDLE).ok_or("the handle is missing; every row needs one")?;
        if handle != self.handle {
            *self = Self { handle: handle.to_owned(), options: [const { None }; 3] };
        }
        let id = item_id("Handle", handle)?;
        let mut item = variant(&id, cells, values);
        for (at, (name, value)) in OPTIONS.iter().enumerate() {
            if let Some(name) = cells.get(&[name]) {
                self.options[at] = Some(name.to_lowercase());
            }
            if let Some((name, value)) = self.options[at].as_ref().zip(cells.get(&[value])) {
                add_option(&mut item, name, value);
            }
        }
        Ok((id, item))
    }
}

const OPTIONS: [(&str, &str); 3] = [
    ("option1name", "option1value"),
    ("option2name", "option2value"),
    ("option3name", "option3value"),
];

/// Where there are no options Shopify writes one named `Title` with the value `Default Title`.
fn add_option(item: &mut Item, name: &str, value: &str) {
    if name != "title" {
        item.attributes.insert(name.to_owned(), vec![Text::from(value)]);
    }
}

fn variant(handle: &ItemId, cells: Cells<'_>, values: &Values) -> Item {
    let text = |names: &[&str]| cells.get(names).map_or(Text::Missing, Text::from);
    let price = cells.get(&["variantprice", "price"]);
    let is_variant = price.is_some();
    let price = price.and_then(|raw| values.or_none(values.price("Variant Price", raw, None)));
    let images = [&["imagesrc", "productimageurl"][..], &["variantimage", "variantimageurl"]];
    let images = images.into_iter().filter_map(|names| cells.get(names));
    let (image, images) = values.images("Image Src", images);
    let mut item = Item {
        image,
        images,
        gtin: values.gtin("Variant Barcode", cells.get(&["variantbarcode", "barcode"])),
        title: text(&["title"]),
        brand: text(&["vendor"]),
        description: text(&["bodyhtml", "description"]),
        categories: categories(cells.get(&["productcategory"]), cells.get(&["type"])),
        price,
        in_stock: is_variant.then(|| can_be_bought(cells, values)),
        ..Item::bare(handle.clone())
    };
    let attributes = [
        (VARIANT_ID, cells.get(&["variantsku", "sku"])),
        ("compare_at_price", cells.get(&["variantcompareatprice", "compareatprice"])),
        ("gift_card", cells.get(&["giftcard"]).filter(|said| truth::of("", said) == Ok(true))),
    ];
    for (name, value) in attributes {
        item.attributes.extend(value.map(|v| (name.to_owned(), vec![Text::from(v)])));
    }
    // Shopify's own export has no collections; those of its apps do.
    for path in cells.get(&["collection", "collections"]).unwrap_or_default().split([',', ';']) {
        item.add_categories(path::names(path, &['>']));
    }
    let tags = tags(cells.get(&["tags"]).unwrap_or_default());
    item.attributes.extend((!tags.is_empty()).then(|| ("tags".to_owned(), tags)));
    item
}

/// Shopify's own path, and the shop's type where it says more.
fn categories(path: Option<&str>, kind: Option<&str>) -> Vec<Text> {
    let mut categories = path::names(path.unwrap_or_default(), &['>']);
    for name in path::names(kind.unwrap_or_default(), &['>']) {
        if !categories.contains(&name) {
            categories.push(name);
        }
    }
    categories
}

fn tags(raw: &str) -> Vec<Text> {
    raw.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(Text::from).collect()
}

/// Whether the shop shows it. Only the first row of a product says so.
fn is_shown(cells: Cells<'_>) -> bool {
    let is_no = |names: &[&str], no: &[&str]| {
        cells.get(names).is_some_and(|said| {
            no.iter().any(|no| said.eq_ignore_ascii_case(no)) || truth::of("", said) == Ok(false)
        })
    };
    let published = ["published", "publishedononlinestore", "onlinestore"];
    !is_no(&published, &[]) && !is_no(&["status"], &["draft", "archived", "unlisted"])
}

/// In stock, or sold without being so.
fn can_be_bought(cells: Cells<'_>, values: &Values) -> bool {
    let is_tracked = cells.get(&["variantinventorytracker", "inventorytracker"]).is_some();
    let policy = cells.get(&["variantinventorypolicy", "continuesellingwhenoutofstock"]);
    let sells_on = policy.is_some_and(|policy| {
        policy.eq_ignore_ascii_case("continue") || policy.eq_ignore_ascii_case("true")
    });
    let stock = cells.get(&["variantinventoryqty", "inventoryquantity"]);
    let stock = stock.and_then(|raw| values.or_none(values.quantity("Variant Inventory Qty", raw)));
    !is_tracked || sells_on || stock.is_none_or(|n| n > 0)
}
