//! The kinds of claims: how each is proposed, how it is verified, and how much it helps to judge an
//! item.
//!
//! Each match here names every kind, so that a new one does not compile before it has all three.
//! Proposing is generous; verifying is not. A verifier never trusts a number that the claim was built
//! with: counts are taken again, the model is run again, and the verdict is the comparison.

pub mod asked;
mod catalogue;
mod history;
mod notice;
mod price;
mod reviews;
mod shoppers;
mod situation;

use claims::{Claim, ClaimKind, Facts, Verdict, of_answers};
use domain::ItemId;

use crate::{
    Contributions, Evidence, ExplainConfig, flips,
    guard::counts_too_few,
    proposal::{Placement, Proposal},
    recompute::{compare, recomputed},
};

/// Returns all candidate claims for a placed item, apart from `flips`, which are searched for all
/// items of a list together.
pub fn propose(
    placement: &Placement,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Vec<Proposal> {
    let contributions = evidence.contributions(&placement.item_id).unwrap_or_default();
    let of_kind = |kind: &ClaimKind| of_kind(*kind, placement, &contributions, evidence, config);
    ClaimKind::OF_REASONS.iter().flat_map(of_kind).collect()
}

fn of_kind(
    kind: ClaimKind,
    placement: &Placement,
    contributions: &Contributions,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Vec<Proposal> {
    let id = &placement.item_id;
    let proposed = match kind {
        ClaimKind::Promoted => notice::promoted(placement, evidence),
        ClaimKind::Varied => notice::varied(placement, evidence),
        ClaimKind::UnknownShopper => notice::unknown_shopper(evidence),
        ClaimKind::AskedFor => return notice::asked_for(id, evidence),
        ClaimKind::Contributed => history::contributed(id, contributions, evidence),
        // One pair is told, bought together before viewed one after the other.
        ClaimKind::BoughtTogether => shoppers::pairs(id, contributions, evidence, config),
        ClaimKind::SimilarText => history::similar_text(id, contributions, evidence, config),
        ClaimKind::SharesAttribute => catalogue::shares_attribute(id, evidence, config),
        ClaimKind::Popular => shoppers::popular(id, evidence, config),
        ClaimKind::Rated => catalogue::rated(id, evidence, config),
        ClaimKind::ReviewersSay => return reviews::reviewers_say(id, evidence, config),
        ClaimKind::Discounted => price::discounted(id, evidence, config),
        ClaimKind::InContext => situation::in_context(id, evidence, config),
        ClaimKind::PriceFit => catalogue::price_fit(id, evidence, config),
        ClaimKind::NewArrival => catalogue::new_arrival(id, evidence, config),
        // Searched for all items of a list together, and told as the other pair.
        ClaimKind::Flips | ClaimKind::ViewedThen => None,
        of_answers!(ClaimKind) => None,
    };
    proposed.into_iter().collect()
}

/// Recomputes a whole claim: its facts, its model version and its moment.
#[must_use]
pub fn verify_claim(claim: &Claim, evidence: &dyn Evidence, config: &ExplainConfig) -> Verdict {
    if claim.as_of != evidence.as_of() || claim.model_version != *evidence.model_version() {
        return Verdict::Unsupported;
    }
    verify(&claim.item_id, &claim.facts, evidence, config)
}

/// Recomputes the facts of a claim about `item`. Counts of too few people are unsupported, true or
/// not.
#[must_use]
pub fn verify(
    item: &ItemId,
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    if counts_too_few(facts, config) {
        return Verdict::Unsupported;
    }
    match facts {
        Facts::Contributed { history, .. } => {
            history::verify_contributed(item, history, facts, evidence)
        }
        Facts::Flips { history, .. } => flips::verify(item, history, facts, evidence, config),
        Facts::BoughtTogether(pair) => {
            shoppers::verify_pair(pair, shoppers::bought_together(&pair.other, item, evidence))
        }
        Facts::ViewedThen(pair) => {
            shoppers::verify_pair(pair, shoppers::viewed_then(&pair.other, item, evidence))
        }
        Facts::SharesAttribute { .. } => {
            catalogue::verify_shares_attribute(item, facts, evidence, config)
        }
        Facts::SimilarText { .. } => history::verify_similar_text(item, facts, evidence),
        Facts::Popular { .. } => shoppers::verify_popular(item, facts, evidence),
        Facts::PriceFit { .. } => catalogue::verify_price_fit(item, facts, evidence, config),
        Facts::Rated { mean, n } => catalogue::verify_rated(item, *mean, *n, evidence),
        Facts::ReviewersSay(opinions) => {
            reviews::verify_reviewers_say(item, opinions, evidence, config)
        }
        Facts::Discounted { .. } => {
            compare(price::reduction(item, evidence, config).as_ref() == Some(facts))
        }
        Facts::InContext { circumstance, .. } => {
            situation::verify_in_context(item, circumstance, facts, evidence, config)
        }
        Facts::Promoted { paid, rank_by_score, rank_shown: _ } => {
            notice::verify_promoted(item, *paid, *rank_by_score, evidence)
        }
        Facts::NewArrival { days, .. } => compare(
            catalogue::age(item, evidence).as_ref() == Some(facts) && *days <= config.new_days,
        ),
        Facts::Varied { rank_by_score, rank_shown } => {
            notice::verify_varied(item, (*rank_by_score, *rank_shown), evidence)
        }
        Facts::UnknownShopper { because } => notice::verify_unknown_shopper(*because, evidence),
        Facts::AskedFor { concept, .. } => {
            recomputed(facts, asked::asked_for(item, concept, evidence))
        }
        Facts::Barred { .. } => recomputed(facts, asked::barred(item, evidence)),
        Facts::Outranked { .. } => recomputed(facts, asked::outranked(item, evidence)),
        Facts::WouldBe { changes, .. } => match asked::would_be(item, changes, evidence) {
            None => Verdict::Unsupported,
            again => recomputed(facts, again),
        },
        Facts::Above { other, .. } => recomputed(facts, asked::above(item, other, evidence)),
        Facts::Priced { .. } => recomputed(facts, asked::priced(item, evidence)),
        Facts::Stocked { .. } => recomputed(facts, asked::stocked(item, evidence)),
        Facts::Described { field, .. } => {
            recomputed(facts, asked::described(item, field, evidence))
        }
        Facts::Mentions { word, .. } => recomputed(facts, asked::mentions(item, word, evidence)),
        Facts::CostsLess { other, .. } => {
            recomputed(facts, asked::costs_less(item, other, evidence))
        }
        Facts::Taste { concept, .. } => {
            let again = asked::taste(concept, evidence).filter(|(newest, _)| newest == item);
            recomputed(facts, again.map(|(_, facts)| facts))
        }
    }
}

/// How much a claim helps to judge an item beyond the share it accounts for. Shares are between
/// 0 and 1; these are small against the share of a strong claim and break ties between weak ones.
pub(crate) fn interest(facts: &Facts) -> f64 {
    match facts {
        // Of two claims about the same events, the one that says what would be instead.
        Facts::Flips { .. } => 0.02,
        Facts::BoughtTogether(_) => 0.12,
        Facts::ViewedThen(_) => 0.11,
        Facts::SharesAttribute { n_matching, n_recent, .. } => {
            0.10 * f64::from(*n_matching) / f64::from((*n_recent).max(1)) + 0.03
        }
        Facts::PriceFit { .. } => 0.07,
        Facts::ReviewersSay(_) => 0.075,
        Facts::Discounted { .. } => 0.072,
        Facts::InContext { .. } => 0.068,
        Facts::Rated { .. } => 0.065,
        Facts::NewArrival { .. } => 0.06,
        Facts::Popular { .. } | Facts::SimilarText { .. } => 0.05,
        Facts::Contributed { .. }
        | Facts::Varied { .. }
        | Facts::Promoted { .. }
        | Facts::AskedFor { .. }
        | Facts::UnknownShopper { .. } => 0.0,
        // No reason is made of them.
        of_answers!(Facts) => 0.0,
    }
}

#[cfg(test)]
mod tests;
