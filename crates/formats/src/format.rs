//! The formats, their descriptions, and the options of reading. The parser of each format is a file
//! of its own under `read`.

use std::fmt;
use std::str::FromStr;

use domain::{Currency, EventKind, Invalid, Rating, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{ColumnMap, Error};

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

/// Facts that the caller knows about the files and the files do not say.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Kind of event where its row does not say. Missing: `rate` where the rows hold ratings, else
    /// `purchase`.
    pub kind: Option<EventKind>,
    /// Which column is which; only for `csv`.
    pub columns: ColumnMap,
    /// Delimiter; only for `csv`. Missing: the commonest of `, ; tab |` in the header.
    pub delimiter: Option<u8>,
    /// The currency of prices whose row names none; only for tables and feeds.
    pub currency: Option<Currency>,
    /// The scale of ratings that are not 1–5; only for `csv` and `recbole`.
    pub rating_scale: Option<RatingScale>,
    /// The clock that sales with dates are judged by; only for feeds. Missing: no such sale is on.
    pub now: Option<Timestamp>,
}

impl Options {
    /// Checks that the format uses every option, so that none is silently ignored.
    ///
    /// # Errors
    /// [`Error::UnusedOption`].
    pub fn check(&self, format: Format) -> Result<(), Error> {
        let csv = format == Format::Csv;
        let prices = csv || format.is_catalogue();
        let rates = csv || format == Format::Recbole;
        let unused = [
            ("map", !self.columns.is_empty() && !csv),
            ("delimiter", self.delimiter.is_some() && !prices),
            ("currency", self.currency.is_some() && !prices),
            ("rating-scale", self.rating_scale.is_some() && !rates),
        ];
        match unused.into_iter().find(|&(_, is_unused)| is_unused) {
            Some((option, _)) => Err(Error::UnusedOption { option, format }),
            None => Ok(()),
        }
    }
}

/// The lowest and the highest rating a shop lets people give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatingScale {
    lowest: f64,
    highest: f64,
}

impl RatingScale {
    /// Reads a rating on this scale as 1–5, linearly; without a scale the rating must be 1–5.
    ///
    /// # Errors
    /// [`Invalid`] outside the scale.
    pub fn rating(scale: Option<Self>, stars: f64) -> Result<Rating, Invalid> {
        let Some(Self { lowest, highest }) = scale else {
            return Rating::new(stars);
        };
        if (lowest..=highest).contains(&stars) {
            return Rating::new(1.0 + 4.0 * (stars - lowest) / (highest - lowest));
        }
        let hint = "give the scale that the file uses, such as 0-10";
        Err(Invalid::new("rating", "is outside the given scale", &stars.to_string(), hint))
    }
}

impl FromStr for RatingScale {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let ends = raw.split_once('-').and_then(|(low, high)| {
            let (low, high) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
            Some((low, high))
        });
        match ends {
            Some((lowest, highest)) if lowest < highest && f64::is_finite(highest - lowest) => {
                Ok(Self { lowest, highest })
            }
            _ => Err(Invalid::new(
                "rating scale",
                "is not two rising numbers",
                raw,
                "write it like 0-10",
            )),
        }
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

    #[test]
    fn ratings_on_another_scale_are_rescaled_only_when_told() {
        let scale: RatingScale = "0-10".parse().unwrap();
        assert_eq!(RatingScale::rating(Some(scale), 10.0).unwrap().stars(), 5.0);
        assert_eq!(RatingScale::rating(Some(scale), 0.0).unwrap().stars(), 1.0);
        assert_eq!(RatingScale::rating(Some(scale), 5.0).unwrap().stars(), 3.0);
        assert!(RatingScale::rating(Some(scale), 11.0).is_err());
        assert!(RatingScale::rating(None, 10.0).is_err());
        for bad in ["10", "5-1", "1-1", "a-b", "0-inf"] {
            assert!(bad.parse::<RatingScale>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_option_the_format_would_ignore_is_refused() {
        let options = Options { currency: Some(Currency::GBP), ..Options::default() };
        assert!(options.check(Format::Csv).is_ok());
        let refused = options.check(Format::Sequences).unwrap_err();
        assert!(refused.to_string().contains("currency"), "{refused}");
    }
}
