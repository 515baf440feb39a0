//! From raw events to the steps of a history: what counts, with which weight, in which order.
//!
//! The same rule makes training sequences and serving histories, so that a step at distance two
//! means the same in both.

use domain::{EventKind, EventTime, IngestId, ItemId, StoredEvent};
use explain::PastEvent;
use serde::{Deserialize, Serialize};

use crate::error::ShopError;

/// What of a shopper's past counts. Documented key by key in `config/default.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HistoryConfig {
    /// Most raw events that are read.
    pub events: usize,
    /// Most steps that a score looks at.
    pub steps: usize,
    /// Weight of each kind of behaviour.
    pub weights: Weights,
    /// An item is not recommended again after these.
    pub not_again_after: Vec<EventKind>,
}

/// Weight of each kind that shows interest; 0 leaves it out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the kinds of events")]
pub struct Weights {
    pub view: f32,
    pub click: f32,
    pub cart: f32,
    pub wish: f32,
    pub purchase: f32,
    pub rate: f32,
}

impl Default for HistoryConfig {
    fn default() -> Self {
        Self {
            events: 200,
            steps: 50,
            weights: Weights::default(),
            not_again_after: vec![EventKind::Purchase, EventKind::Rate, EventKind::Dismiss],
        }
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self { view: 0.3, click: 0.4, cart: 0.7, wish: 0.7, purchase: 1.0, rate: 1.0 }
    }
}

impl HistoryConfig {
    /// Checks that the settings make sense.
    ///
    /// # Errors
    /// [`ShopError::Config`] with the key and what is expected.
    pub fn check(&self) -> Result<(), ShopError> {
        let w = &self.weights;
        let weights = [w.view, w.click, w.cart, w.wish, w.purchase, w.rate];
        if weights.iter().any(|weight| !(0.0..=10.0).contains(weight)) {
            let problem = "history.weights must lie between 0 and 10".to_owned();
            return Err(ShopError::Config { problem });
        }
        if self.steps == 0 || self.events < self.steps {
            let problem = "history.events must be at least history.steps, which must be at least 1";
            return Err(ShopError::Config { problem: problem.to_owned() });
        }
        Ok(())
    }

    /// The weight of a kind; 0 for what shows no interest.
    #[must_use]
    pub fn weight(&self, kind: EventKind) -> f32 {
        match kind {
            EventKind::View => self.weights.view,
            EventKind::Click => self.weights.click,
            EventKind::Cart => self.weights.cart,
            EventKind::Wish => self.weights.wish,
            EventKind::Purchase => self.weights.purchase,
            EventKind::Rate => self.weights.rate,
            EventKind::Uncart | EventKind::Refund | EventKind::Dismiss | EventKind::Exposure => 0.0,
        }
    }
}

/// One step: consecutive events with one item, as the strongest of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The strongest event; among equals, the newest.
    pub past: PastEvent,
    /// Its weight.
    pub weight: f32,
    /// Not used, because the shopper said so. It stays in its place, so that the others keep their
    /// distance and their marks.
    pub masked: bool,
}

impl Step {
    /// Whether it says that the shopper has the item.
    pub fn is_owned(&self) -> bool {
        matches!(self.past.kind, Some(EventKind::Purchase | EventKind::Rate))
    }

    /// Whether it speaks for a step of its item rather than the other.
    pub fn outweighs(&self, other: &Self) -> bool {
        other.strength() <= self.strength()
    }

    /// What decides which event of a step speaks for it, whichever way round they are read.
    fn strength(&self) -> (bool, f32, Option<EventTime>, Option<IngestId>) {
        (!self.masked, self.weight, self.past.time, self.past.event_id)
    }
}

/// Folds events (in time order, either way round) into steps in the same order. Looking at an
/// item, putting it into the cart and buying it in a row is one step, not three: otherwise the
/// best prediction would always be the item itself.
///
/// `is_used` is asked of each event, and told all events of its step. A step of which none is used
/// is masked.
pub fn steps<'a>(
    events: impl IntoIterator<Item = &'a StoredEvent>,
    config: &HistoryConfig,
    is_used: impl Fn(&[&StoredEvent], &StoredEvent) -> bool,
) -> Vec<Step> {
    let counts = |event: &&StoredEvent| config.weight(event.kind) > 0.0;
    let events: Vec<&StoredEvent> = events.into_iter().filter(counts).collect();
    let runs = events.chunk_by(|a, b| a.item_id == b.item_id);
    let steps = runs.filter_map(|run| {
        let step = |event: &&StoredEvent| Step {
            masked: !is_used(run, event),
            ..step_of(event, config.weight(event.kind))
        };
        run.iter().map(step).reduce(|a, b| if a.outweighs(&b) { a } else { b })
    });
    steps.collect()
}

/// For [`steps`] of what was done, whatever the shopper wants used of it.
#[must_use]
pub fn uses_all(_: &[&StoredEvent], _: &StoredEvent) -> bool {
    true
}

fn step_of(event: &StoredEvent, weight: f32) -> Step {
    let past = PastEvent {
        item_id: event.item_id.clone(),
        event_id: Some(event.id),
        kind: Some(event.kind),
        time: Some(event.time),
        price: event.price,
    };
    Step { past, weight, masked: false }
}

/// A seed of the request (product page, cart) as the newest step there is.
#[must_use]
pub fn seed(item_id: ItemId) -> Step {
    let past = PastEvent { item_id, event_id: None, kind: None, time: None, price: None };
    Step { past, weight: 1.0, masked: false }
}

#[cfg(test)]
mod tests {
    use domain::ShopperId;

    use super::*;

    fn event(n: u128, item: &str, kind: EventKind) -> StoredEvent {
        StoredEvent {
            id: IngestId(n),
            shopper: ShopperId(1),
            kind,
            item_id: ItemId::new(item).unwrap(),
            time: EventTime::Ordinal(n as u32),
            quantity: 1,
            price: None,
            session: None,
            request_id: None,
            region: None,
            device: None,
            zone_minutes: None,
        }
    }

    #[test]
    fn looking_carting_and_buying_in_a_row_is_one_step() {
        let events = [
            event(1, "tea", EventKind::View),
            event(2, "tea", EventKind::Cart),
            event(3, "tea", EventKind::Purchase),
            event(4, "cup", EventKind::View),
            event(5, "cup", EventKind::Dismiss),
            event(6, "tea", EventKind::View),
        ];
        let found: Vec<_> = steps(&events, &HistoryConfig::default(), uses_all)
            .into_iter()
            .map(|step| (step.past.item_id.to_string(), step.past.event_id.unwrap().0))
            .collect();
        assert_eq!(found, [("tea".into(), 3), ("cup".into(), 4), ("tea".into(), 6)]);
    }

    #[test]
    fn steps_are_the_same_whichever_way_round_they_are_read() {
        let kinds = [EventKind::View, EventKind::View, EventKind::Cart, EventKind::Wish];
        let events: Vec<_> = (1..).zip(kinds).map(|(n, kind)| event(n, "tea", kind)).collect();
        for n in 1..=events.len() {
            let config = HistoryConfig::default();
            let trained = steps(&events[..n], &config, uses_all);
            assert_eq!(trained, steps(events[..n].iter().rev(), &config, uses_all));
            assert_eq!(trained[0].past.event_id, Some(IngestId(n as u128)));
        }
    }

    #[test]
    fn a_step_is_masked_when_none_of_its_events_is_used_and_stays_in_its_place() {
        let kinds = [EventKind::View, EventKind::Purchase, EventKind::View];
        let mut events: Vec<_> = (1..).zip(kinds).map(|(n, kind)| event(n, "tea", kind)).collect();
        events.push(event(4, "cup", EventKind::View));
        let config = HistoryConfig::default();
        let without = |unused: &[u128]| {
            let used = |_: &[&StoredEvent], event: &StoredEvent| !unused.contains(&event.id.0);
            let steps = steps(&events, &config, used);
            let told = steps.iter().map(|step| (step.past.event_id.unwrap().0, step.masked));
            told.collect::<Vec<_>>()
        };
        assert_eq!(without(&[]), [(2, false), (4, false)]);
        assert_eq!(without(&[2]), [(3, false), (4, false)]);
        assert_eq!(without(&[1, 2, 3]), [(2, true), (4, false)]);
    }
}
