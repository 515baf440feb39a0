//! Claims that count shoppers: `bought_together`, `viewed_then`, `popular`.

use claims::{Facts, PairCounts, PopularScope, Verdict, Window};
use domain::ItemId;
use signals::SignalName;

use crate::{
    Contributions, Evidence, ExplainConfig, Relation,
    guard::counts_too_few,
    proposal::{Proposal, strongest},
    recompute::compare,
};

/// How many of the strongest history items are tried for a pair.
const PAIRS_TRIED: usize = 3;

/// What shoppers did with this item and the history items that lead to it.
pub(super) fn pairs(
    id: &ItemId,
    contributions: &Contributions,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Proposal> {
    let part = contributions.of_signal(SignalName::Transition)?;
    strongest(&part.by_event).into_iter().take(PAIRS_TRIED).find_map(|position| {
        let past = &evidence.history()[position];
        let told = |facts: &Facts| !counts_too_few(facts, config);
        let of_both = bought_together(&past.item_id, id, evidence).filter(is_no_chance);
        let then = || viewed_then(&past.item_id, id, evidence).filter(is_no_chance);
        let facts = of_both
            .map(Facts::BoughtTogether)
            .filter(told)
            .or_else(|| then().map(Facts::ViewedThen).filter(told))?;
        let coverage = [(SignalName::Transition, Some(position))].into();
        Some(Proposal { facts, evidence: vec![past.to_ref()], coverage, obligatory: false })
    })
}

/// Whether a pair is more frequent than chance would have it.
pub(crate) fn is_no_chance(pair: &PairCounts) -> bool {
    pair.lift > 1.0
}

/// Counts the buyers of both items.
pub(crate) fn bought_together(
    other: &ItemId,
    id: &ItemId,
    evidence: &dyn Evidence,
) -> Option<PairCounts> {
    let n_both = evidence.shoppers_of_both(other, id, Relation::Bought);
    pair(other, id, n_both, Relation::Bought, evidence)
}

/// Counts the shoppers who looked at the other item and later at this one.
pub(crate) fn viewed_then(
    other: &ItemId,
    id: &ItemId,
    evidence: &dyn Evidence,
) -> Option<PairCounts> {
    let n_both = evidence.shoppers_then(other, id, Relation::Viewed);
    pair(other, id, n_both, Relation::Viewed, evidence)
}

fn pair(
    other: &ItemId,
    id: &ItemId,
    n_both: u32,
    relation: Relation,
    evidence: &dyn Evidence,
) -> Option<PairCounts> {
    let n_other = evidence.shoppers_of(other, relation);
    let n_item = evidence.shoppers_of(id, relation);
    if other == id || n_other == 0 || n_item == 0 {
        return None;
    }
    let n_shoppers = f64::from(evidence.n_shoppers(relation));
    let lift = f64::from(n_both) * n_shoppers / (f64::from(n_other) * f64::from(n_item));
    let other = other.clone();
    Some(PairCounts { other, n_both, n_other, n_item, lift, window: Window::AllTime })
}

/// Speaks for the popularity signal alone: the base of the Transformer is what the events of the
/// history do together, and that of the context signal the situation.
pub(super) fn popular(
    id: &ItemId,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Proposal> {
    let coverage = [(SignalName::Popularity, None)].into();
    let facts = most_telling(id, evidence, config)?;
    Some(Proposal { facts, evidence: Vec::new(), coverage, obligatory: false })
}

/// The most telling true popularity: recent before all-time, its category before the shop.
fn most_telling(id: &ItemId, evidence: &dyn Evidence, config: &ExplainConfig) -> Option<Facts> {
    let days = evidence.now().map(|until| Window::Days { days: config.popular_days, until });
    let item = evidence.item(id);
    let categories = item.iter().flat_map(|item| item.narrowest_categories());
    let scopes: Vec<PopularScope> = categories
        .map(|category| PopularScope::Category { category: category.clone() })
        .chain([PopularScope::Shop])
        .collect();
    let spans = days.into_iter().chain([Window::AllTime]);
    spans
        .flat_map(|window| scopes.iter().map(move |scope| (window, scope.clone())))
        .find_map(|(window, scope)| popular_in(id, window, scope, evidence, config))
}

fn popular_in(
    id: &ItemId,
    window: Window,
    scope: PopularScope,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Facts> {
    let buyers = evidence.buyers(id, window);
    let rank = evidence.popularity_rank(id, window, &scope)?;
    let facts = Facts::Popular { buyers, window, rank, scope };
    (rank <= config.popular_rank && !counts_too_few(&facts, config)).then_some(facts)
}

/// A pair that was recounted to the same is told where it is no chance.
pub(super) fn verify_pair(claimed: &PairCounts, recounted: Option<PairCounts>) -> Verdict {
    match recounted {
        Some(recounted) if recounted == *claimed => {
            if is_no_chance(&recounted) {
                Verdict::Verified
            } else {
                Verdict::Unsupported
            }
        }
        _ => Verdict::Refuted,
    }
}

/// Counts buyers and rank again.
pub(super) fn verify_popular(item: &ItemId, facts: &Facts, evidence: &dyn Evidence) -> Verdict {
    let Facts::Popular { buyers, window, rank, scope } = facts else {
        return Verdict::Unsupported;
    };
    compare(
        evidence.buyers(item, *window) == *buyers
            && evidence.popularity_rank(item, *window, scope) == Some(*rank),
    )
}
