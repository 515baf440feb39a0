//! One spelling per brand: the commonest of those that are the same but for case, punctuation,
//! spaces and width of letters. Refuses likeness: `Revlon` and `Revlon Inc` are two brands.
//!
//! Two phases: every item's brand is seen once, then asked for. Memory holds the distinct
//! spellings, not the items.

use domain::Text;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::{Kind, normalised};

/// How often each spelling of each brand was seen.
#[derive(Debug, Default)]
pub struct BrandSpellings(FxHashMap<String, FxHashMap<String, u64>>);

impl BrandSpellings {
    /// Counts the spellings of one item's brand, as they are once normalised.
    pub fn see(&mut self, brand: &Text) {
        for version in brand.versions() {
            let (spelling, _) = normalised(version, Kind::Name);
            *self.0.entry(key(&spelling)).or_default().entry(spelling).or_default() += 1;
        }
    }

    /// The commonest spelling of the same brand; of equally common ones, the first in byte order.
    #[must_use]
    pub fn common<'s>(&'s self, spelling: &'s str) -> &'s str {
        let key = key(spelling);
        let known = self.0.get(&key).filter(|_| !key.is_empty());
        known.and_then(commonest).unwrap_or(spelling)
    }

    /// Spellings that give way to a commoner one.
    #[must_use]
    pub fn n_respelled(&self) -> u64 {
        let named = self.0.iter().filter(|(key, _)| !key.is_empty());
        named.map(|(_, spellings)| spellings.len() as u64 - 1).sum()
    }
}

fn commonest(spellings: &FxHashMap<String, u64>) -> Option<&str> {
    let by_count = |(name, n): &(&String, &u64)| (**n, std::cmp::Reverse((*name).clone()));
    spellings.iter().max_by_key(by_count).map(|(name, _)| name.as_str())
}

/// What all spellings of a brand have in common: NFKC, lower case, letters and digits only.
fn key(spelling: &str) -> String {
    spelling.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}
