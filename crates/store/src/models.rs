//! Trained models: immutable folders of named files with a manifest of their hashes.
//!
//! A model appears whole or not at all, never changes, and is swapped in by renaming one small
//! file. `signals` knows what the files mean.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::ModelVersion;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::StoreError;
use crate::files::{At as _, is_plain, sync_folder, write_synced, write_whole};
use crate::ids::{IdMaker, now_ms};

/// The file that holds names, sizes and hashes, and whatever the trainer wants kept.
const MANIFEST: &str = "manifest.json";
/// The file that names the model in use.
const CURRENT: &str = "current";
/// Prefix of a folder that is still being written.
const UNFINISHED: &str = ".unfinished-";
/// Unfinished for this long means that its writer crashed.
const ABANDONED: Duration = Duration::from_secs(86_400);

/// Name, length and hash of one file of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelFile {
    /// Its name.
    pub name: String,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// Content of `manifest.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Manifest {
    version: ModelVersion,
    files: Vec<ModelFile>,
    about: Value,
}

/// The models of one shop.
#[derive(Debug, Clone)]
pub struct Models {
    folder: PathBuf,
}

impl Models {
    /// Opens the folder, makes it where it is missing, and removes the remains of a crash.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when it cannot be made or read.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).at(folder)?;
        let models = Self { folder: folder.to_path_buf() };
        models.sweep()?;
        Ok(models)
    }

    /// Removes unfinished folders that nobody can be writing any more.
    fn sweep(&self) -> Result<(), StoreError> {
        for entry in fs::read_dir(&self.folder).at(&self.folder)?.flatten() {
            let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
            let age = entry.metadata().and_then(|about| about.modified());
            let abandoned = age.is_ok_and(|at| at.elapsed().is_ok_and(|age| age > ABANDONED));
            if unfinished && abandoned {
                // Another process may have swept it first.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    /// Returns a version that no model has yet: `m` and a time-ordered ULID.
    #[must_use]
    pub fn new_version(&self) -> ModelVersion {
        let newest = self.list().ok().and_then(|all| all.into_iter().next_back());
        let floor = newest
            .and_then(|version| version.as_str().strip_prefix('m')?.parse().ok())
            .unwrap_or(domain::IngestId::ZERO);
        let id = IdMaker::above(floor).next(now_ms());
        ModelVersion::new(format!("m{id}")).expect("`m` and a ULID are an identifier")
    }

    /// Saves a model under a new version. `about` is kept in the manifest (configuration, data
    /// fingerprint, figures). On return all of it is on disk.
    ///
    /// # Errors
    /// [`StoreError::ModelExists`], [`StoreError::ModelName`] for names that are no plain file
    /// name, [`StoreError::Folder`] when the disk is full or may not be written.
    pub fn save(
        &self,
        version: &ModelVersion,
        files: &[(String, Vec<u8>)],
        about: Value,
    ) -> Result<(), StoreError> {
        let target = self.path_of(version)?;
        if target.exists() {
            return Err(StoreError::ModelExists(version.clone()));
        }
        let unfinished = self.folder.join(format!("{UNFINISHED}{version}-{}", std::process::id()));
        fs::create_dir_all(&unfinished).at(&unfinished)?;
        let saved = write_files(&unfinished, version, files, about)
            .and_then(|()| fs::rename(&unfinished, &target).at(&target));
        if saved.is_err() {
            // The error at hand says more than one of the clean-up would.
            let _ = fs::remove_dir_all(&unfinished);
        }
        saved?;
        sync_folder(&self.folder)
    }

    /// Opens a model; its files are mapped when asked for.
    ///
    /// # Errors
    /// [`StoreError::NoModel`], or [`StoreError::Corrupt`] when its manifest cannot be read.
    pub fn open_model(&self, version: &ModelVersion) -> Result<Model, StoreError> {
        let folder = self.path_of(version)?;
        let path = folder.join(MANIFEST);
        let bytes = match fs::read(&path) {
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::NoModel(version.clone()));
            }
            other => other.at(&path)?,
        };
        let manifest = serde_json::from_slice(&bytes).map_err(|problem| StoreError::Corrupt {
            what: "manifest of a model",
            detail: problem.to_string(),
        })?;
        Ok(Model { folder, manifest })
    }

    /// The model in use.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the file that names it is damaged.
    pub fn current(&self) -> Result<Option<ModelVersion>, StoreError> {
        let path = self.folder.join(CURRENT);
        let name = match fs::read_to_string(&path) {
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.at(&path)?,
        };
        ModelVersion::new(name).map(Some).map_err(|problem| StoreError::Corrupt {
            what: "name of the current model",
            detail: problem.to_string(),
        })
    }

    /// Puts a saved model into use, in one step.
    ///
    /// # Errors
    /// [`StoreError::NoModel`] when it was not saved.
    pub fn set_current(&self, version: &ModelVersion) -> Result<(), StoreError> {
        self.open_model(version)?;
        let unfinished = self.folder.join(format!("{UNFINISHED}{CURRENT}-{}", std::process::id()));
        write_whole(&unfinished, &self.folder.join(CURRENT), version.as_str().as_bytes())?;
        sync_folder(&self.folder)
    }

    /// Every saved version, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Folder`] when the folder cannot be read.
    pub fn list(&self) -> Result<Vec<ModelVersion>, StoreError> {
        let mut versions = Vec::new();
        for entry in fs::read_dir(&self.folder).at(&self.folder)? {
            let entry = entry.at(&self.folder)?;
            let name = entry.file_name();
            let named = name.to_str().filter(|name| is_plain(name));
            if let Some(name) = named
                && entry.path().join(MANIFEST).is_file()
            {
                versions.extend(ModelVersion::new(name));
            }
        }
        versions.sort();
        Ok(versions)
    }

    /// Removes a model that is not in use. Maps that are still open stay readable.
    ///
    /// # Errors
    /// [`StoreError::ModelIsCurrent`], [`StoreError::NoModel`].
    pub fn remove(&self, version: &ModelVersion) -> Result<(), StoreError> {
        if self.current()?.as_ref() == Some(version) {
            return Err(StoreError::ModelIsCurrent(version.clone()));
        }
        let path = self.path_of(version)?;
        if !path.exists() {
            return Err(StoreError::NoModel(version.clone()));
        }
        // Out of sight first, so that no half-removed model can be opened.
        let unfinished = self.folder.join(format!("{UNFINISHED}{version}-{}", std::process::id()));
        fs::rename(&path, &unfinished).at(&path)?;
        fs::remove_dir_all(&unfinished).at(&unfinished)
    }

    fn path_of(&self, version: &ModelVersion) -> Result<PathBuf, StoreError> {
        if is_plain(version.as_str()) && version.as_str() != CURRENT {
            Ok(self.folder.join(version.as_str()))
        } else {
            Err(StoreError::ModelName(version.to_string()))
        }
    }
}

/// One saved model.
#[derive(Debug, Clone)]
pub struct Model {
    folder: PathBuf,
    manifest: Manifest,
}

/// The bytes of one file of a model, mapped and not copied.
#[derive(Debug)]
pub struct Mapped(memmap2::Mmap);

impl std::ops::Deref for Mapped {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Model {
    /// Its version.
    #[must_use]
    pub fn version(&self) -> &ModelVersion {
        &self.manifest.version
    }

    /// Returns the trainer's entry in the manifest.
    #[must_use]
    pub fn about(&self) -> &Value {
        &self.manifest.about
    }

    /// Its files.
    #[must_use]
    pub fn files(&self) -> &[ModelFile] {
        &self.manifest.files
    }

    /// Maps a file. Checks its length; [`Model::verify`] checks its content.
    ///
    /// # Errors
    /// [`StoreError::NoModelFile`], or [`StoreError::ModelChanged`] when the length is not that of
    /// the manifest.
    #[expect(unsafe_code, reason = "memory maps; the file is never changed after its rename")]
    pub fn file(&self, name: &str) -> Result<Mapped, StoreError> {
        let known = self.known(name)?;
        let path = self.folder.join(name);
        let file = File::open(&path).at(&path)?;
        // SAFETY: files of a model are written before the folder gets its name and never again;
        // removal unlinks them, which leaves maps intact.
        let map = unsafe { memmap2::Mmap::map(&file) }.at(&path)?;
        if map.len() as u64 == known.bytes { Ok(Mapped(map)) } else { Err(self.changed(name)) }
    }

    /// Hashes every file and compares with the manifest.
    ///
    /// # Errors
    /// [`StoreError::ModelChanged`] for the first file that differs.
    pub fn verify(&self) -> Result<(), StoreError> {
        for known in &self.manifest.files {
            if sha256(&self.file(&known.name)?) != known.sha256 {
                return Err(self.changed(&known.name));
            }
        }
        Ok(())
    }

    fn known(&self, name: &str) -> Result<&ModelFile, StoreError> {
        let mut files = self.manifest.files.iter();
        files.find(|file| file.name == name).ok_or_else(|| StoreError::NoModelFile {
            version: self.manifest.version.clone(),
            file: name.to_owned(),
        })
    }

    fn changed(&self, file: &str) -> StoreError {
        StoreError::ModelChanged { version: self.manifest.version.clone(), file: file.to_owned() }
    }
}

fn write_files(
    folder: &Path,
    version: &ModelVersion,
    files: &[(String, Vec<u8>)],
    about: Value,
) -> Result<(), StoreError> {
    let mut manifest =
        Manifest { version: version.clone(), files: Vec::with_capacity(files.len()), about };
    for (name, bytes) in files {
        if !is_plain(name) || name == MANIFEST {
            return Err(StoreError::ModelName(name.clone()));
        }
        write_synced(&folder.join(name), bytes)?;
        manifest.files.push(ModelFile {
            name: name.clone(),
            bytes: bytes.len() as u64,
            sha256: sha256(bytes),
        });
    }
    let text = serde_json::to_vec_pretty(&manifest).map_err(|problem| StoreError::Corrupt {
        what: "manifest to be saved",
        detail: problem.to_string(),
    })?;
    write_synced(&folder.join(MANIFEST), &text)?;
    sync_folder(folder)
}

fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
