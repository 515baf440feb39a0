//! Chooses the verified claims that become the reason: the few that account for most of the score,
//! without saying one thing twice.

use std::collections::BTreeMap;

use claims::{Facts, Method, PopularScope, Value};
use domain::Language;

use crate::{Contributions, Coverage, ExplainConfig, kinds::interest, proposal::Proposal};

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
        let known =
            self.preferred.get(facts.kind().name()).or_else(|| self.preferred.get(Self::OTHERS));
        let preference = known.copied().filter(|factor| !factor.is_nan()).unwrap_or(1.0);
        let in_words = if self.can_read(facts) { 1.0 } else { Self::FOREIGN };
        preference.clamp(0.0, Self::MOST_PREFERRED) * in_words
    }

    /// Whether the texts that a claim says are in the reader's language. Of words that stand side by
    /// side, one is enough: the others are not told.
    fn can_read(&self, facts: &Facts) -> bool {
        let own = |text: &str| language::detect(text).is_none_or(|found| found == self.lang);
        facts.slots().into_iter().all(|slot| match slot.value {
            Value::Text(text) | Value::Scope(PopularScope::Category { category: text }) => {
                own(text.in_language(self.lang))
            }
            Value::Words(words) => words.iter().any(|word| own(word)),
            _ => true,
        })
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
    let without = |facts: &Facts| facts.kind().method() == Method::Counterfactual;
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

#[cfg(test)]
mod tests;
