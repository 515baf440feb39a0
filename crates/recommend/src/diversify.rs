//! Variety: maximal marginal relevance (Carbonell & Goldstein 1998) over item likeness, and a cap
//! per category. The best item always stays first, and nothing is hidden: each item keeps the
//! rank its score alone would have given it.

use rustc_hash::FxHashMap;
use signals::ItemIdx;

use crate::RecommendConfig;
use crate::rank::Ranked;

/// The likeness and categories of items, which variety goes by.
pub trait Likeness {
    /// Likeness of two items, 0 to 1.
    fn similarity(&self, a: ItemIdx, b: ItemIdx) -> f32;
    /// A number for the item's narrowest category, where it has one.
    fn category(&self, item: ItemIdx) -> Option<u32>;

    /// The numbers of the narrowest categories of its further paths: an item counts in each.
    fn further_categories(&self, _item: ItemIdx) -> &[u32] {
        &[]
    }
}

/// A placed item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// The item.
    pub item: ItemIdx,
    /// Its blended score.
    pub score: f32,
    /// Rank by score alone among everything eligible, from 1.
    pub rank_by_score: u32,
    /// Place in the list, from 1.
    pub rank_shown: u32,
}

/// Chooses `k` of `pool` (best first): each next item maximises
/// `relevance · normalised score − (1 − relevance) · greatest likeness to what is placed`,
/// within the category cap. Where the cap leaves too few, it gives way.
pub fn diversify(
    pool: &[Ranked],
    likeness: &dyn Likeness,
    config: &RecommendConfig,
    k: usize,
) -> Vec<Placed> {
    let mut candidates = Candidates::new(pool, likeness, config.relevance);
    let cap = config.category_cap(k);
    let mut placed = Vec::with_capacity(k.min(pool.len()));
    while placed.len() < k {
        let Some(next) = candidates.best(cap).or_else(|| candidates.best(usize::MAX)) else {
            break;
        };
        candidates.take(next);
        placed.push(Placed {
            item: pool[next].item,
            score: pool[next].score,
            rank_by_score: next as u32 + 1,
            rank_shown: placed.len() as u32 + 1,
        });
    }
    placed
}

struct Candidates<'a> {
    pool: &'a [Ranked],
    likeness: &'a dyn Likeness,
    relevance: f32,
    taken: Vec<bool>,
    nearest: Vec<f32>,
    per_category: FxHashMap<u32, usize>,
    lowest: f32,
    range: f32,
}

impl<'a> Candidates<'a> {
    fn new(pool: &'a [Ranked], likeness: &'a dyn Likeness, relevance: f32) -> Self {
        let highest = pool.first().map_or(0.0, |r| r.score);
        let lowest = pool.last().map_or(0.0, |r| r.score);
        Self {
            pool,
            likeness,
            relevance: relevance.clamp(0.0, 1.0),
            taken: vec![false; pool.len()],
            nearest: vec![0.0; pool.len()],
            per_category: FxHashMap::default(),
            lowest,
            range: (highest - lowest).max(f32::MIN_POSITIVE),
        }
    }

    fn best(&self, cap: usize) -> Option<usize> {
        let open = (0..self.pool.len()).filter(|&i| !self.taken[i] && self.fits(i, cap));
        // The earlier of two equals wins, so that the list is deterministic.
        open.rev().max_by(|&a, &b| self.marginal(a).total_cmp(&self.marginal(b)))
    }

    fn fits(&self, i: usize, cap: usize) -> bool {
        let has_place = |c: u32| self.per_category.get(&c).is_none_or(|&n| n < cap);
        self.categories(self.pool[i].item).all(has_place)
    }

    /// Every category that an item counts in.
    fn categories(&self, item: ItemIdx) -> impl Iterator<Item = u32> + '_ {
        let further = self.likeness.further_categories(item).iter().copied();
        self.likeness.category(item).into_iter().chain(further)
    }

    fn marginal(&self, i: usize) -> f32 {
        let relevance = (self.pool[i].score - self.lowest) / self.range;
        self.relevance * relevance - (1.0 - self.relevance) * self.nearest[i]
    }

    fn take(&mut self, chosen: usize) {
        self.taken[chosen] = true;
        let item = self.pool[chosen].item;
        let further = self.likeness.further_categories(item).iter().copied();
        for category in self.likeness.category(item).into_iter().chain(further) {
            *self.per_category.entry(category).or_default() += 1;
        }
        if self.relevance < 1.0 {
            for i in (0..self.pool.len()).filter(|&i| !self.taken[i]) {
                let near = self.likeness.similarity(self.pool[i].item, item);
                self.nearest[i] = self.nearest[i].max(near);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Items of the same ten are alike and of one category.
    struct Tens;

    impl Likeness for Tens {
        fn similarity(&self, a: ItemIdx, b: ItemIdx) -> f32 {
            f32::from(u8::from(a / 10 == b / 10))
        }
        fn category(&self, item: ItemIdx) -> Option<u32> {
            Some(item / 10)
        }
    }

    fn pool(items: &[ItemIdx]) -> Vec<Ranked> {
        let score = |place: usize| 1.0 - place as f32 / 100.0;
        items.iter().enumerate().map(|(i, &item)| Ranked { item, score: score(i) }).collect()
    }

    fn items(shown: &[Placed]) -> Vec<ItemIdx> {
        shown.iter().map(|s| s.item).collect()
    }

    #[test]
    fn a_category_cannot_fill_the_list_while_others_wait() {
        let config = RecommendConfig { relevance: 1.0, category_share: 0.5, pool_per_place: 5 };
        let shown = diversify(&pool(&[1, 2, 3, 4, 11, 12]), &Tens, &config, 4);
        assert_eq!(items(&shown), [1, 2, 11, 12]);
        assert_eq!(shown[2].rank_by_score, 5);
        assert_eq!(shown[2].rank_shown, 3);
    }

    /// As [`Tens`], and every item is on sale beside.
    struct OnSale;

    impl Likeness for OnSale {
        fn similarity(&self, a: ItemIdx, b: ItemIdx) -> f32 {
            Tens.similarity(a, b)
        }
        fn category(&self, item: ItemIdx) -> Option<u32> {
            Tens.category(item)
        }
        fn further_categories(&self, item: ItemIdx) -> &[u32] {
            if item < 90 { &[7] } else { &[] }
        }
    }

    #[test]
    fn an_item_counts_in_each_of_its_categories() {
        let config = RecommendConfig { relevance: 1.0, category_share: 0.5, pool_per_place: 5 };
        let shown = diversify(&pool(&[1, 11, 21, 31, 91, 92]), &OnSale, &config, 4);
        assert_eq!(items(&shown), [1, 11, 91, 92], "two of four may be of the sale");
    }

    #[test]
    fn the_cap_gives_way_when_nothing_else_is_left() {
        let config = RecommendConfig { relevance: 1.0, category_share: 0.5, pool_per_place: 5 };
        assert_eq!(items(&diversify(&pool(&[1, 2, 3, 4]), &Tens, &config, 4)), [1, 2, 3, 4]);
    }

    #[test]
    fn a_near_copy_waits_for_something_new() {
        let config = RecommendConfig { relevance: 0.5, category_share: 1.0, pool_per_place: 5 };
        assert_eq!(items(&diversify(&pool(&[1, 2, 11]), &Tens, &config, 3)), [1, 11, 2]);
    }

    proptest! {
        #[test]
        fn variety_never_loses_the_top_item_and_never_shows_one_twice(
            n in 1_u32..30, k in 1_usize..12, relevance in 0.0_f32..=1.0, share in 0.0_f32..=1.0,
        ) {
            let config = RecommendConfig { relevance, category_share: share, pool_per_place: 5 };
            let everything: Vec<_> = (0..n).collect();
            let shown = diversify(&pool(&everything), &Tens, &config, k);
            prop_assert_eq!(shown.len(), k.min(n as usize));
            prop_assert_eq!(shown[0].item, 0);
            let mut distinct = items(&shown);
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert_eq!(distinct.len(), shown.len());
        }
    }
}
