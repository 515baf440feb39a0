//! What an audit found.

use std::collections::BTreeMap;

use claims::Verdict;
use domain::{ClaimId, IngestId, ItemId, Language, ModelVersion, RequestId};
use serde::{Deserialize, Serialize};

use answers::answer::RecordedItem;
use answers::evidence_snapshot::EvidenceSnapshot;

/// Findings kept in full; the rest is counted.
const MOST_FINDINGS: usize = 20;

/// The chain of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayChain {
    /// The day (UTC), e.g. `2026-11-24`.
    pub day: String,
    /// Links of the day that were looked at.
    pub n_links: u64,
    /// Of these, links of answers that an erasure removed.
    pub n_erased: u64,
    /// The last link, in hexadecimal.
    pub head: String,
}

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
    /// Answers that could not be read, whose evidence is gone, whose list was not as the model
    /// ranks, or whose link of the audit chain does not hold.
    pub n_broken: u64,
    /// Answers recorded before there was an audit chain.
    pub n_before_chain: u64,
    /// The audit chain, day by day.
    pub days: Vec<DayChain>,
    /// Counts by kind of claim.
    pub by_kind: BTreeMap<String, KindCount>,
    /// Reasons in the words of a language model.
    #[serde(default)]
    pub n_worded: u64,
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
    /// The answer, where it is still here.
    pub request_id: Option<RequestId>,
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
    /// The list is not the one that the model, the filters and the settings of that moment give.
    #[error("another item than {item_id} belongs at place {rank} of the list")]
    OrderChanged {
        /// The place.
        rank: u32,
        /// The item recorded there.
        item_id: ItemId,
    },
    /// A score, or a signal's part of one, is not what the model gives.
    #[error("the score of {item_id} or one of its parts is not what the model gives")]
    ScoreChanged {
        /// The item.
        item_id: ItemId,
    },
    /// An item was placed by hand and does not say so.
    #[error("{item_id} was placed by hand and does not say so")]
    Undisclosed {
        /// The item.
        item_id: ItemId,
    },
    /// A language model's words are not accepted for what they state.
    #[error("the words of {item_id}'s reason are not accepted: {detail}")]
    Worded {
        /// The item.
        item_id: ItemId,
        /// Why.
        detail: String,
    },
    /// An answer is not the one its link commits to.
    #[error("answer {answer_id} is not the one that was recorded")]
    AnswerAltered {
        /// Its id.
        answer_id: IngestId,
    },
    /// An answer is gone, and no erasure removed it.
    #[error("answer {answer_id} is gone, and no erasure removed it")]
    AnswerMissing {
        /// Its id.
        answer_id: IngestId,
    },
    /// An answer has no link, although answers before it have.
    #[error("answer {answer_id} was slipped in: it has no link of the audit chain")]
    Unchained {
        /// Its id.
        answer_id: IngestId,
    },
    /// A link does not follow from the one before it.
    #[error("the audit chain is broken at answer {answer_id}: a link was altered or left out")]
    ChainBroken {
        /// Where.
        answer_id: IngestId,
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

    /// Looks again whether a language model's words are accepted for the claims they state.
    pub(super) fn check_words(
        &mut self,
        request_id: &RequestId,
        item: &RecordedItem,
        lang: Language,
        evidence: &EvidenceSnapshot<'_>,
    ) {
        let Some(reason) = &item.reason else { return };
        let Some(wording) = &reason.worded else { return };
        self.n_worded += 1;
        let statements = explain::statements_of(&reason.claims, lang, evidence);
        if let Err(refusal) = language::phrasing::check(&wording.lines, &statements.list, lang) {
            let item_id = item.item_id.clone();
            let problem = Problem::Worded { item_id, detail: refusal.to_string() };
            self.note(Some(request_id), None, problem);
        }
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

    pub(super) fn note(
        &mut self,
        request: Option<&RequestId>,
        claim: Option<ClaimId>,
        problem: Problem,
    ) {
        match problem {
            Problem::Claim { .. } => {}
            Problem::Erased => self.n_after_erasure += 1,
            _ => self.n_broken += 1,
        }
        if self.findings.len() < MOST_FINDINGS {
            let request_id = request.cloned();
            self.findings.push(Finding { request_id, claim_id: claim, problem });
        }
    }
}
