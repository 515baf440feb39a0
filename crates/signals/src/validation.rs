//! The validation split: the item that each shopper met last, or first after an instant, is held out
//! and ranked by the events before it. Only the data given for fitting are looked at, so that test
//! items stay unseen.

use domain::{EventTime, Timestamp};
use metrics::rank::{Candidates, Excluded, salt};
use rayon::prelude::*;

use crate::{
    Context, History, HoldOut, Interaction, Interactions, ItemIdx, Query, RankingQuality, Signal,
    SignalsConfig,
};

/// One shopper's held-out item and what is known before it.
pub(crate) struct Case {
    pub(crate) history: History,
    /// The situation in which the held-out item was met.
    pub(crate) context: Context,
    /// When it was met.
    pub(crate) time: EventTime,
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
    /// Holds out by the last item or by time, as configured.
    pub(crate) fn new(interactions: &Interactions, config: &SignalsConfig) -> Self {
        let (length, seed) = (config.history_length, config.seed);
        match config.hold_out {
            HoldOut::LastItem => Self::last_item(interactions, length, seed),
            HoldOut::Time { share } => Self::by_time(interactions, share, length, seed),
        }
    }

    /// Holds out the last item that a shopper met for the first time, and whatever they did after.
    /// A shopper who met fewer than two items is kept whole for training.
    pub(crate) fn last_item(interactions: &Interactions, length: usize, seed: u64) -> Self {
        Self::cut(interactions, |sequence| {
            let target = (1..sequence.len()).rev().find(|&at| is_first_met(sequence, at));
            target.map_or((sequence.len(), None), |at| (at, Some(at)))
        })
        .cases_of(length, seed, |case| !case.history.is_empty())
    }

    /// Cuts everyone's events at the instant after which the last `share` of all events lies, and
    /// holds out the first item that each shopper then met for the first time. New shoppers stay
    /// in. Where an event has no time, nothing is held out.
    pub(crate) fn by_time(
        interactions: &Interactions,
        share: f64,
        length: usize,
        seed: u64,
    ) -> Self {
        let events = interactions.sequences.iter().flatten();
        let instants: Option<Vec<Timestamp>> = events.map(|event| event.time.instant()).collect();
        let mut instants = instants.unwrap_or_default();
        instants.sort_unstable();
        let at = (instants.len() as f64 * (1.0 - share)) as usize;
        let cut = instants.get(at).copied();
        Self::cut(interactions, |sequence| {
            let is_before = |event: &Interaction| event.time.instant() < cut || cut.is_none();
            let end = sequence.partition_point(is_before);
            (end, (end..sequence.len()).find(|&at| is_first_met(sequence, at)))
        })
        .cases_of(length, seed, |_| true)
    }

    /// `of` gives for a sequence how many events are kept for training, and which is held out.
    fn cut<'i>(
        interactions: &'i Interactions,
        of: impl Fn(&[Interaction]) -> (usize, Option<usize>),
    ) -> Cut<'i> {
        Cut { interactions, cuts: interactions.sequences.iter().map(|s| of(s)).collect() }
    }
}

/// Whether an event shows interest in an item that was not met before.
fn is_first_met(sequence: &[Interaction], at: usize) -> bool {
    let event = &sequence[at];
    event.weight > 0.0 && sequence[..at].iter().all(|before| before.item != event.item)
}

/// Where every sequence is cut, and which of its events is asked for.
struct Cut<'i> {
    interactions: &'i Interactions,
    cuts: Vec<(usize, Option<usize>)>,
}

impl Cut<'_> {
    fn cases_of(self, length: usize, seed: u64, keep: impl Fn(&Case) -> bool) -> Validation {
        let mut training = self.interactions.clone();
        let mut cases = Vec::new();
        let sequences = training.sequences.iter_mut().zip(self.cuts).enumerate();
        for (shopper, (sequence, (end, target))) in sequences {
            let case = target.map(|at| Case::new(&sequence[..end], &sequence[at], length));
            let case = case.map(|case| Case { salt: salt(seed, shopper), ..case });
            match case.filter(&keep) {
                Some(case) => {
                    cases.push(case);
                    sequence.truncate(end);
                }
                None if target.is_some() => {}
                None => sequence.truncate(end),
            }
        }
        Validation { training, cases }
    }
}

impl Case {
    fn new(before: &[Interaction], target: &Interaction, length: usize) -> Self {
        let mut known: Vec<ItemIdx> = before.iter().map(|event| event.item).collect();
        known.sort_unstable();
        known.dedup();
        Self {
            history: History::of_sequence(before, length),
            context: target.context,
            time: target.time,
            seen: Excluded::new(known.iter().copied()),
            known,
            target: target.item,
            salt: 0,
        }
    }

    pub(crate) fn query(&self) -> Query<'_> {
        Query { history: &self.history, context: self.context }
    }

    /// Rank of the held-out item among all unseen ones, from 1.
    fn rank(&self, scores: &[f32]) -> usize {
        let candidates = Candidates { scores, excluded: &self.seen, salt: self.salt };
        candidates.rank_of(self.target).expect("a held-out item is new to its shopper")
    }
}

/// Ranks of all held-out items under a weighted sum of signals, in the order of `cases`.
pub(crate) fn ranks(cases: &[Case], n_items: usize, signals: &[(f32, &dyn Signal)]) -> Vec<usize> {
    let rank = |cases: &[Case]| {
        let queries: Vec<Query<'_>> = cases.iter().map(Case::query).collect();
        let mut scores = vec![0.0; cases.len() * n_items];
        for (factor, signal) in signals.iter().filter(|(factor, _)| *factor > 0.0) {
            signal.add_scores_of_each(&queries, *factor, &mut scores);
        }
        let rows = scores.chunks_exact(n_items);
        cases.iter().zip(rows).map(|(case, scores)| case.rank(scores)).collect::<Vec<_>>()
    };
    cases.par_chunks(at_once(n_items)).flat_map_iter(rank).collect()
}

/// How many cases are scored together: enough for one product of matrices, and no more scores than
/// a cache holds.
pub(crate) fn at_once(n_items: usize) -> usize {
    (400_000 / n_items.max(1)).clamp(1, 32)
}

/// The gain of one rank in NDCG@10.
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
