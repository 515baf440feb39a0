//! The whole way from a placed item to its reason.

use claims::{Claim, Method, Reason, Strength, Verdict};
use domain::{ClaimId, Language, ReasonId};

use crate::{
    Contributions, Evidence, ExplainConfig, flips,
    guard::would_name_sensitive,
    kinds::{propose, verify},
    phrase::{joined, phrase},
    proposal::{Placement, Proposal},
    select::{Reader, coverage_of, select},
    strength::strength,
};

/// What could be verified about one placed item: all a reason is chosen from, in no language yet.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifiedItem {
    /// The item and its place.
    pub placement: Placement,
    /// Verified proposals.
    pub proposals: Vec<Proposal>,
    /// The item's score, accounted for.
    pub contributions: Contributions,
    /// Candidate claims that their checker did not verify (they reach nobody).
    pub n_unverified: usize,
}

impl VerifiedItem {
    /// The same with only some of what was verified, e.g. what a shopper did not call wrong.
    #[must_use]
    pub fn only(&self, keeps: impl Fn(&Proposal) -> bool) -> Self {
        let proposals =
            self.proposals.iter().filter(|p| p.obligatory || keeps(p)).cloned().collect();
        let (placement, contributions) = (self.placement.clone(), self.contributions.clone());
        Self { placement, proposals, contributions, n_unverified: self.n_unverified }
    }
}

/// Verifies the claims about the placed items of an answer: propose → drop what is sensitive →
/// verify. All items together, because the re-runs behind `flips` serve them at once.
#[must_use]
pub fn verify_items(
    placements: &[Placement],
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Vec<VerifiedItem> {
    let contributions: Vec<Contributions> =
        placements.iter().map(|p| evidence.contributions(&p.item_id).unwrap_or_default()).collect();
    let flips = flips::propose(placements, &contributions, evidence, config);
    let verified =
        |((placement, contributions), flips): ((&Placement, Contributions), Option<_>)| {
            let proposed = flips.into_iter().chain(propose(placement, evidence, config));
            let item = &placement.item_id;
            let open: Vec<Proposal> = proposed
                .filter(|p| !would_name_sensitive(item, &p.facts, evidence, config))
                .collect();
            let n_proposed = open.len();
            let holds =
                |p: &Proposal| verify(item, &p.facts, evidence, config) == Verdict::Verified;
            let proposals: Vec<Proposal> = open.into_iter().filter(holds).collect();
            let n_unverified = n_proposed - proposals.len();
            VerifiedItem { placement: placement.clone(), proposals, contributions, n_unverified }
        };
    placements.iter().zip(contributions).zip(flips).map(verified).collect()
}

/// Selects among the verified claims of an item, and renders them for a reader. `None` when
/// nothing could be verified.
#[must_use]
pub fn render(
    reason_id: ReasonId,
    verified: &VerifiedItem,
    reader: &Reader,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Reason> {
    let VerifiedItem { placement, proposals, contributions, .. } = verified;
    let chosen = select(proposals.clone(), contributions, reader, config);
    let share = contributions.share(&coverage_of(&chosen));
    let claims = into_claims(chosen, placement, evidence);
    (!claims.is_empty())
        .then(|| rephrase(reason_id, claims, strength(share, config), reader.lang, evidence))
}

/// The share of an item's positive score that the claims of a reason account for, 0 to 1.
#[must_use]
pub fn share_of(reason: &Reason, verified: &VerifiedItem) -> f64 {
    let told = |p: &&Proposal| reason.claims.iter().any(|claim| claim.facts == p.facts);
    let coverage = verified.proposals.iter().filter(told).flat_map(|p| p.coverage.iter().copied());
    verified.contributions.share(&coverage.collect())
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
    Reason {
        reason_id,
        text: joined(&sentences, lang),
        lang,
        method: method(&claims),
        strength,
        ai_generated: false,
        worded_by: None,
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
    claims.first().map_or(Method::Rule, |claim| claim.facts.kind().method())
}
