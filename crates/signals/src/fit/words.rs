//! The words of items as a fixed number of features (feature hashing; Weinberger et al., ICML
//! 2009), so that a model can be brought up to date when new words appear.

use transformer::{FeatureRows, ItemFeatures};

use crate::text::ItemTerms;

/// A word of fewer items tells too little to learn from.
const MIN_ITEMS: u32 = 3;

/// Inverse document frequencies of each item's words, hashed to `n_features` numbers with a sign,
/// each row of length one; `None` where no item has words.
pub(super) fn word_features(terms: &ItemTerms, n_features: usize) -> Option<ItemFeatures> {
    if n_features == 0 || !terms.fields().any() {
        return None;
    }
    let n_items = terms.words().count() as f32;
    let (mut offsets, mut columns, mut values) = (vec![0], Vec::new(), Vec::new());
    let mut row: Vec<(u32, f32)> = Vec::new();
    for words in terms.words() {
        row.clear();
        row.extend(words.filter(|(_, n)| *n >= MIN_ITEMS).map(|(word, n)| {
            let hash = fnv(word);
            let sign = if hash >> 63 == 0 { 1.0 } else { -1.0 };
            ((hash % n_features as u64) as u32, sign * (n_items / n as f32).ln())
        }));
        row.sort_unstable_by_key(|(column, _)| *column);
        let length = row.iter().map(|(_, value)| value * value).sum::<f32>().sqrt();
        for (column, value) in row.iter().filter(|(_, value)| *value != 0.0) {
            columns.push(*column);
            values.push(value / length);
        }
        offsets.push(columns.len());
    }
    Some(ItemFeatures { n_features, rows: FeatureRows::Sparse { offsets, columns, values } })
}

/// FNV-1a, 64 bit: the same on every machine and in every version.
fn fnv(word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    word.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // Test vectors of the FNV reference (Fowler, Noll, Vo): "" and "foobar".
        assert_eq!(fnv(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv("foobar"), 0x85944171f73967e8);
    }
}
