//! What an answer is computed from, gathered before anything is scored.

use std::sync::Arc;

use answers::answer::Record;
use answers::evidence_snapshot::EvidenceSnapshot;
use shop::model::LoadedModel;
use shop::snapshot::Snapshot;

use crate::caller::{Caller, StoredCaller};
use crate::treatment::Treatment;

/// Everything that an answer is computed from.
pub(crate) struct Prepared {
    pub stored: StoredCaller,
    pub caller: Caller,
    pub treatment: Treatment,
    pub loaded: Arc<LoadedModel>,
    /// What will be recorded, without its outcome.
    pub record: Record,
}

impl Prepared {
    /// The evidence of the answer: everything is scored once, when this is made.
    pub(crate) fn evidence<'a>(&'a self, snapshot: &'a Snapshot) -> EvidenceSnapshot<'a> {
        let situation = self.record.situation(&self.caller.steps);
        EvidenceSnapshot::new(snapshot.counts(), &self.loaded, &situation)
    }
}

/// What a request is answered from at one moment.
pub(crate) struct Present {
    pub snapshot: Snapshot,
    pub prepared: Prepared,
}

impl Present {
    /// The evidence: everything is scored once, when this is made.
    pub(crate) fn evidence(&self) -> EvidenceSnapshot<'_> {
        self.prepared.evidence(&self.snapshot)
    }
}
