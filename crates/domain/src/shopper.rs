//! The preferences of a shopper, and the situation of a request.

use serde::{Deserialize, Serialize};

use crate::{Language, Timestamp};

/// The decisions of a shopper about themselves. The default decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    /// False: nothing may be computed from their history.
    pub profiling: bool,
    /// The language they read.
    pub language: Option<Language>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { profiling: true, language: None }
    }
}

/// Where in the shop recommendations are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// The front page.
    #[default]
    Home,
    /// A category page.
    Category,
    /// A product page.
    Product,
    /// The cart.
    Cart,
    /// A mail or another message.
    Message,
}

/// Class of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// A phone.
    Phone,
    /// A tablet.
    Tablet,
    /// A desktop or laptop.
    Desktop,
}

impl Device {
    /// The class that a word of an event names, as shops and trackers write it, in any case.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "phone" | "mobile" | "smartphone" | "手机" => Some(Self::Phone),
            "tablet" | "平板" => Some(Self::Tablet),
            "desktop" | "laptop" | "pc" | "computer" | "电脑" => Some(Self::Desktop),
            _ => None,
        }
    }
}

/// The situation of one request, as the caller describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct RequestContext {
    /// When; the shop's latest known time where missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<Timestamp>,
    /// Country or region code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Class of device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// Minutes that the shopper's clock is ahead of UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone_minutes: Option<i32>,
}
