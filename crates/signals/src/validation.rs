//! The validation split: what each shopper met last is held out, and ranked by what came before.
//! Refuses to look at anything that is not given for fitting, so test items stay unseen.

use rayon::prelude::*;

use crate::evaluate::rank::{Candidates, Excluded, salt};
use crate::{History, Interactions, ItemIdx, Query, RankingQuality, Signal};

/// One shopper's held-out item and what is known before it.
pub(crate) struct Case {
    pub(crate) history: History,
    /// Distinct items met before, ascending.
    pub(crate) known: Vec<ItemIdx>,
    seen: Excluded,
    pub(crate) target: ItemIdx,
    salt: u64,
}

/// Everything before the held-out items, and the held-out items.
pub(crate) struct Validation {
    pub(crate) training: Interactions,
    pub(crate) cases: Vec<Case>,
}

impl Validation {
    /// Holds out the last item that a shopper met for the first time, and whatever they did after.
    /// A shopper who met fewer than two items is kept whole for training.
    pub(crate) fn new(interactions: &Interactions, history_length: usize, seed: u64) -> Self {
        let mut training = interactions.clone();
        let mut cases = Vec::new();
        for (shopper, sequence) in training.sequences.iter_mut().enumerate() {
            let first_met = |&at: &usize| {
                let event = &sequence[at];
                event.weight > 0.0 && sequence[..at].iter().all(|before| before.item != event.item)
            };
            let Some(cut) = (1..sequence.len()).rev().find(first_met) else { continue };
            let history = History::of_sequence(&sequence[..cut], history_length);
            if history.is_empty() {
                continue;
            }
            let mut known: Vec<ItemIdx> = sequence[..cut].iter().map(|event| event.item).collect();
            known.sort_unstable();
            known.dedup();
            let seen = Excluded::new(known.iter().copied());
            let target = sequence[cut].item;
            cases.push(Case { history, known, seen, target, salt: salt(seed, shopper) });
            sequence.truncate(cut);
        }
        Self { training, cases }
    }
}

impl Case {
    pub(crate) fn query(&self) -> Query<'_> {
        Query { history: &self.history }
    }

    /// Rank of the held-out item among all unseen ones, from 1.
    fn rank(&self, scores: &[f32]) -> usize {
        let candidates = Candidates { scores, excluded: &self.seen, salt: self.salt };
        candidates.rank_of(self.target).expect("a held-out item is new to its shopper")
    }
}

/// Ranks of all held-out items under a weighted sum of signals, in the order of `cases`.
pub(crate) fn ranks(cases: &[Case], n_items: usize, signals: &[(f32, &dyn Signal)]) -> Vec<usize> {
    let rank = |scores: &mut Vec<f32>, case: &Case| {
        scores.fill(0.0);
        for (factor, signal) in signals.iter().filter(|(factor, _)| *factor > 0.0) {
            signal.add_scores(case.query(), *factor, scores);
        }
        case.rank(scores)
    };
    cases.par_iter().map_init(|| vec![0.0; n_items], rank).collect()
}

/// What one rank adds to NDCG@10.
pub(crate) fn gain(rank: usize) -> f32 {
    if rank <= 10 { 1.0 / (rank as f32 + 1.0).log2() } else { 0.0 }
}

/// Mean gain of all ranks: NDCG@10 with one relevant item each.
pub(crate) fn ndcg(ranks: &[usize]) -> f32 {
    ranks.iter().map(|&rank| gain(rank)).sum::<f32>() / ranks.len().max(1) as f32
}

pub(crate) fn quality(ranks: &[usize]) -> RankingQuality {
    let n_hits = ranks.iter().filter(|&&rank| rank <= 10).count();
    RankingQuality {
        hit_rate_at_10: n_hits as f32 / ranks.len().max(1) as f32,
        ndcg_at_10: ndcg(ranks),
    }
}

#[cfg(test)]
mod tests;
