//! What an answer is computed from, gathered before anything is scored.

use std::sync::Arc;

use answers::answer::Record;
use answers::evidence_snapshot::Witness;
use shop::model::LoadedModel;
use shop::snapshot::Snapshot;

use crate::caller::{Asker, Caller};
use crate::treatment::Treatment;

/// Everything that an answer is computed from.
pub(crate) struct Prepared {
    pub caller: Caller,
    pub asker: Asker,
    pub treatment: Treatment,
    pub loaded: Arc<LoadedModel>,
    /// What will be recorded, without its outcome.
    pub record: Record,
}

impl Prepared {
    /// The evidence of the answer: everything is scored once, when this is made.
    pub(crate) fn witness<'a>(&'a self, snapshot: &'a Snapshot) -> Witness<'a> {
        let situation = self.record.situation(&self.asker.steps);
        Witness::new(snapshot.counts(), &self.loaded, &situation)
    }
}

/// What a request is answered from at one moment.
pub(crate) struct Present {
    pub snapshot: Snapshot,
    pub prepared: Prepared,
}

impl Present {
    /// The evidence: everything is scored once, when this is made.
    pub(crate) fn witness(&self) -> Witness<'_> {
        self.prepared.witness(&self.snapshot)
    }
}
