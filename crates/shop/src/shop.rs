//! A shop at rest: its folder, settings, state and models. Importing, training, evaluating and
//! auditing start here; serving wraps it in [`Live`](crate::Live).

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use domain::ModelVersion;
use store::{Models, Reports, State};

use crate::model::{self, LoadedModel};
use crate::prepare::augment::ShopClock;
use crate::tally::Tally;
use crate::{AppError, Config};

/// A shop's folder, opened.
pub struct Shop {
    folder: PathBuf,
    config: Config,
    clock: ShopClock,
    kept: store::Shop,
    /// Held while this process may change what is counted; released by the system at exit.
    _lock: Option<File>,
}

/// What the opener is going to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read, recommend, train, evaluate, audit: beside a running server if need be.
    Read,
    /// Import, collect, erase: one process at a time.
    Write,
    /// As `Write`, and the shop is made where there is none.
    Create,
}

impl Shop {
    /// Opens the shop in `folder`.
    ///
    /// # Errors
    /// [`AppError::NoShop`], [`AppError::Busy`], [`AppError::Config`], or what the store says.
    pub fn open(folder: impl AsRef<Path>, access: Access) -> Result<Self, AppError> {
        let folder = folder.as_ref().to_path_buf();
        if access == Access::Create {
            std::fs::create_dir_all(&folder).map_err(AppError::file(&folder))?;
        } else if !store::Shop::exists(&folder) {
            return Err(AppError::NoShop { folder });
        }
        let lock = (access != Access::Read).then(|| lock(&folder)).transpose()?;
        let config = Config::load(&folder)?;
        let clock = ShopClock::new(&config.prepare.zone)
            .map_err(|error| AppError::Config { problem: error.to_string() })?;
        let kept = store::Shop::open(&folder)?;
        Ok(Self { folder, config, clock, kept, _lock: lock })
    }

    /// A shop whose state is in memory and gone with this process; its models lie in `folder`. What
    /// studies run on.
    pub(crate) fn in_memory(config: Config, folder: &Path) -> Result<Self, AppError> {
        config.check()?;
        let clock = ShopClock::new(&config.prepare.zone)
            .map_err(|error| AppError::Config { problem: error.to_string() })?;
        let kept = store::Shop::in_memory(folder)?;
        Ok(Self { folder: folder.to_path_buf(), config, clock, kept, _lock: None })
    }

    /// The clock of the shop's zone.
    pub(crate) fn clock(&self) -> &ShopClock {
        &self.clock
    }

    /// Where it lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Its data.
    #[must_use]
    pub fn state(&self) -> &dyn State {
        self.kept.state.as_ref()
    }

    /// Its models.
    #[must_use]
    pub fn models(&self) -> &Models {
        &self.kept.models
    }

    /// Reports of evaluations.
    pub(crate) fn evaluations(&self) -> &Reports {
        &self.kept.evaluations
    }

    /// Reads the model in use; `None` before the first training.
    ///
    /// # Errors
    /// What the store or the model's files say.
    pub fn current_model(&self) -> Result<Option<LoadedModel>, AppError> {
        let version = self.models().current()?;
        version.map(|version| self.model(&version)).transpose()
    }

    pub(crate) fn model(&self, version: &ModelVersion) -> Result<LoadedModel, AppError> {
        if !self.models().list()?.contains(version) {
            return Err(AppError::ModelGone { version: version.clone() });
        }
        model::load(self.models(), version)
    }

    /// Counts everything from the log, as of now.
    ///
    /// # Errors
    /// What the store says.
    pub fn count(&self) -> Result<Tally, AppError> {
        let as_of = self.state().newest()?;
        let mut tally = Tally::default();
        self.state().scan_items(as_of, &mut |id, version| tally.add_item(&id, &version))?;
        self.state().scan_events(as_of, &mut |event| tally.add_event(&event))?;
        self.state().scan_reviews(as_of, &mut |review| tally.add_review(&review))?;
        tally.advance(as_of);
        Ok(tally)
    }
}

fn lock(folder: &Path) -> Result<File, AppError> {
    let path = folder.join("lock");
    let file = File::create(&path).map_err(AppError::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(AppError::Busy { folder: folder.to_path_buf() }),
        Err(TryLockError::Error(source)) => Err(AppError::File { path, source }),
    }
}
