//! What is known of a source between two looks. It is kept with the shop, so that a server that
//! starts again neither fetches what it has nor asks a failing source at once.

use std::path::PathBuf;

use domain::Timestamp;
use formats::Format;
use serde::{Deserialize, Serialize};
use shop::ShopError;
use store::State;

use crate::options::{FeedOptions, Spelt};
use crate::source::{SourceError, Validators};

/// What came of the last look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The source has what it had.
    Unchanged,
    /// It was imported.
    Imported,
    /// It was imported, and whether what left it is retired, is asked.
    Asked,
    /// It could not be fetched.
    Unfetched,
    /// It was fetched, and could not be imported.
    Refused,
}

/// What is known of a source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// When it was looked at last.
    pub looked: Option<Timestamp>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// Why it could not be fetched.
    pub problem: Option<String>,
    /// Looks in a row without success.
    pub n_failed: u32,
    /// When to look next.
    pub next: Option<Timestamp>,
    /// What it said of the version that was imported.
    pub validators: Validators,
    /// The import that took in what it had last.
    pub import: Option<String>,
    /// A file that waits for a yes.
    pub held: Option<Held>,
}

/// A file that was imported, and that is kept until somebody says whether what is not in it is to be
/// retired. It names no shopper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// The import that asks.
    pub import: String,
    /// Where the file lies.
    pub path: PathBuf,
    /// Its format.
    pub format: Spelt<Format>,
    /// What was said of it.
    pub options: FeedOptions,
}

impl Known {
    /// What is known of the source of this name; nothing where nothing can be read.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) fn read(state: &dyn State, name: &str) -> Result<Self, ShopError> {
        let feeds = state.feeds()?;
        let found = feeds.iter().find(|(known, _)| known == name);
        // What another version wrote is learned anew.
        Ok(found.and_then(|(_, text)| serde_json::from_str(text).ok()).unwrap_or_default())
    }

    /// Keeps it.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) fn keep(&self, state: &dyn State, name: &str) -> Result<(), ShopError> {
        let text = serde_json::to_string(self).expect("names and times are plain data");
        Ok(state.keep_feed(name, Some(&text))?)
    }

    /// The last look found something, or nothing new.
    pub(crate) fn succeed(&mut self, outcome: Outcome) {
        (self.outcome, self.n_failed) = (Some(outcome), 0);
    }

    /// The last look could not fetch it.
    pub(crate) fn fail(&mut self, name: &str, error: &SourceError) {
        tracing::warn!("feed {name}: {error}");
        self.n_failed = self.n_failed.saturating_add(1);
        (self.outcome, self.problem) = (Some(Outcome::Unfetched), Some(error.to_string()));
    }

    /// The last look fetched what could not be imported.
    pub(crate) fn refuse(&mut self, problem: &str) {
        self.n_failed = self.n_failed.saturating_add(1);
        (self.outcome, self.problem) = (Some(Outcome::Refused), Some(problem.to_owned()));
    }
}
