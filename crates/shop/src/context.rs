//! The situation of an event or a request, as the signals know it.

use domain::shopper::Device;
use domain::{RequestContext, StoredEvent, Timestamp};
use rustc_hash::FxHashMap;
use signals::{Context, Model, RegionIdx};

use crate::clock::ShopClock;

/// More regions than this are not told apart; the first ones met are.
const MOST_REGIONS: usize = 1000;

/// Numbers regions as events name them.
#[derive(Debug, Default)]
pub struct Regions {
    names: Vec<String>,
    numbers: FxHashMap<String, RegionIdx>,
}

impl Regions {
    fn number(&mut self, name: &str) -> Option<RegionIdx> {
        if let Some(&number) = self.numbers.get(name) {
            return Some(number);
        }
        let number = RegionIdx::try_from(self.names.len()).ok()?;
        if self.names.len() == MOST_REGIONS {
            return None;
        }
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Some(number)
    }

    /// The situation of an event.
    pub fn of_event(&mut self, event: &StoredEvent, clock: &ShopClock) -> Context {
        let local = clock.local(event.time, event.zone_minutes);
        Context {
            region: event.region.as_deref().and_then(|region| self.number(region)),
            device: event.device.as_deref().and_then(Device::named),
            ..local.map_or_else(Context::default, Context::at)
        }
    }

    /// Their names in order, and the place of each number in it: numbers do not depend on which
    /// event was read first.
    pub fn sorted(self) -> (Vec<String>, Vec<RegionIdx>) {
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        order.sort_unstable_by_key(|&at| &self.names[at]);
        let mut renumbered = vec![0; order.len()];
        for (place, &at) in (0..).zip(&order) {
            renumbered[at] = place;
        }
        (order.into_iter().map(|at| self.names[at].clone()).collect(), renumbered)
    }
}

/// The situation of a request that was [`ShopClock::situated`].
pub fn of_request(asked: &RequestContext, now: Option<Timestamp>, model: &Model) -> Context {
    let local = now.zip(asked.zone_minutes).map(|(now, minutes)| now.local(minutes));
    Context {
        region: asked.region.as_deref().and_then(|region| model.region(region)),
        device: asked.device,
        ..local.map_or_else(Context::default, Context::at)
    }
}
