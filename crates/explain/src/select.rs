//! Which verified claims become the reason: the few that account for most of the score, without
//! saying one thing twice, and never a sensitive category.

use std::collections::BTreeMap;

use claims::{Change, Facts, PopularScope};
use domain::{HistoryRef, Item, ItemId, Language, Text};

use crate::{Contributions, Coverage, Evidence, ExplainConfig, Proposal};

/// What a claim must add to earn a place beside the obligatory ones.
const LEAST_VALUE: f64 = 0.05;

/// Who will read the reason.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reader {
    /// Their language.
    pub lang: Language,
    /// How helpful they found each kind of claim before: a factor on its value. 1 where missing,
    /// 0 leaves the kind out, unless the reason is not honest without it; at most
    /// [`Reader::MOST_PREFERRED`]. [`Reader::OTHERS`] stands for every kind that is not named.
    pub preferred: BTreeMap<String, f64>,
}

impl Reader {
    /// Largest factor of a kind, so that a liking never makes a claim of hardly any score win over
    /// one of most of it.
    pub const MOST_PREFERRED: f64 = 2.0;
    /// The name of all kinds that have no factor of their own.
    pub const OTHERS: &str = "*";
    /// Factor on a claim whose words are not in the reader's language.
    const FOREIGN: f64 = 0.5;

    fn factor(&self, facts: &Facts) -> f64 {
        let known = self.preferred.get(facts.kind()).or_else(|| self.preferred.get(Self::OTHERS));
        let preference = known.copied().filter(|factor| !factor.is_nan()).unwrap_or(1.0);
        let in_words = if self.can_read(facts) { 1.0 } else { Self::FOREIGN };
        preference.clamp(0.0, Self::MOST_PREFERRED) * in_words
    }

    fn can_read(&self, facts: &Facts) -> bool {
        let own = |text: &str| language::detect(text).is_none_or(|found| found == self.lang);
        match facts {
            Facts::SimilarText { shared_terms, .. } => shared_terms.iter().any(|term| own(term)),
            Facts::SharesAttribute { value, .. } => own(value.in_language(self.lang)),
            Facts::PriceFit { category, .. }
            | Facts::Popular { scope: PopularScope::Category { category }, .. } => {
                own(category.in_language(self.lang))
            }
            _ => true,
        }
    }
}

/// Chooses at most `max_claims` of the verified proposals, the most valuable first: the share of
/// the positive score that a claim adds to those before it, plus a little for helping to judge the
/// item, times what suits the reader. Obligatory ones are always in, and come last: they qualify
/// what was said.
#[must_use]
pub fn select(
    verified: Vec<Proposal>,
    contributions: &Contributions,
    reader: &Reader,
    config: &ExplainConfig,
) -> Vec<Proposal> {
    let (obligatory, mut open): (Vec<_>, Vec<_>) = verified.into_iter().partition(|p| p.obligatory);
    let mut chosen: Vec<Proposal> = Vec::new();
    let room =
        config.max_claims.saturating_sub(obligatory.len()).max(usize::from(obligatory.is_empty()));
    while chosen.len() < room && !open.is_empty() {
        let covered = coverage_of(&chosen);
        let value = |p: &Proposal| match says_again(p, &chosen) {
            true => 0.0,
            false => {
                let worth = added_share(p, &covered, contributions) + interest(&p.facts);
                worth * reader.factor(&p.facts)
            }
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

/// Whether a claim of what would be without some events follows another one of the same events.
fn says_again(proposal: &Proposal, chosen: &[Proposal]) -> bool {
    let without = |facts: &Facts| matches!(facts, Facts::Contributed { .. } | Facts::Flips { .. });
    without(&proposal.facts)
        && chosen.iter().any(|earlier| {
            without(&earlier.facts)
                && earlier.evidence.iter().any(|past| proposal.evidence.contains(past))
        })
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
        // These answer questions; no reason is made of them.
        Facts::Barred { .. }
        | Facts::Outranked { .. }
        | Facts::WouldBe { .. }
        | Facts::Above { .. }
        | Facts::Priced { .. }
        | Facts::Stocked { .. }
        | Facts::Described { .. }
        | Facts::Mentions { .. }
        | Facts::CostsLess { .. }
        | Facts::Taste { .. } => 0.0,
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
        Facts::Flips { history, instead, .. } => {
            is_sensitive(instead)
                || history.iter().any(|HistoryRef { item_id, .. }| is_sensitive(item_id))
        }
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
        Facts::AskedFor { concept, .. } => {
            name_is_sensitive(concept.value(), config) || is_sensitive(item)
        }
        Facts::Outranked { behind, .. } => is_sensitive(behind),
        Facts::WouldBe { changes, .. } => changes.iter().any(|change| match change {
            Change::Without { history } => history.iter().any(|past| is_sensitive(&past.item_id)),
            Change::With { item_id, .. } => is_sensitive(item_id),
            Change::Price { .. } | Change::In { .. } => false,
        }),
        Facts::Above { other, most_by, .. } => {
            is_sensitive(other) || most_by.as_ref().is_some_and(|past| is_sensitive(&past.item_id))
        }
        Facts::Described { values, .. } => values.iter().any(|v| text_is_sensitive(v, config)),
        Facts::Mentions { word, .. } => name_is_sensitive(word, config),
        Facts::CostsLess { other, .. } => is_sensitive(other),
        Facts::Taste { concept, history, .. } => {
            name_is_sensitive(concept.value(), config)
                || history.iter().any(|past| is_sensitive(&past.item_id))
        }
        // What is said of a sensitive item, or when it is bought, may tell what it is.
        Facts::ReviewersSay(_) | Facts::InContext { .. } => is_sensitive(item),
        Facts::Popular { scope: PopularScope::Shop, .. }
        | Facts::Discounted { .. }
        | Facts::Promoted { .. }
        | Facts::Rated { .. }
        | Facts::NewArrival { .. }
        | Facts::Varied { .. }
        | Facts::Barred { .. }
        | Facts::Priced { .. }
        | Facts::Stocked { .. }
        | Facts::UnknownShopper { .. } => false,
    }
}

/// Whether any category of an item is a sensitive one.
#[must_use]
pub fn item_is_sensitive(item: &Item, config: &ExplainConfig) -> bool {
    item.categories.iter().any(|category| text_is_sensitive(category, config))
}

fn text_is_sensitive(text: &Text, config: &ExplainConfig) -> bool {
    text.versions().any(|version| name_is_sensitive(version, config))
}

fn name_is_sensitive(name: &str, config: &ExplainConfig) -> bool {
    let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
    config.sensitive_categories.iter().any(|sensitive| same(sensitive, name))
}

#[cfg(test)]
mod tests;
