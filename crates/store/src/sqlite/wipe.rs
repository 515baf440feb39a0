//! Removal of deleted bytes from the disk.
//!
//! `secure_delete` alone is not enough: where SQLite once split a page, copies of the rows that
//! moved stay in the unused part of the old page, and deleting a row does not find those. So the
//! file is written anew and the log truncated. That costs a copy of the database, once for all
//! erasures that wait together.

use std::time::Duration;

use rusqlite::Connection;

use super::connection::{BUSY, Doing, run};
use crate::StoreError;

/// How long a wipe waits for reads that hold old pages; writes wait as long.
const PATIENCE: Duration = Duration::from_millis(200);

/// Whether the last wipe asked for was finished, in this process or an earlier one.
pub(super) fn is_wiped(db: &Connection) -> bool {
    db.query_row("SELECT unwiped FROM ledger", [], |row| row.get::<_, bool>(0))
        .is_ok_and(|unwiped| !unwiped)
}

/// Rewrites the file, empties the log, and notes that it is done.
///
/// # Errors
/// When a long read still holds old pages, or the disk has no room for the copy.
pub(super) fn wipe(db: &Connection) -> Result<(), StoreError> {
    db.busy_timeout(PATIENCE).doing("wipe")?;
    let wiped = run(db, "VACUUM").and_then(|()| truncate_log(db));
    db.busy_timeout(BUSY).doing("wipe")?;
    wiped?;
    run(db, "UPDATE ledger SET unwiped = 0")
}

/// Moves the write-ahead log into the file and truncates it.
pub(super) fn truncate_log(db: &Connection) -> Result<(), StoreError> {
    let busy: bool = db
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .doing("truncate the log")?;
    if busy {
        return Err(StoreError::Backend {
            doing: "truncate the log",
            source: "a long read still needs it".into(),
        });
    }
    Ok(())
}
