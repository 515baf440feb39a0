//! What the shoppers of an experiment did, each as one unit.

use std::collections::BTreeMap;

use domain::{Currency, EventKind, FeedbackKind, IngestId, ShopperId, StoredEvent};
use rustc_hash::{FxHashMap, FxHashSet};
use store::{Assigned, StoredFeedback, every};
use trust::overtrust;

use crate::definition::Definition;
use crate::outcomes::Outcomes;
use crate::survey::Respondents;
use crate::unit::Unit;
use answers::answer::PlantedError;
use shop::{Shop, ShopError};

/// Everyone in an experiment.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    pub units: BTreeMap<ShopperId, Unit>,
    /// By variant and sort of error: what each shopper did with planted errors, and with what was
    /// right beside them.
    pub planted: BTreeMap<String, BTreeMap<PlantedError, TrialsByShopper>>,
    /// Purchases in other currencies than the commonest; they are in no revenue.
    pub n_other_currency: u64,
    /// Recorded answers, of anybody, that cannot be read and count nowhere.
    pub n_unreadable: u64,
}

/// By shopper.
pub(crate) type TrialsByShopper = BTreeMap<ShopperId, overtrust::Trials>;

/// Collects what the shoppers of an experiment did.
pub(crate) fn observe(
    shop: &Shop,
    definition: &Definition,
    outcomes: &Outcomes,
) -> Result<Observed, ShopError> {
    let mut observed = Observed { n_unreadable: outcomes.n_unreadable, ..Observed::default() };
    shop.state().scan_assignments(
        &definition.name,
        &mut every(|assigned: Assigned| {
            let Some(variant) = definition.variant(&assigned.variant) else { return };
            let (variant, since) = (variant.name.clone(), assigned.id);
            observed.units.insert(assigned.shopper, Unit { variant, since, ..Unit::default() });
        }),
    )?;
    mark_opted_out(shop, &mut observed)?;
    observed.watch_answers(definition, outcomes);
    watch_purchases(shop, &mut observed)?;
    let answered = Respondents::read(shop)?;
    for (shopper, unit) in &mut observed.units {
        let latest = answered.latest_since(*shopper, unit.since);
        unit.trust = latest.and_then(|person| person.trust);
        unit.satisfaction = latest.and_then(|person| person.satisfaction);
    }
    Ok(observed)
}

fn mark_opted_out(shop: &Shop, observed: &mut Observed) -> Result<(), ShopError> {
    let newest = shop.state().newest()?;
    for (shopper, unit) in &mut observed.units {
        unit.opted_out = !shop.state().preferences(*shopper, newest)?.profiling;
    }
    // Who came back counts as having left.
    shop.state().scan_feedback(&mut every(|feedback: StoredFeedback| {
        let unit = feedback.shopper.and_then(|shopper| observed.units.get_mut(&shopper));
        if let Some(unit) = unit.filter(|_| feedback.kind == FeedbackKind::OptedOut) {
            unit.opted_out |= feedback.id > unit.since;
        }
    }))?;
    Ok(())
}

/// Purchases and returns; those before the assignment are the period before.
fn watch_purchases(shop: &Shop, observed: &mut Observed) -> Result<(), ShopError> {
    let mut bought: Vec<StoredEvent> = Vec::new();
    let known: FxHashSet<ShopperId> = observed.units.keys().copied().collect();
    shop.state().scan_events(
        IngestId(u128::MAX),
        &mut every(|event: StoredEvent| {
            let counts = matches!(event.kind, EventKind::Purchase | EventKind::Refund);
            if counts && known.contains(&event.shopper) {
                bought.push(event);
            }
        }),
    )?;
    let currency = commonest(&bought);
    for event in bought {
        observed.add_purchase(&event, currency);
    }
    Ok(())
}

fn commonest(events: &[StoredEvent]) -> Option<Currency> {
    let mut n: FxHashMap<Currency, u64> = FxHashMap::default();
    for price in events.iter().filter_map(|event| event.price) {
        *n.entry(price.currency).or_default() += 1;
    }
    n.into_iter().max_by_key(|(currency, n)| (*n, currency.code().to_owned())).map(|(c, _)| c)
}

impl Observed {
    fn watch_answers(&mut self, definition: &Definition, outcomes: &Outcomes) {
        for answer in &outcomes.answers {
            let variant = answer.treated.variants.get(&definition.name);
            // The variant that answered, so that an answer without its model counts for nobody.
            let (Some(variant), Some(shopper)) = (variant, answer.shopper) else { continue };
            let Some(unit) = self.units.get_mut(&shopper) else { continue };
            if *variant != unit.variant {
                continue;
            }
            let planted = self.planted.entry(variant.clone()).or_default();
            for item in answer.items.iter().filter(|item| item.outcome.exposed) {
                let outcome = item.outcome;
                if let Some(what) = answer.seeded_error {
                    let trials = planted.entry(what).or_default().entry(shopper).or_default();
                    count_trial(trials, item.planted, outcome.accepted());
                }
                if item.planted {
                    continue;
                }
                unit.n_exposed += 1;
                unit.n_reasons += u64::from(item.strength.is_some());
                unit.n_clicked += u64::from(outcome.clicked);
                unit.n_followed += u64::from(outcome.followed());
                unit.n_wrong += u64::from(outcome.wrong);
                unit.n_dismissed += u64::from(outcome.dismissed);
            }
        }
    }

    fn add_purchase(&mut self, event: &StoredEvent, currency: Option<Currency>) {
        let Some(unit) = self.units.get_mut(&event.shopper) else { return };
        let before = event.id <= unit.since;
        if event.kind == EventKind::Refund {
            unit.n_returned += u64::from(!before);
            return;
        }
        let value = match event.price {
            Some(price) if Some(price.currency) == currency => {
                price.major() * f64::from(event.quantity)
            }
            Some(_) => {
                self.n_other_currency += 1;
                0.0
            }
            None => 0.0,
        };
        if before {
            unit.n_bought_before += 1;
            unit.revenue_before += value;
        } else {
            unit.n_bought += 1;
            unit.revenue += value;
        }
    }
}

/// Counts one item that came into view in an answer with planted errors.
pub(crate) fn count_trial(trials: &mut overtrust::Trials, is_wrong: bool, accepted: bool) {
    if is_wrong {
        trials.n_wrong += 1;
        trials.wrong_accepted += u64::from(accepted);
    } else {
        trials.n_right += 1;
        trials.right_accepted += u64::from(accepted);
    }
}
