//! Order by score. Equal scores are ordered by item number, so that every run agrees.

use std::cmp::Ordering;

use signals::ItemIdx;

use crate::Eligibility;

/// An item and its blended score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// The item.
    pub item: ItemIdx,
    /// Its score.
    pub score: f32,
}

fn better_first(a: &Ranked, b: &Ranked) -> Ordering {
    b.score.total_cmp(&a.score).then(a.item.cmp(&b.item))
}

/// The `n` best eligible items, best first. Linear in the number of items.
#[must_use]
pub fn top(scores: &[f32], eligibility: &Eligibility, n: usize) -> Vec<Ranked> {
    let mut ranked: Vec<Ranked> = scores
        .iter()
        .enumerate()
        .map(|(item, &score)| Ranked { item: item as ItemIdx, score })
        .filter(|ranked| eligibility.allows(ranked.item))
        .collect();
    if n == 0 {
        return Vec::new();
    }
    if n < ranked.len() {
        ranked.select_nth_unstable_by(n - 1, better_first);
        ranked.truncate(n);
    }
    ranked.sort_unstable_by(better_first);
    ranked
}

/// Rank of one item among the eligible (1 is best), or `None` when it is not eligible itself.
#[must_use]
pub fn rank_of(scores: &[f32], eligibility: &Eligibility, item: ItemIdx) -> Option<u32> {
    let this = Ranked { item, score: *scores.get(item as usize)? };
    if !eligibility.allows(item) {
        return None;
    }
    let n_better = scores
        .iter()
        .enumerate()
        .map(|(item, &score)| Ranked { item: item as ItemIdx, score })
        .filter(|other| {
            eligibility.allows(other.item) && better_first(other, &this) == Ordering::Less
        })
        .count();
    Some(n_better as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_rank_of_an_item_is_its_place_in_the_full_list(
            scores in prop::collection::vec(-3_i8..3, 1..40),
            banned in 0_u32..40,
        ) {
            let scores: Vec<f32> = scores.into_iter().map(f32::from).collect();
            let mut eligibility = Eligibility::all(scores.len());
            eligibility.exclude(banned);
            for (place, ranked) in top(&scores, &eligibility, scores.len()).iter().enumerate() {
                prop_assert_eq!(rank_of(&scores, &eligibility, ranked.item), Some(place as u32 + 1));
            }
            prop_assert_eq!(rank_of(&scores, &eligibility, banned), None);
        }

        #[test]
        fn a_short_list_is_the_head_of_the_long_one(
            scores in prop::collection::vec(-3_i8..3, 1..40),
            n in 0_usize..50,
        ) {
            let scores: Vec<f32> = scores.into_iter().map(f32::from).collect();
            let eligibility = Eligibility::all(scores.len());
            let long = top(&scores, &eligibility, scores.len());
            let short = top(&scores, &eligibility, n);
            prop_assert_eq!(&short[..], &long[..n.min(long.len())]);
        }
    }
}
