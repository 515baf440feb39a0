//! A copy of a shop's folder, taken while the shop may be serving.
//!
//! The state is copied as of one instant, under one read transaction. Models never change, so that
//! those there before the state was copied and those made meanwhile together hold every model that
//! the copied state names.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;

use crate::files::At;
use crate::{Shop, StoreError};

const STATE: &str = "state.db";
const MODELS: &str = "models";
/// What belongs to a running process, or is rebuilt from the state.
const LEFT_OUT: [&str; 6] =
    [STATE, "state.db-wal", "state.db-shm", "lock", "serving.json", "incoming"];

/// What was copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackedUp {
    /// Files, the state among them.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Copies the shop in `folder` to the new folder `into`. The copy is complete when this returns,
/// and not there under its name before.
///
/// # Errors
/// [`StoreError::Folder`] where `into` exists already or the disk is full,
/// [`StoreError::Corrupt`] where the copied state does not pass SQLite's check.
pub fn back_up(folder: &Path, into: &Path) -> Result<BackedUp, StoreError> {
    if !Shop::exists(folder) {
        return Err(no_shop(folder));
    }
    if into.exists() {
        return Err(exists(into));
    }
    let partial = partial_name(into);
    match fs::remove_dir_all(&partial) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).at(&partial),
        _ => {}
    }
    fs::create_dir_all(&partial).at(&partial)?;
    let current = current_model(folder)?;
    copy_new(folder, &partial)?;
    copy_state(&folder.join(STATE), &partial.join(STATE))?;
    copy_new(&folder.join(MODELS), &partial.join(MODELS))?;
    if let Some(current) = current {
        let path = partial.join(MODELS).join("current");
        fs::write(&path, current).at(&path)?;
    }
    let mut copied = BackedUp { files: 0, bytes: 0 };
    count(&partial, &mut copied)?;
    fs::rename(&partial, into).at(into)?;
    Ok(copied)
}

/// Copies a shop back to a folder where there is none, after the check of its state.
///
/// # Errors
/// As [`back_up`].
pub fn restore(backup: &Path, folder: &Path) -> Result<BackedUp, StoreError> {
    let is_empty =
        |path: &Path| fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    if is_empty(folder) {
        fs::remove_dir(folder).at(folder)?;
    }
    back_up(backup, folder)
}

/// The text of the file that names the model in use.
fn current_model(folder: &Path) -> Result<Option<String>, StoreError> {
    let path = folder.join(MODELS).join("current");
    match fs::read_to_string(&path) {
        Ok(name) => Ok(Some(name)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).at(&path),
    }
}

fn copy_state(from: &Path, into: &Path) -> Result<(), StoreError> {
    let failed = |source: rusqlite::Error| StoreError::Backend {
        doing: "copy the shop's state.db",
        source: Box::new(source),
    };
    let source =
        Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(failed)?;
    source.busy_timeout(std::time::Duration::from_secs(30)).map_err(failed)?;
    let mut copy = Connection::open(into).map_err(failed)?;
    {
        let backup = Backup::new(&source, &mut copy).map_err(failed)?;
        // All pages in one step: a step holds one read transaction, and writers go on beside it.
        while !matches!(backup.step(-1).map_err(failed)?, StepResult::Done) {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
    let verdict: String =
        copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(failed)?;
    if verdict != "ok" {
        return Err(StoreError::Corrupt { what: "the copy of state.db", detail: verdict });
    }
    Ok(())
}

/// Copies files and folders that are not there yet. What vanishes meanwhile is left out: models of
/// somebody who was erased, or files being replaced.
fn copy_new(from: &Path, into: &Path) -> Result<(), StoreError> {
    let entries = match fs::read_dir(from) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).at(from),
    };
    fs::create_dir_all(into).at(into)?;
    for entry in entries {
        let entry = entry.at(from)?;
        let (path, target) = (entry.path(), into.join(entry.file_name()));
        let name = entry.file_name();
        if LEFT_OUT.iter().any(|left_out| name == *left_out) {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => copy_new(&path, &target)?,
            Ok(_) if !target.exists() => match fs::copy(&path, &target) {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                copied => copied.map(|_| ()).at(&target)?,
            },
            _ => {}
        }
    }
    Ok(())
}

fn count(folder: &Path, copied: &mut BackedUp) -> Result<(), StoreError> {
    for entry in fs::read_dir(folder).at(folder)? {
        let entry = entry.at(folder)?;
        let about = entry.metadata().at(folder)?;
        if about.is_dir() {
            count(&entry.path(), copied)?;
        } else {
            copied.files += 1;
            copied.bytes += about.len();
        }
    }
    Ok(())
}

fn partial_name(into: &Path) -> PathBuf {
    let mut name = into.file_name().map(std::ffi::OsStr::to_owned).unwrap_or_default();
    name.push(".partial");
    into.with_file_name(name)
}

fn exists(path: &Path) -> StoreError {
    let source = std::io::Error::new(ErrorKind::AlreadyExists, "there is something already");
    StoreError::Folder { path: path.to_path_buf(), source }
}

fn no_shop(path: &Path) -> StoreError {
    let source = std::io::Error::new(ErrorKind::NotFound, "there is no shop (no state.db)");
    StoreError::Folder { path: path.to_path_buf(), source }
}

#[cfg(test)]
mod tests;
