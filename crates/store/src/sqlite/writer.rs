//! The one writing thread: takes every waiting write into one transaction, so that many writes
//! share one fsync.
//!
//! A write that fails is undone alone (savepoint); nobody is answered before the commit is on disk.
//! The writes themselves stand in the files of their subjects.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use domain::IngestId;
use rusqlite::{Connection, params};

use super::connection::{Doing, run};
use super::wipe;
use crate::ids::{IdMaker, now_ms};
use crate::{Counts, StoreError};

/// Most writes that share one transaction; keeps the wait of the first one short.
const MAX_GROUP: usize = 256;
/// Writes that may wait before callers are held back.
const QUEUE: usize = 1024;
/// How long after the last write to try again to wipe the disk.
const RETRY_WIPE: Duration = Duration::from_secs(1);

/// Tells a caller how its write ended: `Err` when the transaction could not be committed.
type Finish = Box<dyn FnOnce(Result<Wiped, StoreError>) + Send>;
type Job = Box<dyn FnOnce(&mut Transaction<'_>) -> Finish + Send>;

/// Whether deleted bytes have left the disk.
pub(super) type Wiped = bool;

/// The open transaction of a write, with the shop's ids and counts.
pub(super) struct Transaction<'c> {
    /// The connection inside the transaction.
    pub(super) db: &'c Connection,
    /// How much there is, to be kept right by every write.
    pub(super) counts: Counts,
    /// Set by a write whose deleted bytes must leave the disk before it is answered.
    pub(super) wipe: bool,
    newest: IngestId,
    ids: IdMaker,
}

impl Transaction<'_> {
    /// The id of a new piece of the shop's data.
    pub(super) fn next_id(&mut self) -> IngestId {
        self.newest = self.ids.next(now_ms());
        self.newest
    }

    /// An id that does not count as new data.
    pub(super) fn next_answer_id(&mut self) -> IngestId {
        self.ids.next(now_ms())
    }
}

/// The handle of the writing thread.
pub(super) struct Writer {
    queue: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread on its own connection.
    pub(super) fn start(db: Connection) -> Result<Self, StoreError> {
        let (queue, jobs) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || serve(&db, &jobs))
            .map_err(|source| StoreError::Backend {
                doing: "start the writing thread",
                source: source.into(),
            })?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Runs `work` in the next transaction and returns once it is on disk.
    pub(super) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.write_and_wipe(work).map(|(done, _)| done)
    }

    /// As [`Writer::write`], and says whether deleted bytes have left the disk.
    pub(super) fn write_and_wipe<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<(T, Wiped), StoreError> {
        let (answer, answered) = sync_channel(1);
        let job: Job = Box::new(move |transaction| {
            let done = alone(transaction, work);
            Box::new(move |committed| {
                // A caller that has gone away needs no answer.
                let _ = answer.send(done.and_then(|done| committed.map(|wiped| (done, wiped))));
            })
        });
        let queue = self.queue.as_ref().ok_or(StoreError::Stopped)?;
        queue.send(job).map_err(|_| StoreError::Stopped)?;
        answered.recv().map_err(|_| StoreError::Stopped)?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None; // the thread ends when nothing can be sent any more
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Runs one write so that its failure undoes nothing else.
fn alone<T>(
    transaction: &mut Transaction<'_>,
    work: impl FnOnce(&mut Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let (counts, newest, wipe) = (transaction.counts, transaction.newest, transaction.wipe);
    let db = transaction.db;
    run(db, "SAVEPOINT one")?;
    let done = work(transaction);
    if done.is_err() {
        run(db, "ROLLBACK TO one")?;
        (transaction.counts, transaction.newest, transaction.wipe) = (counts, newest, wipe);
    }
    run(db, "RELEASE one")?;
    done
}

fn serve(db: &Connection, jobs: &Receiver<Job>) {
    let mut wiped = wipe::is_wiped(db);
    loop {
        let first = if wiped {
            jobs.recv().map_err(RecvTimeoutError::from)
        } else {
            jobs.recv_timeout(RETRY_WIPE)
        };
        match first {
            Ok(first) => {
                let group = std::iter::once(first).chain(jobs.try_iter()).take(MAX_GROUP);
                wiped &= commit_group(db, group);
            }
            Err(RecvTimeoutError::Timeout) => wiped = wipe::wipe(db).is_ok(),
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

/// Runs a group of writes, commits, wipes where asked, answers.
fn commit_group(db: &Connection, group: impl Iterator<Item = Job>) -> Wiped {
    let mut finishes = Vec::new();
    let committed = in_transaction(db, |transaction| {
        finishes.extend(group.map(|job| job(transaction)));
    });
    let wiped = !matches!(committed, Ok(true)) || wipe::wipe(db).is_ok();
    for finish in finishes {
        finish(match &committed {
            Ok(_) => Ok(wiped),
            Err(problem) => {
                Err(StoreError::Backend { doing: "commit", source: problem.to_string().into() })
            }
        });
    }
    wiped
}

/// Opens a transaction, reads the ledger, runs `work`, writes the ledger, commits. Returns whether
/// a wipe was asked for.
fn in_transaction(
    db: &Connection,
    work: impl FnOnce(&mut Transaction<'_>),
) -> Result<bool, StoreError> {
    run(db, "BEGIN IMMEDIATE")?;
    let done = ledger(db).and_then(|mut transaction| {
        work(&mut transaction);
        write_ledger(&transaction)?;
        run(db, "COMMIT")?;
        Ok(transaction.wipe)
    });
    if done.is_err() && !db.is_autocommit() {
        // The error at hand says more than one of the rollback would.
        let _ = run(db, "ROLLBACK");
    }
    done
}

fn ledger(db: &Connection) -> Result<Transaction<'_>, StoreError> {
    let mut select =
        db.prepare_cached("SELECT last_made, newest FROM ledger").doing("read the ledger")?;
    let (last_made, newest) =
        select.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).doing("read the ledger")?;
    Ok(Transaction {
        db,
        counts: counts(db)?,
        wipe: false,
        newest: IngestId::from_bytes(newest),
        ids: IdMaker::above(IngestId::from_bytes(last_made)),
    })
}

/// How much there is.
pub(super) fn counts(db: &Connection) -> Result<Counts, StoreError> {
    let mut select = db
        .prepare_cached("SELECT n_events, n_shoppers, n_items, n_reviews FROM ledger")
        .doing("read the ledger")?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    select
        .query_row([], |row| {
            Ok(Counts {
                events: count(row.get(0)?),
                shoppers: count(row.get(1)?),
                items: count(row.get(2)?),
                reviews: count(row.get(3)?),
            })
        })
        .doing("read the ledger")
}

fn write_ledger(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    let mut update = transaction
        .db
        .prepare_cached(
            "UPDATE ledger SET newest = ?1, last_made = ?2,
             n_events = ?3, n_shoppers = ?4, n_items = ?5, n_reviews = ?6,
             unwiped = max(unwiped, ?7)",
        )
        .doing("write the ledger")?;
    let counts = transaction.counts;
    update
        .execute(params![
            transaction.newest.to_bytes(),
            transaction.ids.last().to_bytes(),
            counts.events as i64,
            counts.shoppers as i64,
            counts.items as i64,
            counts.reviews as i64,
            transaction.wipe,
        ])
        .doing("write the ledger")
        .map(|_| ())
}

#[cfg(test)]
mod tests;
