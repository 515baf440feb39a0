//! A file of this machine: looked at by size and time, then by its bytes.

use std::fs::{File, Metadata};
use std::path::Path;
use std::time::{Instant, UNIX_EPOCH};

use super::{Ended, Looked, SourceError, Validators, copy};
use crate::config::FeedConfig;
use crate::spool::Spool;

pub(super) fn look(
    path: &Path,
    config: &FeedConfig,
    known: &Validators,
    spool: &Spool,
) -> Result<Looked, SourceError> {
    let named = || path.display().to_string();
    let failed = |source| SourceError::File { path: named(), source };
    let before = path.metadata().map_err(failed)?;
    if !before.is_file() {
        return Err(SourceError::NoFile { path: named() });
    }
    let found = Validators {
        modified_ms: modified_ms(&before),
        bytes: Some(before.len()),
        ..Validators::default()
    };
    let is_same = found.modified_ms.is_some()
        && found.modified_ms == known.modified_ms
        && found.bytes == known.bytes;
    if is_same {
        return Ok(Looked::Unchanged(Validators { sha256: known.sha256.clone(), ..found }));
    }
    let file = File::open(path).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let copied =
        copy(file, &name, config, (Instant::now(), spool)).map_err(|ended| match ended {
            Ended::Source(source, _) => failed(source),
            Ended::Error(error) => error,
        })?;
    let after = path.metadata().map_err(failed)?;
    if (modified_ms(&after), after.len()) != (found.modified_ms, copied.bytes) {
        return Err(SourceError::Written { path: named() });
    }
    Ok(copied.against(known, found))
}

fn modified_ms(metadata: &Metadata) -> Option<i64> {
    let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}
