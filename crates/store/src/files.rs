//! Files that survive a crash, and errors that name the path.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::StoreError;

/// Whether a text is a plain, visible file name on every system.
pub(crate) fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && !name.starts_with('.') && name.chars().all(plain)
}

/// Writes a file; on return it is on disk.
pub(crate) fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut file = File::create(path).at(path)?;
    file.write_all(bytes).at(path)?;
    file.sync_all().at(path)
}

/// Writes a file whole or not at all: under the name `unfinished` first.
pub(crate) fn write_whole(unfinished: &Path, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write_synced(unfinished, bytes)?;
    fs::rename(unfinished, path).at(path)
}

/// Makes the names in a folder survive a crash.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder).and_then(|f| f.sync_all()).at(folder)
}

/// Adds the path to a system's error.
pub(crate) trait At<T> {
    /// Wraps the system's error.
    fn at(self, path: &Path) -> Result<T, StoreError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Folder { path: path.to_path_buf(), source })
    }
}
