//! Where a long training leaves off, so that it goes on after its process ended early.
//!
//! A folder `training/` in the shop's folder holds the newest state of each part of a training.
//! Refuses to fail a training because a state could not be written: it is only an insurance.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use signals::{Progress, Watch};

use shop::{Shop, ShopError};

/// A state is written at most this often; making one costs about as much as an epoch of a small
/// shop.
const EVERY: Duration = Duration::from_secs(15);

/// How to come to a new model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Training {
    Anew,
    Resume,
}

/// Tells progress on, and keeps states in files.
pub(crate) struct Checkpoints<'a> {
    folder: PathBuf,
    progress: &'a (dyn Fn(Progress) + Sync),
    written: Mutex<Instant>,
    is_interrupted: bool,
}

impl<'a> Checkpoints<'a> {
    /// Finds what an earlier training left, or removes it.
    pub(crate) fn open(
        shop: &Path,
        how: Training,
        progress: &'a (dyn Fn(Progress) + Sync),
    ) -> Result<Self, ShopError> {
        let folder = folder_in(shop);
        let is_interrupted = how == Training::Resume && folder.exists();
        let checkpoints =
            Self { folder, progress, written: Mutex::new(Instant::now()), is_interrupted };
        if !is_interrupted {
            checkpoints.remove()?;
        }
        Ok(checkpoints)
    }

    /// Whether there is something to go on with.
    pub(crate) fn is_interrupted(&self) -> bool {
        self.is_interrupted
    }

    /// Forgets every state: the training is done.
    pub(crate) fn remove(&self) -> Result<(), ShopError> {
        remove(&self.folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.safetensors"))
    }

    /// Whole or not at all: under another name first.
    fn write(&self, name: &str, state: &[u8]) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let unfinished = self.folder.join(format!("{name}.unfinished"));
        std::fs::write(&unfinished, state)?;
        std::fs::rename(unfinished, self.path(name))
    }
}

impl Watch for Checkpoints<'_> {
    fn on_progress(&self, progress: Progress) {
        (self.progress)(progress);
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.path(name)).ok().filter(|_| self.is_interrupted)
    }

    fn keep(&self, name: &str, state: &dyn Fn() -> Vec<u8>) {
        let Ok(mut written) = self.written.lock() else { return };
        if written.elapsed() >= EVERY {
            // A state that cannot be written costs the training nothing.
            let _ = self.write(name, &state());
            *written = Instant::now();
        }
    }
}

/// Removes what an interrupted training left: it has learned from everybody.
pub fn forget_interrupted(shop: &Shop) -> Result<(), ShopError> {
    remove(&folder_in(shop.folder()))
}

fn folder_in(shop: &Path) -> PathBuf {
    shop.join("training")
}

fn remove(folder: &Path) -> Result<(), ShopError> {
    match std::fs::remove_dir_all(folder) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(ShopError::File { path: folder.to_path_buf(), source })
        }
        _ => Ok(()),
    }
}
