//! The whole way from a placed item to its reason.

use domain::{Claim, ClaimId, Facts, Language, Method, Reason, ReasonId, Strength, Verdict};

use crate::propose::{Placement, Proposal, propose};
use crate::select::{coverage_of, mentions_sensitive, select};
use crate::strength::strength;
use crate::{Evidence, ExplainConfig, phrase, verify};

/// A reason and what was weighed for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The reason; `None` when nothing could be verified.
    pub reason: Option<Reason>,
    /// Candidate claims that their checker did not verify (they reach nobody).
    pub n_unverified: usize,
}

/// Explains one placed item: propose → drop what is sensitive → verify → select → phrase.
#[must_use]
pub fn explain(
    reason_id: &ReasonId,
    placement: &Placement,
    lang: Language,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Explained {
    let item = &placement.item_id;
    let proposals: Vec<Proposal> = propose(placement, evidence, config)
        .into_iter()
        .filter(|p| !mentions_sensitive(item, &p.facts, evidence, config))
        .collect();
    let n_proposed = proposals.len();
    let verified: Vec<Proposal> = proposals
        .into_iter()
        .filter(|p| verify(item, &p.facts, evidence, config) == Verdict::Verified)
        .collect();
    let n_unverified = n_proposed - verified.len();
    let contributions = evidence.contributions(item).unwrap_or_default();
    let chosen = select(verified, &contributions, config);
    let share = contributions.share(&coverage_of(&chosen));
    let claims = into_claims(chosen, placement, evidence);
    let reason = (!claims.is_empty())
        .then(|| rephrase(reason_id.clone(), claims, strength(share, config), lang, evidence));
    Explained { reason, n_unverified }
}

/// Phrases claims that were verified before, e.g. when a recorded answer is read again.
#[must_use]
pub fn rephrase(
    reason_id: ReasonId,
    claims: Vec<Claim>,
    strength: Strength,
    lang: Language,
    evidence: &dyn Evidence,
) -> Reason {
    let sentences = phrase(&claims, strength, lang, evidence);
    let separator = match lang {
        Language::Zh => "",
        Language::En => " ",
    };
    let texts: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
    Reason {
        reason_id,
        text: texts.join(separator),
        lang,
        method: method(&claims),
        strength,
        ai_generated: false,
        sentences,
        claims,
    }
}

fn into_claims(
    chosen: Vec<Proposal>,
    placement: &Placement,
    evidence: &dyn Evidence,
) -> Vec<Claim> {
    let number = |i: usize| format!("c{}-{}", placement.rank_shown, i + 1);
    chosen
        .into_iter()
        .enumerate()
        .map(|(i, proposal)| Claim {
            claim_id: ClaimId::new(number(i)).expect("c1-1 is a valid id"),
            item_id: placement.item_id.clone(),
            facts: proposal.facts,
            evidence: proposal.evidence,
            as_of: evidence.as_of(),
            model_version: evidence.model_version().clone(),
            verdict: Verdict::Verified,
        })
        .collect()
}

/// The method of the first claim, which accounts for most.
fn method(claims: &[Claim]) -> Method {
    match claims.first().map(|claim| &claim.facts) {
        Some(Facts::Contributed { .. }) => Method::Counterfactual,
        Some(Facts::BoughtTogether(_) | Facts::ViewedThen(_) | Facts::SimilarText { .. }) => {
            Method::Association
        }
        _ => Method::Rule,
    }
}
