//! Recognises the format of a file by its beginning. Where nothing is recognised, no format is
//! named.

use std::path::Path;

use serde_json::Value;

use crate::text::header::plain;
use crate::wire::Shape;
use crate::{Error, Format, Input, Progress};

/// Returns the format of a file and the sign it was recognised by; `None` where there is none.
///
/// # Errors
/// [`Error::Open`] and [`Error::Read`].
pub fn detect(path: &Path) -> Result<Option<(Format, &'static str)>, Error> {
    let peeked = Input::open(path, &Progress::default())?.peeked()?;
    Ok(of_text(&String::from_utf8_lossy(&peeked.head)))
}

/// As [`detect`], of a beginning that is read already.
#[must_use]
pub fn of_text(head: &str) -> Option<(Format, &'static str)> {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let first = head.lines().next()?;
    match head.as_bytes().first()? {
        b'<' => of_markup(head),
        b'{' | b'[' => of_json(head, first),
        _ => of_header(first).or_else(|| of_rows(first)),
    }
}

fn of_markup(head: &str) -> Option<(Format, &'static str)> {
    if head.contains("application/ld+json") {
        return Some((Format::SchemaOrg, "a page with JSON-LD"));
    }
    let is_feed = ["<rss", "<feed", "base.google.com/ns"].iter().any(|mark| head.contains(mark));
    is_feed.then_some((Format::Merchant, "an RSS or Atom feed"))
}

fn of_json(head: &str, first: &str) -> Option<(Format, &'static str)> {
    let Ok(line) = serde_json::from_str::<Value>(first) else {
        let is_linked =
            ["\"@context\"", "\"@type\"", "\"@graph\""].iter().any(|m| head.contains(m));
        return is_linked.then_some((Format::SchemaOrg, "a JSON-LD document"));
    };
    let has = |name: &str| line.get(name).is_some();
    match Shape::of(&line) {
        Some(Shape::Ga4) if has("event_name") => {
            return Some((Format::Ga4, "rows with `event_name`"));
        }
        Some(Shape::Ga4) => return Some((Format::Ga4, "bodies with `events` that have names")),
        Some(Shape::Segment) => return Some((Format::Segment, "calls with `event` or `batch`")),
        None => {}
    }
    if has("@type") || has("@context") || has("@graph") {
        return Some((Format::SchemaOrg, "objects with `@type`"));
    }
    if ["event_id", "shopper", "kind"].iter().all(|name| has(name)) {
        return Some((Format::Candor, "events as `candor export` writes them"));
    }
    if has("item_id") {
        return Some((Format::Candor, "items as `candor export` writes them"));
    }
    if ["asin", "parent_asin", "reviewerID"].iter().any(|name| has(name)) {
        return Some((Format::AmazonReviews, "rows with `asin`"));
    }
    has("type").then_some((Format::Segment, "calls with `type`"))
}

fn of_header(first: &str) -> Option<(Format, &'static str)> {
    if first.split('\t').all(|cell| cell.contains(":token") || cell.contains(":float")) {
        return Some((Format::Recbole, "a header that types its columns"));
    }
    let delimiter = [',', '\t', ';', '|'].into_iter().max_by_key(|d| first.matches(*d).count());
    let cells = first.split(delimiter.unwrap_or(','));
    let names: Vec<String> = cells.map(|cell| plain(cell.trim_start_matches("g:"))).collect();
    let has = |wanted: &[&str]| wanted.iter().any(|name| names.iter().any(|known| known == name));
    let known = [
        (
            has(&["handle", "urlhandle"]) && has(&["title"]) && has(&["vendor", "variantprice"]),
            (Format::Shopify, "the header of a Shopify export of products"),
        ),
        (
            has(&["type"]) && has(&["name"]) && has(&["sku"]) && has(&["regularprice", "parent"]),
            (Format::Woocommerce, "the header of a WooCommerce export of products"),
        ),
        (
            has(&["visitorid"]) && has(&["itemid"]) && has(&["event"]) && has(&["timestamp"]),
            (Format::Retailrocket, "the header of RetailRocket's events"),
        ),
        (
            has(&["itemid"]) && has(&["title"]) && has(&["attributes"]) && first.contains('\t'),
            (Format::Sequences, "the header of a table of items for sequences"),
        ),
        (
            has(&["id"]) && has(&["title"]) && has(&["link", "imagelink", "availability"]),
            (Format::Merchant, "the header of a product feed"),
        ),
        (
            crate::read::table::columns::knows_item(&names),
            (Format::Csv, "a header with an item column"),
        ),
    ];
    known.into_iter().find_map(|(is_so, format)| is_so.then_some(format))
}

fn of_rows(first: &str) -> Option<(Format, &'static str)> {
    let cells: Vec<&str> = first.split(',').map(str::trim).collect();
    if cells.len() == 5 && ["pv", "buy", "cart", "fav"].contains(&cells[3]) {
        return Some((Format::Taobao, "five columns with Taobao's behaviours"));
    }
    let is_list = first.split_whitespace().count() > 1 && !first.contains([',', '\t', ';', '|']);
    is_list.then_some((Format::Sequences, "lines of words"))
}
