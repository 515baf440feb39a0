//! Parses schema.org products in JSON-LD: one object a line, one document, or the pages of a shop
//! with the scripts that hold it. Ratings and reviews are not read: they sum up others.
//!
//! Properties as schema.org documents `Product`, `ProductGroup`, `Offer` and `AggregateOffer`.

use cells::fault::Fault;
use cells::path;
use cells::truth;
use cells::value::{item_id, present};
use cells::values::{Values, positive};
use domain::item::VARIANT_ID;
use domain::{Currency, EventTime, Item, Money, Text};
use serde_json::Value;

use super::latest::LatestItems;
use super::variants::Groups;
use crate::output::{Halt, Output};
use crate::text::json;
use crate::text::lines::Lines;
use crate::{Error, Input, Options, Record};

/// Largest document or page that is read at once.
const MAX_DOCUMENT_BYTES: u64 = 64 << 20;
/// Deepest nesting of lists and graphs that is looked into.
const MAX_DEPTH: usize = 8;

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`].
pub fn read(input: Input<'_>, options: &Options, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let peeked = input.peeked()?;
        let first_line = peeked.head.split(|&b| b == b'\n').next().unwrap_or_default();
        let is_lines = serde_json::from_slice::<Value>(first_line).is_ok();
        let values = output.values();
        let mut pages = Pages {
            options,
            values: &values,
            n_seen: 0,
            items: LatestItems::default(),
            groups: Groups::default(),
        };
        let encoding = if is_lines {
            lines(peeked.input, &mut pages, output)?
        } else {
            document(peeked.input, &mut pages, output)?
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
    values: &'o Values,
    n_seen: u32,
    items: LatestItems,
    groups: Groups,
}

impl Pages<'_> {
    fn records(&mut self, node: &Value) -> Result<Vec<Record>, String> {
        let item = item(node, self.options, self.values)?;
        let group_id = text_at(node, "productGroupID")?.or(group_of(node)?);
        let Some(group_id) = group_id else {
            self.n_seen = self.n_seen.saturating_add(1);
            return Ok(self.items.see(EventTime::Ordinal(self.n_seen), item));
        };
        let group = item_id("productGroupID", &group_id)?;
        let mut records = self.groups.see(&group, item);
        for (n, variant) in listed(&node["hasVariant"]).enumerate() {
            match self::item(variant, self.options, self.values) {
                Ok(variant) => records.extend(self.groups.see(&group, variant)),
                Err(cause) => {
                    let got = format!("hasVariant[{n}]: {cause}");
                    self.values.leave_out(Fault::of_part("hasVariant", &got));
                }
            }
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
            serde_json::from_str::<Value>(&json::mended(line))
                .map_err(|e| format!("not JSON ({e})"))
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
        // A script that is broken costs itself, and not the others of the page.
        match serde_json::from_str::<Value>(&json::mended(script)) {
            Ok(value) => products(&value, line, pages, output)?,
            Err(e) => {
                let at = line + (e.line() as u64).saturating_sub(1);
                let cause = format!("not JSON ({e}); mend this script");
                output.row(at, Err::<Vec<Record>, _>(cause))?;
            }
        }
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

fn group_of(node: &Value) -> Result<Option<String>, Fault> {
    match &node["isVariantOf"] {
        Value::Object(_) => text_at(&node["isVariantOf"], "productGroupID"),
        _ => Ok(None),
    }
}

fn item(node: &Value, options: &Options, values: &Values) -> Result<Item, String> {
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
        id = id.or(values.or_none(text_at(node, name)).flatten());
    }
    let id = id.ok_or("has no id; give `sku` or `productID`")?;
    let offers: Vec<&Value> = listed(&node["offers"]).collect();
    let kept = |read| values.or_none(read).flatten();
    let mut item = Item {
        title: text(kept(text_at(node, "name"))),
        description: text(kept(text_at(node, "description"))),
        brand: text(kept(name_at(node, "brand"))),
        categories: path::names(&kept(name_at(node, "category")).unwrap_or_default(), &['>']),
        price: price(&offers, options, values),
        in_stock: in_stock(&offers, values),
        ..Item::bare(item_id("sku", &id)?)
    };
    for category in listed(&node["category"]).skip(1).filter_map(Value::as_str) {
        item.add_categories(path::names(category, &['>']));
    }
    item.url = values.url("url", kept(text_at(node, "url")).as_deref());
    let images: Vec<String> = listed(&node["image"]).filter_map(image_at).collect();
    (item.image, item.images) = values.images("image", images.iter().map(String::as_str));
    let numbers = ["gtin", "gtin13", "gtin14", "gtin12", "gtin8", "isbn"];
    let gtin = numbers.into_iter().find_map(|name| kept(text_at(node, name)));
    item.gtin = values.gtin("gtin", gtin.as_deref());
    for (property, attribute) in ATTRIBUTES {
        if let Some(value) = kept(name_at(node, property)) {
            item.attributes.insert((*attribute).to_owned(), vec![Text::from(value)]);
        }
    }
    let sku = kept(text_at(node, "sku")).filter(|sku| sku != item.id.as_str());
    item.attributes.extend(sku.map(|sku| (VARIANT_ID.to_owned(), vec![Text::from(sku)])));
    Ok(item)
}

const ATTRIBUTES: &[(&str, &str)] = &[
    ("color", "color"),
    ("size", "size"),
    ("material", "material"),
    ("pattern", "pattern"),
    ("itemCondition", "condition"),
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
fn text_at(node: &Value, name: &'static str) -> Result<Option<String>, Fault> {
    let value = listed(&node[name]).next().unwrap_or(&Value::Null);
    let value = value.get("@value").unwrap_or(value);
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(present(text).map(str::to_owned)),
        Value::Number(number) => Ok(Some(number.to_string())),
        other => Err(Fault::of_type(name, "a text", json::kind_of(other))),
    }
}

/// The address of an image, or of a thing that is one.
fn image_at(image: &Value) -> Option<String> {
    let address = match image {
        Value::Object(_) => {
            [&image["contentUrl"], &image["url"], &image["@id"]].into_iter().find_map(Value::as_str)
        }
        other => other.as_str(),
    };
    address.and_then(present).map(str::to_owned)
}

/// A text, or the name or address of a thing.
fn name_at(node: &Value, name: &'static str) -> Result<Option<String>, Fault> {
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

/// The one price of all offers; offers that differ leave none that is true, and neither does a
/// lowest price alone.
fn price(offers: &[&Value], options: &Options, values: &Values) -> Option<Money> {
    let mut price = None;
    for offer in offers {
        let currency = match values.or_none(text_at(offer, "priceCurrency")).flatten() {
            Some(code) => Some(values.or_none(values.currency("priceCurrency", &code))?),
            None => options.currency,
        };
        let ends = ["lowPrice", "highPrice"];
        let is_lone = |name| ends.contains(&name) && ends.iter().any(|end| offer[*end].is_null());
        for name in ["price", "lowPrice", "highPrice"] {
            let read = values.or_none(money_at(offer, name, currency, values)).flatten();
            let Some(money) = read else { continue };
            if is_lone(name) && offer["price"].is_null() {
                let reason = "is one end of a range of prices, and an item has one price";
                values.leave_out(Fault::new(name, &money.to_string(), reason));
                continue;
            }
            match price {
                None => price = Some(money),
                Some(known) if known == money => {}
                Some(known) => {
                    let reason = "differ in price, and an item has one; give each variant its own";
                    values.leave_out(Fault::new("offers", &format!("{known}, {money}"), reason));
                    return None;
                }
            }
        }
    }
    price
}

/// An amount as a number, which has a point before its decimals, or as a text.
fn money_at(
    offer: &Value,
    name: &'static str,
    currency: Option<Currency>,
    values: &Values,
) -> Result<Option<Money>, Fault> {
    let value = listed(&offer[name]).next().unwrap_or(&Value::Null);
    if let Value::Number(number) = value {
        let raw = number.to_string();
        return positive(name, &raw, values.plain_money(name, &raw, currency)?).map(Some);
    }
    text_at(offer, name)?.map(|raw| values.price(name, &raw, currency)).transpose()
}

/// Whether one of the offers can be taken; `None` where none says.
fn in_stock(offers: &[&Value], values: &Values) -> Option<bool> {
    let mut known = None;
    for offer in offers {
        let Some(said) = values.or_none(text_at(offer, "availability")).flatten() else { continue };
        if let Some(is_in) = values.or_none(truth::availability("availability", &said)) {
            known = Some(known == Some(true) || is_in);
        }
    }
    known
}
