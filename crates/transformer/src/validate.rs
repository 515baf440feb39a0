//! Ranking held-out items among the whole catalogue, for early stopping.

use interactions::{History, ItemIdx, Mark};
use kernels::matrix::{mm, view, view_mut};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::SequenceModel;

/// Histories scored at once.
const CHUNK: usize = 32;

/// A history and what came next.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Items before, oldest first.
    pub history: Vec<ItemIdx>,
    /// Kind and gap of each; empty where unknown.
    pub marks: Vec<Mark>,
    /// The next item.
    pub target: ItemIdx,
}

impl Held {
    fn as_history(&self) -> History {
        let mark = |at: usize| self.marks.get(at).copied().unwrap_or_default();
        let newest_first = self.history.iter().enumerate().rev();
        History::marked(newest_first.map(|(at, &item)| (item, 1.0, mark(at))))
    }
}

/// Mean quality of the first ten places.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Ranking {
    /// Share of targets among the first ten.
    pub hit_rate: f64,
    /// Mean of 1 / log₂(1 + rank), zero beyond the tenth place.
    pub ndcg: f64,
}

impl Ranking {
    /// From ranks, 1 being the first place. No ranks give zeros.
    #[must_use]
    pub fn from_ranks(ranks: &[usize]) -> Self {
        let n = ranks.len().max(1) as f64;
        let hits = || ranks.iter().filter(|&&rank| rank <= 10);
        let gains = hits().map(|&rank| 1.0 / (1.0 + rank as f64).log2());
        // An empty sum of floats is −0.
        let gain = gains.fold(0.0, |sum, gain| sum + gain);
        Self { hit_rate: hits().count() as f64 / n, ndcg: gain / n }
    }
}

/// Rank of each target among all items; ties count against it. With `mask_seen`, items of the
/// history (other than the target) are out of the race. A target after no history ranks last.
#[must_use]
pub fn ranks(model: &SequenceModel, held: &[Held], mask_seen: bool) -> Vec<usize> {
    let chunks = held.par_chunks(CHUNK).map(|chunk| chunk_ranks(model, chunk, mask_seen));
    chunks.flatten_iter().collect()
}

fn chunk_ranks(model: &SequenceModel, held: &[Held], mask_seen: bool) -> Vec<usize> {
    let histories: Vec<_> = held.iter().map(Held::as_history).collect();
    let vectors = model.shopper_vectors(&histories.iter().collect::<Vec<_>>());
    let (n_items, width) = (model.n_items(), model.config().width);
    let mut scores = vec![0.0; held.len() * n_items];
    mm(
        view_mut(&mut scores, held.len(), n_items),
        faer::Accum::Replace,
        view(&vectors, held.len(), width),
        view(model.item_vectors(), n_items, width).transpose(),
        1.0,
    );
    let rows = scores.chunks_exact_mut(n_items).zip(held);
    rows.map(|(scores, held)| rank(scores, held, mask_seen)).collect()
}

fn rank(scores: &mut [f32], held: &Held, mask_seen: bool) -> usize {
    if held.history.is_empty() {
        return scores.len();
    }
    let own = scores[held.target as usize];
    if mask_seen {
        for &item in &held.history {
            scores[item as usize] = f32::NEG_INFINITY;
        }
    }
    scores[held.target as usize] = own;
    scores.iter().filter(|&&score| score >= own).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranking_matches_a_hand_count() {
        // 1/log2(2) = 1, 1/log2(4) = 0.5, 1/log2(11) = 0.2890648, rank 11 counts nothing.
        let ranking = Ranking::from_ranks(&[1, 3, 10, 11]);
        assert!((ranking.hit_rate - 0.75).abs() < 1e-12);
        assert!((ranking.ndcg - (1.0 + 0.5 + 0.289_064_826) / 4.0).abs() < 1e-9);
        assert_eq!(Ranking::from_ranks(&[]), Ranking::default());
    }

    #[test]
    fn seen_items_are_out_of_the_race_but_never_the_target() {
        let held = Held { history: vec![0, 2], marks: Vec::new(), target: 2 };
        assert_eq!(rank(&mut [9.0, 5.0, 4.0, 1.0], &held, false), 3);
        assert_eq!(rank(&mut [9.0, 5.0, 4.0, 1.0], &held, true), 2);
    }
}
