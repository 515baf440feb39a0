//! Scores and order of a recorded list, computed again from the model, the history, the filters and
//! the settings on record. Strengths are not: how claims were chosen may have been improved since.

use claims::ClaimKind;
use domain::ItemId;
use explain::Evidence;

use super::Problem;
use answers::answer::{Record, RecordedItem};
use answers::evidence_snapshot::{EvidenceSnapshot, signals_of};

/// Floats recompute to the same bits on the same machine; this allows for another one.
const TOLERANCE: f64 = 1e-5;

/// Everything in which a recorded list is not the one that comes out again. What a seeded error put in the
/// place of an item is on record as such, and stands there rightly.
pub fn problems(record: &Record, evidence: &EvidenceSnapshot<'_>) -> Vec<Problem> {
    let undisclosed = record.items.iter().filter(|item| !says_so(item, evidence));
    let mut problems: Vec<Problem> =
        undisclosed.map(|item| Problem::Undisclosed { item_id: item.item_id.clone() }).collect();
    let again: Vec<ItemId> = evidence.placements().into_iter().map(|p| p.item_id).collect();
    let differs = record.items.iter().enumerate().find(|(at, item)| {
        item.rank as usize != at + 1
            || again
                .get(*at)
                .is_none_or(|id| *id != item.item_id && !record.is_wrong_item(item.rank))
    });
    if let Some((at, item)) = differs {
        let (rank, item_id) = (at as u32 + 1, item.item_id.clone());
        problems.push(Problem::OrderChanged { rank, item_id });
    } else if let Some(missing) = again.get(record.items.len()) {
        let rank = record.items.len() as u32 + 1;
        problems.push(Problem::OrderChanged { rank, item_id: missing.clone() });
    }
    let misjudged = record.items.iter().filter(|item| !is_scored(item, evidence));
    problems.extend(misjudged.map(|i| Problem::ScoreChanged { item_id: i.item_id.clone() }));
    problems
}

/// An item placed by hand carries the claim that says so.
fn says_so(item: &RecordedItem, evidence: &EvidenceSnapshot<'_>) -> bool {
    let mut claims = item.reason.iter().flat_map(|reason| &reason.claims);
    evidence.promotion(&item.item_id).is_none()
        || claims.any(|claim| claim.facts.kind() == ClaimKind::Promoted)
}

/// Whether the recorded score of an item comes out again, signal by signal.
pub fn is_scored(item: &RecordedItem, evidence: &EvidenceSnapshot<'_>) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= TOLERANCE * (1.0 + a.abs().max(b.abs()));
    let parts = signals_of(evidence, &item.item_id);
    let same_parts = parts.len() == item.signals.len()
        && parts.iter().all(|(name, part)| {
            item.signals.get(name).is_some_and(|recorded| close(*recorded, *part))
        });
    same_parts && evidence.score(&item.item_id).is_some_and(|score| close(score, item.score))
}
