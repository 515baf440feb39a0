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
pub struct Weighed {
    /// The item and its place.
    pub placement: Placement,
    /// Verified proposals.
    pub verified: Vec<Proposal>,
    /// The item's score, accounted for.
    pub contributions: Contributions,
    /// Candidate claims that their checker did not verify (they reach nobody).
    pub n_unverified: usize,
}

impl Weighed {
    /// The same with only some of what was verified, e.g. what a shopper did not call wrong.
    #[must_use]
    pub fn only(&self, told: impl Fn(&Proposal) -> bool) -> Self {
        let verified = self.verified.iter().filter(|p| p.obligatory || told(p)).cloned().collect();
        let (placement, contributions) = (self.placement.clone(), self.contributions.clone());
        Self { placement, verified, contributions, n_unverified: self.n_unverified }
    }
}

/// Weighs the placed items of an answer together: propose → drop what is sensitive → verify.
/// Together, because the re-runs behind `flips` serve all items at once.
#[must_use]
pub fn weigh(
    placements: &[Placement],
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Vec<Weighed> {
    let contributions: Vec<Contributions> =
        placements.iter().map(|p| evidence.contributions(&p.item_id).unwrap_or_default()).collect();
    let flips = flips::propose(placements, &contributions, evidence, config);
    let weighed =
        |((placement, contributions), flips): ((&Placement, Contributions), Option<_>)| {
            let proposals = flips.into_iter().chain(propose(placement, evidence, config));
            let item = &placement.item_id;
            let open: Vec<Proposal> = proposals
                .filter(|p| !would_name_sensitive(item, &p.facts, evidence, config))
                .collect();
            let n_proposed = open.len();
            let holds =
                |p: &Proposal| verify(item, &p.facts, evidence, config) == Verdict::Verified;
            let verified: Vec<Proposal> = open.into_iter().filter(holds).collect();
            let n_unverified = n_proposed - verified.len();
            Weighed { placement: placement.clone(), verified, contributions, n_unverified }
        };
    placements.iter().zip(contributions).zip(flips).map(weighed).collect()
}

/// Chooses among what was weighed, and phrases it for a reader: select → phrase. `None` when
/// nothing could be verified.
#[must_use]
pub fn tell(
    reason_id: ReasonId,
    weighed: &Weighed,
    reader: &Reader,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Reason> {
    let Weighed { placement, verified, contributions, .. } = weighed;
    let chosen = select(verified.clone(), contributions, reader, config);
    let share = contributions.share(&coverage_of(&chosen));
    let claims = into_claims(chosen, placement, evidence);
    (!claims.is_empty())
        .then(|| rephrase(reason_id, claims, strength(share, config), reader.lang, evidence))
}

/// The share of an item's positive score that the claims of a reason account for, 0 to 1.
#[must_use]
pub fn share_of(reason: &Reason, weighed: &Weighed) -> f64 {
    let told = |p: &&Proposal| reason.claims.iter().any(|claim| claim.facts == p.facts);
    let coverage = weighed.verified.iter().filter(told).flat_map(|p| p.coverage.iter().copied());
    weighed.contributions.share(&coverage.collect())
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
