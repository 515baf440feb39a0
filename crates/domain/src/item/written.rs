//! An item as shops write it: fields that are not ours are kept as attributes, where they are texts,
//! numbers, yes or no, or lists of these.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::{ItemId, Money, Text, Timestamp};

/// Unknown fields that are kept; more are no facts of a product.
const MAX_UNKNOWN: usize = 100;

#[derive(Deserialize)]
pub(super) struct Item {
    item_id: ItemId,
    #[serde(default)]
    title: Text,
    #[serde(default)]
    brand: Text,
    #[serde(default)]
    categories: Vec<Text>,
    #[serde(default)]
    description: Text,
    #[serde(default)]
    price: Option<Money>,
    #[serde(default)]
    in_stock: Option<bool>,
    #[serde(default)]
    available_since: Option<Timestamp>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    image: Option<String>,
    #[serde(default)]
    images: Vec<String>,
    #[serde(default)]
    gtin: Option<String>,
    #[serde(default)]
    shipping: Option<String>,
    #[serde(default)]
    attributes: BTreeMap<String, Vec<Text>>,
    #[serde(flatten)]
    unknown: BTreeMap<String, Value>,
}

impl From<Item> for super::Item {
    fn from(item: Item) -> Self {
        let mut attributes = item.attributes;
        for (name, value) in item.unknown.into_iter().take(MAX_UNKNOWN) {
            let values = texts(value);
            if !values.is_empty() {
                attributes.entry(name).or_insert(values);
            }
        }
        Self {
            id: item.item_id,
            title: item.title,
            brand: item.brand,
            categories: item.categories,
            description: item.description,
            price: item.price,
            in_stock: item.in_stock,
            available_since: item.available_since,
            url: item.url,
            image: item.image,
            images: item.images,
            gtin: item.gtin,
            shipping: item.shipping,
            attributes,
        }
    }
}

fn texts(value: Value) -> Vec<Text> {
    match value {
        Value::String(text) => vec![Text::from(text)],
        Value::Number(number) => vec![Text::from(number.to_string())],
        Value::Bool(truth) => vec![Text::from(truth.to_string())],
        Value::Array(values) => {
            values.into_iter().filter(|v| !v.is_array()).flat_map(texts).collect()
        }
        Value::Null | Value::Object(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn unknown_fields_become_attributes_and_an_item_comes_back_as_it_went() {
        let written = json!({"item_id": "1", "title": "Pen", "image": "https://x/1.jpg", "weight": 12, "vegan": true,
            "colours": ["red", 7], "dimensions": {"w": 1}, "attributes": {"size": ["M"]}});
        let item: super::super::Item = serde_json::from_value(written).unwrap();
        let names: Vec<&str> = item.attributes.keys().map(String::as_str).collect();
        assert_eq!(names, ["colours", "size", "vegan", "weight"]);
        assert_eq!(item.attributes["colours"], ["red", "7"].map(crate::Text::from));
        let again = serde_json::from_value(serde_json::to_value(&item).unwrap()).unwrap();
        assert_eq!(item, again);
    }
}
