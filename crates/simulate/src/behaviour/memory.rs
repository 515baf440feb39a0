//! Memory of a shopper between visits: the things they own, need again, and still miss.

use std::collections::BTreeSet;

use domain::time::DAY_MS;

use crate::chance::Chance;
use crate::grammar::Narrow;

/// A consumable that will be used up.
struct Supply {
    item: usize,
    gone_ms: i64,
}

/// Memory of one shopper.
pub(crate) struct Memory {
    owned: BTreeSet<usize>,
    supplies: Vec<Supply>,
    /// A category that goes with something they bought or nearly bought.
    pub(crate) missing: Option<usize>,
    /// Wish for more of each category: falls when something lasting was bought.
    pub(crate) appetite: Vec<f64>,
}

impl Memory {
    pub(crate) fn new(n_narrows: usize) -> Self {
        Self {
            owned: BTreeSet::new(),
            supplies: Vec::new(),
            missing: None,
            appetite: vec![1.0; n_narrows],
        }
    }

    pub(crate) fn owns(&self, item: usize) -> bool {
        self.owned.contains(&item)
    }

    /// Notes a purchase for oneself.
    pub(crate) fn bought(
        &mut self,
        item: usize,
        (narrow_idx, narrow): (usize, &Narrow),
        (ms, quantity): (i64, u32),
        chance: &mut Chance,
    ) {
        self.owned.insert(item);
        self.supplies.retain(|supply| supply.item != item);
        match narrow.repeat_days {
            Some(days) => {
                let days = days * f64::from(quantity) * (0.25 * chance.normal()).exp();
                let gone_ms = ms + (days * DAY_MS as f64) as i64;
                self.supplies.push(Supply { item, gone_ms });
            }
            None => self.appetite[narrow_idx] *= 0.35,
        }
    }

    /// Takes out something that is used up at `ms`, if there is such a thing.
    pub(crate) fn used_up(&mut self, ms: i64) -> Option<usize> {
        let at = self.supplies.iter().position(|supply| supply.gone_ms <= ms)?;
        Some(self.supplies.swap_remove(at).item)
    }
}
