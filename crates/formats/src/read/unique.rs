//! Finds ids that a catalogue lists twice: neither of two rows that disagree can be believed, and
//! an import of the same file again would change the item back and forth. Holds hashes, not ids.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::ItemId;

/// Ids remembered, about 16 bytes each; beyond it some repeated ones pass.
const MAX_HELD: usize = 2_000_000;

/// The ids that one file has listed so far.
#[derive(Default)]
pub(crate) struct Ids(HashSet<u64>);

impl Ids {
    /// Takes an id in.
    ///
    /// # Errors
    /// When an earlier row has it.
    pub(crate) fn see(&mut self, id: &ItemId) -> Result<(), String> {
        let mut hash = DefaultHasher::new();
        id.as_str().hash(&mut hash);
        if self.0.len() >= MAX_HELD {
            self.0.clear();
        }
        let is_new = self.0.insert(hash.finish());
        is_new.then_some(()).ok_or_else(|| {
            format!("id {:?} is that of an earlier row; every product needs its own", id.as_str())
        })
    }
}
