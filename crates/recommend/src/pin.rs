//! Places given by hand. Nothing is hidden: a pinned item keeps the rank its score alone would have
//! given it, and whoever shows the list says that it was placed.

use signals::ItemIdx;

use crate::{Eligibility, Placed, rank_of};

/// An item and its place, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    /// The item.
    pub item: ItemIdx,
    /// Its place; past the end of the list it comes last.
    pub rank: u32,
}

/// Puts pinned items at their places and moves the others down; the list stays `k` long. An item
/// that may not be shown is not pinned either. Of two pins at one place, the first given wins it
/// and the other comes next.
#[must_use]
pub fn pin(
    shown: Vec<Placed>,
    pins: &[Pin],
    scores: &[f32],
    eligibility: &Eligibility,
    k: usize,
) -> Vec<Placed> {
    let may_be_shown = pins.iter().filter(|pin| eligibility.allows(pin.item));
    let mut pins: Vec<Pin> = Vec::new();
    for pin in may_be_shown {
        if pins.len() < k && pins.iter().all(|known| known.item != pin.item) {
            pins.push(*pin);
        }
    }
    if pins.is_empty() {
        return shown;
    }
    pins.sort_by_key(|pin| pin.rank); // stable
    let is_pinned = |item| pins.iter().any(|pin| pin.item == item);
    let mut list = shown;
    list.retain(|shown| !is_pinned(shown.item));
    list.truncate(k - pins.len());
    let mut first_free = 0;
    for pin in &pins {
        let wanted = (pin.rank.max(1) as usize - 1).max(first_free);
        let at = wanted.min(list.len());
        list.insert(at, placed(pin.item, scores, eligibility));
        first_free = at + 1;
    }
    for (at, shown) in list.iter_mut().enumerate() {
        shown.rank_shown = at as u32 + 1;
    }
    list
}

fn placed(item: ItemIdx, scores: &[f32], eligibility: &Eligibility) -> Placed {
    let rank_by_score = rank_of(scores, eligibility, item).unwrap_or(u32::MAX);
    Placed { item, score: scores[item as usize], rank_by_score, rank_shown: 0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn of_two_pins_at_one_place_the_first_given_wins_it() {
        let (scores, eligibility) = ([3.0, 2.0, 1.0, 0.5], Eligibility::all(4));
        let shown = |item: ItemIdx| placed(item, &scores, &eligibility);
        let pins = [Pin { item: 3, rank: 1 }, Pin { item: 2, rank: 1 }];
        let list = pin(vec![shown(0), shown(1), shown(2)], &pins, &scores, &eligibility, 3);
        let items: Vec<ItemIdx> = list.iter().map(|shown| shown.item).collect();
        assert_eq!(items, [3, 2, 0]);
    }

    proptest! {
        #[test]
        fn pinning_keeps_the_length_shows_nothing_twice_and_nothing_forbidden(
            scores in prop::collection::vec(-3_i8..3, 3..20),
            pins in prop::collection::vec((0_u32..20, 1_u32..12), 0..6),
            banned in 0_u32..20, k in 1_usize..10,
        ) {
            let scores: Vec<f32> = scores.into_iter().map(f32::from).collect();
            let mut eligibility = Eligibility::all(scores.len());
            eligibility.exclude(banned);
            let pins: Vec<Pin> = pins.into_iter()
                .filter(|(item, _)| (*item as usize) < scores.len())
                .map(|(item, rank)| Pin { item, rank }).collect();
            let ranked = crate::top(&scores, &eligibility, k);
            let shown: Vec<Placed> = ranked.iter().enumerate().map(|(at, r)| Placed {
                item: r.item, score: r.score,
                rank_by_score: at as u32 + 1, rank_shown: at as u32 + 1,
            }).collect();
            let n = shown.len();
            let list = pin(shown, &pins, &scores, &eligibility, k);
            prop_assert_eq!(list.len(), n);
            for (at, shown) in list.iter().enumerate() {
                prop_assert_eq!(shown.rank_shown as usize, at + 1);
                prop_assert_ne!(shown.item, banned);
                prop_assert_eq!(Some(shown.rank_by_score), rank_of(&scores, &eligibility, shown.item));
                prop_assert_eq!(list.iter().filter(|other| other.item == shown.item).count(), 1);
            }
            let first = pins.iter().find(|pin| eligibility.allows(pin.item));
            if let (Some(first), 1) = (first, pins.len()) {
                let at = list.iter().position(|shown| shown.item == first.item);
                prop_assert_eq!(at, Some((first.rank as usize - 1).min(n - 1)));
            }
        }
    }
}
