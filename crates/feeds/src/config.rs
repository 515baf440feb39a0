//! The section `[[feeds]]` of the settings: sources that are looked at on a schedule.

use std::path::{Path, PathBuf};
use std::time::Duration;

use formats::Format;
use serde::{Deserialize, Serialize};

use crate::options::{FeedOptions, Spelt};

/// Every source, in the order of the settings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FeedsConfig(pub Vec<FeedConfig>);

/// A source that is looked at on a schedule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeedConfig {
    /// Its name in the console and in addresses: letters, digits, `.`, `_` and `-`.
    pub name: String,
    /// A path (from the shop's folder where it is relative), or an `http` or `https` address.
    pub source: String,
    /// How often it is looked at: a number with `s`, `m`, `h` or `d`, as in `1h`.
    #[serde(default = "hourly")]
    pub every: String,
    /// The format; told by the content where missing.
    #[serde(default)]
    pub format: Option<Spelt<Format>>,
    /// As `candor import` takes them.
    #[serde(default)]
    pub options: FeedOptions,
    /// Name of the environment variable whose value is sent as `Authorization`.
    #[serde(default)]
    pub authorization_env: Option<String>,
    /// Longest time for one look, in seconds.
    #[serde(default = "five_minutes")]
    pub timeout_seconds: u64,
    /// Largest file that is fetched.
    #[serde(default = "one_gib")]
    pub limit_bytes: u64,
}

fn hourly() -> String {
    "1h".to_owned()
}

fn five_minutes() -> u64 {
    300
}

fn one_gib() -> u64 {
    1 << 30
}

/// More often is no schedule.
const SHORTEST: Duration = Duration::from_secs(10);
const LONGEST_NAME: usize = 64;

/// Where a source lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    File(PathBuf),
    Address(String),
}

impl FeedsConfig {
    /// Checks every source.
    ///
    /// # Errors
    /// The source, and what is wrong with it.
    pub fn check(&self) -> Result<(), String> {
        for (at, feed) in self.0.iter().enumerate() {
            feed.check().map_err(|problem| format!("feeds, {:?}: {problem}", feed.name))?;
            if self.0[..at].iter().any(|other| other.name == feed.name) {
                return Err(format!("feeds: two have the name {:?}", feed.name));
            }
        }
        Ok(())
    }
}

impl FeedConfig {
    fn check(&self) -> Result<(), String> {
        if !is_name(&self.name) {
            return Err("name: use 1 to 64 letters, digits, `.`, `_` and `-`".to_owned());
        }
        let every = self.interval();
        if every.is_none_or(|every| every < SHORTEST) {
            return Err(format!("every: {:?} is no time of at least 10s; write 1h", self.every));
        }
        if self.timeout_seconds == 0 || self.limit_bytes == 0 {
            return Err("timeout_seconds and limit_bytes must be at least 1".to_owned());
        }
        if self.source.trim().is_empty() {
            return Err("source: name a file or an address".to_owned());
        }
        if let Some((scheme, _)) = self.source.split_once("://")
            && !["http", "https"].contains(&scheme)
        {
            return Err(format!("source: {scheme} is not spoken; use a path, http or https"));
        }
        self.options.check().map_err(|problem| format!("options: {problem}"))
    }

    /// The time between two looks; `None` where it cannot be read.
    pub(crate) fn interval(&self) -> Option<Duration> {
        let text = self.every.trim();
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
        let of = match unit.trim() {
            "s" => 1,
            "m" | "min" => 60,
            "h" => 3600,
            "d" => 86_400,
            _ => return None,
        };
        number.parse::<u64>().ok()?.checked_mul(of).map(Duration::from_secs)
    }

    pub(crate) fn place(&self, folder: &Path) -> Place {
        if self.source.contains("://") {
            return Place::Address(self.source.clone());
        }
        Place::File(folder.join(&self.source))
    }
}

/// Whether a text can be the name of a feed.
#[must_use]
pub fn is_name(text: &str) -> bool {
    (1..=LONGEST_NAME).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(more: &str) -> Result<(), String> {
        let text = format!(r#"{{"name":"main","source":"feed.xml"{more}}}"#);
        let feed = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        FeedsConfig(vec![feed]).check()
    }

    #[test]
    fn a_feed_needs_a_name_and_a_source_and_the_rest_has_defaults() {
        feed("").unwrap();
        feed(r#","every":"15m","format":"merchant","options":{"complete":true}"#).unwrap();
        for (wrong, named) in [
            (r#","every":"often""#, "often"),
            (r#","every":"1s""#, "at least 10s"),
            (r#","every":"h""#, "every"),
            (r#","format":"pdf""#, "pdf"),
            (r#","options":{"currency":"EURO"}"#, "EURO"),
            (r#","options":{"complete":true,"partial":true}"#, "exclude"),
            (r#","timeout_seconds":0"#, "timeout_seconds"),
            (r#","evry":"1h""#, "evry"),
        ] {
            let problem = feed(wrong).unwrap_err();
            assert!(problem.contains(named), "{wrong}: {problem}");
        }
    }

    #[test]
    fn only_files_and_http_are_sources() {
        let of = |source: &str| FeedConfig {
            source: source.to_owned(),
            ..serde_json::from_str(r#"{"name":"main","source":"x"}"#).unwrap()
        };
        assert!(FeedsConfig(vec![of("ftp://shop.example/f")]).check().is_err());
        assert!(FeedsConfig(vec![of("file:///etc/passwd")]).check().is_err());
        assert!(FeedsConfig(vec![of("a"), of("b")]).check().unwrap_err().contains("two"));
        let folder = Path::new("/shop");
        assert_eq!(of("feed.xml").place(folder), Place::File("/shop/feed.xml".into()));
        assert_eq!(of("/in/f.csv").place(folder), Place::File("/in/f.csv".into()));
        assert!(matches!(of("https://a.example/f").place(folder), Place::Address(_)));
    }
}
