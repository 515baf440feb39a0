//! Parses product feeds as Google Merchant Center takes them: tab-separated text, RSS 2.0, and
//! Atom, told apart by content. Variants of one `item_group_id` become one item. Tax and
//! advertising fields are not read: nothing downstream uses them.
//!
//! Fields as Google's "Product data specification" documents them.

use cells::fault::Fault;
use cells::path;
use cells::truth;
use cells::value::{item_id, present};
use cells::values::Values;
use csv::StringRecord;
use domain::{Currency, Fact, Item, Money, Says, Text, Timestamp};

use super::table::SHORT;
use super::unique::Ids;
use super::variants::{Groups, said};
use crate::output::{Halt, Output};
use crate::text::rows::Rows;
use crate::text::xml::Entries;
use crate::{Error, Input, Options, Record};

/// Fields that are kept as attributes.
const ATTRIBUTES: [&str; 22] = [
    "adult",
    "is_bundle",
    "multipack",
    "product_highlight",
    "color",
    "size",
    "material",
    "pattern",
    "gender",
    "age_group",
    "condition",
    "mpn",
    "google_product_category",
    "sale_price",
    "sale_price_effective_date",
    "expiration_date",
    "availability_date",
    "custom_label_0",
    "custom_label_1",
    "custom_label_2",
    "custom_label_3",
    "custom_label_4",
];

/// Reads one file.
///
/// # Errors
/// [`Error::Read`], [`Error::Empty`], [`Error::NothingReadable`], [`Error::Header`],
/// [`Error::Malformed`], [`Error::RowTooLong`].
pub fn read(input: Input<'_>, options: &Options, output: &mut Output<'_>) -> Result<(), Error> {
    let name = input.name().to_owned();
    output.file(&name, |output| {
        let peeked = input.peeked()?;
        let values = output.values();
        let mut feed =
            Feed { options, values: &values, ids: Ids::default(), groups: Groups::default() };
        let encoding = if peeked.begins_with(b'<') {
            entries(peeked.input, &mut feed, output)?
        } else {
            rows(peeked.input, &mut feed, output)?
        };
        feed.groups.hand_on_all(output)?;
        Ok(encoding)
    })
}

/// State that is kept from row to row.
struct Feed<'o> {
    options: &'o Options,
    values: &'o Values,
    ids: Ids,
    groups: Groups,
}

impl Feed<'_> {
    fn records(&mut self, product: &Product<'_>) -> Result<Vec<Record>, String> {
        let item = product.item(self.options, self.values)?;
        let group = product.get("item_group_id").map(|raw| item_id("item_group_id", raw));
        let group = group.and_then(|group| self.values.or_none(group));
        self.ids.see(&item.id)?;
        Ok(match group {
            Some(group) => self.groups.see(&group, item),
            None => vec![self.groups.record(item)],
        })
    }
}

fn entries(
    input: Input<'_>,
    feed: &mut Feed<'_>,
    output: &mut Output<'_>,
) -> Result<&'static str, Halt> {
    let mut entries = Entries::new(input, &["item", "entry"]);
    while let Some(entry) = entries.next()? {
        let (line, mut fields) = (entry.line, entry.fields);
        if entry.is_broken {
            let reason = "has an element that is not closed; what stands behind it is lost";
            feed.values.leave_out(Fault::new("item", "", reason));
        }
        // Fields in the feed's own namespace win over RSS and Atom.
        fields.sort_by_key(|(name, _)| !name.starts_with("g:"));
        let names: Vec<String> = fields.iter().map(|(name, _)| plain(name)).collect();
        let values = fields.iter().map(|(_, value)| value.as_str());
        output.row(line, feed.records(&Product::new(&names, values)))?;
    }
    Ok(entries.encoding())
}

fn rows(
    input: Input<'_>,
    feed: &mut Feed<'_>,
    output: &mut Output<'_>,
) -> Result<&'static str, Halt> {
    let mut rows = Rows::open(input, feed.options.delimiter)?;
    let names: Vec<String> = rows.header()?.iter().map(plain).collect();
    if !names.iter().any(|name| name == "id") {
        let (file, problem) = (rows.file().to_owned(), format!("has {}", names.join(", ")));
        let hint = "name the columns as the feed specification does: id, title, price …";
        return Err(Error::Header { file, problem, hint }.into());
    }
    feed.groups = Groups::saying(says(&names));
    let mut record = StringRecord::new();
    while let Some((line, outcome)) = rows.next(&mut record)? {
        let outcome = outcome.and_then(|()| feed.records(&Product::new(&names, record.iter())));
        output.row(line, outcome)?;
    }
    output.leave_out_n(SHORT, rows.n_short());
    Ok(rows.encoding())
}

/// The facts that a feed has columns for: a feed beside the main one lists prices and stock alone.
fn says(names: &[String]) -> Says {
    let facts: [(Fact, &[&str]); 12] = [
        (Fact::Title, &["title"]),
        (Fact::Attributes, &["title"]),
        (Fact::Brand, &["brand"]),
        (Fact::Description, &["description"]),
        (Fact::Categories, &["product_type", "google_product_category"]),
        (Fact::Price, &["price", "sale_price"]),
        (Fact::Stock, &["availability", "expiration_date"]),
        (Fact::Images, &["image_link", "additional_image_link"]),
        (Fact::Gtin, &["gtin"]),
        (Fact::Url, &["link"]),
        (Fact::Shipping, &["shipping"]),
        (Fact::FurtherCategories, &["product_type"]),
    ];
    said(names, &facts)
}

/// `g:Sale Price` is `sale_price`.
fn plain(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}');
    let name = name.strip_prefix("g:").unwrap_or(name);
    name.to_ascii_lowercase().replace([' ', '-'], "_")
}

/// One product of the feed, as its fields.
struct Product<'p>(Vec<(&'p str, &'p str)>);

impl<'p> Product<'p> {
    fn new(names: &'p [String], values: impl Iterator<Item = &'p str>) -> Self {
        Self(names.iter().map(String::as_str).zip(values).collect())
    }

    fn item(&self, options: &Options, values: &Values) -> Result<Item, String> {
        let id = self.get("id").ok_or("field `id` is missing; every product needs one")?;
        let mut item = Item::bare(item_id("id", id)?);
        item.title = self.text("title");
        item.description = self.text("description");
        item.brand = self.text("brand");
        item.categories = self.categories();
        for path in self.all("product_type").skip(1) {
            item.add_categories(path::names(path, &['>']));
        }
        item.price = self.price(options, values);
        item.url = values.url("link", self.get("link"));
        let images = self.all("image_link").chain(self.all("additional_image_link"));
        (item.image, item.images) = values.images("image_link", images);
        item.gtin = values.gtin("gtin", self.get("gtin"));
        item.shipping = self.get("shipping").map(str::to_owned);
        let in_stock = self.get("availability").map(|raw| truth::availability("availability", raw));
        item.in_stock = in_stock.and_then(|said| values.or_none(said));
        if self.is_expired(options, values) {
            item.in_stock = Some(false);
        }
        for (name, value) in self.0.iter().filter(|(name, _)| ATTRIBUTES.contains(name)) {
            if let Some(value) = present(value) {
                item.attributes.entry((*name).to_owned()).or_default().push(Text::from(value));
            }
        }
        Ok(item)
    }

    /// Whether the shop said that the product is shown up to a time that is past.
    fn is_expired(&self, options: &Options, values: &Values) -> bool {
        const FIELD: &str = "expiration_date";
        let end = self.get(FIELD).and_then(|raw| values.or_none(values.time(FIELD, raw)));
        end.zip(options.now).is_some_and(|(end, now)| end <= now)
    }

    fn all(&self, name: &'static str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter(move |(field, _)| *field == name).filter_map(|(_, v)| present(v))
    }

    fn get(&self, name: &'static str) -> Option<&'p str> {
        self.all(name).next()
    }

    fn text(&self, name: &'static str) -> Text {
        self.get(name).map_or(Text::Missing, Text::from)
    }

    /// The shop's own path, else Google's where it is written out.
    fn categories(&self) -> Vec<Text> {
        let path = self.get("product_type").or_else(|| {
            self.get("google_product_category").filter(|path| path.contains(char::is_alphabetic))
        });
        path::names(path.unwrap_or_default(), &['>'])
    }

    /// Returns the current price: the sale price while the sale lasts. A sale without an end goes on,
    /// and one whose ends cannot be read is none.
    fn price(&self, options: &Options, values: &Values) -> Option<Money> {
        let money =
            |field: &'static str| values.or_none(feed_price(field, self.get(field)?, values));
        let lasts = match self.get("sale_price_effective_date") {
            None => true,
            Some(span) => values.or_none(span_of(span, values)).is_some_and(|(from, to)| {
                options.now.is_some_and(|now| {
                    from.is_none_or(|from| from <= now) && to.is_none_or(|to| now <= to)
                })
            }),
        };
        money("sale_price").filter(|_| lasts).or_else(|| money("price"))
    }
}

/// `15.00 USD`, or `USD 15.00`; without a code in the currency of the options.
fn feed_price(field: &'static str, raw: &str, values: &Values) -> Result<Money, Fault> {
    let price = values.price(field, raw, None)?;
    if price.currency == Currency::UNKNOWN {
        return Err(Fault::new(
            field,
            raw,
            "names no currency; write it like 15.00 USD, or say --currency",
        ));
    }
    Ok(price)
}

/// `2026-11-24T13:00-0800/2026-11-29T15:30-0800`; either end may be missing.
fn span_of(raw: &str, values: &Values) -> Result<(Option<Timestamp>, Option<Timestamp>), Fault> {
    const FIELD: &str = "sale_price_effective_date";
    let end = |raw: &str| match present(raw) {
        None => Ok(None),
        Some(raw) => values.time(FIELD, raw).map(Some),
    };
    match raw.split_once('/') {
        Some((from, to)) => Ok((end(from)?, end(to)?)),
        None => Ok((end(raw)?, None)),
    }
}
