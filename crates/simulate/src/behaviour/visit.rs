//! One visit: its motive, the items viewed, and the items bought.

use domain::time::DAY_MS;
use domain::{Device, EventKind};

use super::memory::Memory;
use super::{Act, World};
use crate::chance::{Chance, logistic};
use crate::taste::Taste;

/// Log-odds of putting a neutral item of neutral quality into the cart after a look.
const CART_BASE: f64 = -2.8;
/// Log-odds of buying the items in the cart.
const BUY_BASE: f64 = -0.1;

/// Shopper, time and length of a visit.
#[derive(Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) shopper: usize,
    pub(crate) visit: usize,
    pub(crate) start: i64,
    /// Events after which browsing ends; paying may add a few.
    pub(crate) length: usize,
}

/// Motive of a visit.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Purpose {
    Browse,
    /// This consumable is used up.
    Refill(usize),
    /// This category goes with something they have.
    Complete(usize),
    Gift,
}

struct Visit<'a> {
    world: World<'a>,
    taste: &'a Taste,
    plan: Plan,
    purpose: Purpose,
    device: &'static str,
    clock: i64,
    seen: Vec<usize>,
    cart: Vec<usize>,
}

/// Simulates one visit and appends its events.
pub(crate) fn make(
    world: World<'_>,
    taste: &Taste,
    plan: Plan,
    memory: &mut Memory,
    chance: &mut Chance,
    acts: &mut Vec<Act>,
) {
    let mut visit = Visit {
        world,
        taste,
        plan,
        purpose: purpose(world, taste, plan.start, memory, chance),
        device: device(taste, chance),
        clock: plan.start,
        seen: Vec::new(),
        cart: Vec::new(),
    };
    visit.browse(memory, chance, acts);
    visit.pay(memory, chance, acts);
}

/// The whole record of someone who looked at one item, three hours before `now`.
pub(crate) fn single_click(world: World<'_>, shopper: usize, taste: &Taste) -> Option<Act> {
    let truths = &world.catalogue.truths;
    let best = |a: &usize, b: &usize| {
        let utility = |i: usize| taste.utility(&truths[i]) + truths[i].popularity;
        utility(*a).total_cmp(&utility(*b))
    };
    let ms = world.config.now.0 - DAY_MS / 8;
    let on_sale = (0..truths.len()).filter(|i| truths[*i].available_since.0 < ms);
    Some(Act {
        shopper,
        kind: EventKind::View,
        item: on_sale.max_by(best)?,
        ms,
        quantity: 1,
        visit: 0,
        device: "phone",
        gift: false,
    })
}

fn purpose(
    world: World<'_>,
    taste: &Taste,
    ms: i64,
    memory: &mut Memory,
    chance: &mut Chance,
) -> Purpose {
    if chance.hit(0.75)
        && let Some(item) = memory.used_up(ms)
    {
        return Purpose::Refill(item);
    }
    if let Some(narrow) = memory.missing.take()
        && chance.hit(0.55)
    {
        return Purpose::Complete(narrow);
    }
    if chance.hit(taste.gift_rate * world.calendar.gifts(ms)) {
        Purpose::Gift
    } else {
        Purpose::Browse
    }
}

fn device(taste: &Taste, chance: &mut Chance) -> &'static str {
    match taste.device {
        _ if chance.hit(0.07) => "phone",
        _ if chance.hit(0.07) => "desktop",
        Device::Phone => "phone",
        Device::Tablet => "tablet",
        Device::Desktop => "desktop",
    }
}

impl Visit<'_> {
    fn browse(&mut self, memory: &mut Memory, chance: &mut Chance, acts: &mut Vec<Act>) {
        let until = acts.len() + self.plan.length;
        let mut narrow = self.first_narrow(memory, chance);
        while let Some(at) = narrow
            && acts.len() < until
        {
            let refill = match self.purpose {
                Purpose::Refill(item) if self.seen.is_empty() && chance.hit(0.8) => Some(item),
                _ => None,
            };
            let Some(item) = refill.or_else(|| self.choose_item(at, memory, chance)) else {
                break;
            };
            self.act(EventKind::View, item, 1, acts);
            self.seen.push(item);
            let taken = self.consider(item, refill.is_some(), chance, acts);
            narrow = self.next_narrow(at, taken, memory, chance);
            self.clock += 15_000 + (chance.unit() * 120_000.0) as i64;
        }
    }

    fn first_narrow(&self, memory: &Memory, chance: &mut Chance) -> Option<usize> {
        match self.purpose {
            Purpose::Refill(item) => Some(self.world.catalogue.truths[item].narrow),
            Purpose::Complete(narrow) => Some(narrow),
            Purpose::Browse | Purpose::Gift => self.any_narrow(memory, chance),
        }
    }

    /// A category by interest and season; for a present, by what is given.
    fn any_narrow(&self, memory: &Memory, chance: &mut Chance) -> Option<usize> {
        let demand = self.world.calendar.demand(self.clock);
        let weight = |i: usize| match self.purpose {
            Purpose::Gift => (self.world.grammar.narrows[i].gift - 0.9).max(0.0) * demand[i],
            _ => self.taste.attention[i] * demand[i] * memory.appetite[i],
        };
        let weights: Vec<f64> = (0..demand.len()).map(weight).collect();
        chance.weighted(&weights)
    }

    fn next_narrow(
        &self,
        at: usize,
        taken: bool,
        memory: &Memory,
        chance: &mut Chance,
    ) -> Option<usize> {
        let (stay, complete) = if taken { (0.15, 0.65) } else { (0.5, 0.2) };
        let u = chance.unit();
        if u < stay || (self.purpose == Purpose::Gift && u < 0.7) {
            return Some(at);
        }
        if u < stay + complete && self.purpose != Purpose::Gift {
            return self.complement(at, chance).or(Some(at));
        }
        self.any_narrow(memory, chance)
    }

    fn complement(&self, narrow: usize, chance: &mut Chance) -> Option<usize> {
        let edges = &self.world.grammar.complements[narrow];
        let shares: Vec<f64> = edges.iter().map(|(_, share)| *share).collect();
        chance.weighted(&shares).map(|i| edges[i].0)
    }

    /// One not yet seen in this visit and already on sale, by fit, quality and popularity.
    fn choose_item(&self, narrow: usize, memory: &Memory, chance: &mut Chance) -> Option<usize> {
        let items = &self.world.catalogue.by_narrow[narrow];
        let lasting = self.world.grammar.narrows[narrow].repeat_days.is_none();
        let progress = self.world.calendar.progress(self.clock);
        let weight = |item: &usize| {
            let truth = &self.world.catalogue.truths[*item];
            let age_ms = self.clock - truth.available_since.0;
            if age_ms <= 0 || self.seen.contains(item) {
                return 0.0;
            }
            let new = if age_ms < 30 * DAY_MS { 0.5 } else { 0.0 };
            let owned = match (memory.owns(*item), lasting) {
                (false, _) => 0.0,
                (true, true) => -3.0,
                (true, false) => 1.0,
            };
            let found = truth.popularity + truth.trend * progress + new;
            (found + 0.9 * self.suits(*item) + 0.3 * truth.quality + owned).exp()
        };
        let weights: Vec<f64> = items.iter().map(weight).collect();
        chance.weighted(&weights).map(|i| items[i])
    }

    /// A present is chosen for somebody else: the shopper's own taste does not speak.
    fn suits(&self, item: usize) -> f64 {
        match self.purpose {
            Purpose::Gift => 0.0,
            _ => self.taste.suits(&self.world.catalogue.truths[item]),
        }
    }

    /// After a look: into the cart, onto the wish list, or neither.
    fn consider(
        &mut self,
        item: usize,
        refill: bool,
        chance: &mut Chance,
        acts: &mut Vec<Act>,
    ) -> bool {
        let errand = match self.purpose {
            _ if refill => 4.0,
            Purpose::Complete(_) => 0.6,
            Purpose::Gift => 1.4,
            _ => 0.0,
        };
        let quality = self.world.catalogue.truths[item].quality;
        let wants = logistic(CART_BASE + 0.6 * self.suits(item) + 0.25 * quality + errand);
        self.clock += 8_000 + (chance.unit() * 60_000.0) as i64;
        if chance.hit(wants) {
            self.act(EventKind::Cart, item, 1, acts);
            self.cart.push(item);
            return true;
        }
        if chance.hit(0.25 * wants) {
            self.act(EventKind::Wish, item, 1, acts);
        }
        false
    }

    fn pay(&mut self, memory: &mut Memory, chance: &mut Chance, acts: &mut Vec<Act>) {
        for item in std::mem::take(&mut self.cart) {
            self.clock += 20_000 + (chance.unit() * 90_000.0) as i64;
            let truth = &self.world.catalogue.truths[item];
            let days_left = (self.world.config.now.0 - self.clock) / DAY_MS;
            let gone = truth.sold_out && days_left < 14;
            let buys = logistic(BUY_BASE + 0.4 * self.suits(item) + 0.2 * truth.quality);
            if !gone && chance.hit(buys) {
                self.buy(item, memory, chance, acts);
            } else if chance.hit(0.25) {
                self.act(EventKind::Uncart, item, 1, acts);
            }
        }
    }

    fn buy(&mut self, item: usize, memory: &mut Memory, chance: &mut Chance, acts: &mut Vec<Act>) {
        let narrow_idx = self.world.catalogue.truths[item].narrow;
        let narrow = &self.world.grammar.narrows[narrow_idx];
        let more = if narrow.repeat_days.is_some() { 0.3 } else { 0.03 };
        let quantity = 1 + chance.geometric(more).min(4) as u32;
        self.act(EventKind::Purchase, item, quantity, acts);
        self.maybe_give_back(item, quantity, chance, acts);
        if self.purpose != Purpose::Gift {
            let when = (self.clock, quantity);
            memory.bought(item, (narrow_idx, narrow), when, chance);
            memory.missing = self.complement(narrow_idx, chance);
        }
    }

    /// Bad quality comes back more often, within two weeks.
    fn maybe_give_back(
        &self,
        item: usize,
        quantity: u32,
        chance: &mut Chance,
        acts: &mut Vec<Act>,
    ) {
        let quality = self.world.catalogue.truths[item].quality;
        let (returned, days) =
            (chance.hit(logistic(-3.8 - 0.7 * quality)), chance.between(2.0, 14.0));
        let ms = self.clock + (days * DAY_MS as f64) as i64;
        if returned && ms < self.world.config.now.0 {
            acts.push(Act { ms, ..self.new_act(EventKind::Refund, item, quantity) });
        }
    }

    fn act(&self, kind: EventKind, item: usize, quantity: u32, acts: &mut Vec<Act>) {
        acts.push(self.new_act(kind, item, quantity));
    }

    fn new_act(&self, kind: EventKind, item: usize, quantity: u32) -> Act {
        Act {
            shopper: self.plan.shopper,
            kind,
            item,
            ms: self.clock.min(self.world.config.now.0 - 1),
            quantity,
            visit: self.plan.visit,
            device: self.device,
            gift: self.purpose == Purpose::Gift,
        }
    }
}
