//! The settings of a shop, section by section, and the sections that the shop itself reads.
//!
//! Whoever opens a shop reads the layers, checks every section and hands them over; each crate has
//! the type of its own section and asks for it.

use std::any::{Any, TypeId, type_name};
use std::fmt;

use domain::ItemId;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Checked sections, one of each type.
#[derive(Default)]
pub struct Settings(FxHashMap<TypeId, Box<dyn Any + Send + Sync>>);

impl Settings {
    /// These settings with a section; another of its type is replaced.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, section: T) -> Self {
        self.0.insert(TypeId::of::<T>(), Box::new(section));
        self
    }

    /// The section of a type.
    ///
    /// # Panics
    /// Where whoever opened the shop left the section out, which is a mistake in the program.
    #[must_use]
    pub fn section<T: Any>(&self) -> &T {
        let section = self.0.get(&TypeId::of::<T>()).and_then(|section| section.downcast_ref());
        section.unwrap_or_else(|| panic!("the shop was opened without {}", type_name::<T>()))
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("n_sections", &self.0.len()).finish_non_exhaustive()
    }
}

/// The shop as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShopConfig {
    /// What the pages call the shop.
    pub name: String,
    /// Language of reasons where neither request nor shopper says.
    pub language: domain::Language,
    /// True when the shop's data are simulated; then every page and answer says so.
    pub simulated: bool,
    /// Items placed by hand in every list where they may be shown; each says so.
    pub pinned: Vec<Pinned>,
}

/// The clock of the shop: part of the section `prepare`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockConfig {
    /// IANA name of the zone whose clock events without their own are told by.
    pub zone: String,
}

/// Words that the shop adds to the tokeniser: part of the section `language`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordsConfig {
    /// The words.
    pub words: Vec<String>,
}

/// What corrections do to scores: part of the section `ask`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CorrectionsConfig {
    /// What "more of this" adds to a score, and "less of this" takes from it.
    pub preference_boost: f32,
}

/// A place given by hand. The item must be one that may be shown, and its reason always says that
/// it was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Pinned {
    /// The item.
    pub item_id: ItemId,
    /// Its place, from 1.
    pub rank: u32,
    /// True where somebody pays for it: an advertisement.
    #[serde(default)]
    pub paid: bool,
}
