//! Answers for past histories that nobody asked for: what measurements explain.
//!
//! Responsible for building the same evidence as a request would. Refuses to record.

use domain::{EventTime, IngestId, ItemId, RequestContext};
use explain::PastEvent;
use recommend::RecommendConfig;
use signals::Interaction;

use crate::evidence_snapshot::EvidenceSnapshot;
use crate::request::Filters;
use crate::situation::{Rules, Situation};
use shop::effective_corrections::Steering;
use shop::history::{HistoryConfig, Step};
use shop::live_counts::LiveCounts;
use shop::model::LoadedModel;

/// A history of the log, as if its shopper asked now and owned all of it.
pub struct Replay {
    steps: Vec<Step>,
    not_again: Vec<ItemId>,
}

impl Replay {
    /// Of steps, oldest first, of which the last `length` count. Events get made-up ids: no claim
    /// of a replay leaves this process.
    pub fn new(events: &[Interaction], items: &[ItemId], length: usize) -> Self {
        let recent = &events[events.len().saturating_sub(length)..];
        let step = |(n, event): (usize, &Interaction)| Step {
            past: PastEvent {
                item_id: items[event.item as usize].clone(),
                event_id: Some(IngestId(n as u128 + 1)),
                kind: Some(event.kind),
                time: Some(EventTime::Ordinal(n as u32)),
                price: None,
            },
            weight: event.weight,
            masked: false,
        };
        let steps = recent.iter().enumerate().rev().map(step).collect();
        let not_again = events.iter().map(|event| items[event.item as usize].clone()).collect();
        Self { steps, not_again }
    }

    /// The evidence behind a list of `k`.
    pub fn evidence<'a>(
        &'a self,
        counts: &'a LiveCounts,
        loaded: &'a LoadedModel,
        k: usize,
        recommend: &'a RecommendConfig,
    ) -> EvidenceSnapshot<'a> {
        let filters = Filters::default();
        let not_again = &self.not_again;
        let (steering, history) = (Steering::default(), HistoryConfig::default());
        let rules = Rules {
            filters: &filters,
            seed_items: &[],
            not_again,
            pinned: &[],
            steering: &steering,
        };
        let context = &RequestContext::default();
        let steps = &self.steps;
        let history = &history;
        let situation = Situation { steps, unknown: None, context, rules, k, recommend, history };
        EvidenceSnapshot::new(counts, loaded, &situation)
    }
}
