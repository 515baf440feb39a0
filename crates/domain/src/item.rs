//! A product as the feed describes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod partial;
mod written;

pub use partial::{Fact, PartialItem, Says};

use crate::{IngestId, ItemId, Money, Text, Timestamp};

/// The attribute that lists the ids under which the shop sells the sizes and colours of one item.
pub const VARIANT_ID: &str = "variant_id";

/// The attribute of an item that no catalogue lists: only events or orders described it in passing.
pub const IN_PASSING: &str = "told_in_passing";

/// The attribute of an item that the newest feed lacks, while the shop has not said whether it sells
/// it any more.
pub const LEFT_THE_FEED: &str = "left_the_feed";

/// Attributes that serve the shop's own affairs. They describe nothing to a shopper: no reason
/// names them, and no likeness of texts rests on them.
const ADMINISTRATIVE: [&str; 27] = [
    VARIANT_ID,
    IN_PASSING,
    LEFT_THE_FEED,
    "sku",
    "gtin",
    "mpn",
    "barcode",
    "tags",
    "handle",
    "link",
    "image_link",
    "additional_image_link",
    "google_product_category",
    "availability",
    "published",
    "sale_price",
    "sale_price_effective_date",
    "compare_at_price",
    "custom_label_0",
    "custom_label_1",
    "custom_label_2",
    "custom_label_3",
    "custom_label_4",
    "expiration_date",
    "availability_date",
    "adult",
    "gift_card",
];

/// A product. Everything but the id may be missing: feeds are what they are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(from = "written::Item")]
pub struct Item {
    /// The shop's own id.
    #[serde(rename = "item_id")]
    pub id: ItemId,
    /// The shop's name for it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub title: Text,
    /// Who makes it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub brand: Text,
    /// Category path, widest first: the main one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Text>,
    /// The further category paths that the shop keeps it in, each widest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_categories: Vec<Vec<Text>>,
    /// The shop's text about it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub description: Text,
    /// The price now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// False when it cannot be bought now; missing means it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_stock: Option<bool>,
    /// When the shop began to sell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available_since: Option<Timestamp>,
    /// Address of its page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Address of its main image.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// Addresses of its further images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<String>,
    /// The number that trade knows it by: EAN, UPC, ISBN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    /// What the shop says of its shipping, e.g. `DE:::4.90 EUR`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping: Option<String>,
    /// Other named attributes, e.g. `colour: [red]`. Unknown fields of an item that is sent become
    /// attributes too.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, Vec<Text>>,
}

impl Item {
    /// An item of which only the id is known.
    #[must_use]
    pub fn bare(id: ItemId) -> Self {
        Self {
            id,
            title: Text::Missing,
            brand: Text::Missing,
            categories: Vec::new(),
            further_categories: Vec::new(),
            description: Text::Missing,
            price: None,
            in_stock: None,
            available_since: None,
            url: None,
            image: None,
            images: Vec::new(),
            gtin: None,
            shipping: None,
            attributes: BTreeMap::new(),
        }
    }

    /// Every category of every path that it is in; one that is in several paths comes several times.
    pub fn all_categories(&self) -> impl Iterator<Item = &Text> + Clone {
        self.categories.iter().chain(self.further_categories.iter().flatten())
    }

    /// The narrowest category of each path, that of the main one first, each once.
    #[must_use]
    pub fn narrowest_categories(&self) -> Vec<&Text> {
        let mut narrowest: Vec<&Text> = Vec::new();
        let paths = [&self.categories].into_iter().chain(&self.further_categories);
        for name in paths.filter_map(|path| path.last()) {
            if !narrowest.contains(&name) {
                narrowest.push(name);
            }
        }
        narrowest
    }

    /// Adds a path of categories; the first is the main one, and one that is known stays once.
    pub fn add_categories(&mut self, path: Vec<Text>) {
        match path {
            path if path.is_empty() || path == self.categories => {}
            path if self.categories.is_empty() => self.categories = path,
            path if self.further_categories.contains(&path) => {}
            path => self.further_categories.push(path),
        }
    }

    /// Whether the shop says that it is for adults only.
    #[must_use]
    pub fn is_adult(&self) -> bool {
        let said = self.attributes.get("adult").into_iter().flatten().flat_map(Text::versions);
        said.into_iter().any(|said| {
            ["yes", "true", "1", "ja", "oui", "sí", "是", "はい"]
                .iter()
                .any(|yes| said.trim().eq_ignore_ascii_case(yes))
        })
    }

    /// The narrowest category of the main path, where there is one.
    #[must_use]
    pub fn category(&self) -> Option<&Text> {
        self.categories.last()
    }

    /// Lays newer facts over these; what is missing among the newer ones stays.
    pub fn overlay(&mut self, newer: Self) {
        let keep = |old: &mut Text, new: Text| {
            if !new.is_empty() {
                *old = new;
            }
        };
        keep(&mut self.title, newer.title);
        keep(&mut self.brand, newer.brand);
        keep(&mut self.description, newer.description);
        if !newer.categories.is_empty() {
            self.categories = newer.categories;
            self.further_categories = newer.further_categories;
        }
        self.price = newer.price.or(self.price);
        self.in_stock = newer.in_stock.or(self.in_stock);
        self.available_since = newer.available_since.or(self.available_since);
        let keep = |old: &mut Option<String>, new: Option<String>| {
            if new.is_some() {
                *old = new;
            }
        };
        keep(&mut self.url, newer.url);
        keep(&mut self.image, newer.image);
        keep(&mut self.gtin, newer.gtin);
        keep(&mut self.shipping, newer.shipping);
        if !newer.images.is_empty() {
            self.images = newer.images;
        }
        self.attributes.extend(newer.attributes);
    }

    /// The attributes that describe it to a shopper, by name.
    pub fn described_by(&self) -> impl Iterator<Item = (&String, &Vec<Text>)> {
        self.attributes.iter().filter(|(name, _)| !ADMINISTRATIVE.contains(&name.as_str()))
    }

    /// Whether the shop's catalogue lists it: it was told of by more than events, and the newest feed
    /// has it.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        ![IN_PASSING, LEFT_THE_FEED].iter().any(|name| self.attributes.contains_key(*name))
    }

    /// Whether only events or orders described it.
    #[must_use]
    pub fn is_told_in_passing(&self) -> bool {
        self.attributes.contains_key(IN_PASSING)
    }

    /// The item with one of the attributes that take it out of the catalogue.
    #[must_use]
    pub fn unlisted(mut self, why: &str) -> Self {
        self.attributes.insert(why.to_owned(), vec![Text::from("yes")]);
        self
    }

    /// The item as one that the catalogue lists.
    #[must_use]
    pub fn listed(mut self) -> Self {
        self.attributes.retain(|name, _| ![IN_PASSING, LEFT_THE_FEED].contains(&name.as_str()));
        self
    }

    /// Whether it can be bought now.
    #[must_use]
    pub fn can_be_bought(&self) -> bool {
        self.in_stock != Some(false)
    }
}

/// One version of an item; versions are append-only, so that a price or a title is known as of
/// any ingest id.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredItem {
    /// When this version was taken in.
    pub version: IngestId,
    /// The item; `None` when this version says that it was deleted.
    pub item: Option<Item>,
}
