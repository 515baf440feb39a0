//! Which verified claims become the reason: the few that account for most of the score, without
//! saying one thing twice, and never a sensitive category.

use domain::{Facts, HistoryRef, Item, ItemId, PopularScope, Text};

use crate::{Contributions, Coverage, Evidence, ExplainConfig, Proposal};

/// What a claim must add to earn a place beside the obligatory ones.
const LEAST_VALUE: f64 = 0.05;

/// Chooses at most `max_claims` of the verified proposals, the most valuable first. Obligatory
/// ones are always in, and come last: they qualify what was said.
#[must_use]
pub fn select(
    verified: Vec<Proposal>,
    contributions: &Contributions,
    config: &ExplainConfig,
) -> Vec<Proposal> {
    let (obligatory, mut open): (Vec<_>, Vec<_>) = verified.into_iter().partition(|p| p.obligatory);
    let mut chosen: Vec<Proposal> = Vec::new();
    let room =
        config.max_claims.saturating_sub(obligatory.len()).max(usize::from(obligatory.is_empty()));
    while chosen.len() < room && !open.is_empty() {
        let covered = coverage_of(&chosen);
        let value = |p: &Proposal| {
            let value = added_share(p, &covered, contributions) + interest(&p.facts);
            value * config.weight_of(p.facts.kind())
        };
        let best =
            (0..open.len()).rev().max_by(|&a, &b| value(&open[a]).total_cmp(&value(&open[b])));
        let Some(best) = best.filter(|&i| value(&open[i]) >= LEAST_VALUE) else {
            break;
        };
        chosen.push(open.remove(best));
    }
    chosen.extend(obligatory);
    chosen
}

/// The part of the score that a set of claims speaks for.
#[must_use]
pub fn coverage_of(claims: &[Proposal]) -> Coverage {
    claims.iter().flat_map(|claim| claim.coverage.iter().copied()).collect()
}

fn added_share(proposal: &Proposal, covered: &Coverage, contributions: &Contributions) -> f64 {
    contributions.share(&proposal.coverage.difference(covered).copied().collect())
}

/// How much a claim helps to judge an item beyond the share it accounts for. Shares are between
/// 0 and 1; these are small against the share of a strong claim and break ties between weak ones.
fn interest(facts: &Facts) -> f64 {
    match facts {
        Facts::BoughtTogether(_) => 0.12,
        Facts::ViewedThen(_) => 0.11,
        Facts::SharesAttribute { n_matching, n_recent, .. } => {
            0.10 * f64::from(*n_matching) / f64::from((*n_recent).max(1)) + 0.03
        }
        Facts::PriceFit { .. } => 0.07,
        Facts::Rated { .. } => 0.065,
        Facts::NewArrival { .. } => 0.06,
        Facts::Popular { .. } | Facts::SimilarText { .. } => 0.05,
        Facts::Contributed { .. } | Facts::Varied { .. } | Facts::UnknownShopper { .. } => 0.0,
    }
}

/// Whether a claim would name a sensitive category, or an item of one.
#[must_use]
pub fn mentions_sensitive(
    item: &ItemId,
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> bool {
    if config.sensitive_categories.is_empty() {
        return false;
    }
    let is_sensitive =
        |id: &ItemId| evidence.item(id).is_some_and(|item| item_is_sensitive(&item, config));
    match facts {
        Facts::Contributed { history, .. } => {
            history.iter().any(|HistoryRef { item_id, .. }| is_sensitive(item_id))
        }
        Facts::BoughtTogether(pair) | Facts::ViewedThen(pair) => is_sensitive(&pair.other),
        Facts::SimilarText { other, .. } => is_sensitive(other) || is_sensitive(item),
        // A shared value may describe what is sensitive about the item.
        Facts::SharesAttribute { value, .. } => {
            text_is_sensitive(value, config) || is_sensitive(item)
        }
        Facts::Popular { scope: PopularScope::Category { category }, .. }
        | Facts::PriceFit { category, .. } => {
            text_is_sensitive(category, config) || is_sensitive(item)
        }
        Facts::Popular { scope: PopularScope::Shop, .. }
        | Facts::Rated { .. }
        | Facts::NewArrival { .. }
        | Facts::Varied { .. }
        | Facts::UnknownShopper { .. } => false,
    }
}

fn item_is_sensitive(item: &Item, config: &ExplainConfig) -> bool {
    item.categories.iter().any(|category| text_is_sensitive(category, config))
}

fn text_is_sensitive(text: &Text, config: &ExplainConfig) -> bool {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    text.versions().any(|version| config.sensitive_categories.iter().any(|s| same(s, version)))
}
