//! Leak tests over every delivered claim: whether it could give somebody away.

use explain::ExplainConfig;
use std::collections::BTreeSet;

use claims::{Claim, Facts, Unknown};
use domain::{IngestId, Item, ItemId, ShopperId, Text};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

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
pub(super) fn safety(shop: &Shop) -> Result<Safety, ShopError> {
    let mut names_no_few = Check::new("no count speaks of fewer shoppers than allowed");
    let mut uses_none = Check::new("nothing of the history of somebody who opted out");
    let mut is_own = Check::new("a reason rests on nobody else's history");
    let mut is_quiet = Check::new("no sensitive category is named");
    let sensitive = Sensitive::of(shop)?;
    let mut rests = Vec::new();
    shop.state().scan_answers(IngestId::ZERO, IngestId(u128::MAX), &mut |answer| {
        let Ok(record) = Record::read(&answer) else { return };
        if record.unknown == Some(Unknown::ProfilingOff) {
            uses_none.look(record.steps.iter().all(|step| step.event_id.is_none()));
        }
        for claim in record.items.iter().flat_map(|i| &i.reason).flat_map(|r| &r.claims) {
            if let Some(n) = fewest_counted(&claim.facts) {
                names_no_few.look(n >= record.bars.min_buyers);
            }
            let events = claim.evidence.iter().filter_map(|step| step.event_id).collect();
            rests.push((answer.record.shopper, events));
            is_quiet.look(!sensitive.is_named_by(claim));
        }
    })?;
    look_whose(shop, &rests, &mut is_own)?;
    let checks = vec![names_no_few, uses_none, is_own, is_quiet];
    Ok(Safety {
        n_sensitive_categories: shop.config::<ExplainConfig>().sensitive_categories.len(),
        passed: checks.iter().all(|check| check.n_failed == 0),
        checks,
    })
}

/// Whose list a claim stands in, and the events that it rests on.
type RestsOn = (Option<ShopperId>, Vec<IngestId>);

/// Whether the events that claims rest on are, in the log, of whoever was told. Events that were
/// erased since are nobody's.
fn look_whose(shop: &Shop, rests: &[RestsOn], is_own: &mut Check) -> Result<(), ShopError> {
    let wanted: FxHashSet<IngestId> = rests.iter().flat_map(|(_, ids)| ids).copied().collect();
    let mut whose: FxHashMap<IngestId, ShopperId> = FxHashMap::default();
    shop.state().scan_events(IngestId(u128::MAX), &mut |event| {
        if wanted.contains(&event.id) {
            whose.insert(event.id, event.shopper);
        }
    })?;
    let joins = shop.state().joins(IngestId(u128::MAX))?.into_iter();
    let person: FxHashMap<_, _> = joins.map(|j| (j.visitor, j.shopper)).collect();
    for (told, ids) in rests {
        let told = told.map(|told| person.get(&told).copied().unwrap_or(told));
        is_own.look(ids.iter().all(|id| whose.get(id).is_none_or(|own| Some(*own) == told)));
    }
    Ok(())
}

/// The smallest number of distinct shoppers that a claim speaks of.
fn fewest_counted(facts: &Facts) -> Option<u32> {
    match facts {
        Facts::BoughtTogether(pair) | Facts::ViewedThen(pair) => {
            Some(pair.n_both.min(pair.n_other).min(pair.n_item))
        }
        Facts::Popular { buyers, .. } => Some(*buyers),
        _ => None,
    }
}

/// Items of sensitive categories, and the categories' names.
struct Sensitive {
    categories: BTreeSet<String>,
    items: FxHashMap<ItemId, bool>,
}

impl Sensitive {
    fn of(shop: &Shop) -> Result<Self, ShopError> {
        let fold = |text: &str| text.trim().to_lowercase();
        let named = &shop.config::<ExplainConfig>().sensitive_categories;
        let categories: BTreeSet<String> = named.iter().map(|text| fold(text)).collect();
        let mut items = FxHashMap::default();
        if !categories.is_empty() {
            shop.state().scan_items(IngestId(u128::MAX), &mut |id, version| {
                let is_sensitive = |item: &Item| {
                    let mut texts = item.categories.iter().flat_map(Text::versions);
                    texts.any(|text| categories.contains(&fold(text)))
                };
                items.insert(id, version.item.as_ref().is_some_and(is_sensitive));
            })?;
        }
        Ok(Self { categories, items })
    }

    fn has(&self, item: &ItemId) -> bool {
        self.items.get(item).copied().unwrap_or(false)
    }

    fn is_named_by(&self, claim: &Claim) -> bool {
        let names = |text: &Text| {
            text.versions().any(|text| self.categories.contains(&text.trim().to_lowercase()))
        };
        let speaks = match &claim.facts {
            Facts::SharesAttribute { value, .. } => names(value),
            Facts::PriceFit { category, .. } => names(category),
            Facts::BoughtTogether(pair) | Facts::ViewedThen(pair) => self.has(&pair.other),
            Facts::SimilarText { other, .. } => self.has(other),
            _ => false,
        };
        speaks || claim.evidence.iter().any(|step| self.has(&step.item_id))
    }
}
