//! Figures that take a reading of the whole log, kept for whoever looks next.
//!
//! Responsible for reading once however many look, for telling how far a reading is, and for
//! showing what is known, with its moment, while something newer is read. Refuses to know what is
//! read, to keep more than the newest, and to keep anything that was read before an erasure.

mod named;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::{IngestId, ModelVersion, Timestamp};

use shop::ShopError;

pub use named::Named;

/// Somebody who looks at figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looker {
    /// When.
    pub now: Timestamp,
    /// How long they wait for a reading that is not done.
    pub patience: Duration,
}

/// What somebody sees who looks at figures.
#[derive(Debug, PartialEq, Eq)]
pub enum Look<T> {
    /// Nothing yet: it is being read for the first time.
    Reading(HowFar),
    /// Figures.
    Known(Known<T>),
}

/// Figures with their moment.
#[derive(Debug, PartialEq, Eq)]
pub struct Known<T> {
    /// The figures.
    pub figures: Arc<T>,
    /// The moment that they hold for.
    pub at: Timestamp,
    /// Where there is something newer: how far reading it is.
    pub newer: Option<HowFar>,
}

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HowFar {
    /// Entries read.
    pub n_done: u64,
    /// Entries to read, where that is known.
    pub n: Option<u64>,
}

/// What figures depend on: anything written to the shop makes another mark, and so does another
/// model in use. Settings do not change while a process runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The newest id of anything that was written.
    pub newest: IngestId,
    /// The model in use.
    pub model: Option<ModelVersion>,
}

/// Counts what was read, from the thread that reads.
#[derive(Debug, Default)]
pub struct Counter {
    n_done: AtomicU64,
    /// 0: not known.
    n: AtomicU64,
}

/// One kind of figures.
#[derive(Debug)]
pub struct Reading<T> {
    state: Mutex<State<T>>,
    ended: Condvar,
    /// Shared by readings that are counted together.
    n_begun: Arc<AtomicU64>,
}

#[derive(Debug)]
struct State<T> {
    kept: Option<Kept<T>>,
    under_way: Option<Arc<Counter>>,
    /// Why the last reading failed, until somebody was told.
    failed: Option<ShopError>,
    /// Raised when everything is forgotten: what was begun before is not kept.
    generation: u64,
}

#[derive(Debug)]
struct Kept<T> {
    mark: Mark,
    at: Timestamp,
    took: Duration,
    figures: Arc<T>,
}

impl Counter {
    /// One entry more was read.
    pub fn add_one(&self) {
        self.n_done.fetch_add(1, Ordering::Relaxed);
    }

    /// There are so many.
    pub fn expect(&self, n: u64) {
        self.n.store(n, Ordering::Relaxed);
    }

    fn how_far(&self) -> HowFar {
        let n = self.n.load(Ordering::Relaxed);
        HowFar { n_done: self.n_done.load(Ordering::Relaxed), n: (n > 0).then_some(n) }
    }
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        let state = State { kept: None, under_way: None, failed: None, generation: 0 };
        Self { state: Mutex::new(state), ended: Condvar::new(), n_begun: Arc::default() }
    }
}

impl<T: Send + Sync + 'static> Reading<T> {
    /// The figures of this mark, or what is known until they are read. `read` is given the figures
    /// of before; it runs on a thread of its own, and only if nobody else's does.
    ///
    /// # Errors
    /// What a reading failed with, once; looking again reads again.
    pub fn look(
        self: &Arc<Self>,
        mark: &Mark,
        looker: Looker,
        read: impl FnOnce(Option<Arc<T>>, &Counter) -> Result<T, ShopError> + Send + 'static,
    ) -> Result<Look<T>, ShopError> {
        let until = Instant::now() + looker.patience;
        let mut read = Some(read);
        let mut state = self.lock();
        loop {
            if let Some(failed) = state.failed.take() {
                return Err(failed);
            }
            if state.is_of(mark) {
                break;
            }
            if state.under_way.is_none() {
                let Some(read) = read.take() else { break };
                self.begin(&mut state, mark.clone(), looker.now, read)?;
            }
            let left = until.saturating_duration_since(Instant::now());
            // Whoever has figures to look at does not wait for others that take long.
            let is_slow = state.kept.as_ref().is_some_and(|kept| kept.took > looker.patience);
            if left.is_zero() || is_slow {
                break;
            }
            let goes_on = |state: &mut State<T>| state.under_way.is_some();
            let waited = self.ended.wait_timeout_while(state, left, goes_on);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(state.look())
    }

    fn begin(
        self: &Arc<Self>,
        state: &mut State<T>,
        mark: Mark,
        at: Timestamp,
        read: impl FnOnce(Option<Arc<T>>, &Counter) -> Result<T, ShopError> + Send + 'static,
    ) -> Result<(), ShopError> {
        let counter = Arc::new(Counter::default());
        let before = state.kept.as_ref().map(|kept| Arc::clone(&kept.figures));
        let (reading, generation) = (Arc::clone(self), state.generation);
        let counted = Arc::clone(&counter);
        let work = move || {
            let began = Instant::now();
            let mut turn = Turn { reading, generation, mark, at, began, outcome: None };
            turn.outcome = Some(read(before, &counted));
        };
        let spawned = std::thread::Builder::new().name("reading".to_owned()).spawn(work);
        spawned.map_err(|problem| ShopError::Unread { problem: problem.to_string() })?;
        state.under_way = Some(counter);
        self.n_begun.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

impl<T> Reading<T> {
    /// Forgets everything; what is being read now is not kept either.
    pub fn forget(&self) {
        let mut state = self.lock();
        state.kept = None;
        state.generation += 1;
    }

    /// Readings that were begun so far.
    pub fn n_begun(&self) -> u64 {
        self.n_begun.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> State<T> {
    fn is_of(&self, mark: &Mark) -> bool {
        self.kept.as_ref().is_some_and(|kept| kept.mark == *mark)
    }

    fn look(&self) -> Look<T> {
        let how_far = self.under_way.as_ref().map(|counter| counter.how_far());
        match &self.kept {
            None => Look::Reading(how_far.unwrap_or_default()),
            Some(Kept { figures, at, .. }) => {
                Look::Known(Known { figures: Arc::clone(figures), at: *at, newer: how_far })
            }
        }
    }
}

/// A reading under way. However it ends, those who wait are told.
struct Turn<T> {
    reading: Arc<Reading<T>>,
    generation: u64,
    mark: Mark,
    at: Timestamp,
    began: Instant,
    /// Missing where it broke off.
    outcome: Option<Result<T, ShopError>>,
}

impl<T> Drop for Turn<T> {
    fn drop(&mut self) {
        let broken = || Err(ShopError::Unread { problem: "the reading broke off".to_owned() });
        let outcome = self.outcome.take().unwrap_or_else(broken);
        let mut state = self.reading.lock();
        state.under_way = None;
        match outcome {
            Ok(figures) if state.generation == self.generation => {
                let (mark, figures) = (self.mark.clone(), Arc::new(figures));
                state.kept = Some(Kept { mark, at: self.at, took: self.began.elapsed(), figures });
            }
            Ok(_) => {}
            Err(problem) => {
                tracing::warn!("{problem}");
                state.failed = Some(problem);
            }
        }
        drop(state);
        self.reading.ended.notify_all();
    }
}

#[cfg(test)]
mod tests;
