//! Claims from what reviewers wrote: `reviewers_say`. Counts are of distinct reviewers, and faults
//! are never left out: an aspect is told with both sides, and the most criticised one stands as a
//! candidate of its own.

use claims::{Facts, Opinions, Verdict, Who};
use domain::ItemId;

use crate::{Evidence, ExplainConfig, guard::fewest, proposal::Proposal, recompute::compare};

/// The aspect most praised, and the one most faulted.
pub(super) fn reviewers_say(
    id: &ItemId,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Vec<Proposal> {
    let told: Vec<Opinions> =
        evidence.opinions(id).into_iter().filter(|o| supported(o, config)).collect();
    let praised = told.iter().filter(|o| o.n_positive > o.n_negative);
    let faulted = told.iter().filter(|o| o.n_negative > o.n_positive);
    // The first of equals wins; the evidence lists the most mentioned first.
    let most_praised = praised.rev().max_by_key(|o| o.n_positive);
    let most_faulted = faulted.rev().max_by_key(|o| o.n_negative);
    let proposals = most_praised.into_iter().chain(most_faulted);
    proposals.map(|o| Proposal::beside(Facts::ReviewersSay(o.clone()), Vec::new())).collect()
}

/// Enough reviewers, of whom some take a side.
pub(crate) fn supported(opinions: &Opinions, config: &ExplainConfig) -> bool {
    opinions.n_reviewers >= fewest(Who::Reviewers, config)
        && opinions.n_positive + opinions.n_negative > 0
}

/// Counts again what reviewers say about the same aspect.
pub(crate) fn recount(
    id: &ItemId,
    claimed: &Opinions,
    evidence: &dyn Evidence,
) -> Option<Opinions> {
    evidence.opinions(id).into_iter().find(|found| found.aspect == claimed.aspect)
}

/// Counts the reviewers of the aspect again.
pub(super) fn verify_reviewers_say(
    item: &ItemId,
    opinions: &Opinions,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    if !supported(opinions, config) {
        return Verdict::Unsupported;
    }
    compare(recount(item, opinions, evidence).as_ref() == Some(opinions))
}
