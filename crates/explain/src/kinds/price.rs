//! Claims about a price that fell: `discounted`.
//!
//! The former price is the lowest that was in force at any time in the days before the reduction,
//! so that raising a price for a moment makes no discount.

use claims::Facts;
use domain::{IngestId, ItemId, Money, Timestamp, time::DAY_MS};

use crate::{Evidence, ExplainConfig, proposal::Proposal};

/// A recent reduction.
pub(super) fn discounted(
    id: &ItemId,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Proposal> {
    reduction(id, evidence, config).map(|facts| Proposal::beside(facts, Vec::new()))
}

/// Computes the reduction from the versions of the item.
pub(crate) fn reduction(
    id: &ItemId,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Facts> {
    let prices = evidence.prices(id);
    let (&(changed, price), earlier) = prices.split_last()?;
    let price = price?;
    let (since, as_of) = (made_at(changed), made_at(evidence.as_of().0));
    let first = made_at(earlier.first()?.0);
    let long_enough = since.0 - first.0 >= i64::from(config.min_former_days) * DAY_MS;
    let recent = as_of.0 - since.0 <= i64::from(config.discounted_days) * DAY_MS;
    let former = lowest_before(since, earlier, config.former_days, price)?;
    (long_enough && recent && former.minor > price.minor).then_some(Facts::Discounted {
        price,
        former,
        days: config.former_days,
        since,
    })
}

/// The lowest price in force in the days before `since`; `None` where one of them had no price, or
/// one in another currency, or cost nothing known.
fn lowest_before(
    since: Timestamp,
    earlier: &[(IngestId, Option<Money>)],
    days: u32,
    price: Money,
) -> Option<Money> {
    let from = since.0 - i64::from(days) * DAY_MS;
    // A price holds until the next one; the last one that began before the window holds in it.
    let first = earlier.iter().rposition(|(id, _)| made_at(*id).0 <= from).unwrap_or(0);
    let in_force: Option<Vec<Money>> = earlier[first..].iter().map(|(_, price)| *price).collect();
    let in_force = in_force?;
    let comparable = in_force.iter().all(|former| former.currency == price.currency);
    in_force.into_iter().filter(|_| comparable).min_by_key(|former| former.minor)
}

fn made_at(id: IngestId) -> Timestamp {
    Timestamp(i64::try_from(id.made_at_ms()).unwrap_or(i64::MAX))
}
