//! The checkers: one per claim kind, deterministic, each recomputing from [`Evidence`].
//!
//! A checker never trusts a number that the claim was built with. Counts are taken again, the
//! model is run again, and the verdict is the comparison.

use claims::{Claim, Facts, Lead, Opinions, PairCounts, Slot, Value, Verdict};
use domain::{Circumstance, HistoryRef, ItemId};

use crate::{
    Evidence, ExplainConfig, Paid, asked, flips,
    guard::counts_too_few,
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
        Facts::Contributed { history, .. } => contributed(item, history, facts, evidence),
        Facts::Flips { history, .. } => flips(item, history, facts, evidence, config),
        Facts::BoughtTogether(pair) => {
            pair_counts(pair, shoppers::bought_together(&pair.other, item, evidence))
        }
        Facts::ViewedThen(pair) => {
            pair_counts(pair, shoppers::viewed_then(&pair.other, item, evidence))
        }
        Facts::SharesAttribute { .. } => shares_attribute(item, facts, evidence, config),
        Facts::SimilarText { .. } => similar_text(item, facts, evidence),
        Facts::Popular { .. } => popular(item, facts, evidence),
        Facts::PriceFit { .. } => price_fit(item, facts, evidence, config),
        Facts::Rated { mean, n } => rated(item, *mean, *n, evidence),
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

/// Refutes facts that do not come out again, but for the last bits of scores.
fn recomputed(claimed: &Facts, again: Option<Facts>) -> Verdict {
    compare(again.is_some_and(|again| alike(claimed, &again)))
}

fn alike(a: &Facts, b: &Facts) -> bool {
    let (own, others) = (a.slots(), b.slots());
    let same = |(a, b): (&Slot<'_>, &Slot<'_>)| match (a.value, b.value) {
        (Value::Share(a), Value::Share(b)) | (Value::Score(a), Value::Score(b)) => close(a, b),
        (Value::Leads(a), Value::Leads(b)) => {
            let close = |(a, b): (&Lead, &Lead)| a.signal == b.signal && close(a.gap, b.gap);
            a.len() == b.len() && a.iter().zip(b).all(close)
        }
        (a, b) => a == b,
    };
    a.kind() == b.kind() && own.iter().zip(&others).all(same)
}

fn compare(holds: bool) -> Verdict {
    if holds { Verdict::Verified } else { Verdict::Refuted }
}

fn close(a: f64, b: f64) -> bool {
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

fn pair_counts(claimed: &PairCounts, recounted: Option<PairCounts>) -> Verdict {
    match recounted {
        Some(recounted) if recounted == *claimed => {
            if shoppers::is_no_chance(&recounted) {
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

fn popular(item: &ItemId, facts: &Facts, evidence: &dyn Evidence) -> Verdict {
    let Facts::Popular { buyers, window, rank, scope } = facts else {
        return Verdict::Unsupported;
    };
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

fn rated(item: &ItemId, mean: f64, n: u32, evidence: &dyn Evidence) -> Verdict {
    let ratings = evidence.ratings(item);
    compare(ratings.n == n && ratings.mean().is_some_and(|found| close(found, mean)))
}

#[cfg(test)]
mod tests;
