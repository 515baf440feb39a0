//! Third stage: what can be told from prepared records alone: price bands of categories and parts
//! of the local day. Refuses to personalise: bands are of items, never of shoppers.

use std::collections::BTreeMap;

use domain::{Currency, Daypart, Item, ItemId, Language, Money};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// A category needs as many priced items as there are bands.
const MIN_ITEMS: usize = 4;

/// Where a price lies among those of its category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Up to the first quartile.
    Budget,
    /// Above it, up to the median.
    Moderate,
    /// Above it, up to the third quartile.
    Upper,
    /// Above that.
    Premium,
}

/// The price quartiles of one category: prices that items really have (nearest rank).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceBand {
    /// The narrowest category; `None` are the items without one.
    pub category: Option<String>,
    /// First quartile.
    pub lower_quartile: Money,
    /// Median.
    pub median: Money,
    /// Third quartile.
    pub upper_quartile: Money,
    /// Priced items.
    pub n_items: u64,
}

impl PriceBand {
    /// Quartiles of prices in one currency; `None` below four prices.
    #[must_use]
    pub fn of(category: Option<String>, currency: Currency, mut minors: Vec<i64>) -> Option<Self> {
        if minors.len() < MIN_ITEMS {
            return None;
        }
        minors.sort_unstable();
        let quartile =
            |q: usize| Money { minor: minors[(q * minors.len()).div_ceil(4) - 1], currency };
        Some(Self {
            category,
            lower_quartile: quartile(1),
            median: quartile(2),
            upper_quartile: quartile(3),
            n_items: minors.len() as u64,
        })
    }

    /// The band of a price; `None` in another currency.
    #[must_use]
    pub fn band(&self, price: Money) -> Option<Band> {
        let is_same = price.currency == self.median.currency;
        is_same.then_some(match price.minor {
            minor if minor <= self.lower_quartile.minor => Band::Budget,
            minor if minor <= self.median.minor => Band::Moderate,
            minor if minor <= self.upper_quartile.minor => Band::Upper,
            _ => Band::Premium,
        })
    }
}

/// The latest price of each item, by category. Memory holds one entry per item.
#[derive(Debug, Default)]
pub struct PriceSurvey(FxHashMap<ItemId, (Option<String>, Money)>);

impl PriceSurvey {
    /// Takes an item's price; a later one of the same item replaces it.
    pub fn see(&mut self, item: &Item) {
        if let Some(price) = item.price {
            let category = item.category().map(|text| text.in_language(Language::En).to_owned());
            self.0.insert(item.id.clone(), (category, price));
        }
    }

    /// The bands of every category and currency with enough prices, and how many items lie in each.
    #[must_use]
    pub fn bands(self) -> (Vec<PriceBand>, BTreeMap<Band, u64>) {
        let mut prices: BTreeMap<(Option<String>, Currency), Vec<i64>> = BTreeMap::new();
        for (category, price) in self.0.into_values() {
            prices.entry((category, price.currency)).or_default().push(price.minor);
        }
        let (mut bands, mut n_items) = (Vec::new(), BTreeMap::new());
        for ((category, currency), minors) in prices {
            let Some(band) = PriceBand::of(category, currency, minors.clone()) else { continue };
            for minor in minors {
                if let Some(at) = band.band(Money { minor, currency }) {
                    *n_items.entry(at).or_default() += 1;
                }
            }
            bands.push(band);
        }
        (bands, n_items)
    }
}

/// Events by part of the local day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaypartCounts {
    /// Events whose local time is known.
    pub known: BTreeMap<Daypart, u64>,
    /// Events without a clock.
    pub without_clock: u64,
}

impl DaypartCounts {
    /// Counts one event.
    pub fn see(&mut self, daypart: Option<Daypart>) {
        match daypart {
            Some(daypart) => *self.known.entry(daypart).or_default() += 1,
            None => self.without_clock += 1,
        }
    }
}

#[cfg(test)]
mod tests;
