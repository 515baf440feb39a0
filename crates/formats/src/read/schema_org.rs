//! Parses schema.org products in JSON-LD: one object a line, one document, or the pages of a shop
//! with the scripts that hold it. Ratings and reviews are not read: they sum up others.
//!
//! Properties as schema.org documents `Product`, `ProductGroup`, `Offer` and `AggregateOffer`.

use domain::item::VARIANT_ID;
use domain::{Currency, EventTime, Item, ItemId, Money, Text};
use serde_json::Value;

use super::latest::LatestItems;
use super::variants::Groups;
use crate::output::{Halt, Output};
use crate::text::lines::Lines;
use crate::text::value::{present, short};
use crate::{Error, Input, Options, Record};

/// Largest document or page that is read at once.
const MAX_DOCUMENT_BYTES: u64 = 64 << 20;
/// Deepest nesting of lists and graphs that is looked into.
const MAX_DEPTH: usize = 8;

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`], [`Error::Malformed`].
pub fn read(input: Input<'_>, options: &Options, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let peeked = input.peeked()?;
        let first_line = peeked.head.split(|&b| b == b'\n').next().unwrap_or_default();
        let is_lines = serde_json::from_slice::<Value>(first_line).is_ok();
        let mut pages =
            Pages { options, n_seen: 0, items: LatestItems::default(), groups: Groups::default() };
        let encoding = if is_lines {
            lines(peeked.input, &mut pages, output)?
        } else {
            document(&name, peeked.input, &mut pages, output)?
        };
        pages.items.drain().into_iter().try_for_each(|item| output.record(item))?;
        pages.groups.hand_on_all(output)?;
        Ok(encoding)
    })
}

/// State that is kept from product to product. Pages repeat products: the last one read wins, field
/// by field.
struct Pages<'o> {
    options: &'o Options,
    n_seen: u32,
    items: LatestItems,
    groups: Groups,
}

impl Pages<'_> {
    fn records(&mut self, node: &Value) -> Result<Vec<Record>, String> {
        let item = item(node, self.options)?;
        let group_id = text_at(node, "productGroupID")?.or(group_of(node)?);
        let Some(group_id) = group_id else {
            self.n_seen = self.n_seen.saturating_add(1);
            return Ok(self.items.see(EventTime::Ordinal(self.n_seen), item));
        };
        let group = ItemId::new(group_id).map_err(|e| format!("property `productGroupID`: {e}"))?;
        let mut records = self.groups.see(&group, item);
        for (n, variant) in listed(&node["hasVariant"]).enumerate() {
            let variant = self::item(variant, self.options);
            let variant = variant.map_err(|e| format!("hasVariant[{n}]: {e}"))?;
            records.extend(self.groups.see(&group, variant));
        }
        Ok(records)
    }
}

fn lines(
    input: Input<'_>,
    pages: &mut Pages<'_>,
    output: &mut Output<'_>,
) -> Result<&'static str, Halt> {
    let mut lines = Lines::new(input);
    while let Some(line) = lines.next()? {
        let parsed = line.and_then(|line| {
            serde_json::from_str::<Value>(line).map_err(|e| format!("not JSON ({e})"))
        });
        let number = lines.number();
        match parsed {
            Ok(value) => products(&value, number, pages, output)?,
            Err(cause) => output.row(number, Err::<Vec<Record>, _>(cause))?,
        }
    }
    Ok(lines.encoding())
}

fn document(
    name: &str,
    input: Input<'_>,
    pages: &mut Pages<'_>,
    output: &mut Output<'_>,
) -> Result<&'static str, Halt> {
    let (file, reader, encoding) = input.into_parts();
    let mut text = Vec::new();
    let read =
        std::io::Read::read_to_end(&mut std::io::Read::take(reader, MAX_DOCUMENT_BYTES), &mut text);
    read.map_err(|source| Error::Read { file, line: 0, source })?;
    let text = String::from_utf8_lossy(&text);
    for (line, script) in scripts(&text) {
        let value: Value = serde_json::from_str(script).map_err(|e| Error::Malformed {
            file: name.to_owned(),
            line: line + e.line() as u64 - 1,
            problem: e.to_string(),
        })?;
        products(&value, line, pages, output)?;
    }
    Ok(encoding.get().name())
}

/// The JSON-LD of a page, each with its line; a text that is no page is one itself.
fn scripts(text: &str) -> Vec<(u64, &str)> {
    if !text.trim_start().starts_with('<') {
        return vec![(1, text)];
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("application/ld+json").map(|i| at + i) {
        let Some(open) = text[start..].find('>').map(|i| start + i + 1) else { break };
        let Some(close) = text[open..].find("</script").map(|i| open + i) else { break };
        let line = 1 + text[..open].bytes().filter(|&b| b == b'\n').count() as u64;
        found.push((line, &text[open..close]));
        at = close;
    }
    found
}

/// Every product of a value, each a row.
fn products(
    value: &Value,
    line: u64,
    pages: &mut Pages<'_>,
    output: &mut Output<'_>,
) -> Result<(), Halt> {
    let mut nodes = Vec::new();
    collect(value, 0, &mut nodes);
    for node in nodes {
        output.row(line, pages.records(node))?;
    }
    Ok(())
}

/// Products and groups, wherever a page puts them.
fn collect<'v>(value: &'v Value, depth: usize, nodes: &mut Vec<&'v Value>) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|v| collect(v, depth + 1, nodes)),
        Value::Object(_) if is_a(value, "Product") || is_a(value, "ProductGroup") => {
            nodes.push(value);
        }
        Value::Object(fields) => {
            let within = ["@graph", "mainEntity", "itemListElement", "item"];
            let inner = within.iter().filter_map(|name| fields.get(*name));
            inner.for_each(|v| collect(v, depth + 1, nodes));
        }
        _ => {}
    }
}

fn is_a(value: &Value, wanted: &str) -> bool {
    let matches = |name: &str| name.rsplit(['/', ':']).next() == Some(wanted);
    match &value["@type"] {
        Value::String(name) => matches(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(matches),
        _ => false,
    }
}

fn group_of(node: &Value) -> Result<Option<String>, String> {
    match &node["isVariantOf"] {
        Value::Object(_) => text_at(&node["isVariantOf"], "productGroupID"),
        _ => Ok(None),
    }
}

fn item(node: &Value, options: &Options) -> Result<Item, String> {
    let names = [
        "productID",
        "sku",
        "productGroupID",
        "gtin",
        "gtin13",
        "gtin14",
        "gtin12",
        "mpn",
        "@id",
        "url",
    ];
    let mut id = None;
    for name in names {
        id = id.or(text_at(node, name)?);
    }
    let id = id.ok_or("has no id; give `sku` or `productID`")?;
    let offers: Vec<&Value> = listed(&node["offers"]).collect();
    let mut item = Item {
        title: text(text_at(node, "name")?),
        description: text(text_at(node, "description")?),
        brand: text(name_at(node, "brand")?),
        categories: categories(node)?,
        price: price(&offers, options)?,
        in_stock: in_stock(&offers)?,
        ..Item::bare(ItemId::new(id).map_err(|e| e.to_string())?)
    };
    for (property, attribute) in ATTRIBUTES {
        if let Some(value) = name_at(node, property)? {
            item.attributes.insert((*attribute).to_owned(), vec![Text::from(value)]);
        }
    }
    let sku = text_at(node, "sku")?.filter(|sku| sku != item.id.as_str());
    item.attributes.extend(sku.map(|sku| (VARIANT_ID.to_owned(), vec![Text::from(sku)])));
    Ok(item)
}

const ATTRIBUTES: &[(&str, &str)] = &[
    ("color", "color"),
    ("size", "size"),
    ("material", "material"),
    ("pattern", "pattern"),
    ("itemCondition", "condition"),
    ("image", "image_link"),
    ("url", "link"),
    ("gtin", "gtin"),
    ("mpn", "mpn"),
];

/// A list, or a single value as a list of one.
fn listed(value: &Value) -> impl Iterator<Item = &Value> {
    let (many, one) = match value {
        Value::Array(values) => (values.as_slice(), None),
        Value::Null => (&[][..], None),
        one => (&[][..], Some(one)),
    };
    many.iter().chain(one)
}

fn text(value: Option<String>) -> Text {
    value.map_or(Text::Missing, Text::from)
}

/// A text or a number, in one language or as `{"@value": …}`.
fn text_at(node: &Value, name: &str) -> Result<Option<String>, String> {
    let value = listed(&node[name]).next().unwrap_or(&Value::Null);
    let value = value.get("@value").unwrap_or(value);
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(present(text).map(str::to_owned)),
        Value::Number(number) => Ok(Some(number.to_string())),
        other => Err(format!(
            "property `{name}` must be a text, not {}",
            crate::text::json::kind_of(other)
        )),
    }
}

/// A text, or the name or address of a thing.
fn name_at(node: &Value, name: &str) -> Result<Option<String>, String> {
    let thing = listed(&node[name]).next().unwrap_or(&Value::Null);
    match thing {
        Value::Object(fields) if !fields.contains_key("@value") => {
            for inner in ["name", "url", "@id"] {
                if let Some(text) = text_at(thing, inner)? {
                    return Ok(Some(text));
                }
            }
            Ok(None)
        }
        _ => text_at(node, name),
    }
}

fn categories(node: &Value) -> Result<Vec<Text>, String> {
    let path = name_at(node, "category")?.unwrap_or_default();
    let names = path.split('>').map(str::trim).filter(|name| !name.is_empty());
    Ok(names.map(Text::from).collect())
}

/// The one price of all offers; offers that differ leave none that is true.
fn price(offers: &[&Value], options: &Options) -> Result<Option<Money>, String> {
    let mut price = None;
    for offer in offers {
        let currency = match text_at(offer, "priceCurrency")? {
            Some(code) => code.parse().map_err(|e: domain::Invalid| e.to_string())?,
            None => options.currency.unwrap_or(Currency::UNKNOWN),
        };
        for name in ["price", "lowPrice", "highPrice"] {
            let Some(raw) = text_at(offer, name)? else { continue };
            let money =
                Money::parse(&raw, currency).map_err(|e| format!("property `{name}`: {e}"))?;
            match price {
                None => price = Some(money),
                Some(known) if known == money => {}
                Some(_) => return Ok(None),
            }
        }
    }
    Ok(price)
}

/// Whether one of the offers can be taken; `None` where none says.
fn in_stock(offers: &[&Value]) -> Result<Option<bool>, String> {
    let mut known = None;
    for offer in offers {
        let Some(said) = text_at(offer, "availability")? else { continue };
        let is_in = match said.rsplit('/').next().unwrap_or_default() {
            "InStock"
            | "LimitedAvailability"
            | "OnlineOnly"
            | "PreOrder"
            | "PreSale"
            | "BackOrder"
            | "InStoreOnly"
            | "MadeToOrder" => true,
            "OutOfStock" | "SoldOut" | "Discontinued" | "Reserved" => false,
            _ => return Err(format!("property `availability` {:?} is not known", short(&said))),
        };
        known = Some(known == Some(true) || is_in);
    }
    Ok(known)
}
