//! Where one item stands among all scores, and the first k items of the same order.
//!
//! Responsible for one total order over candidates, shared by metrics, tuner and lists. Every
//! item that is not excluded is a candidate; none are sampled.

use interactions::ItemIdx;

/// Items that are no candidates: sorted, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Excluded(Vec<ItemIdx>);

impl Excluded {
    /// Collects items in any order, with any repeats.
    pub fn new(items: impl IntoIterator<Item = ItemIdx>) -> Self {
        let mut sorted: Vec<_> = items.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self(sorted)
    }

    /// Whether the item is no candidate.
    #[must_use]
    pub fn contains(&self, item: ItemIdx) -> bool {
        self.0.binary_search(&item).is_ok()
    }
}

/// The scores of one case and what orders them.
///
/// Higher scores come first. **Ties** are broken by a hash of `(salt, item)`: deterministic, blind
/// to which item is the target and to the order of the catalogue, and, with one salt per case,
/// independent between cases. A ranker that scores everything equally therefore gets what chance
/// gets, on average, and not the perfect or the worst score that `>` or `>=` would give it. A score
/// that is not a number counts as minus infinity, so that a broken ranker cannot gain from it.
#[derive(Debug, Clone, Copy)]
pub struct Candidates<'a> {
    /// One score per item.
    pub scores: &'a [f32],
    /// Items that are no candidates.
    pub excluded: &'a Excluded,
    /// Orders ties; use [`salt`].
    pub salt: u64,
}

/// The tie salt of one shopper's case under a seed.
#[must_use]
pub fn salt(seed: u64, shopper_idx: usize) -> u64 {
    mixed(seed ^ mixed(shopper_idx as u64))
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection that scatters its input.
fn mixed(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Orders what is not a number below everything else.
fn comparable(score: f32) -> f32 {
    score.max(f32::NEG_INFINITY)
}

impl Candidates<'_> {
    /// The rank of `target` among all candidates, from 1. `None` when it is no candidate itself.
    ///
    /// One pass over the scores; hashes only what ties with the target.
    #[must_use]
    pub fn rank_of(&self, target: ItemIdx) -> Option<usize> {
        let target_score = comparable(*self.scores.get(target as usize)?);
        if self.excluded.contains(target) {
            return None;
        }
        let above = self.n_above(target_score);
        let excluded_before = self.excluded.0.iter().filter(|&&item| {
            let score = self.scores.get(item as usize);
            score.is_some_and(|&score| self.precedes((score, item), (target_score, target)))
        });
        let ties_before = self.n_ties_before(target_score, target);
        Some(1 + above + ties_before - excluded_before.count())
    }

    /// The first `k` candidates, best first.
    #[must_use]
    pub fn top(&self, k: usize) -> Vec<ItemIdx> {
        let mut best: Vec<(f32, ItemIdx)> = Vec::with_capacity(k + 1);
        for (item, &score) in self.scores.iter().enumerate() {
            let entry = (comparable(score), item as ItemIdx);
            let is_behind = |last: &&(f32, ItemIdx)| !self.precedes(entry, **last);
            if best.len() == k && best.last().is_none_or(|last| is_behind(&last)) {
                continue;
            }
            if !self.excluded.contains(entry.1) {
                let place = best.partition_point(|&other| self.precedes(other, entry));
                best.insert(place, entry);
                best.truncate(k);
            }
        }
        best.into_iter().map(|(_, item)| item).collect()
    }

    fn n_above(&self, target_score: f32) -> usize {
        let above = self.scores.iter().filter(|&&score| score > target_score);
        above.count()
    }

    fn n_ties_before(&self, target_score: f32, target: ItemIdx) -> usize {
        let ties = (0..).zip(self.scores);
        ties.filter(|&(_, &score)| comparable(score) == target_score)
            .filter(|&(item, _)| self.tie_key(item) < self.tie_key(target))
            .count()
    }

    fn precedes(&self, (a_score, a): (f32, ItemIdx), (b_score, b): (f32, ItemIdx)) -> bool {
        let (a_score, b_score) = (comparable(a_score), comparable(b_score));
        a_score > b_score || (a_score == b_score && self.tie_key(a) < self.tie_key(b))
    }

    /// Distinct for distinct items, because [`mixed`] is a bijection.
    fn tie_key(&self, item: ItemIdx) -> u64 {
        mixed(self.salt ^ u64::from(item))
    }
}

#[cfg(test)]
mod tests;
