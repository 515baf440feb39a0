//! Connections to `state.db`: how they are set up, the schema they find, and the pool for reads.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::StoreError;

/// How long one process waits for another one's transaction.
pub(super) const BUSY: Duration = Duration::from_secs(30);
/// Connections kept open for reads; more are made when more are needed at once.
const POOLED: usize = 8;
/// Statements kept ready per connection; more than there are.
const STATEMENTS: usize = 64;

/// Numbered, in order, never edited after landing.
const MIGRATIONS: [&str; 9] = [
    include_str!("../../migrations/0001_state.sql"),
    include_str!("../../migrations/0002_chain.sql"),
    include_str!("../../migrations/0003_observed.sql"),
    include_str!("../../migrations/0004_joined.sql"),
    include_str!("../../migrations/0005_correction.sql"),
    include_str!("../../migrations/0006_words.sql"),
    include_str!("../../migrations/0007_erased_name.sql"),
    include_str!("../../migrations/0008_feed.sql"),
    include_str!("../../migrations/0009_order.sql"),
];

/// Adds to an engine's error what was being done.
pub(super) trait Doing<T> {
    /// Wraps the engine's error.
    fn doing(self, doing: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for rusqlite::Result<T> {
    fn doing(self, doing: &'static str) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Backend { doing, source: Box::new(source) })
    }
}

/// Runs one statement without parameters.
pub(super) fn run(db: &Connection, statement: &str) -> Result<(), StoreError> {
    let mut prepared = db.prepare_cached(statement).doing("write")?;
    prepared.execute([]).doing("write").map(|_| ())
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let db = Connection::open(path).doing("open the shop's state.db")?;
    db.busy_timeout(BUSY).doing("open")?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    // Plans do not depend on the values that are bound, or else a statement is parsed and planned
    // again at each use: a tenth of an import's time.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).doing("open")?;
    Ok(db)
}

/// The connection that writes; brings the schema up to date first.
pub(super) fn for_writing(path: &Path) -> Result<Connection, StoreError> {
    let mut db = connect(path)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;
         PRAGMA cache_size = -65536;
         PRAGMA wal_autocheckpoint = 8192;",
    )
    .doing("set up the shop's state.db")?;
    migrate(&mut db)?;
    Ok(db)
}

fn migrate(db: &mut Connection) -> Result<(), StoreError> {
    let tx =
        db.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).doing("migrate")?;
    let found: u32 =
        tx.pragma_query_value(None, "user_version", |row| row.get(0)).doing("migrate")?;
    let known = MIGRATIONS.len() as u32;
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    for (version, migration) in (found + 1..).zip(&MIGRATIONS[found as usize..]) {
        tx.execute_batch(migration).doing("migrate")?;
        tx.pragma_update(None, "user_version", version).doing("migrate")?;
    }
    tx.commit().doing("migrate")
}

/// Connections for reads, made as needed and given back after use.
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// A pool over a file that is already set up.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, idle: Mutex::default() }
    }

    /// Lends a connection to `question`. Questions may ask further ones meanwhile.
    pub(super) fn ask<T>(
        &self,
        question: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.lock().pop();
        let db = idle.map_or_else(|| self.connect(), Ok)?;
        let answer = question(&db)?; // a connection that met an error is not reused
        let mut idle = self.lock();
        if idle.len() < POOLED {
            idle.push(db);
        }
        Ok(answer)
    }

    fn connect(&self) -> Result<Connection, StoreError> {
        let db = connect(&self.path)?;
        db.execute_batch("PRAGMA query_only = ON;").doing("open")?;
        Ok(db)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // The list is whole even if a holder panicked: each step leaves it so.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
