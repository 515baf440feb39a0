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
    further_categories: Vec<Path>,
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

/// A path of categories as names, or as one text with `>` between them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Path {
    Names(Vec<Text>),
    Written(String),
}

impl Path {
    fn names(self) -> Vec<Text> {
        match self {
            Self::Names(names) => names,
            Self::Written(path) => {
                let names = path.split('>').map(str::trim).filter(|name| !name.is_empty());
                names.map(Text::from).collect()
            }
        }
    }
}

/// Where versions before 0.2 kept further paths, as texts.
const FURTHER_BEFORE: &str = "further_categories";

impl From<Item> for super::Item {
    fn from(item: Item) -> Self {
        let mut attributes = item.attributes;
        let mut further = item.further_categories;
        if further.is_empty() {
            let kept = attributes.remove(FURTHER_BEFORE).into_iter().flatten();
            further = kept
                .filter_map(|path| path.versions().next().map(str::to_owned))
                .map(Path::Written)
                .collect();
        }
        let further = further.into_iter().map(Path::names).filter(|path| !path.is_empty());
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
            further_categories: further.collect(),
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
        let kept =
            json!({"item_id": "1", "attributes": {"further_categories": ["Home > Sale", "New"]}});
        let kept: super::super::Item = serde_json::from_value(kept).unwrap();
        let path =
            |names: &[&str]| names.iter().map(|name| crate::Text::from(*name)).collect::<Vec<_>>();
        assert_eq!(
            kept.further_categories,
            [path(&["Home", "Sale"]), path(&["New"])],
            "as versions before kept it"
        );
        assert!(kept.attributes.is_empty());
        let again = serde_json::from_value(serde_json::to_value(&item).unwrap()).unwrap();
        assert_eq!(item, again);
    }
}
