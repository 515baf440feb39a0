//! Feeds: sources of the settings that are looked at on a schedule or at a wish. Feeds that are
//! pushed, and the files that wait for a yes, are in `held`.

mod held;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::Timestamp;
use shop::{LiveShop, ShopError};

use crate::config::{FeedConfig, FeedsConfig};
use crate::imports::{Imports, NotStarted, Wanted};
use crate::known::{Known, Outcome};
use crate::run::{Origin, RunState};
use crate::schedule;
use crate::source::{Looked, Validators, look};
use crate::spool::{Spool, Spooled};
pub use held::PUSHED;
use held::hold;

/// How long the import of a source waits for others.
const PATIENCE: Duration = Duration::from_secs(3600);

/// The feeds of a shop in service.
pub struct Feeds {
    live: Arc<LiveShop>,
    imports: Arc<Imports>,
    clock: fn() -> Timestamp,
    spool: Spool,
    /// Names of those that are looked at now.
    looking: Mutex<BTreeSet<String>>,
}

/// A feed and what is known of it.
#[derive(Debug, Clone)]
pub struct Pulled {
    /// Its name.
    pub name: String,
    /// Its settings; missing of one that is pushed.
    pub config: Option<FeedConfig>,
    /// What is known.
    pub known: Known,
    /// Whether it is looked at now.
    pub is_looking: bool,
}

/// Why a source is not looked at, or a file not taken up again.
#[derive(Debug, thiserror::Error)]
pub enum NotPulled {
    /// The settings name no such source.
    #[error("there is no feed {0:?} in the settings")]
    NoFeed(String),
    /// It is looked at already.
    #[error("the feed {0:?} is being pulled")]
    Busy(String),
    /// Nothing waits under this name.
    #[error("no import waits for a yes under {0:?}")]
    NothingHeld(String),
    /// The file that waited is gone.
    #[error("the file of {0:?} is not there any more: pull it again, or send it again")]
    Gone(String),
    /// An import does not start.
    #[error(transparent)]
    NotStarted(#[from] NotStarted),
    /// The shop says no.
    #[error(transparent)]
    Shop(#[from] ShopError),
    /// The system gives no thread.
    #[error("no thread for it: {0}")]
    Thread(#[from] std::io::Error),
}

impl Feeds {
    /// The feeds of a shop's settings. Files that an earlier process left behind are removed.
    ///
    /// # Errors
    /// What the store or the system says.
    pub fn new(
        live: Arc<LiveShop>,
        imports: Arc<Imports>,
        clock: fn() -> Timestamp,
    ) -> Result<Arc<Self>, ShopError> {
        let folder = live.shop().folder().to_owned();
        let feeds =
            Self { spool: Spool::of(&folder), live, imports, clock, looking: Mutex::default() };
        let known = feeds.live.shop().state().feeds()?;
        let known = known.iter().filter_map(|(_, text)| serde_json::from_str::<Known>(text).ok());
        let kept: Vec<_> = known.filter_map(|known| known.held).map(|held| held.path).collect();
        feeds.spool.sweep(&kept).map_err(ShopError::file(folder.join("incoming")))?;
        Ok(Arc::new(feeds))
    }

    /// The folder of incoming files.
    #[must_use]
    pub fn spool(&self) -> &Spool {
        &self.spool
    }

    /// The imports.
    #[must_use]
    pub fn imports(&self) -> &Arc<Imports> {
        &self.imports
    }

    /// The sources of the settings.
    #[must_use]
    pub fn configs(&self) -> &[FeedConfig] {
        &self.live.shop().config::<FeedsConfig>().0
    }

    /// Every feed of the settings, and every other that waits for a yes.
    ///
    /// # Errors
    /// What the store says.
    pub fn list(&self) -> Result<Vec<Pulled>, ShopError> {
        let looking = self.lock().clone();
        let kept = self.live.shop().state().feeds()?;
        let read = |text: &String| serde_json::from_str::<Known>(text).ok();
        let known = |name: &str| {
            let found = kept.iter().find(|(known, _)| known == name);
            found.and_then(|(_, text)| read(text)).unwrap_or_default()
        };
        let configured = self.configs().iter().map(|config| Pulled {
            name: config.name.clone(),
            known: known(&config.name),
            config: Some(config.clone()),
            is_looking: looking.contains(&config.name),
        });
        let others = kept.iter().filter(|(name, _)| self.config(name).is_none());
        let others = others.filter_map(|(name, text)| {
            let known = read(text).filter(|known| known.held.is_some())?;
            Some(Pulled { name: name.clone(), config: None, known, is_looking: false })
        });
        Ok(configured.chain(others).collect())
    }

    /// Looks at every source whose time has come, each on a thread of its own.
    ///
    /// # Errors
    /// What the store says.
    pub fn pull_due(self: &Arc<Self>) -> Result<(), ShopError> {
        let now = (self.clock)();
        for feed in self.list()? {
            let is_due = feed.known.next.is_none_or(|next| next <= now);
            if feed.config.is_some() && is_due && !feed.is_looking {
                match self.pull_in_background(&feed.name) {
                    Ok(()) | Err(NotPulled::Busy(_)) => {}
                    Err(error) => tracing::warn!("feed {}: {error}", feed.name),
                }
            }
        }
        Ok(())
    }

    /// Looks at a source now, on a thread of its own.
    ///
    /// # Errors
    /// [`NotPulled`].
    pub fn pull_in_background(self: &Arc<Self>, name: &str) -> Result<(), NotPulled> {
        let looking = self.begin(name)?;
        let work = move || {
            let Looking { feeds, name } = &looking;
            if let Err(error) = feeds.pull(name) {
                tracing::error!("feed {name}: {error}");
            }
        };
        std::thread::Builder::new().name("feed".to_owned()).spawn(work)?;
        Ok(())
    }

    /// Looks at a source now, and imports what is new; what is known of it then.
    ///
    /// # Errors
    /// [`NotPulled`]; a source that fails is no error, but known to have failed.
    pub fn pull_now(self: &Arc<Self>, name: &str) -> Result<Known, NotPulled> {
        let looking = self.begin(name)?;
        self.pull(&looking.name)
    }

    fn begin(self: &Arc<Self>, name: &str) -> Result<Looking, NotPulled> {
        self.config(name).ok_or_else(|| NotPulled::NoFeed(name.to_owned()))?;
        if !self.lock().insert(name.to_owned()) {
            return Err(NotPulled::Busy(name.to_owned()));
        }
        Ok(Looking { feeds: Arc::clone(self), name: name.to_owned() })
    }

    fn pull(&self, name: &str) -> Result<Known, NotPulled> {
        let config = self.config(name).ok_or_else(|| NotPulled::NoFeed(name.to_owned()))?;
        let (state, folder) = (self.live.shop().state(), self.live.shop().folder());
        let mut known = Known::read(state, name)?;
        let looked = look(config, folder, &known.validators, &self.spool);
        known.looked = Some((self.clock)());
        known.problem = None;
        match looked {
            Err(error) => known.fail(name, &error),
            Ok(Looked::Unchanged(validators)) => {
                known.succeed(Outcome::Unchanged);
                known.validators = validators;
            }
            Ok(Looked::New(spooled, validators)) => {
                self.import(config, &mut known, (spooled, validators))?;
            }
        }
        let now = (self.clock)();
        let every = config.interval().unwrap_or(PATIENCE);
        known.next = Some(schedule::next(name, now, every, known.n_failed));
        known.keep(state, name)?;
        Ok(known)
    }

    /// Imports what a source had, and learns what became of it.
    fn import(
        &self,
        config: &FeedConfig,
        known: &mut Known,
        (spooled, validators): (Spooled, Validators),
    ) -> Result<(), NotPulled> {
        let format = config.format.as_ref().map(|format| format.value);
        let wanted = Wanted {
            origin: Origin::Pulled,
            feed: Some(config.name.clone()),
            format,
            paths: vec![spooled.path().to_owned()],
            options: config.options.clone(),
            spooled: vec![spooled],
        };
        let mut held = None;
        let run = self.imports.run_then(wanted, PATIENCE, |run, spooled| {
            held = Some(hold(run, spooled, &config.options));
        });
        let run = match run {
            Ok(run) => run,
            Err(error) => {
                known.refuse(&error.to_string());
                return Ok(());
            }
        };
        // A newer file takes the place of one that waited.
        if let Some(old) = known.held.take() {
            drop(self.spool.again(&old.path));
        }
        (known.import, known.held) = (Some(run.id.clone()), held.flatten());
        match run.state {
            RunState::Done => known.succeed(Outcome::Imported),
            RunState::Asked => known.succeed(Outcome::Asked),
            RunState::Failed | RunState::Running => {
                // Its cause stands in the import's record: it may quote a row.
                known.n_failed = known.n_failed.saturating_add(1);
                known.outcome = Some(Outcome::Refused);
                return Ok(());
            }
        }
        known.validators = validators;
        Ok(())
    }

    fn config(&self, name: &str) -> Option<&FeedConfig> {
        self.configs().iter().find(|config| config.name == name)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.looking.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A source that is looked at; another look may begin when this is dropped.
struct Looking {
    feeds: Arc<Feeds>,
    name: String,
}

impl Drop for Looking {
    fn drop(&mut self) {
        self.feeds.lock().remove(&self.name);
    }
}
