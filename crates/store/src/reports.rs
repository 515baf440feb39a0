//! Reports that are kept beside a shop: one JSON file each, named by day and order.
//!
//! A report appears whole or not at all, and only the newest are kept. A report that is too long is
//! an error. The content of a report is the caller's.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use domain::{IngestId, Timestamp};

use crate::StoreError;
use crate::files::{At as _, is_plain, sync_folder, write_whole};
use crate::ids::{IdMaker, now_ms};

/// Longest report.
const MOST_BYTES: u64 = 4_000_000;
/// Reports kept; older ones make room.
const KEPT: usize = 20;
/// Ending of a report's file name.
const ENDING: &str = ".json";

/// The reports in one folder, which is made with the first.
#[derive(Debug, Clone)]
pub struct Reports {
    folder: PathBuf,
}

impl Reports {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Keeps a report and returns its name, `<day>-<ULID>`; the oldest beyond twenty are removed.
    ///
    /// # Errors
    /// [`StoreError::ReportTooLong`]; [`StoreError::Folder`] when the disk is full or may not be
    /// written.
    pub fn keep(&self, report: &[u8]) -> Result<String, StoreError> {
        let id = IdMaker::above(self.newest()?).next(now_ms());
        let made = Timestamp(i64::try_from(id.made_at_ms()).unwrap_or(i64::MAX));
        let name = format!("{}-{id}", made.date());
        within_limit(&name, report.len() as u64)?;
        fs::create_dir_all(&self.folder).at(&self.folder)?;
        let unfinished = self.folder.join(format!(".unfinished-{name}"));
        write_whole(&unfinished, &self.path_of(&name)?, report)?;
        sync_folder(&self.folder)?;
        let all = self.list()?;
        for old in &all[..all.len().saturating_sub(KEPT)] {
            let path = self.path_of(old)?;
            fs::remove_file(&path).at(&path)?;
        }
        Ok(name)
    }

    /// Returns the names of all reports, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when the folder cannot be read.
    pub fn list(&self) -> Result<Vec<String>, StoreError> {
        let entries = match fs::read_dir(&self.folder) {
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.at(&self.folder)?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let file = entry.at(&self.folder)?.file_name();
            let name = file.to_str().and_then(|name| name.strip_suffix(ENDING));
            names.extend(name.filter(|name| is_plain(name)).map(str::to_owned));
        }
        names.sort();
        Ok(names)
    }

    /// The id in the newest name, so that names rise whatever the clock does.
    fn newest(&self) -> Result<IngestId, StoreError> {
        let name = self.list()?.pop().unwrap_or_default();
        let id = name.rsplit('-').next().and_then(|id| id.parse().ok());
        Ok(id.unwrap_or(IngestId::ZERO))
    }

    /// Reads a report, and never more than the limit, because another program may have written the
    /// file.
    ///
    /// # Errors
    /// [`StoreError::NoReport`], [`StoreError::ReportTooLong`], or [`StoreError::Folder`].
    pub fn read(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let path = self.path_of(name)?;
        let file = match fs::File::open(&path) {
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::NoReport(name.to_owned()));
            }
            opened => opened.at(&path)?,
        };
        within_limit(name, file.metadata().at(&path)?.len())?;
        let mut bytes = Vec::new();
        file.take(MOST_BYTES).read_to_end(&mut bytes).at(&path)?;
        Ok(bytes)
    }

    /// Returns the folder of the reports, for messages to people.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn path_of(&self, name: &str) -> Result<PathBuf, StoreError> {
        match is_plain(name) {
            true => Ok(self.folder.join(format!("{name}{ENDING}"))),
            false => Err(StoreError::NoReport(name.to_owned())),
        }
    }
}

fn within_limit(name: &str, bytes: u64) -> Result<(), StoreError> {
    match bytes <= MOST_BYTES {
        true => Ok(()),
        false => Err(StoreError::ReportTooLong { name: name.to_owned(), bytes, most: MOST_BYTES }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reports() -> (tempfile::TempDir, Reports) {
        let folder = tempfile::tempdir().unwrap();
        let reports = Reports::new(folder.path().join("evaluations"));
        (folder, reports)
    }

    #[test]
    fn a_report_comes_back_as_it_was_kept_and_only_the_newest_stay() {
        let (_folder, reports) = reports();
        assert_eq!(reports.list().unwrap(), Vec::<String>::new());
        let names: Vec<_> =
            (0..KEPT + 3).map(|n| reports.keep(n.to_string().as_bytes()).unwrap()).collect();
        let kept = reports.list().unwrap();
        assert_eq!(kept.len(), KEPT);
        assert!(names.is_sorted() && kept == names[3..], "{names:?}\n{kept:?}");
        assert_eq!(reports.read(&names[5]).unwrap(), b"5");
        assert!(matches!(reports.read(&names[0]), Err(StoreError::NoReport(_))));
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let (folder, reports) = reports();
        reports.keep(b"{}").unwrap();
        fs::write(folder.path().join("secret.json"), b"secret").unwrap();
        for name in ["../secret", "..", "", "/etc/passwd", ".unfinished", "a/b"] {
            assert!(matches!(reports.read(name), Err(StoreError::NoReport(_))), "{name:?}");
        }
    }

    #[test]
    fn what_is_too_long_is_neither_kept_nor_read() {
        let (_folder, reports) = reports();
        let long = vec![b' '; MOST_BYTES as usize + 1];
        assert!(matches!(reports.keep(&long), Err(StoreError::ReportTooLong { .. })));
        let name = reports.keep(b"{}").unwrap();
        fs::write(reports.folder().join(format!("{name}.json")), &long).unwrap();
        assert!(matches!(reports.read(&name), Err(StoreError::ReportTooLong { .. })));
    }
}
