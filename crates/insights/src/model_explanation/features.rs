//! Items as people see them from a history: what the questions of the tree are about.

use domain::Text;
use explain::Relation;
use explain::surrogate::Feature;
use messages::Family;
use signals::{History, ItemIdx, Query, SignalName};

use shop::live_counts::{Entry, LiveCounts};
use shop::model::LoadedModel;

/// How many of the newest steps are looked at.
const RECENT: usize = 10;

/// What each feature is called, in the order of a row.
const NAMES: [&str; 9] = [
    "follows_newest",
    "follows_recent",
    "n_leading",
    "reads_like_newest",
    "reads_like_recent",
    "same_category",
    "same_brand",
    "popularity",
    "price_ratio",
];
/// What each means.
const MEANINGS: Family = Family::of("tree-feature-");

/// The features with what they mean, in the order of a row.
pub(super) fn names() -> Vec<Feature> {
    let meaning =
        |name: &str| Text::in_every(|lang| MEANINGS.text(lang, name).unwrap_or(name).to_owned());
    NAMES.map(|name| Feature { name: name.to_owned(), meaning: meaning(name) }).into()
}

/// What does not depend on the history.
pub(super) struct Catalogue<'a> {
    loaded: &'a LoadedModel,
    entries: Vec<Option<&'a Entry>>,
    /// A number per distinct brand.
    brands: Vec<Option<u32>>,
    popularity: Vec<f32>,
}

impl<'a> Catalogue<'a> {
    pub(super) fn new(loaded: &'a LoadedModel, counts: &'a LiveCounts) -> Self {
        let items = loaded.model.items();
        let entries: Vec<Option<&Entry>> = items.iter().map(|id| counts.entry(id)).collect();
        let mut numbers = rustc_hash::FxHashMap::<&Text, u32>::default();
        let brands = entries.iter().map(|entry| {
            let brand = entry.map(|entry| &entry.item.brand).filter(|brand| !brand.is_empty())?;
            let next = numbers.len() as u32;
            Some(*numbers.entry(brand).or_insert(next))
        });
        let brands = brands.collect();
        let buyers: Vec<u32> = items
            .iter()
            .map(|id| {
                let of = |relation| counts.shoppers_of(id, relation);
                of(Relation::Bought).max(of(Relation::Viewed))
            })
            .collect();
        let mut sorted = buyers.clone();
        sorted.sort_unstable();
        let below = |n: &u32| sorted.partition_point(|other| other < n) as f32;
        let popularity = buyers.iter().map(|n| below(n) / sorted.len().max(1) as f32).collect();
        Self { loaded, entries, brands, popularity }
    }

    /// One row per item of the model. (n_items, features)
    pub(super) fn rows(&self, history: &History) -> Vec<Vec<f32>> {
        let recent: Vec<ItemIdx> =
            history.events().iter().take(RECENT).map(|event| event.item).collect();
        let links: Vec<Vec<f32>> = self.alone(SignalName::Transition, &recent);
        let readings: Vec<Vec<f32>> = self.alone(SignalName::Text, &recent);
        let category = |item: ItemIdx| self.entries[item as usize].and_then(|entry| entry.category);
        let brand = |item: ItemIdx| self.brands[item as usize];
        let price = |item: ItemIdx| {
            let price = self.entries[item as usize].and_then(|entry| entry.item.price)?;
            Some(price.minor as f32)
        };
        let mut prices: Vec<f32> = recent.iter().filter_map(|&item| price(item)).collect();
        prices.sort_unstable_by(f32::total_cmp);
        let median = prices.get(prices.len() / 2).copied().filter(|&median| median > 0.0);
        let row = |item: ItemIdx| {
            let of = |scores: &Vec<f32>| scores[item as usize];
            let largest = |all: &[Vec<f32>]| all.iter().map(of).fold(0.0, f32::max);
            let alike = |key: &dyn Fn(ItemIdx) -> Option<u32>| {
                let own = key(item);
                let same = |&&other: &&ItemIdx| own.is_some() && key(other) == own;
                recent.iter().filter(same).count() as f32
            };
            vec![
                links.first().map_or(0.0, of),
                largest(&links),
                links.iter().filter(|scores| of(scores) > 0.0).count() as f32,
                readings.first().map_or(0.0, of),
                largest(&readings),
                alike(&category),
                alike(&brand),
                self.popularity[item as usize],
                // Nothing known is neither dear nor cheap.
                price(item).zip(median).map_or(1.0, |(price, median)| price / median),
            ]
        };
        (0..self.loaded.model.n_items() as ItemIdx).map(row).collect()
    }

    /// Raw scores of all items after each of some items alone.
    fn alone(&self, name: SignalName, items: &[ItemIdx]) -> Vec<Vec<f32>> {
        let model = &self.loaded.model;
        let Some((.., signal)) = model.signals().find(|(found, ..)| *found == name) else {
            return vec![vec![0.0; model.n_items()]; items.len()];
        };
        let after = |&item: &ItemIdx| {
            let history = History::newest_first([(item, 1.0)]);
            let mut scores = vec![0.0; model.n_items()];
            signal.add_scores(Query::of(&history), 1.0, &mut scores);
            scores
        };
        items.iter().map(after).collect()
    }
}

/// The items of the highest scores, best first; of equals the lower number.
pub(super) fn highest(scores: &[f32], n: usize) -> Vec<ItemIdx> {
    let mut items: Vec<ItemIdx> =
        (0..scores.len() as ItemIdx).filter(|&item| scores[item as usize].is_finite()).collect();
    let better = |a: &ItemIdx, b: &ItemIdx| {
        scores[*b as usize].total_cmp(&scores[*a as usize]).then(a.cmp(b))
    };
    if n > 0 && items.len() > n {
        items.select_nth_unstable_by(n - 1, better);
    }
    items.truncate(n);
    items.sort_unstable_by(better);
    items
}
