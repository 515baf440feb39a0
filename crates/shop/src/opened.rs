//! A shop at rest: its folder, settings, state and models. Importing, training, evaluating and
//! auditing start here; serving wraps it in a shop in service.

use std::any::Any;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use domain::ModelVersion;
use store::{Models, Reports, State, every};

use crate::clock::ShopClock;
use crate::error::ShopError;
use crate::live_counts::LiveCounts;
use crate::model;
use crate::model::LoadedModel;
use crate::settings::{ClockConfig, Settings};

/// A shop's folder, opened.
pub struct Shop {
    folder: PathBuf,
    settings: Settings,
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
    /// Opens the shop in `folder`, with the settings that `settings` reads for it.
    ///
    /// # Errors
    /// [`ShopError::NoShop`], [`ShopError::Busy`], [`ShopError::Config`], or what the store says.
    pub fn open(
        folder: impl AsRef<Path>,
        access: Access,
        settings: impl FnOnce(&Path) -> Result<Settings, ShopError>,
    ) -> Result<Self, ShopError> {
        let folder = folder.as_ref().to_path_buf();
        if access == Access::Create {
            std::fs::create_dir_all(&folder).map_err(ShopError::file(&folder))?;
        } else if !store::Shop::exists(&folder) {
            return Err(ShopError::NoShop { folder });
        }
        let lock = (access != Access::Read).then(|| lock(&folder)).transpose()?;
        let settings = settings(&folder)?;
        let clock = clock(&settings)?;
        let kept = store::Shop::open(&folder)?;
        Ok(Self { folder, settings, clock, kept, _lock: lock })
    }

    /// A shop whose state is in memory and gone with this process; its models lie in `folder`. What
    /// studies run on.
    ///
    /// # Errors
    /// [`ShopError::Config`], or what the store says.
    pub fn in_memory(settings: Settings, folder: &Path) -> Result<Self, ShopError> {
        let clock = clock(&settings)?;
        let kept = store::Shop::in_memory(folder)?;
        Ok(Self { folder: folder.to_path_buf(), settings, clock, kept, _lock: None })
    }

    /// Puts something between the shop and its data, e.g. what counts, delays or refuses questions
    /// in a test.
    #[must_use]
    pub fn through(mut self, wrap: impl FnOnce(Box<dyn State>) -> Box<dyn State>) -> Self {
        self.kept.state = wrap(self.kept.state);
        self
    }

    /// The clock of the shop's zone.
    #[must_use]
    pub fn clock(&self) -> &ShopClock {
        &self.clock
    }

    /// Where it lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A section of its settings.
    ///
    /// # Panics
    /// Where whoever opened the shop left the section out, which is a mistake in the program.
    #[must_use]
    pub fn config<T: Any>(&self) -> &T {
        self.settings.section()
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
    #[must_use]
    pub fn evaluations(&self) -> &Reports {
        &self.kept.evaluations
    }

    /// Reads the model in use; `None` before the first training.
    ///
    /// # Errors
    /// What the store or the model's files say.
    pub fn current_model(&self) -> Result<Option<LoadedModel>, ShopError> {
        let version = self.models().current()?;
        version.map(|version| self.model(&version)).transpose()
    }

    /// Reads a model that is kept.
    ///
    /// # Errors
    /// [`ShopError::ModelGone`], or what the store or the model's files say.
    pub fn model(&self, version: &ModelVersion) -> Result<LoadedModel, ShopError> {
        if !self.models().list()?.contains(version) {
            return Err(ShopError::ModelGone { version: version.clone() });
        }
        model::load(self.models(), version)
    }

    /// Counts everything from the log, as of now.
    ///
    /// # Errors
    /// What the store says.
    pub fn count(&self) -> Result<LiveCounts, ShopError> {
        let as_of = self.state().newest()?;
        let mut counts = LiveCounts::default();
        self.state()
            .scan_items(as_of, &mut every(|(id, version)| counts.add_item(&id, &version)))?;
        self.state().scan_events(as_of, &mut every(|event| counts.add_event(&event)))?;
        self.state().scan_reviews(as_of, &mut every(|review| counts.add_review(&review)))?;
        counts.advance(as_of);
        Ok(counts)
    }
}

fn clock(settings: &Settings) -> Result<ShopClock, ShopError> {
    let zone = &settings.section::<ClockConfig>().zone;
    ShopClock::new(zone).map_err(|error| ShopError::Config { problem: error.to_string() })
}

fn lock(folder: &Path) -> Result<File, ShopError> {
    let path = folder.join("lock");
    let file = File::create(&path).map_err(ShopError::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ShopError::Busy { folder: folder.to_path_buf() }),
        Err(TryLockError::Error(source)) => Err(ShopError::File { path, source }),
    }
}
