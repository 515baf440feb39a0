//! What could be said about a placed item: candidate claims with the part of the score they
//! speak for. Proposing is generous; checking is not.

pub(crate) mod catalogue;
pub(crate) mod history;
pub(crate) mod price;
pub(crate) mod reviews;
pub(crate) mod shoppers;
pub(crate) mod situation;

use claims::{Facts, Unknown};
use domain::{HistoryRef, ItemId};
use signals::SignalName;

use crate::{Coverage, Evidence, ExplainConfig, Paid};

/// Where an item was placed in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The item.
    pub item_id: ItemId,
    /// Rank by score alone, from 1.
    pub rank_by_score: u32,
    /// Place in the list, from 1.
    pub rank_shown: u32,
    /// Length of the list.
    pub k: u32,
}

/// A candidate claim, not yet checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Kind and facts.
    pub facts: Facts,
    /// The history it rests on.
    pub evidence: Vec<HistoryRef>,
    /// The part of the score it speaks for.
    pub coverage: Coverage,
    /// True when the reason is not honest without it (variety, nothing known).
    pub obligatory: bool,
}

impl Proposal {
    /// A claim that explains none of the score but tells something true.
    fn beside(facts: Facts, evidence: Vec<HistoryRef>) -> Self {
        Self { facts, evidence, coverage: Coverage::new(), obligatory: false }
    }
}

/// All candidate claims for a placed item.
pub fn propose(
    placement: &Placement,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Vec<Proposal> {
    let id = &placement.item_id;
    let contributions = evidence.contributions(id).unwrap_or_default();
    let mut proposals = Vec::new();
    match evidence.promotion(id) {
        Some(paid) => proposals.push(promoted(placement, paid)),
        None => proposals.extend(varied(placement)),
    }
    proposals.extend(evidence.unknown().map(unknown));
    proposals.extend(stated(id, evidence));
    proposals.extend(history::contributed(id, &contributions, evidence));
    proposals.extend(shoppers::pairs(id, &contributions, evidence, config));
    proposals.extend(history::similar_text(id, &contributions, evidence, config));
    proposals.extend(catalogue::shares_attribute(id, evidence, config));
    proposals.extend(popular(id, evidence, config));
    proposals.extend(catalogue::rated(id, evidence, config));
    proposals.extend(reviews::reviewers_say(id, evidence, config));
    proposals.extend(price::discounted(id, evidence, config));
    proposals.extend(situation::in_context(id, evidence, config));
    proposals.extend(catalogue::price_fit(id, evidence, config));
    proposals.extend(catalogue::new_arrival(id, evidence, config));
    proposals
}

/// Speaks for the popularity signal alone: the base of the Transformer is what the events of the
/// history do together, and that of the context signal the situation.
fn popular(id: &ItemId, evidence: &dyn Evidence, config: &ExplainConfig) -> Option<Proposal> {
    let coverage = [(SignalName::Popularity, None)].into();
    let facts = shoppers::popular(id, evidence, config)?;
    Some(Proposal { facts, evidence: Vec::new(), coverage, obligatory: false })
}

/// An item that its score alone would not have brought into the list says so.
fn varied(placement: &Placement) -> Option<Proposal> {
    (placement.rank_by_score > placement.k).then(|| Proposal {
        facts: Facts::Varied {
            rank_by_score: placement.rank_by_score,
            rank_shown: placement.rank_shown,
        },
        evidence: Vec::new(),
        coverage: Coverage::new(),
        obligatory: true,
    })
}

/// A place that was given by hand says so, whatever else is true of the item.
fn promoted(placement: &Placement, paid: Paid) -> Proposal {
    Proposal {
        facts: Facts::Promoted {
            paid: paid == Paid::Yes,
            rank_by_score: placement.rank_by_score,
            rank_shown: placement.rank_shown,
        },
        evidence: Vec::new(),
        coverage: Coverage::new(),
        obligatory: true,
    }
}

/// What the shopper asked for in their own words speaks for their part of the score; whoever asked
/// for less is told so where an item is shown all the same.
fn stated(id: &ItemId, evidence: &dyn Evidence) -> impl Iterator<Item = Proposal> {
    let of = |(concept, by)| Proposal {
        facts: Facts::AskedFor { concept, by },
        evidence: Vec::new(),
        coverage: [(SignalName::Stated, None)].into(),
        obligatory: by < 0.0,
    };
    evidence.asked_for(id).into_iter().map(of)
}

fn unknown(because: Unknown) -> Proposal {
    Proposal {
        facts: Facts::UnknownShopper { because },
        evidence: Vec::new(),
        coverage: Coverage::new(),
        obligatory: true,
    }
}

/// History positions with a positive contribution, strongest first; equal ones newest first.
pub(crate) fn strongest(by_event: &[f64]) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..by_event.len()).filter(|&i| by_event[i] > 0.0).collect();
    positions.sort_by(|&a, &b| by_event[b].total_cmp(&by_event[a]));
    positions
}

#[cfg(test)]
mod tests {
    use claims::ClaimKind;

    use super::*;
    use crate::fixture::{TeaShop, id};

    #[test]
    fn popularity_never_takes_credit_for_what_the_transformer_makes_of_a_history() {
        let shop = TeaShop { joint: 2.0, ..TeaShop::default() };
        let placement = Placement { item_id: id("tea"), rank_by_score: 1, rank_shown: 1, k: 2 };
        let proposals = propose(&placement, &shop, &ExplainConfig::default());
        let popular = proposals.iter().find(|p| p.facts.kind() == ClaimKind::Popular).unwrap();
        let share = shop.contributions(&id("tea")).unwrap().share(&popular.coverage);
        assert!((share - 0.1 / 3.0).abs() < 1e-9, "{share}"); // .1 of .5 + .1 + .3 + .1 + 2
    }
}
