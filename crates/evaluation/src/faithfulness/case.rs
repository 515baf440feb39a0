//! One shopper's list, explained by everyone: which maskings are needed, and what comes of them.

use explain::faithfulness::{Fidelity, LIST, Softmax, Standing, standing};
use explain::flips;
use rustc_hash::FxHashMap;
use signals::{History, ItemIdx, Query};

use super::asked::Asked;
use super::explainers::{Explainer, mix};
use super::{RANKS, SIZES};

/// Largest set that is tried for a flip.
const MOST_FLIPPED: usize = 4;
/// Maskings that are scored at once; more would only cost memory.
const BATCH: usize = 64;

/// One history and the items of its list that owe something to it.
pub(super) struct Case<'a> {
    pub(super) asked: &'a Asked<'a>,
    pub(super) history: &'a History,
    is_candidate: Vec<bool>,
    /// The explained items, best first.
    pub(super) targets: Vec<ItemIdx>,
    /// Of each, with nothing masked.
    whole: Vec<Standing>,
    /// What the score of each loses when an event is masked. (n_events, targets)
    pub(super) drops: Vec<Vec<f32>>,
}

/// What came of one explanation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    /// At each of [`SIZES`].
    pub(super) fidelity: Vec<Fidelity>,
    /// Size of the minimal set within the first events, where masking them flips.
    pub(super) minimal: Option<usize>,
}

/// Of one shopper.
pub(super) struct Outcomes {
    /// Per explainer, per explained item.
    pub(super) of_explainers: Vec<Vec<Outcome>>,
    /// Sizes of the sets that the search of `flips` claims finds, per explained item.
    pub(super) searched: Vec<Option<usize>>,
}

impl<'a> Case<'a> {
    /// For each explained item of a case, the positions of its history, most important first. Of
    /// equals, the newer one.
    pub(super) fn orders(&self, explainer: Explainer, seed: u64) -> Vec<Vec<usize>> {
        let n_events = self.history.len();
        let by = |importance: &dyn Fn(usize, usize) -> f64| {
            let order = |target: usize| {
                let values: Vec<f64> =
                    (0..n_events).map(|event| importance(target, event)).collect();
                let mut order: Vec<usize> = (0..n_events).collect();
                order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
                order
            };
            (0..self.targets.len()).map(order).collect()
        };
        match explainer {
            Explainer::Attribution => {
                let parts = self.asked.attributions(self.query(), &self.targets);
                by(&|target, event| f64::from(parts[target][event]))
            }
            Explainer::LeaveOneOut => by(&|target, event| f64::from(self.drops[event][target])),
            Explainer::GradientsTimesInput => {
                let parts = self.asked.gradients(self.query(), &self.targets);
                by(&|target, event| f64::from(parts[target][event]))
            }
            Explainer::Attention => {
                let weights = self.asked.attention(self.query());
                by(&|_, event| f64::from(weights[event]))
            }
            Explainer::Cosine => by(&|target, event| {
                let item = self.history.events()[event].item;
                f64::from(self.asked.cosine(item, self.targets[target]))
            }),
            Explainer::LastK => by(&|_, event| -(event as f64)),
            Explainer::Random => {
                by(&|target, event| mix(seed, (target * n_events + event) as u64) as f64)
            }
        }
    }

    pub(super) fn new(asked: &'a Asked<'a>, history: &'a History, owned: &[ItemIdx]) -> Self {
        let query = Query::of(history);
        let nothing = std::iter::once(Vec::new());
        let masks: Vec<Vec<usize>> =
            nothing.chain((0..history.len()).map(|event| vec![event])).collect();
        let runs = asked.scores_without(query, &masks);
        let (scores, masked) = runs.split_first().expect("one run masks nothing");
        let mut is_candidate = vec![true; scores.len()];
        owned.iter().for_each(|&item| is_candidate[item as usize] = false);
        let mut ranked: Vec<ItemIdx> =
            (0..scores.len() as ItemIdx).filter(|&item| is_candidate[item as usize]).collect();
        let score = |item: &ItemIdx| scores[*item as usize];
        let better = |a: &ItemIdx, b: &ItemIdx| score(b).total_cmp(&score(a)).then(a.cmp(b));
        if ranked.len() > RANKS {
            ranked.select_nth_unstable_by(RANKS - 1, better);
            ranked.truncate(RANKS);
        }
        ranked.sort_unstable_by(better);
        // An item that no event speaks for has nothing to explain.
        let owes = |item: &ItemIdx| masked.iter().any(|run| run[*item as usize] != score(item));
        let targets: Vec<ItemIdx> = ranked.into_iter().filter(owes).collect();
        let softmax = Softmax::new(scores, &is_candidate);
        let of = |item: &ItemIdx| standing(scores, &is_candidate, *item as usize, &softmax);
        let drop =
            |run: &Vec<f32>| targets.iter().map(|item| score(item) - run[*item as usize]).collect();
        Self {
            whole: targets.iter().map(of).collect(),
            drops: masked.iter().map(drop).collect(),
            asked,
            history,
            is_candidate,
            targets,
        }
    }

    pub(super) fn query(&self) -> Query<'a> {
        Query::of(self.history)
    }

    /// Asks every explainer about every item.
    pub(super) fn explain(&self, explainers: &[Explainer], seed: u64) -> Outcomes {
        let orders: Vec<Vec<Vec<usize>>> =
            explainers.iter().map(|explainer| self.orders(*explainer, seed)).collect();
        let standings = self.stand(&orders);
        let of_explainer = |orders: &Vec<Vec<usize>>| self.outcomes(orders, &standings);
        let exact = self.orders(Explainer::Attribution, seed);
        Outcomes {
            of_explainers: orders.iter().map(of_explainer).collect(),
            searched: self.search(&exact),
        }
    }

    /// Where each item stands after each masking that some explainer's order asks for.
    fn stand(&self, orders: &[Vec<Vec<usize>>]) -> FxHashMap<(Vec<usize>, usize), Standing> {
        let mut wanted: FxHashMap<Vec<usize>, Vec<usize>> = FxHashMap::default();
        for (target, order) in orders.iter().flat_map(|orders| orders.iter().enumerate()) {
            for size in SIZES {
                for mask in [removed(order, size), kept(order, size)] {
                    let targets = wanted.entry(mask).or_default();
                    if !targets.contains(&target) {
                        targets.push(target);
                    }
                }
            }
        }
        let wanted: Vec<(Vec<usize>, Vec<usize>)> = wanted.into_iter().collect();
        let mut standings = FxHashMap::default();
        for wanted in wanted.chunks(BATCH) {
            let masks: Vec<Vec<usize>> = wanted.iter().map(|(mask, _)| mask.clone()).collect();
            let runs = self.asked.scores_without(self.query(), &masks);
            for ((mask, targets), scores) in wanted.iter().zip(runs) {
                let softmax = Softmax::new(&scores, &self.is_candidate);
                for &target in targets {
                    let item = self.targets[target] as usize;
                    let found = standing(&scores, &self.is_candidate, item, &softmax);
                    standings.insert((mask.clone(), target), found);
                }
            }
        }
        standings
    }

    fn outcomes(
        &self,
        orders: &[Vec<usize>],
        standings: &FxHashMap<(Vec<usize>, usize), Standing>,
    ) -> Vec<Outcome> {
        let at = |mask: Vec<usize>, target: usize| standings[&(mask, target)];
        let flipped = |(target, order): (usize, &Vec<usize>)| {
            let flips = |size: &usize| at(removed(order, *size), target).rank > LIST;
            (1..=MOST_FLIPPED).find(flips).map(|size| order[..size.min(order.len())].to_vec())
        };
        let mut sets: Vec<Option<Vec<usize>>> = orders.iter().enumerate().map(flipped).collect();
        flips::give_back(&mut sets, &mut |masks| self.stays(masks));
        let outcome = |((target, order), set): ((usize, &Vec<usize>), Option<Vec<usize>>)| {
            let fidelity = |size| {
                let (without, only) = (removed(order, size), kept(order, size));
                Fidelity::of(self.whole[target], at(without, target), at(only, target))
            };
            Outcome {
                fidelity: SIZES.into_iter().map(fidelity).collect(),
                minimal: set.map(|set| set.len()),
            }
        };
        orders.iter().enumerate().zip(sets).map(outcome).collect()
    }

    /// What the search behind `flips` claims finds.
    fn search(&self, orders: &[Vec<usize>]) -> Vec<Option<usize>> {
        let sets =
            flips::search(orders, self.history.len(), MOST_FLIPPED, &mut |masks| self.stays(masks));
        sets.into_iter().map(|set| set.map(|set| set.len())).collect()
    }

    fn stays(&self, masks: &[Vec<usize>]) -> Vec<Vec<bool>> {
        let runs = masks.chunks(BATCH).flat_map(|m| self.asked.scores_without(self.query(), m));
        let stays = |scores: Vec<f32>| {
            let softmax = Softmax::new(&scores, &self.is_candidate);
            let rank = |item: &ItemIdx| {
                standing(&scores, &self.is_candidate, *item as usize, &softmax).rank
            };
            self.targets.iter().map(|item| rank(item) <= LIST).collect()
        };
        runs.map(stays).collect()
    }
}

/// The first `size` of an order, ascending.
fn removed(order: &[usize], size: usize) -> Vec<usize> {
    let mut mask = order[..size.min(order.len())].to_vec();
    mask.sort_unstable();
    mask
}

/// All but the first `size` of an order, ascending.
fn kept(order: &[usize], size: usize) -> Vec<usize> {
    let mut mask = order[size.min(order.len())..].to_vec();
    mask.sort_unstable();
    mask
}
