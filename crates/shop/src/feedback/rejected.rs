//! What a shopper turned away from, and which of their events therefore teach nothing.
//!
//! The same rule holds for training and for serving, so that a history means the same in both. An
//! event's ingest id decides, never its clock: what somebody does *after* turning away counts again.

use domain::{EventKind, FeedbackKind, IngestId, ItemId, RequestId, StoredEvent};
use rustc_hash::{FxHashMap, FxHashSet};
use store::{StoreError, StoredFeedback};

use super::Detail;

/// What one shopper turned away from.
#[derive(Debug, Default)]
pub struct Rejected {
    /// Dismissed items, and when.
    dismissed: FxHashMap<ItemId, IngestId>,
    /// Items whose use in a reason they forbade, and when.
    unused: FxHashMap<ItemId, IngestId>,
    /// Recommended items whose reason they called wrong.
    misled: FxHashSet<(RequestId, ItemId)>,
}

impl Rejected {
    /// Reads what a shopper said and did.
    pub fn of<'a>(
        feedback: impl IntoIterator<Item = &'a StoredFeedback>,
        events: impl IntoIterator<Item = &'a StoredEvent>,
    ) -> Result<Self, StoreError> {
        let mut rejected = Self::default();
        feedback.into_iter().try_for_each(|one| rejected.hear(one))?;
        for event in events.into_iter().filter(|event| event.kind == EventKind::Dismiss) {
            latest(&mut rejected.dismissed, &event.item_id, event.id);
        }
        Ok(rejected)
    }

    /// Whether this kind of feedback turns away from anything.
    pub fn listens_to(kind: FeedbackKind) -> bool {
        matches!(kind, FeedbackKind::Wrong | FeedbackKind::DontUse)
    }

    /// Takes in one thing said, unless a correction does what it asks.
    pub fn hear(&mut self, feedback: &StoredFeedback) -> Result<(), StoreError> {
        if !Self::listens_to(feedback.kind) {
            return Ok(());
        }
        let detail = Detail::of(feedback)?;
        if detail.corrected {
            return Ok(());
        }
        match (feedback.kind, &feedback.request_id, &feedback.item_id) {
            (FeedbackKind::Wrong, Some(request), Some(item)) => {
                self.misled.insert((request.clone(), item.clone()));
            }
            (FeedbackKind::DontUse, ..) => {
                for item in detail.rests_on {
                    latest(&mut self.unused, &item, feedback.id);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether an event still shows interest. A purchase or a rating stands, however its item was
    /// recommended, unless its use was forbidden.
    pub fn keeps(&self, event: &StoredEvent) -> bool {
        let before = |rejected: &FxHashMap<ItemId, IngestId>| {
            rejected.get(&event.item_id).is_some_and(|at| event.id < *at)
        };
        let owned = matches!(event.kind, EventKind::Purchase | EventKind::Rate);
        let misled = event
            .request_id
            .as_ref()
            .is_some_and(|request| self.misled.contains(&(request.clone(), event.item_id.clone())));
        !before(&self.unused) && (owned || !(misled || before(&self.dismissed)))
    }
}

fn latest(at: &mut FxHashMap<ItemId, IngestId>, item: &ItemId, id: IngestId) {
    let kept = at.entry(item.clone()).or_insert(id);
    *kept = (*kept).max(id);
}
