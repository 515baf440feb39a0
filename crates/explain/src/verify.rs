//! The checkers: one per claim kind, deterministic, each recomputing from [`Evidence`].
//!
//! A checker never trusts a number that the claim was built with. Counts are taken again, the
//! model is run again, and the verdict is the comparison.

use claims::{Claim, Facts, Opinions, Verdict};
use domain::{Circumstance, HistoryRef, ItemId};

use crate::{
    Evidence, ExplainConfig, Paid, asked, flips,
    propose::{catalogue, price, reviews, shoppers, situation},
};

/// Floats recompute to the same bits on the same machine; this allows for another one.
const TOLERANCE: f64 = 1e-6;

/// Recomputes a whole claim: its facts, its model version and its moment.
#[must_use]
pub fn verify_claim(claim: &Claim, evidence: &dyn Evidence, config: &ExplainConfig) -> Verdict {
    if claim.as_of != evidence.as_of() || claim.model_version != *evidence.model_version() {
        return Verdict::Unsupported;
    }
    verify(&claim.item_id, &claim.facts, evidence, config)
}

/// Recomputes the facts of a claim about `item`.
#[must_use]
pub fn verify(
    item: &ItemId,
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    match facts {
        Facts::Contributed { history, .. } => contributed(item, history, facts, evidence),
        Facts::Flips { history, .. } => flips(item, history, facts, evidence, config),
        Facts::BoughtTogether(pair) => {
            pair_counts(facts, shoppers::bought_together(&pair.other, item, evidence), config)
        }
        Facts::ViewedThen(pair) => {
            pair_counts(facts, shoppers::viewed_then(&pair.other, item, evidence), config)
        }
        Facts::SharesAttribute { .. } => shares_attribute(item, facts, evidence, config),
        Facts::SimilarText { .. } => similar_text(item, facts, evidence),
        Facts::Popular { .. } => popular(item, facts, evidence, config),
        Facts::PriceFit { .. } => price_fit(item, facts, evidence, config),
        Facts::Rated { mean, n } => rated(item, *mean, *n, evidence, config),
        Facts::ReviewersSay(opinions) => reviewers_say(item, opinions, evidence, config),
        Facts::Discounted { .. } => {
            compare(price::reduction(item, evidence, config).as_ref() == Some(facts))
        }
        Facts::InContext { circumstance, .. } => {
            in_context(item, circumstance, facts, evidence, config)
        }
        Facts::Promoted { paid, rank_by_score, .. } => {
            let promotion = if *paid { Paid::Yes } else { Paid::No };
            compare(
                evidence.promotion(item) == Some(promotion)
                    && evidence.rank_without(item, &[]) == Some(*rank_by_score),
            )
        }
        Facts::NewArrival { days, .. } => compare(
            catalogue::age(item, evidence).as_ref() == Some(facts) && *days <= config.new_days,
        ),
        Facts::Varied { rank_by_score, rank_shown } => {
            let rank = evidence.rank_without(item, &[]);
            let placed_by_variety = evidence.promotion(item).is_none();
            compare(placed_by_variety && rank == Some(*rank_by_score) && rank_by_score > rank_shown)
        }
        Facts::UnknownShopper { because } => compare(
            evidence.unknown() == Some(*because)
                && evidence.history().iter().all(|past| past.event_id.is_none()),
        ),
        Facts::AskedFor { .. }
        | Facts::Barred { .. }
        | Facts::Outranked { .. }
        | Facts::WouldBe { .. }
        | Facts::Above { .. }
        | Facts::Priced { .. }
        | Facts::Stocked { .. }
        | Facts::Described { .. }
        | Facts::Mentions { .. }
        | Facts::CostsLess { .. }
        | Facts::Taste { .. } => {
            asked::verify(item, facts, evidence).unwrap_or(Verdict::Unsupported)
        }
    }
}

pub(crate) fn compare(holds: bool) -> Verdict {
    if holds { Verdict::Verified } else { Verdict::Refuted }
}

pub(crate) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= TOLERANCE * (1.0 + a.abs().max(b.abs()))
}

fn positions_of(history: &[HistoryRef], evidence: &dyn Evidence) -> Option<Vec<usize>> {
    let position =
        |wanted: &HistoryRef| evidence.history().iter().position(|past| past.to_ref() == *wanted);
    history.iter().map(position).collect()
}

fn contributed(
    item: &ItemId,
    history: &[HistoryRef],
    facts: &Facts,
    evidence: &dyn Evidence,
) -> Verdict {
    let Facts::Contributed { share, rank_with, rank_without, .. } = facts else {
        return Verdict::Unsupported;
    };
    let (Some(positions), Some(contributions)) =
        (positions_of(history, evidence), evidence.contributions(item))
    else {
        return Verdict::Unsupported;
    };
    if positions.is_empty() {
        return Verdict::Unsupported;
    }
    let recomputed = contributions.share(&contributions.cells_of(&positions));
    compare(
        close(*share, recomputed)
            && evidence.rank_without(item, &[]) == Some(*rank_with)
            && evidence.rank_without(item, &positions) == Some(*rank_without)
            && rank_without > rank_with,
    )
}

/// Runs everything again without the events, and once more for each event given back.
fn flips(
    item: &ItemId,
    history: &[HistoryRef],
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    let Some(positions) = positions_of(history, evidence) else {
        return Verdict::Unsupported;
    };
    if positions.is_empty() || positions.len() > config.flip_events {
        return Verdict::Unsupported;
    }
    let given_back: Vec<_> =
        (0..positions.len()).map(|at| flips::without(&positions, at)).collect();
    evidence.rehearse(&given_back);
    let is_minimal = given_back.iter().all(|mask| evidence.shown_without(mask).contains(item));
    let recomputed = flips::recompute(item, history, &positions, evidence);
    compare(is_minimal && recomputed.as_ref() == Some(facts))
}

fn pair_counts(claimed: &Facts, recounted: Option<Facts>, config: &ExplainConfig) -> Verdict {
    match recounted {
        Some(recounted) if recounted == *claimed => {
            if shoppers::supported(&recounted, config) {
                Verdict::Verified
            } else {
                Verdict::Unsupported
            }
        }
        _ => Verdict::Refuted,
    }
}

fn shares_attribute(
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
    let has_it = catalogue::attributes(&found).iter().any(|(a, v)| a == attribute && v == value);
    let recounted = catalogue::count_sharing(item, attribute, value, evidence, config.recent_items);
    compare(has_it && *n_matching >= 1 && recounted.as_ref() == Some(facts))
}

fn similar_text(item: &ItemId, facts: &Facts, evidence: &dyn Evidence) -> Verdict {
    let Facts::SimilarText { other, similarity, shared_terms } = facts else {
        return Verdict::Unsupported;
    };
    match evidence.text_similarity(other, item) {
        Some(found) => compare(
            other != item
                && close(found.cosine, *similarity)
                && !shared_terms.is_empty()
                && shared_terms.iter().all(|term| found.shared_terms.contains(term)),
        ),
        None => Verdict::Unsupported,
    }
}

fn reviewers_say(
    item: &ItemId,
    opinions: &Opinions,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    if !reviews::supported(opinions, config) {
        return Verdict::Unsupported;
    }
    compare(reviews::recount(item, opinions, evidence).as_ref() == Some(opinions))
}

/// The buyers are counted again, and the request must have been made in that situation.
fn in_context(
    item: &ItemId,
    circumstance: &Circumstance,
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    if !situation::supported(facts, config) {
        return Verdict::Unsupported;
    }
    let recounted = situation::count(item, circumstance.clone(), evidence);
    let asked_in_it = evidence.circumstances().contains(circumstance);
    compare(asked_in_it && recounted.as_ref() == Some(facts))
}

fn popular(
    item: &ItemId,
    facts: &Facts,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    let Facts::Popular { buyers, window, rank, scope } = facts else {
        return Verdict::Unsupported;
    };
    if *buyers < config.min_buyers {
        return Verdict::Unsupported;
    }
    compare(
        evidence.buyers(item, *window) == *buyers
            && evidence.popularity_rank(item, *window, scope) == Some(*rank),
    )
}

fn price_fit(
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
        fits && *n_prices >= config.min_prices
            && catalogue::quartiles(item, evidence).as_ref() == Some(facts),
    )
}

fn rated(
    item: &ItemId,
    mean: f64,
    n: u32,
    evidence: &dyn Evidence,
    config: &ExplainConfig,
) -> Verdict {
    if n < config.min_ratings {
        return Verdict::Unsupported;
    }
    let ratings = evidence.ratings(item);
    compare(ratings.n == n && ratings.mean().is_some_and(|found| close(found, mean)))
}

#[cfg(test)]
mod tests;
