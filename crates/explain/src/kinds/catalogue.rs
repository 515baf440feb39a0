//! Claims from the catalogue and the shopper's own record: `shares_attribute`, `rated`,
//! `price_fit`, `new_arrival`. They explain none of the score, but help to judge an item.

use claims::{Attribute, Facts, Verdict};
use domain::{Item, ItemId, Money, Text};

use crate::{
    Evidence, ExplainConfig,
    guard::counts_too_few,
    proposal::Proposal,
    recompute::{close, compare},
};

/// The attribute shared with most of the recent history.
pub(super) fn shares_attribute(
    id: &ItemId,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Proposal> {
    let item = evidence.item(id)?;
    let shared = attributes(&item).into_iter().filter_map(|(attribute, value)| {
        let facts = count_sharing(id, &attribute, &value, evidence, config.recent_items)?;
        let Facts::SharesAttribute { n_matching, .. } = &facts else {
            return None;
        };
        (*n_matching >= 1).then_some((*n_matching, facts))
    });
    // The first of equals wins: brand before category before named attributes.
    let (_, facts) = shared.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    Some(Proposal::beside(facts, Vec::new()))
}

/// Every attribute of an item that can be compared, most telling first.
pub(crate) fn attributes(item: &Item) -> Vec<(Attribute, Text)> {
    let brand = (!item.brand.is_empty()).then(|| (Attribute::Brand, item.brand.clone()));
    let category = item.category().map(|value| (Attribute::Category, value.clone()));
    let named = item.described_by().flat_map(|(name, values)| {
        values.iter().map(|value| (Attribute::Named(name.clone()), value.clone()))
    });
    brand.into_iter().chain(category).chain(named).collect()
}

/// Counts distinct recent items that have the value, the item itself apart: it is like itself in
/// everything.
pub(crate) fn count_sharing(
    item: &ItemId,
    attribute: &Attribute,
    value: &Text,
    evidence: &dyn Evidence,
    recent_items: usize,
) -> Option<Facts> {
    let mut recent: Vec<&ItemId> = Vec::new();
    for past in evidence.history() {
        if recent.len() < recent_items && !recent.contains(&&past.item_id) {
            recent.push(&past.item_id);
        }
    }
    let has_it = |id: &&&ItemId| {
        evidence
            .item(id)
            .is_some_and(|item| attributes(&item).iter().any(|(a, v)| a == attribute && v == value))
    };
    let n_matching = recent.iter().filter(|id| **id != item).filter(has_it).count() as u32;
    (!recent.is_empty()).then(|| Facts::SharesAttribute {
        attribute: attribute.clone(),
        value: value.clone(),
        n_matching,
        n_recent: recent.len() as u32,
    })
}

/// Good ratings, and enough of them.
pub(super) fn rated(
    id: &ItemId,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Proposal> {
    let ratings = evidence.ratings(id);
    let mean = ratings.mean()?;
    let facts = Facts::Rated { mean, n: ratings.n };
    (mean >= config.min_mean_rating && !counts_too_few(&facts, config))
        .then(|| Proposal::beside(facts, Vec::new()))
}

/// A price between the quartiles of what the shopper paid in the category.
pub(super) fn price_fit(
    id: &ItemId,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Proposal> {
    let facts = quartiles(id, evidence)?;
    let Facts::PriceFit { price, lower_quartile, upper_quartile, n_prices, .. } = &facts else {
        return None;
    };
    let fits = (lower_quartile.minor..=upper_quartile.minor).contains(&price.minor);
    (fits && *n_prices >= config.min_prices).then(|| Proposal::beside(facts, Vec::new()))
}

/// Computes the shopper's price quartiles in the item's category. Prices are of purchases in the
/// item's own currency; quartiles are order statistics (nearest rank), so each is a price really
/// paid.
pub(crate) fn quartiles(id: &ItemId, evidence: &dyn Evidence) -> Option<Facts> {
    let item = evidence.item(id)?;
    let (price, category) = (item.price?, item.category()?.clone());
    let mut paid: Vec<i64> = evidence
        .history()
        .iter()
        .filter(|past| past.kind.is_some_and(domain::EventKind::is_purchase))
        .filter(|past| {
            evidence.item(&past.item_id).is_some_and(|other| other.category() == Some(&category))
        })
        .filter_map(|past| past.price.filter(|paid| paid.currency == price.currency))
        .map(|paid| paid.minor)
        .collect();
    paid.sort_unstable();
    let at = |quarter: usize| {
        let nearest_rank = (paid.len() * quarter).div_ceil(4).max(1);
        paid.get(nearest_rank - 1).map(|&minor| Money { minor, currency: price.currency })
    };
    Some(Facts::PriceFit {
        price,
        median: at(2)?,
        lower_quartile: at(1)?,
        upper_quartile: at(3)?,
        category,
        n_prices: paid.len() as u32,
    })
}

/// On sale since not long ago.
pub(super) fn new_arrival(
    id: &ItemId,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Option<Proposal> {
    let facts = age(id, evidence)?;
    let Facts::NewArrival { days, .. } = facts else {
        return None;
    };
    (days <= config.new_days).then(|| Proposal::beside(facts, Vec::new()))
}

/// How long the item has been on sale.
pub(crate) fn age(id: &ItemId, evidence: &dyn Evidence) -> Option<Facts> {
    let since = evidence.item(id)?.available_since?;
    let days = u32::try_from(evidence.now()?.days_since(since)).ok()?;
    Some(Facts::NewArrival { since, days })
}

/// Counts again how many recent items share the value.
pub(super) fn verify_shares_attribute(
    item: &ItemId,
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    let Facts::SharesAttribute { attribute, value, n_matching, .. } = facts else {
        return Verdict::Unsupported;
    };
    let Some(found) = evidence.item(item) else {
        return Verdict::Unsupported;
    };
    let has_it = attributes(&found).iter().any(|(a, v)| a == attribute && v == value);
    let recounted = count_sharing(item, attribute, value, evidence, config.recent_items);
    compare(has_it && *n_matching >= 1 && recounted.as_ref() == Some(facts))
}

/// Computes the quartiles again.
pub(super) fn verify_price_fit(
    item: &ItemId,
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    let Facts::PriceFit { price, lower_quartile, upper_quartile, n_prices, .. } = facts else {
        return Verdict::Unsupported;
    };
    let fits = (lower_quartile.minor..=upper_quartile.minor).contains(&price.minor);
    compare(
        fits && *n_prices >= config.min_prices && quartiles(item, evidence).as_ref() == Some(facts),
    )
}

/// Computes the mean again.
pub(super) fn verify_rated(item: &ItemId, mean: f64, n: u32, evidence: &dyn Evidence) -> Verdict {
    let ratings = evidence.ratings(item);
    compare(ratings.n == n && ratings.mean().is_some_and(|found| close(found, mean)))
}
