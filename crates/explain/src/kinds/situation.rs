//! Claims about the situation of the request: `in_context`.

use claims::{Facts, Verdict};
use domain::{Circumstance, ItemId};

use crate::{
    Evidence, ExplainConfig, guard::counts_too_few, proposal::Proposal, recompute::compare,
};

/// The trait of the request's situation in which the item is bought most above the shop's share.
pub(super) fn in_context(
    id: &ItemId,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Proposal> {
    let lift = |facts: &Facts| {
        let Facts::InContext { lift, .. } = facts else { return 0.0 };
        *lift
    };
    evidence
        .circumstances()
        .into_iter()
        .filter_map(|circumstance| count(id, circumstance, evidence))
        .filter(|facts| supported(facts, config))
        .max_by(|a, b| lift(a).total_cmp(&lift(b)))
        .map(|facts| Proposal::beside(facts, Vec::new()))
}

/// Enough buyers, and clearly more than the shop's share would bring: beyond two standard
/// deviations of a count (√n for a Poisson count n).
pub(crate) fn supported(facts: &Facts, config: &ExplainConfig) -> bool {
    let Facts::InContext { n_in_context, lift, .. } = facts else {
        return false;
    };
    let n = f64::from(*n_in_context);
    !counts_too_few(facts, config)
        && *lift >= config.min_context_lift
        && n - 2.0 * n.sqrt() > n / lift
}

/// Counts buyers in a circumstance.
pub(crate) fn count(
    id: &ItemId,
    circumstance: Circumstance,
    evidence: &dyn Evidence,
) -> Option<Facts> {
    let of_item = evidence.buyers_in(Some(id), &circumstance);
    let of_shop = evidence.buyers_in(None, &circumstance);
    if of_item.n_known == 0 || of_shop.n_in == 0 {
        return None;
    }
    let share = |n: u32, of: u32| f64::from(n) / f64::from(of);
    Some(Facts::InContext {
        circumstance,
        n_in_context: of_item.n_in,
        n_item: of_item.n_known,
        n_shop_in_context: of_shop.n_in,
        n_shop: of_shop.n_known,
        lift: share(of_item.n_in, of_item.n_known) / share(of_shop.n_in, of_shop.n_known),
    })
}

/// The buyers are counted again, and the request must have been made in that situation.
pub(super) fn verify_in_context(
    item: &ItemId,
    circumstance: &Circumstance,
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    if !supported(facts, config) {
        return Verdict::Unsupported;
    }
    let recounted = count(item, circumstance.clone(), evidence);
    let asked_in_it = evidence.circumstances().contains(circumstance);
    compare(asked_in_it && recounted.as_ref() == Some(facts))
}
