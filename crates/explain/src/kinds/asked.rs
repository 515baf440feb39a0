//! Facts that answer questions: why not, why rather than another, what if, and what the catalogue
//! says. Each is built by one function from [`Evidence`], and checked by calling it again.
//!
//! Refuses to search: which change brings an item in is found by whoever asks, and only then
//! stated here, by a run with the change made.

use claims::{Bar, Change, Facts, Field, Lead};
use domain::{Concept, HistoryRef, Item, ItemId, Text};
use signals::SignalName;

use crate::{Evidence, PastEvent};

/// The first rule that bars an item; `None` where it may be shown.
#[must_use]
pub fn barred(item: &ItemId, evidence: &dyn Evidence) -> Option<Facts> {
    evidence.bar(item).map(|by| Facts::Barred { by })
}

/// How an item lost at ranking; `None` where it is in the list, or may not be shown.
#[must_use]
pub fn outranked(item: &ItemId, evidence: &dyn Evidence) -> Option<Facts> {
    let shown = evidence.shown_without(&[]);
    if shown.contains(item) {
        return None;
    }
    let rank_by_score = evidence.rank_without(item, &[])?;
    let own = evidence.score(item)?;
    let scored = shown.iter().filter_map(|id| Some((id, evidence.score(id)?)));
    let (behind, lowest) = scored.min_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0)))?;
    let k = shown.len() as u32;
    Some(Facts::Outranked { rank_by_score, k, behind: behind.clone(), margin: lowest - own })
}

/// Where an item stands in a list, from 1.
#[must_use]
pub fn place(item: &ItemId, list: &[ItemId]) -> Option<u32> {
    list.iter().position(|id| id == item).map(|at| at as u32 + 1)
}

/// Where an item would stand with changes made; `None` where a change cannot be made.
#[must_use]
pub fn would_be(item: &ItemId, changes: &[Change], evidence: &dyn Evidence) -> Option<Facts> {
    let (now, then) = (evidence.shown_without(&[]), evidence.list_if(changes)?);
    Some(Facts::WouldBe {
        changes: changes.to_vec(),
        rank_now: place(item, &now),
        rank_then: place(item, &then),
        k: evidence.k(),
    })
}

/// How one item outscores another; `None` where it does not.
#[must_use]
pub fn above(item: &ItemId, other: &ItemId, evidence: &dyn Evidence) -> Option<Facts> {
    let (own, others) = (evidence.contributions(item)?, evidence.contributions(other)?);
    let margin = own.total() - others.total();
    if item == other || margin <= 0.0 {
        return None;
    }
    let part = |of: &crate::Part| of.by_event.iter().sum::<f64>() + of.base;
    let lead = |mine: &crate::Part| {
        let theirs = others.of_signal(mine.signal).map_or(0.0, part);
        Lead { signal: signal_name(mine.signal).to_owned(), gap: part(mine) - theirs }
    };
    let mut leads: Vec<Lead> = own.parts.iter().map(lead).filter(|lead| lead.gap != 0.0).collect();
    leads.sort_by(|a, b| b.gap.total_cmp(&a.gap));
    let gaps: Vec<f64> =
        own.by_event().iter().zip(others.by_event()).map(|(own, other)| own - other).collect();
    let best = (0..gaps.len()).rev().max_by(|&a, &b| gaps[a].total_cmp(&gaps[b]));
    let most_by = best.filter(|&at| gaps[at] > 0.0).and_then(|at| evidence.history().get(at));
    Some(Facts::Above {
        other: other.clone(),
        rank_by_score: evidence.rank_without(item, &[]),
        other_rank: evidence.rank_without(other, &[]),
        margin,
        leads,
        most_by: most_by.map(PastEvent::to_ref),
    })
}

/// The name of a signal on the wire.
#[must_use]
pub fn signal_name(signal: SignalName) -> &'static str {
    match signal {
        SignalName::Transition => "transition",
        SignalName::Text => "text",
        SignalName::Sequence => "sequence",
        SignalName::Popularity => "popularity",
        SignalName::Context => "context",
        SignalName::Stated => "stated",
    }
}

/// What a shopper's own words add to an item's score.
#[must_use]
pub fn asked_for(item: &ItemId, concept: &Concept, evidence: &dyn Evidence) -> Option<Facts> {
    let by = evidence.asked_for(item).into_iter().find(|(of, _)| of == concept)?.1;
    Some(Facts::AskedFor { concept: concept.clone(), by })
}

/// An item that the shop sells.
fn sold(item: &ItemId, evidence: &dyn Evidence) -> Option<std::sync::Arc<Item>> {
    evidence.item(item).filter(|_| evidence.bar(item) != Some(Bar::NotSold))
}

/// What an item costs.
#[must_use]
pub fn priced(item: &ItemId, evidence: &dyn Evidence) -> Option<Facts> {
    Some(Facts::Priced { price: sold(item, evidence)?.price })
}

/// Whether an item can be bought.
#[must_use]
pub fn stocked(item: &ItemId, evidence: &dyn Evidence) -> Option<Facts> {
    Some(Facts::Stocked { in_stock: sold(item, evidence)?.can_be_bought() })
}

/// What the catalogue says of an item in one field.
#[must_use]
pub fn described(item: &ItemId, field: &Field, evidence: &dyn Evidence) -> Option<Facts> {
    let found = sold(item, evidence)?;
    let values: Vec<Text> =
        field.texts(&found).into_iter().filter(|t| !t.is_empty()).cloned().collect();
    Some(Facts::Described { field: field.clone(), values })
}

/// Where an item's own words contain a word: the first field that does.
#[must_use]
pub fn mentions(item: &ItemId, word: &str, evidence: &dyn Evidence) -> Option<Facts> {
    let found = sold(item, evidence)?;
    let named = found.described_by().map(|(name, _)| Field::Named(name.clone()));
    let fields = [Field::Title, Field::Brand, Field::Category].into_iter();
    let mut fields = fields.chain(named).chain([Field::Description]);
    let contains = |text: &&Text| text.versions().any(|t| domain::correction::has_word(t, word));
    let field = fields.find(|field| field.texts(&found).iter().any(contains))?;
    Some(Facts::Mentions { word: word.to_owned(), field })
}

/// That an item costs less than another; `None` where it does not, or currencies differ.
#[must_use]
pub fn costs_less(item: &ItemId, other: &ItemId, evidence: &dyn Evidence) -> Option<Facts> {
    let price = sold(item, evidence)?.price?;
    let other_price = sold(other, evidence)?.price?;
    let less = price.currency == other_price.currency && price.minor < other_price.minor;
    less.then(|| Facts::CostsLess { price, other: other.clone(), other_price })
}

/// What is taken for a taste: the steps of a concept, and the share of the scores shown that rests
/// on them. The item is the newest of them.
#[must_use]
pub fn taste(concept: &Concept, evidence: &dyn Evidence) -> Option<(ItemId, Facts)> {
    let holds = |past: &&(usize, &PastEvent)| {
        past.1.event_id.is_some()
            && evidence.item(&past.1.item_id).is_some_and(|item| concept.holds_of(&item))
    };
    let past: Vec<(usize, &PastEvent)> = evidence.history().iter().enumerate().collect();
    let of_it: Vec<(usize, &PastEvent)> = past.iter().filter(holds).copied().collect();
    let newest = of_it.first()?.1.item_id.clone();
    let positions: Vec<usize> = of_it.iter().map(|(at, _)| *at).collect();
    let history: Vec<HistoryRef> = of_it.iter().map(|(_, past)| past.to_ref()).collect();
    let shown = evidence.shown_without(&[]);
    let shares = shown.iter().filter_map(|id| evidence.contributions(id));
    let shares: Vec<f64> = shares.map(|c| c.share(&c.cells_of(&positions))).collect();
    let share = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
    Some((newest, Facts::Taste { concept: concept.clone(), history, share }))
}

#[cfg(test)]
mod tests;
