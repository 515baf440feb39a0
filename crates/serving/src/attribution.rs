//! The attribution of a delivered item: what each part of the history adds to its score, and what would
//! be shown without it.
//!
//! Worked out when somebody asks for the proof, from the recorded steps and the model that ranked.
//! Refuses to render anything where the score on record does not come out again.

use std::collections::BTreeMap;

use answers::answer::{Record, RecordedItem};
use answers::evidence_snapshot::EvidenceSnapshot;
use audit::list;
use claims::{ClaimKind, Facts};
use domain::{EventKind, IngestId, ItemId, RequestId};
use explain::{Contributions, Evidence, ExplainConfig, flips, item_is_sensitive};
use shop::model::LoadedModel;
use shop::{LiveShop, ShopError};
use signals::SignalName;

/// Most items of a history that are named; what further ones carry is one sum.
const MOST_NAMED: usize = 5;

/// What an item's positive score is made of, in shares of 0 to 1 that add up to one.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreAttribution {
    /// Items of the history, the weightiest first.
    pub past: Vec<PastShare>,
    /// How many further items of the history speak for it.
    pub n_others: usize,
    /// What those carry.
    pub others: f64,
    /// What the history does as a whole, beyond any one event.
    pub together: f64,
    /// What the shopper asked for in their own words.
    pub stated: f64,
    /// What owes nothing to the shopper.
    pub apart: f64,
    /// Whether anything of a history was used.
    pub uses_history: bool,
    /// What would be without any of the history.
    pub without_all: Option<Without>,
    /// The fewest events without which it would not be shown, verified.
    pub flips: Option<Facts>,
    /// How often each item is in the history.
    pub n_times: BTreeMap<ItemId, usize>,
}

/// What one item of the history carries.
#[derive(Debug, Clone, PartialEq)]
pub struct PastShare {
    /// The item.
    pub item_id: ItemId,
    /// What was done; `None` for an item of the page or the cart.
    pub kind: Option<EventKind>,
    /// Its events.
    pub events: Vec<IngestId>,
    /// Its share.
    pub share: f64,
    /// What would be without it.
    pub without: Option<Without>,
}

/// What would be without a part of the history, everything run again.
#[derive(Debug, Clone, PartialEq)]
pub struct Without {
    /// The item's rank by score as it is.
    pub rank_with: u32,
    /// Its rank by score then.
    pub rank_without: u32,
    /// Whether it would be shown all the same.
    pub stays: bool,
    /// What would be in its place.
    pub instead: Option<ItemId>,
}

/// The attribution of an item of a delivered answer; `None` where the recorded score does not come
/// out again, e.g. because its model is gone, or where something was planted.
///
/// # Errors
/// [`ShopError::NoAnswer`], [`ShopError::DamagedAnswer`], or what the store says.
pub fn score_attribution(
    live: &LiveShop,
    request_id: &RequestId,
    item_id: &ItemId,
) -> Result<Option<ScoreAttribution>, ShopError> {
    let stored = live.shop().state().answer(request_id)?;
    let stored = stored.ok_or_else(|| ShopError::NoAnswer(request_id.clone()))?;
    let record = Record::read(&stored)?;
    let item = record.items.iter().find(|item| item.item_id == *item_id);
    let Some(item) = item.filter(|item| !record.is_planted(item.rank)) else {
        return Ok(None);
    };
    let Ok(steps) = audit::steps_behind(live.shop(), &stored, &record)? else {
        return Ok(None);
    };
    let snapshot = live.snapshot();
    let with = |loaded: &LoadedModel| {
        let evidence = EvidenceSnapshot::new(snapshot.counts(), loaded, &record.situation(&steps));
        attribution_of(item, &record, &evidence)
    };
    let current = snapshot.model()?;
    if current.version == stored.record.model_version && record.treated.weights.is_none() {
        return Ok(with(current));
    }
    match live.shop().model(&stored.record.model_version) {
        Ok(loaded) => Ok(with(&loaded.weighted(record.treated.weights.as_ref()))),
        Err(ShopError::ModelGone { .. }) => Ok(None),
        Err(problem) => Err(problem),
    }
}

fn attribution_of(
    item: &RecordedItem,
    record: &Record,
    evidence: &EvidenceSnapshot<'_>,
) -> Option<ScoreAttribution> {
    if !list::is_scored(item, evidence) {
        return None;
    }
    let parts = evidence.contributions(&item.item_id).filter(|parts| parts.positive() > 0.0)?;
    // What would be can only be told where the list itself comes out again.
    let is_same_list = list::problems(record, evidence).is_empty();
    let without =
        |masked: &[usize]| is_same_list.then(|| without(&item.item_id, masked, evidence))?;
    let (named, hidden) = past_shares(&parts, &record.bars, evidence);
    let (told, further) = named.split_at(named.len().min(MOST_NAMED));
    let past = told.iter().map(|(positions, share)| PastShare {
        item_id: evidence.history()[positions[0]].item_id.clone(),
        kind: strongest_kind(positions, record, evidence),
        events: positions.iter().filter_map(|&at| evidence.history()[at].event_id).collect(),
        share: *share,
        without: without(positions),
    });
    let past: Vec<PastShare> = past.collect();
    let everything: Vec<usize> = (0..evidence.history().len()).collect();
    let mut n_times: BTreeMap<ItemId, usize> = BTreeMap::new();
    for past in evidence.history() {
        *n_times.entry(past.item_id.clone()).or_default() += 1;
    }
    let own = base_of(&parts, |signal| !signal.is_apart() && signal != SignalName::Stated);
    Some(ScoreAttribution {
        past,
        n_others: further.len() + hidden.len(),
        others: further.iter().chain(&hidden).map(|(_, share)| share).sum(),
        together: own,
        stated: base_of(&parts, |signal| signal == SignalName::Stated),
        apart: base_of(&parts, SignalName::is_apart),
        uses_history: !everything.is_empty(),
        without_all: (!everything.is_empty()).then(|| without(&everything)).flatten(),
        flips: is_same_list.then(|| flips_of(item, record, evidence)).flatten(),
        n_times,
    })
}

/// Positions in the history that are one item, with their share.
type OfItem = (Vec<usize>, f64);

/// By item, the weightiest first: those that may be named, and those of sensitive categories.
fn past_shares(
    parts: &Contributions,
    bars: &ExplainConfig,
    evidence: &EvidenceSnapshot<'_>,
) -> (Vec<OfItem>, Vec<OfItem>) {
    let mut by_item: Vec<(&ItemId, Vec<usize>)> = Vec::new();
    for (at, past) in evidence.history().iter().enumerate() {
        match by_item.iter_mut().find(|(id, _)| **id == past.item_id) {
            Some((_, positions)) => positions.push(at),
            None => by_item.push((&past.item_id, vec![at])),
        }
    }
    let shares = by_item.into_iter().map(|(_, positions)| {
        let share = parts.share(&parts.cells_of(&positions));
        (positions, share)
    });
    let mut shares: Vec<OfItem> = shares.filter(|(_, share)| *share > 0.0).collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let may_be_named = |(positions, _): &OfItem| {
        let item = evidence.item(&evidence.history()[positions[0]].item_id);
        item.is_none_or(|item| !item_is_sensitive(&item, bars))
    };
    shares.into_iter().partition(may_be_named)
}

/// The share of what some signals add whatever single event is left out.
fn base_of(parts: &Contributions, of: impl Fn(SignalName) -> bool) -> f64 {
    let signals = parts.parts.iter().map(|part| part.signal).filter(|signal| of(*signal));
    parts.share(&signals.map(|signal| (signal, None)).collect())
}

fn strongest_kind(
    positions: &[usize],
    record: &Record,
    evidence: &EvidenceSnapshot<'_>,
) -> Option<EventKind> {
    let kinds = positions.iter().filter_map(|&at| evidence.history()[at].kind);
    kinds.max_by(|a, b| record.history.weight(*a).total_cmp(&record.history.weight(*b)))
}

fn without(item: &ItemId, masked: &[usize], evidence: &EvidenceSnapshot<'_>) -> Option<Without> {
    let (before, after) = (evidence.shown_without(&[]), evidence.shown_without(masked));
    Some(Without {
        rank_with: evidence.rank_without(item, &[])?,
        rank_without: evidence.rank_without(item, masked)?,
        stays: after.contains(item),
        instead: flips::successor(&before, &after, item).cloned(),
    })
}

fn flips_of(
    item: &RecordedItem,
    record: &Record,
    evidence: &EvidenceSnapshot<'_>,
) -> Option<Facts> {
    let placements = evidence.placements();
    let placement = placements.into_iter().find(|placed| placed.item_id == item.item_id)?;
    if record.steering.silences(&item.item_id, ClaimKind::Flips.name()) {
        return None;
    }
    let verified = explain::verify_items(&[placement], evidence, &record.bars).pop()?;
    let mut facts = verified.proposals.into_iter().map(|proposal| proposal.facts);
    facts.find(|facts| facts.kind() == ClaimKind::Flips)
}
