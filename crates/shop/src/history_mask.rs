//! What of a history a shopper does not want used: what they turned away from, and what they put
//! right. The one place where steps are masked, for answers and for training alike.

use domain::{Item, ItemId, StoredEvent};
use store::{StoreError, StoredFeedback};

use crate::effective_corrections::EffectiveCorrections;
use crate::feedback::Rejected;
use crate::history;
use crate::history::{HistoryConfig, Step};

/// What one shopper does not want used.
#[derive(Debug, Default)]
pub struct HistoryMask {
    rejected: Rejected,
    effective: EffectiveCorrections,
}

impl HistoryMask {
    /// From what they said of reasons, what they did, and what they put right.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where something that they said cannot be read.
    pub fn of<'a>(
        heard: impl IntoIterator<Item = &'a StoredFeedback>,
        events: impl IntoIterator<Item = &'a StoredEvent>,
        effective: EffectiveCorrections,
    ) -> Result<Self, StoreError> {
        let stand = events.into_iter().filter(|event| !effective.undoes(event));
        Ok(Self { rejected: Rejected::of(heard, stand)?, effective })
    }

    /// The steps of a history; those that are not to be used are masked. `item` gives what the
    /// catalogue says now.
    pub fn steps<'a, 'c>(
        &self,
        events: impl IntoIterator<Item = &'a StoredEvent>,
        config: &HistoryConfig,
        item: impl Fn(&ItemId) -> Option<&'c Item>,
    ) -> Vec<Step> {
        history::steps(events, config, |run, event| self.uses(run, event, item(&event.item_id)))
    }

    /// Whether an event is used, which is one of the consecutive events with its item that make a
    /// step.
    pub fn uses(&self, run: &[&StoredEvent], event: &StoredEvent, item: Option<&Item>) -> bool {
        self.rejected.keeps(event) && self.effective.uses(run, event, item)
    }

    /// Whether an event is as if it had not been: an item was turned away, and that taken back.
    pub fn undoes(&self, event: &StoredEvent) -> bool {
        self.effective.undoes(event)
    }

    /// What they put right.
    pub fn into_effective(self) -> EffectiveCorrections {
        self.effective
    }
}
