//! What is said of files beside what is in them, as the command line writes it: one form for the
//! settings, for a query, and for what a command hands to a server.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use domain::{Currency, EventKind, Timestamp};
use formats::{DateOrder, Decimal, Mapping, Options, RatingScale, Surveyed};
use ingest::import::{Alignment, MatchBy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use shop::id_edit::IdEdit;

/// A value with its spelling, so that it can be handed on as it was written.
#[derive(Clone)]
pub struct Spelt<T> {
    raw: String,
    /// What it means.
    pub value: T,
}

impl<T> Spelt<T> {
    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.raw
    }
}

impl<T: FromStr> FromStr for Spelt<T> {
    type Err = T::Err;

    fn from_str(raw: &str) -> Result<Self, T::Err> {
        Ok(Self { raw: raw.to_owned(), value: raw.parse()? })
    }
}

impl<T> fmt::Debug for Spelt<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.raw, f)
    }
}

impl<T> PartialEq for Spelt<T> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl<T> Serialize for Spelt<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.raw)
    }
}

impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for Spelt<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The options of `candor import`, under the same names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeedOptions {
    /// csv: which column is which, e.g. `item=StockCode`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub map: Vec<Spelt<Mapping>>,
    /// csv: separator of columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// Currency of prices that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<Spelt<Currency>>,
    /// Kind of events whose row names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Spelt<EventKind>>,
    /// Scale of ratings that is not 1-5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating_scale: Option<Spelt<RatingScale>>,
    /// The mark before decimals: `comma` or `point`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<Spelt<Decimal>>,
    /// The order of day, month and year: `dmy`, `mdy` or `ymd`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dates: Option<Spelt<DateOrder>>,
    /// An edit of the beginning of ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_prefix: Option<Spelt<IdEdit>>,
    /// An edit of the end of ids.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_suffix: Option<Spelt<IdEdit>>,
    /// What ids of events are looked up by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_match: Option<Spelt<MatchBy>>,
    /// Ids of the files, and what they are called in the shop.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub id_map: BTreeMap<String, String>,
    /// The files list everything that is sold.
    #[serde(skip_serializing_if = "is_false")]
    pub complete: bool,
    /// They list some items only.
    #[serde(skip_serializing_if = "is_false")]
    pub partial: bool,
    /// Retire without asking, however many items it is.
    #[serde(skip_serializing_if = "is_false")]
    pub yes: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

fn value<T: Clone>(spelt: Option<&Spelt<T>>) -> Option<T> {
    spelt.map(|spelt| spelt.value.clone())
}

impl FeedOptions {
    /// Checks what single options cannot say.
    ///
    /// # Errors
    /// The options that do not go together, and what would.
    pub fn check(&self) -> Result<(), &'static str> {
        if self.complete && self.partial {
            return Err("complete and partial exclude each other: say one");
        }
        if self.yes && !self.complete {
            return Err("yes goes with complete alone");
        }
        if self.delimiter.is_some_and(|delimiter| !delimiter.is_ascii()) {
            return Err("delimiter: use one ASCII character");
        }
        Ok(())
    }

    /// For the reader of the files.
    #[must_use]
    pub fn reading(&self, now: Timestamp) -> Options {
        Options {
            kind: value(self.kind.as_ref()),
            columns: self.map.iter().map(|mapping| mapping.value.clone()).collect(),
            delimiter: self.delimiter.and_then(|delimiter| u8::try_from(delimiter).ok()),
            currency: value(self.currency.as_ref()),
            rating_scale: value(self.rating_scale.as_ref()),
            now: Some(now),
            decimal: value(self.decimal.as_ref()),
            dates: value(self.dates.as_ref()),
            surveyed: Surveyed::default(),
        }
    }

    /// How ids of the files become those of the shop.
    #[must_use]
    pub fn alignment(&self) -> Alignment {
        Alignment {
            prefix: value(self.id_prefix.as_ref()),
            suffix: value(self.id_suffix.as_ref()),
            by: value(self.id_match.as_ref()),
            table: self.id_map.iter().map(|(from, to)| (from.clone(), to.clone())).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_come_back_as_they_were_written() {
        let written = r#"{"map":["item=Art. Nr.","price=Preis"],"delimiter":";","currency":"EUR",
            "decimal":"comma","dates":"dmy","rating_scale":"0-10","id_prefix":"strip:gla_",
            "id_match":"case","id_map":{"a":"b"},"complete":true}"#;
        let options: FeedOptions = serde_json::from_str(written).unwrap();
        assert_eq!(options.check(), Ok(()));
        let again = serde_json::to_value(&options).unwrap();
        assert_eq!(again, serde_json::from_str::<serde_json::Value>(written).unwrap());
        let reading = options.reading(Timestamp(1));
        assert_eq!((reading.delimiter, reading.decimal), (Some(b';'), Some(Decimal::Comma)));
        assert_eq!(options.alignment().table["a"], "b");
    }

    #[test]
    fn a_wrong_option_is_named() {
        let refused =
            |written: &str| serde_json::from_str::<FeedOptions>(written).unwrap_err().to_string();
        assert!(refused(r#"{"decimal":"dash"}"#).contains("dash"));
        assert!(refused(r#"{"compleet":true}"#).contains("compleet"));
        let both = FeedOptions { complete: true, partial: true, ..FeedOptions::default() };
        assert!(both.check().unwrap_err().contains("exclude"));
        assert!(FeedOptions { yes: true, ..FeedOptions::default() }.check().is_err());
    }
}
