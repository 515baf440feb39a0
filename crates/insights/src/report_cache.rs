//! Caches reports that are computed from the whole log.
//!
//! Computes a report once however many requests wait for it, reports the progress, and serves the
//! cached value, with its time, while a newer one is computed. What is computed is passed in; only
//! the newest value is kept, and none that was computed before an erasure.

mod named;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::{IngestId, ModelVersion, Timestamp};

use shop::ShopError;

pub use named::Named;

/// A request for a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lookup {
    /// The time of the request.
    pub now: Timestamp,
    /// How long the request waits for a computation that is not done.
    pub patience: Duration,
}

/// The answer to a [`Lookup`].
#[derive(Debug, PartialEq, Eq)]
pub enum Report<T> {
    /// Nothing is cached: the report is being computed for the first time.
    Pending(Progress),
    /// A value is cached.
    Ready(Ready<T>),
}

/// A cached value with its time.
#[derive(Debug, PartialEq, Eq)]
pub struct Ready<T> {
    /// The value.
    pub value: Arc<T>,
    /// The time that it holds for.
    pub at: Timestamp,
    /// The progress of a newer one, where one is being computed.
    pub newer: Option<Progress>,
}

/// How far a computation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Entries read.
    pub n_done: u64,
    /// Entries to read, where that is known.
    pub n: Option<u64>,
}

/// What a report depends on: anything written to the shop makes another key, and so does another
/// model in use. Settings do not change while a process runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheKey {
    /// The newest id of anything that was written.
    pub newest: IngestId,
    /// The model in use.
    pub model: Option<ModelVersion>,
}

/// Counts the entries that were read, from the thread that computes.
#[derive(Debug, Default)]
pub struct Counter {
    n_done: AtomicU64,
    /// 0: not known.
    n: AtomicU64,
}

/// One kind of report.
#[derive(Debug)]
pub struct CachedReport<T> {
    state: Mutex<State<T>>,
    ended: Condvar,
    /// Shared by reports that are counted together.
    n_begun: Arc<AtomicU64>,
}

#[derive(Debug)]
struct State<T> {
    cached: Option<Cached<T>>,
    under_way: Option<Arc<Counter>>,
    /// Why the last computation failed, until it was returned to a request.
    failed: Option<ShopError>,
    /// Raised when everything is forgotten: what was begun before is not cached.
    generation: u64,
}

#[derive(Debug)]
struct Cached<T> {
    key: CacheKey,
    at: Timestamp,
    took: Duration,
    value: Arc<T>,
}

impl Counter {
    /// Counts one entry more.
    pub fn add_one(&self) {
        self.n_done.fetch_add(1, Ordering::Relaxed);
    }

    /// Sets the number of entries.
    pub fn expect(&self, n: u64) {
        self.n.store(n, Ordering::Relaxed);
    }

    fn progress(&self) -> Progress {
        let n = self.n.load(Ordering::Relaxed);
        Progress { n_done: self.n_done.load(Ordering::Relaxed), n: (n > 0).then_some(n) }
    }
}

impl<T> Default for CachedReport<T> {
    fn default() -> Self {
        let state = State { cached: None, under_way: None, failed: None, generation: 0 };
        Self { state: Mutex::new(state), ended: Condvar::new(), n_begun: Arc::default() }
    }
}

impl<T: Send + Sync + 'static> CachedReport<T> {
    /// Returns the report of this key, or what is cached until it is computed. `compute` is given the
    /// value of before; it runs on a thread of its own, and only if no other computation runs.
    ///
    /// # Errors
    /// The error of the computation, once; the next request computes again.
    pub fn get(
        self: &Arc<Self>,
        key: &CacheKey,
        lookup: Lookup,
        compute: impl FnOnce(Option<Arc<T>>, &Counter) -> Result<T, ShopError> + Send + 'static,
    ) -> Result<Report<T>, ShopError> {
        let until = Instant::now() + lookup.patience;
        let mut compute = Some(compute);
        let mut state = self.lock();
        loop {
            if let Some(failed) = state.failed.take() {
                return Err(failed);
            }
            if state.is_of(key) {
                break;
            }
            if state.under_way.is_none() {
                let Some(compute) = compute.take() else { break };
                self.begin(&mut state, key.clone(), lookup.now, compute)?;
            }
            let left = until.saturating_duration_since(Instant::now());
            // A request that has a cached value does not wait for a newer one that takes long.
            let is_slow = state.cached.as_ref().is_some_and(|cached| cached.took > lookup.patience);
            if left.is_zero() || is_slow {
                break;
            }
            let goes_on = |state: &mut State<T>| state.under_way.is_some();
            let waited = self.ended.wait_timeout_while(state, left, goes_on);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(state.get())
    }

    fn begin(
        self: &Arc<Self>,
        state: &mut State<T>,
        key: CacheKey,
        at: Timestamp,
        compute: impl FnOnce(Option<Arc<T>>, &Counter) -> Result<T, ShopError> + Send + 'static,
    ) -> Result<(), ShopError> {
        let counter = Arc::new(Counter::default());
        let before = state.cached.as_ref().map(|cached| Arc::clone(&cached.value));
        let (report, generation) = (Arc::clone(self), state.generation);
        let counted = Arc::clone(&counter);
        let work = move || {
            let began = Instant::now();
            let mut computation = Computation { report, generation, key, at, began, outcome: None };
            computation.outcome = Some(compute(before, &counted));
        };
        let spawned = std::thread::Builder::new().name("report".to_owned()).spawn(work);
        spawned.map_err(|problem| ShopError::Unread { problem: problem.to_string() })?;
        state.under_way = Some(counter);
        self.n_begun.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

impl<T> CachedReport<T> {
    /// Forgets everything; what is being computed now is not cached either.
    pub fn forget(&self) {
        let mut state = self.lock();
        state.cached = None;
        state.generation += 1;
    }

    /// Computations that were begun so far.
    pub fn n_begun(&self) -> u64 {
        self.n_begun.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> State<T> {
    fn is_of(&self, key: &CacheKey) -> bool {
        self.cached.as_ref().is_some_and(|cached| cached.key == *key)
    }

    fn get(&self) -> Report<T> {
        let progress = self.under_way.as_ref().map(|counter| counter.progress());
        match &self.cached {
            None => Report::Pending(progress.unwrap_or_default()),
            Some(Cached { value, at, .. }) => {
                Report::Ready(Ready { value: Arc::clone(value), at: *at, newer: progress })
            }
        }
    }
}

/// A computation under way. However it ends, the requests that wait are notified.
struct Computation<T> {
    report: Arc<CachedReport<T>>,
    generation: u64,
    key: CacheKey,
    at: Timestamp,
    began: Instant,
    /// Missing where it broke off.
    outcome: Option<Result<T, ShopError>>,
}

impl<T> Drop for Computation<T> {
    fn drop(&mut self) {
        let broken = || Err(ShopError::Unread { problem: "the report broke off".to_owned() });
        let outcome = self.outcome.take().unwrap_or_else(broken);
        let mut state = self.report.lock();
        state.under_way = None;
        match outcome {
            Ok(value) if state.generation == self.generation => {
                let (key, value) = (self.key.clone(), Arc::new(value));
                state.cached = Some(Cached { key, at: self.at, took: self.began.elapsed(), value });
            }
            Ok(_) => {}
            Err(problem) => {
                tracing::warn!("{problem}");
                state.failed = Some(problem);
            }
        }
        drop(state);
        self.report.ended.notify_all();
    }
}

#[cfg(test)]
mod tests;
