//! The parts of a catalogue entry that a claim can speak of.

use domain::{Item, Text};
use serde::{Deserialize, Serialize};

/// An attribute that items can share.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Attribute {
    /// Who makes it.
    Brand,
    /// Its narrowest category.
    Category,
    /// A named attribute of the feed.
    Named(String),
}

/// Where the catalogue says something of an item.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// In its title.
    Title,
    /// As its brand.
    Brand,
    /// As one of its categories.
    Category,
    /// In the description.
    Description,
    /// As an attribute.
    Named(String),
}

impl Field {
    /// What an item says in this field.
    #[must_use]
    pub fn texts<'i>(&self, item: &'i Item) -> Vec<&'i Text> {
        match self {
            Self::Title => vec![&item.title],
            Self::Brand => vec![&item.brand],
            Self::Category => item.all_categories().collect(),
            Self::Description => vec![&item.description],
            Self::Named(name) => item.attributes.get(name).into_iter().flatten().collect(),
        }
    }
}
