//! Candidate claims: facts that may be stated of a placed item, with the part of the score that they
//! speak for.

use claims::Facts;
use domain::{HistoryRef, ItemId};

use crate::Coverage;

/// Where an item was placed in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The item.
    pub item_id: ItemId,
    /// Rank by score alone, from 1.
    pub rank_by_score: u32,
    /// Place in the list, from 1.
    pub rank_shown: u32,
    /// Length of the list.
    pub k: u32,
}

/// A candidate claim, not yet checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Kind and facts.
    pub facts: Facts,
    /// The history it rests on.
    pub evidence: Vec<HistoryRef>,
    /// The part of the score it speaks for.
    pub coverage: Coverage,
    /// True when the reason is not honest without it (variety, nothing known).
    pub obligatory: bool,
}

impl Proposal {
    /// Returns a claim that explains none of the score but tells something true.
    pub(crate) fn beside(facts: Facts, evidence: Vec<HistoryRef>) -> Self {
        Self { facts, evidence, coverage: Coverage::new(), obligatory: false }
    }
}

/// Returns the history positions with a positive contribution, strongest first; equal ones newest first.
pub(crate) fn strongest(by_event: &[f64]) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..by_event.len()).filter(|&i| by_event[i] > 0.0).collect();
    positions.sort_by(|&a, &b| by_event[b].total_cmp(&by_event[a]));
    positions
}
