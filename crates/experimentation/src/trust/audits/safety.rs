//! Leak tests over every delivered claim, of reasons and of answers to questions: whether it could
//! give somebody away.
//!
//! What a claim names and counts is asked of the guard that reasons pass before they are told, so
//! that serving and this audit cannot differ, and a new kind of claim is covered by both.

use claims::{Claim, Unknown};
use domain::{IngestId, ItemId, ShopperId, StoredEvent, StoredItem};
use explain::{ExplainConfig, Stated, counts_too_few, item_is_sensitive, names_sensitive};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use store::{Answer, every};

use answers::answer::Record;
use shop::{Shop, ShopError};

/// Whether reasons give anybody away.
#[derive(Debug, Clone, Serialize)]
pub struct Safety {
    /// Categories that must never be named.
    pub n_sensitive_categories: usize,
    /// Every test, with what it looked at.
    pub checks: Vec<Check>,
    /// Whether all of them passed.
    pub passed: bool,
}

/// One leak test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What must hold.
    pub name: &'static str,
    /// Claims or answers looked at.
    pub n_checked: u64,
    /// Of those, where it does not hold.
    pub n_failed: u64,
}

impl Check {
    fn new(name: &'static str) -> Self {
        Self { name, n_checked: 0, n_failed: 0 }
    }

    fn look(&mut self, holds: bool) {
        self.n_checked += 1;
        self.n_failed += u64::from(!holds);
    }
}

/// Looks at every recorded claim. Sensitive categories are those of the settings now, so that a
/// category declared later shows where it was named before.
///
/// # Errors
/// What the store says.
pub fn safety(shop: &Shop) -> Result<Safety, ShopError> {
    let mut names_no_few = Check::new("no count speaks of fewer shoppers than allowed");
    let mut uses_none = Check::new("nothing of the history of somebody who opted out");
    let mut is_own = Check::new("a reason rests on nobody else's history");
    let mut is_quiet = Check::new("no sensitive category is named");
    let mut is_readable = Check::new("every recorded answer can be read");
    let config = shop.config::<ExplainConfig>();
    let sensitive = sensitive_items(shop, config)?;
    let mut rests = Vec::new();
    shop.state().scan_answers(
        IngestId::ZERO,
        IngestId(u128::MAX),
        &mut every(|answer: Answer| {
            let read = Record::read(&answer);
            is_readable.look(read.is_ok());
            let Ok(record) = read else { return };
            let mut used: Vec<IngestId> =
                record.steps.iter().filter_map(|step| step.event_id).collect();
            for claim in claims_of(&record) {
                if !claim.facts.people_counted().is_empty() {
                    names_no_few.look(!counts_too_few(&claim.facts, &record.bars));
                }
                let stated =
                    Stated { item: &claim.item_id, facts: &claim.facts, evidence: &claim.evidence };
                is_quiet.look(!names_sensitive(stated, config, &|id| sensitive.contains(id)));
                let events = events_of(claim);
                used.extend(&events);
                rests.push((answer.record.shopper, events));
            }
            if record.unknown == Some(Unknown::ProfilingOff) {
                uses_none.look(used.is_empty());
            }
        }),
    )?;
    look_whose(shop, &rests, &mut is_own)?;
    let checks = vec![names_no_few, uses_none, is_own, is_quiet, is_readable];
    Ok(Safety {
        n_sensitive_categories: config.sensitive_categories.len(),
        passed: checks.iter().all(|check| check.n_failed == 0),
        checks,
    })
}

/// The items whose last entry in the catalogue is of a sensitive category. An item that was
/// deleted since is judged by what it was.
fn sensitive_items(shop: &Shop, config: &ExplainConfig) -> Result<FxHashSet<ItemId>, ShopError> {
    let mut sensitive = FxHashSet::default();
    if config.sensitive_categories.is_empty() {
        return Ok(sensitive);
    }
    shop.state().scan_items(
        IngestId(u128::MAX),
        &mut every(|(id, version): (ItemId, StoredItem)| {
            let Some(item) = &version.item else { return };
            match item_is_sensitive(item, config) {
                true => sensitive.insert(id),
                false => sensitive.remove(&id),
            };
        }),
    )?;
    Ok(sensitive)
}

/// Every claim that an answer told: in its reasons, or as the answer to a question.
fn claims_of(record: &Record) -> impl Iterator<Item = &Claim> {
    let reasons = record.items.iter().filter_map(|item| item.reason.as_ref());
    let of_reasons = reasons.flat_map(|reason| &reason.claims);
    of_reasons.chain(record.asked.iter().flat_map(|asked| &asked.claims))
}

/// The events that a claim rests on, by its evidence and by its facts.
fn events_of(claim: &Claim) -> Vec<IngestId> {
    let steps = claim.evidence.iter().chain(claim.facts.history());
    steps.filter_map(|step| step.event_id).collect()
}

/// Whose list a claim stands in, and the events that it rests on.
type RestsOn = (Option<ShopperId>, Vec<IngestId>);

/// Whether the events that claims rest on are, in the log, of whoever was told. Events that were
/// erased since are nobody's.
fn look_whose(shop: &Shop, rests: &[RestsOn], is_own: &mut Check) -> Result<(), ShopError> {
    let wanted: FxHashSet<IngestId> = rests.iter().flat_map(|(_, ids)| ids).copied().collect();
    let mut whose: FxHashMap<IngestId, ShopperId> = FxHashMap::default();
    shop.state().scan_events(
        IngestId(u128::MAX),
        &mut every(|event: StoredEvent| {
            if wanted.contains(&event.id) {
                whose.insert(event.id, event.shopper);
            }
        }),
    )?;
    let joins = shop.state().joins(IngestId(u128::MAX))?.into_iter();
    let person: FxHashMap<_, _> = joins.map(|j| (j.visitor, j.shopper)).collect();
    for (told, ids) in rests {
        let told = told.map(|told| person.get(&told).copied().unwrap_or(told));
        is_own.look(ids.iter().all(|id| whose.get(id).is_none_or(|own| Some(*own) == told)));
    }
    Ok(())
}
