//! Claims that the model's own score rests on: `contributed` and `similar_text`.

use claims::{Facts, Verdict};
use domain::{HistoryRef, ItemId};
use signals::SignalName;

use crate::{
    Contributions, Evidence, ExplainConfig,
    proposal::{Proposal, strongest},
    recompute::{close, compare, positions_of},
};

/// Most history items one `contributed` claim names.
const MOST_NAMED: usize = 2;
/// A further item is named only when it carries at least this share of the strongest one's.
const WORTH_NAMING: f64 = 0.5;

/// The strongest events, if without them the item would rank lower.
pub(super) fn contributed(
    id: &ItemId,
    contributions: &Contributions,
    evidence: &dyn Evidence,
) -> Option<Proposal> {
    let positions = named_positions(contributions, evidence);
    if positions.is_empty() {
        return None;
    }
    let coverage = contributions.cells_of(&positions);
    let history: Vec<_> = positions.iter().map(|&p| evidence.history()[p].to_ref()).collect();
    let facts = Facts::Contributed {
        history: history.clone(),
        share: contributions.share(&coverage),
        rank_with: evidence.rank_without(id, &[])?,
        rank_without: evidence.rank_without(id, &positions)?,
    };
    Some(Proposal { facts, evidence: history, coverage, obligatory: false })
}

fn named_positions(contributions: &Contributions, evidence: &dyn Evidence) -> Vec<usize> {
    let by_event = contributions.by_event();
    let ordered = strongest(&by_event);
    let Some(&first) = ordered.first() else {
        return Vec::new();
    };
    let mut named: Vec<usize> = Vec::new();
    for position in ordered {
        let worth_it = by_event[position] >= WORTH_NAMING * by_event[first];
        let item = &evidence.history()[position].item_id;
        let is_new = named.iter().all(|&p| evidence.history()[p].item_id != *item);
        if named.len() < MOST_NAMED && worth_it && is_new {
            named.push(position);
        }
    }
    named
}

/// Likeness to the history item whose text speaks most for this one.
pub(super) fn similar_text(
    id: &ItemId,
    contributions: &Contributions,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Proposal> {
    let part = contributions.of_signal(SignalName::Text)?;
    // An item that was looked at before may come back; it is no news that it resembles itself.
    let another = |position: &usize| evidence.history()[*position].item_id != *id;
    let position = strongest(&part.by_event).into_iter().find(another)?;
    let past = &evidence.history()[position];
    let similarity = evidence.text_similarity(&past.item_id, id)?;
    if similarity.cosine < config.min_similarity || similarity.quotable.is_empty() {
        return None;
    }
    let facts = Facts::SimilarText {
        other: past.item_id.clone(),
        similarity: similarity.cosine,
        shared_terms: similarity.quotable,
    };
    let coverage = [(SignalName::Text, Some(position))].into();
    Some(Proposal { facts, evidence: vec![past.to_ref()], coverage, obligatory: false })
}

/// Runs the model again without the events.
pub(super) fn verify_contributed(
    item: &ItemId,
    history: &[HistoryRef],
    facts: &Facts,
    evidence: &dyn Evidence,
) -> Verdict {
    let Facts::Contributed { share, rank_with, rank_without, .. } = facts else {
        return Verdict::Unsupported;
    };
    let (Some(positions), Some(contributions)) =
        (positions_of(history, evidence), evidence.contributions(item))
    else {
        return Verdict::Unsupported;
    };
    if positions.is_empty() {
        return Verdict::Unsupported;
    }
    let recomputed = contributions.share(&contributions.cells_of(&positions));
    compare(
        close(*share, recomputed)
            && evidence.rank_without(item, &[]) == Some(*rank_with)
            && evidence.rank_without(item, &positions) == Some(*rank_without)
            && rank_without > rank_with,
    )
}

/// Compares the two texts again.
pub(super) fn verify_similar_text(
    item: &ItemId,
    facts: &Facts,
    evidence: &dyn Evidence,
) -> Verdict {
    let Facts::SimilarText { other, similarity, shared_terms } = facts else {
        return Verdict::Unsupported;
    };
    match evidence.text_similarity(other, item) {
        Some(found) => {
            let is_shared =
                |term| found.quotable.contains(term) || found.shared_terms.contains(term);
            compare(
                other != item
                    && close(found.cosine, *similarity)
                    && !shared_terms.is_empty()
                    && shared_terms.iter().all(is_shared),
            )
        }
        None => Verdict::Unsupported,
    }
}
