//! Behaviour of shoppers: visits with views, carts and purchases that follow from their tastes.
//!
//! Responsible for events; tastes and items stay as they are.

mod memory;
mod visit;

use domain::{Event, EventKind, EventTime, Timestamp};

use crate::ShopConfig;
use crate::calendar::Calendar;
use crate::catalogue::Catalogue;
use crate::chance::{Chance, Stage};
use crate::grammar::Grammar;
use crate::samples::{self, Record};
use crate::taste::Taste;
use memory::Memory;

/// Events of one visit, on average.
const VISIT_MEAN: f64 = 6.5;

/// The parts that do not change while shoppers act.
#[derive(Clone, Copy)]
pub(crate) struct World<'a> {
    pub(crate) config: &'a ShopConfig,
    pub(crate) grammar: &'a Grammar,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) calendar: &'a Calendar,
}

/// One event before it is written down; shopper and item by position.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Act {
    pub(crate) shopper: usize,
    pub(crate) kind: EventKind,
    pub(crate) item: usize,
    pub(crate) ms: i64,
    pub(crate) quantity: u32,
    pub(crate) visit: usize,
    pub(crate) device: &'static str,
    /// Looked for as a present, off the shopper's own taste.
    pub(crate) gift: bool,
}

/// Returns the events of every shopper, in order of time.
pub(crate) fn act(world: World<'_>, tastes: &[Taste]) -> Vec<Act> {
    let mut acts = Vec::with_capacity(world.config.n_events * 11 / 10);
    let fair_share = fair_share(world.config, tastes);
    for (shopper, taste) in tastes.iter().enumerate() {
        let mut chance = Chance::new(world.config.seed, Stage::Behaviour, shopper);
        match samples::record(shopper) {
            Some(Record::Nothing) => {}
            Some(Record::OneClick) => acts.extend(visit::single_click(world, shopper, taste)),
            Some(Record::Events(n)) => {
                one_shopper(world, shopper, taste, n, &mut chance, &mut acts);
            }
            None => {
                let share = fair_share * taste.activity;
                let n = (share + chance.unit()) as usize;
                one_shopper(world, shopper, taste, n.max(1), &mut chance, &mut acts);
            }
        }
    }
    acts.sort_by_key(|act| act.ms);
    acts
}

/// Events per unit of activity, so that all of them together come to `n_events`.
fn fair_share(config: &ShopConfig, tastes: &[Taste]) -> f64 {
    let (mut activity, mut spoken_for) = (0.0, 0);
    for (shopper, taste) in tastes.iter().enumerate() {
        match samples::record(shopper) {
            Some(Record::Events(n)) => spoken_for += n,
            Some(_) => spoken_for += 1,
            None => activity += taste.activity,
        }
    }
    if activity > 0.0 { config.n_events.saturating_sub(spoken_for) as f64 / activity } else { 0.0 }
}

fn one_shopper(
    world: World<'_>,
    shopper: usize,
    taste: &Taste,
    n_events: usize,
    chance: &mut Chance,
    acts: &mut Vec<Act>,
) {
    let n_visits = ((n_events as f64 / VISIT_MEAN).round() as usize).max(1);
    let from = acts.len();
    let mut memory = Memory::new(world.grammar.narrows.len());
    for (visit, start) in world.calendar.visits(taste, n_visits, chance).into_iter().enumerate() {
        let left = n_events.saturating_sub(acts.len() - from);
        if left == 0 {
            break;
        }
        let length = match n_visits - visit {
            1 => left,
            visits_left => {
                let mean = left as f64 / visits_left as f64;
                (1 + chance.geometric(mean - 1.0)).min(left)
            }
        };
        let plan = visit::Plan { shopper, visit, start, length: length.min(60) };
        visit::make(world, taste, plan, &mut memory, chance, acts);
    }
}

/// Writes acts down as the shop would send them.
pub(crate) fn write_down(
    world: World<'_>,
    tastes: &[Taste],
    acts: &[Act],
    key: impl Fn(usize) -> String,
) -> Vec<Event> {
    let event = |(n, act): (usize, &Act)| {
        let item = &world.catalogue.items[act.item];
        let taste = &tastes[act.shopper];
        let subject = samples::subject(act.shopper);
        Event {
            session: Some(format!("{subject}-v{}", act.visit + 1)),
            subject,
            kind: act.kind,
            item_id: item.id.clone(),
            time: EventTime::At(Timestamp(act.ms)),
            quantity: act.quantity,
            price: item.price,
            request_id: None,
            region: Some(taste.region.to_owned()),
            device: Some(act.device.to_owned()),
            zone_minutes: Some(taste.zone_minutes),
            source_key: key(n),
        }
    };
    acts.iter().enumerate().map(event).collect()
}
