//! Shoppers with known tastes: ground truth for tests, the demo shop.
//!
//! Makes a believable shop in Chinese and English whose truth is known: the taste of each shopper,
//! which categories go together, the quality of each item. It reads no clock and no file, and does
//! not know how recommendations are made. Everything here is invented; results measured on it must
//! be labelled as simulated.
//!
//! ```
//! use simulate::{ShopConfig, shop};
//! let shop = shop(&ShopConfig { n_shoppers: 50, n_events: 500, ..ShopConfig::default() });
//! let tea_lover = &simulate::samples()[0].subject;
//! let best = &shop.truth.best(tea_lover, 1)[0];
//! assert!(["green-tea", "oolong", "teaware"].contains(&shop.truth.category(best).unwrap()));
//! ```

mod config;

mod grammar;
mod phrasing;
mod style;

mod catalogue;
mod samples;
mod taste;

mod behaviour;
mod calendar;
mod reviews;

mod chance;
mod truth;

pub mod mind;

use std::collections::BTreeSet;

use domain::{Event, Item, Review};

pub use config::ShopConfig;
pub use mind::{Attitudes, Glimpse, Mind, Reaction, Words};
pub use samples::{Sample, samples};
pub use style::Style;
pub use taste::Taste;
pub use truth::Truth;

use behaviour::{Act, World};
use catalogue::Catalogue;
use chance::{Chance, Stage};
use grammar::Grammar;

/// A whole simulated shop and the truth about it.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The catalogue, by the day it came on sale, so that ids rise with time.
    pub items: Vec<Item>,
    /// Events, by time; source keys are `sim-<seed>-<n>`.
    pub events: Vec<Event>,
    /// Reviews, by time; source keys are `sim-<seed>-r<n>`.
    pub reviews: Vec<Review>,
    /// The ground truth.
    pub truth: Truth,
}

/// Makes a shop. The same configuration gives the same shop.
///
/// Any configuration within the documented bounds works (see [`ShopConfig::check`]). Where the
/// grammars cannot tell `n_items` products apart, there are as many as they can.
#[must_use]
pub fn shop(config: &ShopConfig) -> Shop {
    let grammar = Grammar::embedded();
    let catalogue = catalogue::make(config, &grammar);
    let tastes: Vec<Taste> = (0..config.n_shoppers)
        .map(|n| {
            let mut chance = Chance::new(config.seed, Stage::Tastes, n);
            samples::taste(n, &grammar, &mut chance)
        })
        .collect();
    let calendar = calendar::Calendar::new(config, &grammar);
    let world = World { config, grammar: &grammar, catalogue: &catalogue, calendar: &calendar };
    let acts = behaviour::act(world, &tastes);
    let events = behaviour::write_down(world, &tastes, &acts, |n| event_key(config, n));
    let written = reviews::write(world, &tastes, &acts, |n| review_key(config, n));
    let hostile = written.iter().filter(|w| w.hostile);
    let hostile = hostile.map(|w| w.review.source_key.clone()).collect();
    let gifts = gift_keys(config, &acts);
    Shop {
        events,
        reviews: written.into_iter().map(|w| w.review).collect(),
        items: catalogue.items.clone(),
        truth: truth(&grammar, catalogue, tastes, gifts, hostile),
    }
}

fn event_key(config: &ShopConfig, n: usize) -> String {
    format!("sim-{}-{n}", config.seed)
}

fn review_key(config: &ShopConfig, n: usize) -> String {
    format!("sim-{}-r{n}", config.seed)
}

fn gift_keys(config: &ShopConfig, acts: &[Act]) -> BTreeSet<String> {
    let gifts = acts.iter().enumerate().filter(|(_, act)| act.gift);
    gifts.map(|(n, _)| event_key(config, n)).collect()
}

fn truth(
    grammar: &Grammar,
    catalogue: Catalogue,
    tastes: Vec<Taste>,
    gifts: BTreeSet<String>,
    hostile: BTreeSet<String>,
) -> Truth {
    let item_ids: Vec<_> = catalogue.items.into_iter().map(|item| item.id).collect();
    Truth {
        shopper_idx: (0..tastes.len()).map(|n| (samples::subject(n), n)).collect(),
        tastes,
        items: catalogue.truths,
        item_idx: item_ids.iter().cloned().zip(0..).collect(),
        item_ids,
        keys: grammar.narrows.iter().map(|n| n.key).collect(),
        complements: grammar.complements.clone(),
        gifts,
        hostile,
    }
}
