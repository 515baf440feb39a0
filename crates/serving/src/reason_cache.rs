//! What was verified for a request, kept for the next time the same is asked in the same state.
//!
//! Responsible for never serving what is stale. Refuses to keep sentences or choices: those depend
//! on the reader, so that the kept claims are chosen from and phrased anew each time.

use std::sync::{Arc, Mutex, PoisonError};

use answers::answer::Record;
use explain::VerifiedItem;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

/// Most answers that are kept. At ten items and some ten claims each, about 20 MB.
const MOST_KEPT: usize = 500;

/// The state of shop and shopper that verified claims hold in.
///
/// It is the SHA-256 of everything that the audit needs to verify the claims of an answer again:
/// the ingest id up to which everything counts (so any event, rating, item version, decision or
/// erasure anywhere makes another key), the model's version, and the record of the answer without
/// its outcome: history with event ids and weights, why nothing is known, seeds, filters,
/// exclusions, length of the list, the request's own moment, how the list is put together, and the
/// bars of every claim. So whatever could change a verdict is in the key, and a field that is later
/// added to the record is in it by itself. Left out are only what no verdict depends on: who
/// asks, language, preferred kinds, names of variants and style, and the request's id. The list
/// itself follows from the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct StateKey([u8; 32]);

impl StateKey {
    /// The key of an answer that is yet to be given: `record` holds no items and no warnings.
    pub(crate) fn new(
        as_of: domain::IngestId,
        model_version: &domain::ModelVersion,
        record: &Record,
    ) -> Self {
        debug_assert!(record.items.is_empty() && record.warnings.is_empty(), "no outcome yet");
        let treated = record.treated.of_scores();
        let any_reader = Record { lang: domain::Language::default(), treated, ..record.clone() };
        let state = (as_of, model_version, any_reader);
        let bytes = serde_json::to_vec(&state).expect("a record is plain data");
        Self(Sha256::digest(bytes).into())
    }
}

/// The least recently used is dropped first.
#[derive(Default)]
pub(crate) struct ReasonCache {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// Since which erasure.
    epoch: u64,
    clock: u64,
    entries: FxHashMap<StateKey, (u64, Arc<[VerifiedItem]>)>,
}

impl ReasonCache {
    /// What was verified in this state before, or else what `verify` finds now. What is verified on a
    /// snapshot of another epoch than the cache's is not kept.
    pub(crate) fn get_or(
        &self,
        key: StateKey,
        epoch: u64,
        verify: impl FnOnce() -> Vec<VerifiedItem>,
    ) -> Arc<[VerifiedItem]> {
        if let Some(known) = self.kept().touch(key) {
            return known;
        }
        // Outside the lock: two at once may both verify, and find the same.
        let verified: Arc<[VerifiedItem]> = verify().into();
        let mut kept = self.kept();
        if kept.epoch == epoch {
            kept.insert(key, Arc::clone(&verified));
        }
        verified
    }

    /// Forgets everything and begins another epoch: after an erasure nothing of the erased may stay
    /// in memory, or come into it again.
    pub(crate) fn begin(&self, epoch: u64) {
        *self.kept() = Kept { epoch, ..Kept::default() };
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn touch(&mut self, key: StateKey) -> Option<Arc<[VerifiedItem]>> {
        self.clock += 1;
        let (used, verified) = self.entries.get_mut(&key)?;
        *used = self.clock;
        Some(Arc::clone(verified))
    }

    fn insert(&mut self, key: StateKey, verified: Arc<[VerifiedItem]>) {
        if self.entries.len() >= MOST_KEPT {
            let oldest = self.entries.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(oldest) = oldest.map(|(key, _)| *key) {
                self.entries.remove(&oldest);
            }
        }
        self.entries.insert(key, (self.clock, verified));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: usize) -> StateKey {
        StateKey(Sha256::digest(n.to_le_bytes()).into())
    }

    #[test]
    fn the_least_recently_used_goes_first_and_nothing_grows_without_end() {
        let cache = ReasonCache::default();
        let mut n_verified = 0;
        let mut ask = |n: usize| {
            cache.get_or(key(n), 0, || {
                n_verified += 1;
                Vec::new()
            });
        };
        (0..MOST_KEPT).for_each(&mut ask);
        ask(0);
        ask(MOST_KEPT);
        ask(0);
        ask(1);
        assert_eq!(n_verified, MOST_KEPT + 2, "1 was dropped, 0 was not");
        assert_eq!(cache.kept().entries.len(), MOST_KEPT);
        cache.begin(1);
        assert!(cache.kept().entries.is_empty());
    }

    #[test]
    fn what_was_verified_before_an_erasure_is_not_kept_after_it() {
        let cache = ReasonCache::default();
        cache.get_or(key(1), 0, || {
            cache.begin(1);
            Vec::new()
        });
        assert!(cache.kept().entries.is_empty());
        cache.get_or(key(1), 1, Vec::new);
        assert_eq!(cache.kept().entries.len(), 1);
    }
}
