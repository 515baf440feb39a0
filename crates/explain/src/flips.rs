//! Counterfactuals: the fewest events without which an item would not be in the list, and what
//! would be there instead.
//!
//! Responsible for the search, shared by all items of an answer, and for who takes whose place.
//! Refuses to estimate: every list it looks at is a re-run of the whole pipeline that ranked.

use claims::{Facts, Verdict};
use domain::{HistoryRef, ItemId};

use crate::{
    Contributions, Evidence, ExplainConfig,
    proposal::{Placement, Proposal, strongest},
    recompute::{compare, positions_of},
};

/// For each masking, whether each item still stands in the list. Shape: (masks, items).
pub type Stays<'a> = &'a mut dyn FnMut(&[Vec<usize>]) -> Vec<Vec<bool>>;

/// For each item, a set of events whose masking takes it out of the list and of which none can be
/// given back; `None` where no set of at most `most` was found.
///
/// `orders` holds, per item, the history positions that speak for it, strongest first. First every
/// such event is left out alone, in one batch for all items; then the strongest are masked
/// together, one more each round; where that does not suffice, the newest of all `n_events` are,
/// because what events do together shows in nobody's account; then events are given back, weakest
/// first, until giving back any further one undoes the flip. So a set of one is found wherever
/// there is one; larger sets are minimal, but need not be the smallest there are. At most
/// 3 · `most` batches.
pub fn search(
    orders: &[Vec<usize>],
    n_events: usize,
    most: usize,
    stays: Stays<'_>,
) -> Vec<Option<Vec<usize>>> {
    let mut found = vec![None; orders.len()];
    if most == 0 {
        return found;
    }
    leave_one_out(orders, &mut found, stays);
    grow(orders, most, &mut found, stays);
    let newest: Vec<Vec<usize>> = vec![(0..n_events.min(most)).collect(); orders.len()];
    grow(&newest, most, &mut found, stays);
    give_back(&mut found, stays);
    found
}

/// Masks the first events of each order together, one more each round, where nothing was found.
fn grow(orders: &[Vec<usize>], most: usize, found: &mut [Option<Vec<usize>>], stays: Stays<'_>) {
    for size in 2..=most {
        let open = |item: &usize| found[*item].is_none() && orders[*item].len() >= size;
        let items: Vec<usize> = (0..orders.len()).filter(open).collect();
        let masks: Vec<_> = items.iter().map(|&item| orders[item][..size].to_vec()).collect();
        let lists = stays(&masks);
        for ((item, mask), list) in items.into_iter().zip(masks).zip(lists) {
            if !list[item] {
                found[item] = Some(mask);
            }
        }
    }
}

fn leave_one_out(orders: &[Vec<usize>], found: &mut [Option<Vec<usize>>], stays: Stays<'_>) {
    let mut events: Vec<usize> = orders.iter().flatten().copied().collect();
    events.sort_unstable();
    events.dedup();
    let masks: Vec<_> = events.iter().map(|&event| vec![event]).collect();
    let lists = stays(&masks);
    for (item, order) in orders.iter().enumerate() {
        let flips = |event: &&usize| events.binary_search(event).is_ok_and(|at| !lists[at][item]);
        found[item] = order.iter().find(flips).map(|&event| vec![event]);
    }
}

/// Gives events back, weakest (last) first, while the rest still flips. All items go in step, so
/// that each round is one batch.
pub fn give_back(found: &mut [Option<Vec<usize>>], stays: Stays<'_>) {
    let mut open: Vec<usize> =
        (0..found.len()).filter(|&i| found[i].as_ref().is_some_and(|s| s.len() > 1)).collect();
    while !open.is_empty() {
        let smaller = |&item: &usize| {
            let set = found[item].clone().unwrap_or_default();
            (0..set.len()).rev().map(move |at| (item, without(&set, at)))
        };
        let tries: Vec<(usize, Vec<usize>)> = open.iter().flat_map(smaller).collect();
        let masks: Vec<_> = tries.iter().map(|(_, mask)| mask.clone()).collect();
        let lists = stays(&masks);
        let mut shrunk = Vec::new();
        for ((item, mask), list) in tries.into_iter().zip(lists) {
            if !list[item] && !shrunk.contains(&item) {
                found[item] = Some(mask);
                shrunk.push(item);
            }
        }
        open = shrunk
            .into_iter()
            .filter(|&i| found[i].as_ref().is_some_and(|s| s.len() > 1))
            .collect();
    }
}

/// The set without its member at `at`.
pub(crate) fn without(set: &[usize], at: usize) -> Vec<usize> {
    set.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, &member)| member).collect()
}

/// What takes the place of an item that falls out of a list: those that fall out and those that
/// come in are paired in order of place. `None` when the item stays, or was never there.
#[must_use]
pub fn successor<'a>(before: &[ItemId], after: &'a [ItemId], item: &ItemId) -> Option<&'a ItemId> {
    let mut gone = before.iter().filter(|id| !after.contains(id));
    let place = gone.position(|id| id == item)?;
    after.iter().filter(|id| !before.contains(id)).nth(place)
}

/// Facts about masking these positions: recomputed from the evidence, whoever asks.
pub(crate) fn recompute(
    item: &ItemId,
    history: &[HistoryRef],
    positions: &[usize],
    evidence: &dyn Evidence,
) -> Option<Facts> {
    let (before, after) = (evidence.shown_without(&[]), evidence.shown_without(positions));
    let instead = successor(&before, &after, item)?.clone();
    Some(Facts::Flips { history: history.to_vec(), k: before.len() as u32, instead })
}

/// One claim per placed item, where there is one; aligned with `placements`.
pub(crate) fn propose(
    placements: &[Placement],
    contributions: &[Contributions],
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Vec<Option<Proposal>> {
    let orders: Vec<Vec<usize>> = contributions.iter().map(|c| strongest(&c.by_event())).collect();
    let mut stays = |masks: &[Vec<usize>]| {
        evidence.rerun(masks);
        let stay = |mask: &Vec<usize>| {
            let list = evidence.shown_without(mask);
            placements.iter().map(|p| list.contains(&p.item_id)).collect()
        };
        masks.iter().map(stay).collect()
    };
    let n_events = evidence.history().len();
    let found = search(&orders, n_events, config.flip_events, &mut stays);
    let proposal =
        |((placement, parts), set): ((&Placement, &Contributions), Option<Vec<usize>>)| {
            let set = set?;
            let history: Vec<HistoryRef> =
                set.iter().map(|&at| evidence.history()[at].to_ref()).collect();
            let facts = recompute(&placement.item_id, &history, &set, evidence)?;
            let coverage = parts.cells_of(&set);
            Some(Proposal { facts, evidence: history, coverage, obligatory: false })
        };
    placements.iter().zip(contributions).zip(found).map(proposal).collect()
}

/// Runs everything again without the events, and once more for each event given back.
pub(crate) fn verify(
    item: &ItemId,
    history: &[HistoryRef],
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    let Some(positions) = positions_of(history, evidence) else {
        return Verdict::Unsupported;
    };
    if positions.is_empty() || positions.len() > config.flip_events {
        return Verdict::Unsupported;
    }
    let given_back: Vec<_> = (0..positions.len()).map(|at| without(&positions, at)).collect();
    evidence.rerun(&given_back);
    let is_minimal = given_back.iter().all(|mask| evidence.shown_without(mask).contains(item));
    let recomputed = recompute(item, history, &positions, evidence);
    compare(is_minimal && recomputed.as_ref() == Some(facts))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fixture::id;

    /// Items with additive parts, and a list of the best `k`; ties go to the earlier item.
    fn list(parts: &[Vec<i32>], base: &[i32], mask: &[usize], k: usize) -> Vec<bool> {
        let score = |i: usize| {
            let kept = (0..parts[i].len()).filter(|e| !mask.contains(e));
            base[i] + kept.map(|e| parts[i][e]).sum::<i32>()
        };
        let better = |i: usize, j: usize| (score(j), i) > (score(i), j);
        (0..parts.len())
            .map(|i| (0..parts.len()).filter(|&j| j != i && better(i, j)).count() < k)
            .collect()
    }

    proptest! {
        #[test]
        fn giving_back_any_one_event_undoes_the_flip(
            parts in prop::collection::vec(prop::collection::vec(-2..9_i32, 6), 6),
            base in prop::collection::vec(0..9_i32, 6),
            k in 1_usize..4, most in 1_usize..5,
        ) {
            let shown = list(&parts, &base, &[], k);
            let orders: Vec<Vec<usize>> = parts.iter().map(|parts| {
                strongest(&parts.iter().map(|&p| f64::from(p)).collect::<Vec<_>>())
            }).collect();
            let mut n_batches = 0;
            let mut stays = |masks: &[Vec<usize>]| {
                n_batches += 1;
                masks.iter().map(|mask| list(&parts, &base, mask, k)).collect()
            };
            let found = search(&orders, 6, most, &mut stays);
            prop_assert!(n_batches <= 3 * most);
            for (item, set) in found.iter().enumerate().filter(|(item, _)| shown[*item]) {
                let single = orders[item].iter().any(|&e| !list(&parts, &base, &[e], k)[item]);
                prop_assert!(!single || set.as_ref().is_some_and(|set| set.len() == 1));
                let Some(set) = set else { continue };
                prop_assert!(!set.is_empty() && set.len() <= most);
                prop_assert!(!list(&parts, &base, set, k)[item], "{set:?} flips nothing");
                for at in 0..set.len() {
                    prop_assert!(list(&parts, &base, &without(set, at), k)[item], "{set:?}");
                }
            }
        }
    }

    #[test]
    fn what_events_do_only_together_is_found_among_the_newest() {
        // Either of the two newest events keeps the item, so that neither shows alone.
        let stays = |mask: &Vec<usize>| vec![!(mask.contains(&0) && mask.contains(&1))];
        let mut rerun = |masks: &[Vec<usize>]| masks.iter().map(stays).collect::<Vec<_>>();
        assert_eq!(search(&[vec![2]], 5, 4, &mut rerun), [Some(vec![0, 1])]);
        assert_eq!(search(&[vec![2]], 5, 1, &mut rerun), [None]);
    }

    #[test]
    fn those_who_go_and_those_who_come_are_paired_in_order() {
        let ids = |names: &[&str]| names.iter().map(|name| id(name)).collect::<Vec<_>>();
        let (before, after) = (ids(&["a", "b", "c", "d"]), ids(&["b", "x", "d", "y"]));
        assert_eq!(successor(&before, &after, &id("a")), Some(&id("x")));
        assert_eq!(successor(&before, &after, &id("c")), Some(&id("y")));
        assert_eq!(successor(&before, &after, &id("b")), None);
        assert_eq!(successor(&before, &after, &id("z")), None);
    }
}
