//! One look at a source: whether it has something new, and if so a copy of it.
//!
//! Responsible for not fetching what is known, and for limits of time and size. The file of a
//! source is copied before it is read, because its owner may write it anew meanwhile.

mod address;
mod path;

use std::io::{self, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::{FeedConfig, Place};
use crate::spool::{Spool, Spooled};

/// What a source said of the version that was imported last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Validators {
    /// The settings it was fetched under: under others the same file means something else.
    pub settings: String,
    /// `ETag`, as it was sent.
    pub etag: Option<String>,
    /// `Last-Modified`, as it was sent.
    pub last_modified: Option<String>,
    /// When a file was written, in milliseconds since 1970.
    pub modified_ms: Option<i64>,
    /// Its bytes.
    pub bytes: Option<u64>,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
}

/// What a look found.
#[derive(Debug)]
pub enum Looked {
    /// The same as before; it may say so in other words.
    Unchanged(Validators),
    /// Something new.
    New(Spooled, Validators),
}

/// Why a look found nothing.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is no such file, or it may not be read.
    #[error("{path} cannot be read: {source}")]
    File {
        /// The file.
        path: String,
        /// The system's error.
        source: io::Error,
    },
    /// A folder, a pipe, a device.
    #[error("{path} is no file; name one that is written whole and then left alone")]
    NoFile {
        /// What was named.
        path: String,
    },
    /// The file was written while it was copied.
    #[error("{path} was written while it was read; write it under another name and rename it then")]
    Written {
        /// The file.
        path: String,
    },
    /// Nobody answers, or not as agreed.
    #[error("no answer: {0}")]
    Unreachable(String),
    /// An answer that brings no file.
    #[error("the answer was {status}; {hint}")]
    Status {
        /// The status.
        status: u16,
        /// What helps.
        hint: &'static str,
    },
    /// An address that may not be followed.
    #[error("redirected to {to}, {because}; name the address itself in the settings")]
    Redirected {
        /// Where to.
        to: String,
        /// Why not.
        because: &'static str,
    },
    /// The settings allow less.
    #[error("it is larger than limit_bytes ({limit}); nothing of it was imported")]
    TooLarge {
        /// The setting.
        limit: u64,
    },
    /// The settings allow less.
    #[error("it took longer than timeout_seconds ({seconds}); nothing of it was imported")]
    TooSlow {
        /// The setting.
        seconds: u64,
    },
    /// The connection broke.
    #[error("{got} of {expected} bytes arrived, then the connection broke; nothing was imported")]
    CutOff {
        /// How many arrived.
        got: u64,
        /// How many were announced.
        expected: String,
    },
    /// A variable of the environment is missing.
    #[error("authorization_env names {0}, which is not set")]
    NoAuthorization(String),
    /// The copy could not be written.
    #[error("the shop's folder cannot be written: {0}")]
    Spool(io::Error),
}

/// Looks at a source. `folder` is the shop's.
///
/// # Errors
/// [`SourceError`]; nothing is left behind.
pub fn look(
    config: &FeedConfig,
    folder: &Path,
    known: &Validators,
    spool: &Spool,
) -> Result<Looked, SourceError> {
    let settings = settings_of(config);
    let nothing = Validators::default();
    let known = if known.settings == settings { known } else { &nothing };
    let mut looked = match config.place(folder) {
        Place::File(path) => path::look(&path, config, known, spool)?,
        Place::Address(address) => address::look(&address, config, known, spool)?,
    };
    let (Looked::Unchanged(found) | Looked::New(_, found)) = &mut looked;
    found.settings = settings;
    Ok(looked)
}

/// What a file means beside its bytes.
fn settings_of(config: &FeedConfig) -> String {
    let meaning = serde_json::json!([config.source, config.format, config.options]);
    hex(&Sha256::digest(meaning.to_string()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A copy and what was found of it.
struct Copied {
    spooled: Spooled,
    bytes: u64,
    sha256: String,
}

/// Why copying ended.
enum Ended {
    Source(io::Error, u64),
    Error(SourceError),
}

/// Copies a reader within the limits of the settings.
fn copy(
    mut from: impl Read,
    name: &str,
    config: &FeedConfig,
    (begun, spool): (Instant, &Spool),
) -> Result<Copied, Ended> {
    let failed = |error| Ended::Error(SourceError::Spool(error));
    let (spooled, mut file) = spool.begin(name).map_err(failed)?;
    let (mut hash, mut bytes) = (Sha256::new(), 0_u64);
    let mut buffer = vec![0; 64 << 10];
    let deadline = Duration::from_secs(config.timeout_seconds);
    loop {
        let n = match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Ended::Source(error, bytes)),
        };
        bytes += n as u64;
        if bytes > config.limit_bytes {
            return Err(Ended::Error(SourceError::TooLarge { limit: config.limit_bytes }));
        }
        if begun.elapsed() > deadline {
            let seconds = config.timeout_seconds;
            return Err(Ended::Error(SourceError::TooSlow { seconds }));
        }
        hash.update(&buffer[..n]);
        file.write_all(&buffer[..n]).map_err(failed)?;
    }
    file.flush().map_err(failed)?;
    Ok(Copied { spooled, bytes, sha256: hex(&hash.finalize()) })
}

impl Copied {
    /// The same bytes as before are nothing new, whatever else the source says of them.
    fn against(self, known: &Validators, mut found: Validators) -> Looked {
        (found.bytes, found.sha256) = (Some(self.bytes), Some(self.sha256));
        if found.sha256 == known.sha256 {
            Looked::Unchanged(found)
        } else {
            Looked::New(self.spooled, found)
        }
    }
}
