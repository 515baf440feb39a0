//! Every setting of a shop, typed, in layers: defaults in the binary, then `candor.toml` in the
//! shop's folder, then `CANDOR_…` in the environment. Checked when the shop is opened.

use std::path::Path;

use explain::ExplainConfig;
use feeds::{FeedConfig, FeedsConfig};
use recommend::RecommendConfig;
use serde::{Deserialize, Serialize};
use signals::SignalsConfig;

use shop::settings::{ClockConfig, CorrectionsConfig, Settings, ShopConfig, WordsConfig};

use experimentation::experiment::ExperimentsConfig;
use experimentation::optimise::OptimiseConfig;
use experimentation::seeded_error::SeededErrorConfig;
use experimentation::survey::SurveyConfig;
use ingest::prepare::PrepareConfig;
use serving::dialogue::AskConfig;
use serving::wording::LanguageConfig;
use shop::ShopError;
use shop::history::HistoryConfig;

mod layers;

use layers::Layers;

/// The commented defaults, as `candor config` prints them.
pub const DEFAULT_TOML: &str = include_str!("../../../config/default.toml");

/// Name of the settings file in a shop's folder.
pub const FILE_NAME: &str = "candor.toml";

/// Name of the file in a shop's folder that lists words which are never cut, one a line.
pub const WORDS_FILE: &str = "words.txt";

/// Every setting. Documented key by key in `config/default.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The shop as a whole.
    pub shop: ShopConfig,
    /// Making imported files fit to learn from.
    pub prepare: PrepareConfig,
    /// What of a shopper's past counts.
    pub history: HistoryConfig,
    /// Fitting.
    pub signals: SignalsConfig,
    /// Putting a list together.
    pub recommend: RecommendConfig,
    /// Claims and reasons.
    pub explain: ExplainConfig,
    /// Whose words reasons are in.
    pub language: LanguageConfig,
    /// Asking shoppers.
    pub surveys: SurveyConfig,
    /// Experiments.
    pub experiments: ExperimentsConfig,
    /// Wrong things put into test traffic on purpose.
    pub seeded_errors: SeededErrorConfig,
    /// The loop.
    pub optimise: OptimiseConfig,
    /// Questions and corrections.
    pub ask: AskConfig,
    /// Serving over HTTP.
    pub serve: ServeConfig,
    /// Sources that are looked at on a schedule while the shop is served.
    #[serde(default)]
    pub feeds: Vec<FeedConfig>,
}

/// Serving over HTTP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServeConfig {
    /// Address and port to listen on.
    pub listen: String,
    /// Secret key of the shop's own servers: everything but administration.
    pub server_key: Option<String>,
    /// Secret key of administrators.
    pub admin_key: Option<String>,
    /// Key that may be in a web page; acts only for the shopper of a signed token.
    pub publishable_key: Option<String>,
    /// Secret that Shopify signs its webhooks with; without it none are taken.
    #[serde(default)]
    pub shopify_secret: Option<String>,
    /// Currency of the Shopify shop's prices, which its product bodies do not name.
    pub shopify_currency: domain::Currency,
    /// Origins of pages that may call the server.
    pub cors_origins: Vec<String>,
    /// Largest request body, in bytes.
    pub body_limit_bytes: usize,
    /// Largest file that `PUT /v1/feed` takes, in bytes.
    pub feed_limit_bytes: u64,
    /// Most requests per key and second, on average.
    pub requests_per_second: u32,
    /// Most requests per key at once, after a pause.
    pub burst: u32,
    /// How long a signed shopper token holds, in seconds.
    pub token_seconds: u64,
    /// A request that takes longer is given up, in seconds.
    pub timeout_seconds: u64,
    /// How long a page of the console waits for a reading of the log before it shows how far that
    /// is, in milliseconds.
    pub patience_ms: u64,
}

impl Config {
    /// The defaults, with these settings over them.
    ///
    /// # Errors
    /// [`ShopError::Config`] with the key and what is expected.
    pub fn over_defaults(settings: &str) -> Result<Self, ShopError> {
        Self::read(Self::defaults().and_then(|layers| layers.text("the settings given", settings)))
    }

    /// Reads the layers for the shop in `folder`.
    ///
    /// # Errors
    /// [`ShopError::Config`] with the key and what is expected.
    pub fn load(folder: &Path) -> Result<Self, ShopError> {
        // A variable that is not Unicode cannot be a setting.
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        let layers = Self::defaults().and_then(|layers| layers.file(&folder.join(FILE_NAME)));
        let mut config = Self::read(layers.map(|layers| layers.environment("CANDOR_", variables)))?;
        config.language.words.extend(listed_words(&folder.join(WORDS_FILE))?);
        Ok(config)
    }

    fn defaults() -> Result<Layers, String> {
        Layers::default().text("the defaults", DEFAULT_TOML)
    }

    fn read(layers: Result<Layers, String>) -> Result<Self, ShopError> {
        let config: Self =
            layers.and_then(Layers::read).map_err(|problem| ShopError::Config { problem })?;
        config.check()?;
        Ok(config)
    }

    /// The sections, each under its type, for a shop that is opened with them.
    #[must_use]
    pub fn sections(&self) -> Settings {
        Settings::default()
            .with(ClockConfig { zone: self.prepare.zone.clone() })
            .with(CorrectionsConfig { preference_boost: self.ask.preference_boost })
            .with(WordsConfig { words: self.language.words.clone() })
            .with(self.shop.clone())
            .with(self.prepare.clone())
            .with(self.history.clone())
            .with(self.signals.clone())
            .with(self.recommend.clone())
            .with(self.explain.clone())
            .with(self.language.clone())
            .with(self.surveys.clone())
            .with(self.experiments.clone())
            .with(self.seeded_errors.clone())
            .with(self.optimise.clone())
            .with(self.ask.clone())
            .with(FeedsConfig(self.feeds.clone()))
            .with(self.serve.clone())
            .with(self.clone())
    }

    pub(crate) fn check(&self) -> Result<(), ShopError> {
        let bad = |problem: String| Err(ShopError::Config { problem });
        let share = |name: &str, value: f64| {
            if (0.0..=1.0).contains(&value) {
                Ok(())
            } else {
                bad(format!("{name} is {value}, but a share lies between 0 and 1"))
            }
        };
        share("recommend.relevance", f64::from(self.recommend.relevance))?;
        share("recommend.category_share", f64::from(self.recommend.category_share))?;
        share("prepare.most_retired", self.prepare.most_retired)?;
        share("explain.moderate_share", self.explain.moderate_share)?;
        share("explain.strong_share", self.explain.strong_share)?;
        share("explain.surrogate_overlap", self.explain.surrogate_overlap)?;
        if self.explain.max_claims == 0 || self.recommend.pool_per_place == 0 {
            return bad("explain.max_claims and recommend.pool_per_place must be at least 1".into());
        }
        let ask = &self.ask;
        if !(ask.preference_boost > 0.0 && ask.preference_boost <= 100.0) || ask.conversations == 0
        {
            return bad(
                "ask.preference_boost must lie between 0 and 100, ask.conversations be at least 1"
                    .into(),
            );
        }
        FeedsConfig(self.feeds.clone()).check().or_else(bad)?;
        self.history.check()?;
        self.language.check()?;
        self.surveys.check()?;
        self.experiments.check()?;
        self.seeded_errors.check()?;
        self.optimise.check()?;
        self.signals.validate().map_err(|e| ShopError::Config { problem: e.to_string() })
    }
}

/// The lines of a file of words without comments; none where there is no file.
fn listed_words(path: &Path) -> Result<Vec<String>, ShopError> {
    let problem = |error| ShopError::Config {
        problem: format!("{}: {error}; it lists one word a line in UTF-8", path.display()),
    };
    let text = match std::fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read.map_err(problem)?,
    };
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_file_join_those_of_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE_NAME), "[language]\nwords = [\"云感裤\"]\n")
            .unwrap();
        std::fs::write(folder.path().join(WORDS_FILE), "\u{feff}# ours\n觅橘\r\n\nAir Pro 3\n")
            .unwrap();
        let config = Config::load(folder.path()).unwrap();
        assert_eq!(config.language.words, ["云感裤", "觅橘", "Air Pro 3"]);
        std::fs::write(folder.path().join(WORDS_FILE), [0xc3, 0xd9]).unwrap();
        let error = Config::load(folder.path()).unwrap_err().to_string();
        assert!(error.contains("words.txt") && error.contains("UTF-8"), "{error}");
    }

    #[test]
    fn the_shipped_defaults_are_valid_and_equal_the_types_own() {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::load(folder.path()).unwrap();
        assert_eq!(config.recommend, RecommendConfig::default());
        assert_eq!(config.explain, ExplainConfig::default());
        assert_eq!(config.signals, SignalsConfig::default());
        assert_eq!(config.history, HistoryConfig::default());
        assert_eq!(config.prepare, PrepareConfig::default());
        assert_eq!(config.language, LanguageConfig::default());
        assert_eq!(config.surveys, SurveyConfig::default());
        assert_eq!(config.experiments, ExperimentsConfig::default());
        assert_eq!(config.seeded_errors, SeededErrorConfig::default());
        assert_eq!(config.optimise, OptimiseConfig::default());
        assert_eq!(config.ask, AskConfig::default());
    }

    #[test]
    fn a_typing_error_in_the_settings_names_the_key() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE_NAME), "[explain]\nmin_buyer = 3\n").unwrap();
        let error = Config::load(folder.path()).unwrap_err().to_string();
        assert!(error.contains("min_buyer"), "{error}");
    }

    #[test]
    fn live_shopping_gets_no_seeded_errors_and_clicks_alone_are_no_reward() {
        let folder = tempfile::tempdir().unwrap();
        let problem = |settings: &str| {
            std::fs::write(folder.path().join(FILE_NAME), settings).unwrap();
            Config::load(folder.path()).unwrap_err().to_string()
        };
        assert!(problem("[seeded_errors]\ntraffic = [\"live\"]\n").contains("live"));
        let clicks = "[optimise.reward]\ncart = 0.0\npurchase = 0.0\nhelpful = 0.0\n";
        assert!(problem(clicks).contains("clicks alone"));
        let mostly = "[optimise.reward]\nclick = 0.9\n";
        assert!(problem(mostly).contains("worth less"));
    }

    #[test]
    fn settings_under_their_earlier_names_are_still_read() {
        let earlier = "[ask]\ntilt = 2.0\n[probes]\ntraffic = [\"test\"]\nshare = 0.5\n";
        let config = Config::over_defaults(earlier).unwrap();
        assert_eq!((config.ask.preference_boost, config.seeded_errors.share), (2.0, 0.5));
        let now = earlier.replace("tilt", "preference_boost").replace("probes", "seeded_errors");
        assert_eq!(config, Config::over_defaults(&now).unwrap());
    }

    #[test]
    fn a_share_above_one_is_refused_with_its_key() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE_NAME), "[recommend]\nrelevance = 2.0\n").unwrap();
        let error = Config::load(folder.path()).unwrap_err().to_string();
        assert!(error.contains("recommend.relevance"), "{error}");
    }
}
