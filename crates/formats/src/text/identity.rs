//! Names rows whose sender gave them no id, so that a second import of the same file adds nothing
//! and two identical rows of one file are both kept.
//!
//! The key is format, hash of the row's content, and how often that content came before in the
//! file. Memory is bounded: of the counts, only those of the last one to two million distinct rows
//! are remembered. Identical rows further apart than that are taken for one; in a log ordered by
//! time they do not happen, since an identical row has the same time.

use std::collections::HashMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::Format;

/// Distinct rows remembered per generation; two generations of about 35 MiB are kept.
const GENERATION: usize = 1 << 20;
/// 80 bits: two rows of one shopper collide less than once in 10^14 rows.
const HASH_BYTES: usize = 10;

/// Makes the keys of one file's rows, which must come in file order.
pub(crate) struct RowKeys {
    format: Format,
    counts: Occurrences,
}

impl RowKeys {
    pub(crate) fn new(format: Format) -> Self {
        Self { format, counts: Occurrences::new(GENERATION) }
    }

    /// The key of the next row; `parts` are its fields.
    pub(crate) fn next<'p>(&mut self, parts: impl IntoIterator<Item = &'p str>) -> String {
        let hash = content_hash(parts);
        let earlier = self.counts.next(short(&hash));
        let mut key = format!("{}-", self.format.name());
        for byte in &hash {
            write!(key, "{byte:02x}").expect("writing to a string cannot fail");
        }
        if earlier > 0 {
            write!(key, "-{earlier}").expect("writing to a string cannot fail");
        }
        key
    }

    /// How often this item stood in this order before.
    pub(crate) fn n_in_order(&mut self, order: &str, item: &str) -> usize {
        let hash = content_hash(["order", order, item]);
        self.counts.next(short(&hash)) as usize
    }
}

/// How often each of the recent hashes was seen, in bounded memory.
pub(crate) struct Occurrences {
    generation: usize,
    current: HashMap<u64, u32>,
    previous: HashMap<u64, u32>,
}

impl Occurrences {
    fn new(generation: usize) -> Self {
        Self { generation, current: HashMap::new(), previous: HashMap::new() }
    }

    /// How often `hash` came before; counts this time.
    fn next(&mut self, hash: u64) -> u32 {
        if self.current.len() >= self.generation {
            self.previous = std::mem::take(&mut self.current);
        }
        let remembered = self.previous.get(&hash).copied().unwrap_or(0);
        let count = self.current.entry(hash).or_insert(remembered);
        let earlier = *count;
        *count = count.saturating_add(1);
        earlier
    }
}

/// Shoppers already met, for formats that give each one line.
pub(crate) struct Met(Occurrences);

impl Met {
    pub(crate) fn new() -> Self {
        Self(Occurrences::new(GENERATION))
    }

    /// True the first time.
    pub(crate) fn is_new(&mut self, name: &str) -> bool {
        self.0.next(short(&content_hash([name]))) == 0
    }
}

fn content_hash<'p>(parts: impl IntoIterator<Item = &'p str>) -> [u8; HASH_BYTES] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut hash = [0; HASH_BYTES];
    hash.copy_from_slice(&hasher.finalize()[..HASH_BYTES]);
    hash
}

fn short(hash: &[u8; HASH_BYTES]) -> u64 {
    hash.iter().take(8).fold(0, |sum, &byte| sum << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_file_gives_the_same_keys_and_repeats_differ() {
        let keys = || {
            let mut keys = RowKeys::new(Format::Csv);
            [["a", "b"], ["a", "b"], ["ab", ""]].map(|row| keys.next(row))
        };
        let [first, second, third] = keys();
        assert_eq!(keys(), [first.clone(), second.clone(), third.clone()]);
        assert_eq!(second, format!("{first}-1"));
        assert_ne!(first, third, "field borders are part of the content");
    }

    #[test]
    fn counts_survive_one_change_of_generation_and_memory_stays_bounded() {
        let mut counts = Occurrences::new(2);
        assert_eq!([1, 1, 2, 3, 1].map(|hash| counts.next(hash)), [0, 1, 0, 0, 2]);
        for hash in 10..1000 {
            counts.next(hash);
        }
        assert!(counts.current.len() + counts.previous.len() <= 4);
    }
}
