//! Makes an item of one row of metadata, of either layout.

use cells::values::Values;
use domain::{Currency, Item, ItemId, Money, Text};
use serde_json::Value;

use super::Row;
use crate::text::json::{kind_of, wrong};

/// The item, and the parts that had to be left out of it.
pub(super) fn item(row: &Row, values: &Values) -> Result<(Item, Vec<&'static str>), String> {
    let id = row.text(&["parent_asin", "asin"])?;
    let id = ItemId::new(id).map_err(|e| format!("field `asin` or `parent_asin`: {e}"))?;
    let mut left_out = Vec::new();
    let categories = categories(row, &mut left_out)?;
    let (price, no_price) = price(row, values)?;
    left_out.extend(no_price);
    let paragraphs =
        [row.texts("description")?, row.texts("features")?, row.texts("feature")?].concat();
    let item = Item {
        title: text(row.text(&["title"])?),
        brand: text(row.text(&["brand", "store"])?),
        categories,
        description: text(&paragraphs.join("\n")),
        price,
        ..Item::bare(id)
    };
    Ok((item, left_out))
}

/// The path, widest first; without one the main category. A name is not repeated, and mark-up, as
/// it sometimes stands there in 2018, is none: it is left out and counted.
fn categories(row: &Row, left_out: &mut Vec<&'static str>) -> Result<Vec<Text>, String> {
    let mut names = [row.texts("category")?, row.texts("categories")?].concat();
    if names.is_empty() {
        names.push(row.text(&["main_category", "main_cat"])?);
    }
    let mut path: Vec<Text> = Vec::new();
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        if is_markup(name) {
            left_out.push("markup_category");
        } else if !path.contains(&Text::from(name)) {
            path.push(Text::from(name));
        }
    }
    Ok(path)
}

fn is_markup(name: &str) -> bool {
    name.starts_with('<') || name.contains("</")
}

/// One amount in US dollars. Ranges and mark-up are no price: they are left out and counted.
fn price(row: &Row, values: &Values) -> Result<(Option<Money>, Option<&'static str>), String> {
    let raw = match row.first(&["price"]) {
        None => return Ok((None, None)),
        Some((_, Value::Number(number))) => number.to_string(),
        Some((_, Value::String(text))) => text.trim().to_owned(),
        Some((name, other)) => return Err(wrong(name, "a text or a number", kind_of(other))),
    };
    if raw.is_empty() || matches!(raw.as_str(), "None" | "—") {
        return Ok((None, None));
    }
    let price = match row.first(&["price"]) {
        Some((_, Value::Number(_))) => values.plain_money("price", &raw, Some(Currency::USD)),
        _ => values.price("price", &raw, Some(Currency::USD)),
    };
    Ok(match price {
        Ok(price) => (Some(price), None),
        Err(_) if raw.matches('$').count() == 2 && raw.contains('-') => (None, Some("price_range")),
        Err(_) => (None, Some("unreadable_price")),
    })
}

fn text(raw: &str) -> Text {
    if raw.is_empty() { Text::Missing } else { Text::from(raw) }
}
