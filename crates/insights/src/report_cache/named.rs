//! Reports by a name that somebody chose: only a few are kept.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::CachedReport;

/// Most names that are kept; the one that was requested longest ago goes first.
const MOST_KEPT: usize = 8;

/// Reports by name, the latest requested last.
#[derive(Debug)]
pub struct Named<T> {
    kept: Mutex<VecDeque<(String, Arc<CachedReport<T>>)>>,
    n_begun: Arc<AtomicU64>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { kept: Mutex::default(), n_begun: Arc::default() }
    }
}

impl<T> Named<T> {
    /// The report of this name.
    pub fn of(&self, name: &str) -> Arc<CachedReport<T>> {
        let mut kept = self.lock();
        let at = kept.iter().position(|(known, _)| known == name);
        let found = at.and_then(|at| kept.remove(at));
        let (name, report) = found.unwrap_or_else(|| {
            let n_begun = Arc::clone(&self.n_begun);
            (name.to_owned(), Arc::new(CachedReport { n_begun, ..CachedReport::default() }))
        });
        kept.push_back((name, Arc::clone(&report)));
        if kept.len() > MOST_KEPT {
            kept.pop_front();
        }
        report
    }

    /// Forgets everything, as [`CachedReport::forget`] does.
    pub fn forget(&self) {
        let mut kept = self.lock();
        kept.iter().for_each(|(_, report)| report.forget());
        kept.clear();
    }

    /// Computations under any name that were begun so far.
    pub fn n_begun(&self) -> u64 {
        self.n_begun.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(String, Arc<CachedReport<T>>)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_looked_at_last_are_kept() {
        let named = Named::<u8>::default();
        let first = named.of("0");
        (1..MOST_KEPT).for_each(|n| drop(named.of(&n.to_string())));
        assert!(Arc::ptr_eq(&first, &named.of("0")), "it is still there, and looked at again");
        named.of("another");
        assert!(Arc::ptr_eq(&first, &named.of("0")));
        assert_eq!(named.lock().len(), MOST_KEPT);
        assert!(named.lock().iter().all(|(name, _)| name != "1"));
        named.forget();
        assert!(!Arc::ptr_eq(&first, &named.of("0")));
    }
}
