//! The formats, their descriptions, and the options of reading. The parser of each format is a file
//! of its own under `read`.

use std::fmt;
use std::str::FromStr;

use domain::Invalid;
use serde::{Deserialize, Serialize};

/// A format of files that others make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// `user item item …` per line.
    Sequences,
    /// Any delimited text with a header.
    Csv,
    /// Amazon review data of 2018 and 2023.
    AmazonReviews,
    /// RecBole atomic files.
    Recbole,
    /// GA4: BigQuery export and Measurement Protocol.
    Ga4,
    /// Segment, RudderStack and PostHog calls.
    Segment,
    /// Google Merchant Center feeds.
    Merchant,
    /// Shopify's product CSV.
    Shopify,
    /// WooCommerce's product CSV.
    Woocommerce,
    /// schema.org products in JSON-LD.
    SchemaOrg,
    /// Taobao's UserBehavior log.
    Taobao,
    /// RetailRocket's events.
    Retailrocket,
    /// Our own export.
    Candor,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 13] = [
        Self::Sequences,
        Self::Csv,
        Self::AmazonReviews,
        Self::Recbole,
        Self::Ga4,
        Self::Segment,
        Self::Merchant,
        Self::Shopify,
        Self::Woocommerce,
        Self::SchemaOrg,
        Self::Taobao,
        Self::Retailrocket,
        Self::Candor,
    ];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sequences => "sequences",
            Self::Csv => "csv",
            Self::AmazonReviews => "amazon-reviews",
            Self::Recbole => "recbole",
            Self::Ga4 => "ga4",
            Self::Segment => "segment",
            Self::Merchant => "merchant",
            Self::Shopify => "shopify",
            Self::Woocommerce => "woocommerce",
            Self::SchemaOrg => "schema-org",
            Self::Taobao => "taobao",
            Self::Retailrocket => "retailrocket",
            Self::Candor => "candor",
        }
    }

    /// Whether its files hold products only, and no shoppers.
    #[must_use]
    pub fn is_catalogue(self) -> bool {
        matches!(self, Self::Merchant | Self::Shopify | Self::Woocommerce | Self::SchemaOrg)
    }

    /// Whether people open and save its files in a spreadsheet.
    #[must_use]
    pub fn is_spreadsheet(self) -> bool {
        matches!(self, Self::Csv | Self::Merchant | Self::Shopify | Self::Woocommerce)
    }

    /// Returns one line that describes the files.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Sequences => {
                "lines of `user item item …`, oldest first; optionally a TSV of items with columns item_id, title, attributes"
            }
            Self::Csv => {
                "delimited text with a header: orders, events, reviews or a catalogue; columns found by name or mapped"
            }
            Self::AmazonReviews => {
                "JSON lines of Amazon reviews and item metadata, layouts of 2018 and 2023, told apart by content"
            }
            Self::Recbole => {
                "tab-separated .inter and .item files whose header types each column, as in user_id:token"
            }
            Self::Segment => {
                "JSON lines of Segment, RudderStack or PostHog calls, or of batches of them"
            }
            Self::Merchant => {
                "a product feed as Google Merchant Center takes it: tab-separated, RSS 2.0 or Atom"
            }
            Self::Shopify => "Shopify's export of products as CSV, with the old or the new header",
            Self::Woocommerce => "WooCommerce's export of products as CSV",
            Self::SchemaOrg => {
                "schema.org products in JSON-LD: lines, a document, or pages that hold it"
            }
            Self::Taobao => "lines of `user,item,category,pv|buy|cart|fav,seconds`, no header",
            Self::Candor => "JSON lines of events or items as `candor export` writes them",
            Self::Retailrocket => "a CSV of timestamp, visitorid, event, itemid, transactionid",
            Self::Ga4 => "JSON lines of the GA4 BigQuery export, or of Measurement Protocol bodies",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let name = raw.trim().to_ascii_lowercase();
        let name = match name.as_str() {
            "rudderstack" | "posthog" => Self::Segment.name(), // the same calls
            own => own,
        };
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| {
            let hint = "use ga4, segment, taobao, retailrocket, merchant, shopify, woocommerce, \
                        schema-org, csv, sequences, amazon-reviews or recbole";
            Invalid::new("format", "is not known", raw, hint)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_comes_back_from_its_name() {
        for format in Format::ALL {
            assert_eq!(format.name().parse::<Format>().unwrap(), format);
        }
        assert!("parquet".parse::<Format>().is_err());
    }
}
