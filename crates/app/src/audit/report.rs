//! What an audit found.

use std::collections::BTreeMap;

use domain::{ClaimId, IngestId, Language, ModelVersion, RequestId, Verdict};
use serde::{Deserialize, Serialize};

/// Findings kept in full; the rest is counted.
const MOST_FINDINGS: usize = 20;

/// The result of an audit.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AuditReport {
    /// Answers looked at.
    pub n_answers: u64,
    /// Claims looked at.
    pub n_claims: u64,
    /// Claims that recomputed to the same.
    pub n_verified: u64,
    /// Claims that no longer recompute although nothing was erased since: each is a fault.
    pub n_failed: u64,
    /// Claims and answers that no longer recompute after somebody was erased: neither false nor
    /// verified.
    pub n_after_erasure: u64,
    /// Answers that could not be read or whose evidence is gone.
    pub n_broken: u64,
    /// Counts by kind of claim.
    pub by_kind: BTreeMap<String, KindCount>,
    /// Claims by language.
    pub by_language: BTreeMap<Language, u64>,
    /// The first findings, in full.
    pub findings: Vec<Finding>,
}

/// Verdicts of one kind of claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KindCount {
    /// Recomputed to the same.
    pub verified: u64,
    /// Recomputed to something else.
    pub refuted: u64,
    /// Could not be recomputed.
    pub unsupported: u64,
    /// No longer recomputes after an erasure.
    pub after_erasure: u64,
}

/// One thing that is not as it was delivered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The answer.
    pub request_id: RequestId,
    /// The claim, where it is about one.
    pub claim_id: Option<ClaimId>,
    /// What is wrong.
    #[serde(flatten)]
    pub problem: Problem,
}

/// What can be wrong with a recorded answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// The claim does not recompute.
    #[error("{kind} claim is {verdict:?} when recomputed")]
    Claim {
        /// Its kind.
        kind: String,
        /// What the checker says now.
        verdict: Verdict,
    },
    /// The record cannot be read.
    #[error("the record cannot be read: {detail}")]
    Damaged {
        /// Why.
        detail: String,
    },
    /// An event that the proof names is not in the log.
    #[error("event {event_id} of the proof is not in the log")]
    EventGone {
        /// The event.
        event_id: IngestId,
    },
    /// The model that ranked is not here.
    #[error("model {version} that ranked is not here")]
    ModelGone {
        /// The model.
        version: ModelVersion,
    },
    /// The model that ranked is here, but not as it was saved.
    #[error("model {version} that ranked cannot be used: {detail}")]
    ModelDamaged {
        /// The model.
        version: ModelVersion,
        /// What is wrong with it.
        detail: String,
    },
    /// The model that ranked was removed by an erasure.
    #[error("the model that ranked was removed by an erasure")]
    Erased,
}

impl AuditReport {
    /// Whether everything that was delivered still recomputes, erasures apart.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.n_failed == 0 && self.n_broken == 0
    }

    pub(super) fn count(&mut self, kind: &str, lang: Language, verdict: Verdict, lowered: bool) {
        self.n_claims += 1;
        *self.by_language.entry(lang).or_default() += 1;
        let count = self.by_kind.entry(kind.to_owned()).or_default();
        match verdict {
            Verdict::Verified => {
                self.n_verified += 1;
                count.verified += 1;
            }
            _ if lowered => {
                self.n_after_erasure += 1;
                count.after_erasure += 1;
            }
            Verdict::Refuted => {
                self.n_failed += 1;
                count.refuted += 1;
            }
            Verdict::Unsupported => {
                self.n_failed += 1;
                count.unsupported += 1;
            }
        }
    }

    pub(super) fn note(&mut self, request: &RequestId, claim: Option<ClaimId>, problem: Problem) {
        match problem {
            Problem::Claim { .. } => {}
            Problem::Erased => self.n_after_erasure += 1,
            _ => self.n_broken += 1,
        }
        if self.findings.len() < MOST_FINDINGS {
            let request_id = request.clone();
            self.findings.push(Finding { request_id, claim_id: claim, problem });
        }
    }
}
