//! Makes the catalogue: the items sold, their prices, and their hidden truth.
//!
//! Responsible for items and their hidden quality and popularity. `taste` relates them to shoppers.

mod describe;
mod price;

use std::collections::{BTreeMap, HashSet};

use domain::time::DAY_MS;
use domain::{Item, ItemId, Money, Text, Timestamp};

use crate::ShopConfig;
use crate::chance::{Chance, Stage};
use crate::grammar::{Grammar, Narrow};
use crate::style::Style;

/// Hidden truth about an item. Latent scales are in standard deviations.
#[derive(Debug, Clone)]
pub(crate) struct ItemTruth {
    /// Position of its narrow category in the grammar.
    pub(crate) narrow: usize,
    /// Brand, English name: unique in the shop.
    pub(crate) brand: &'static str,
    pub(crate) styles: Vec<Style>,
    /// Log of price over the median of the category.
    pub(crate) price_level: f64,
    pub(crate) price: Money,
    pub(crate) quality: f64,
    /// Quality by aspect, in the order of the category's aspects.
    pub(crate) aspect_quality: Vec<f64>,
    /// Log of how often it is found beside others of its category.
    pub(crate) popularity: f64,
    /// Change of the log of popularity per 180 days.
    pub(crate) trend: f64,
    pub(crate) available_since: Timestamp,
    pub(crate) sold_out: bool,
}

/// The catalogue and the truth about it, item by item in the same order.
pub(crate) struct Catalogue {
    pub(crate) items: Vec<Item>,
    pub(crate) truths: Vec<ItemTruth>,
    /// Positions of the items of each narrow category.
    pub(crate) by_narrow: Vec<Vec<usize>>,
}

/// One product before it has a place in the catalogue.
struct Draft {
    item: Item,
    truth: ItemTruth,
}

/// The choices for one product: the brand, and a value of each slot.
type Choice = (usize, Vec<usize>);

/// Makes `config.n_items` products, or as many as the grammars can tell apart, oldest first.
pub(crate) fn make(config: &ShopConfig, grammar: &Grammar) -> Catalogue {
    let mut chance = Chance::new(config.seed, Stage::Catalogue, 0);
    let mut drafts: Vec<Draft> = choose_products(config.n_items, grammar, &mut chance)
        .into_iter()
        .map(|(narrow, choice)| draft(config.now, grammar, narrow, &choice, &mut chance))
        .collect();
    drafts.sort_by_key(|d| d.truth.available_since);
    let mut by_narrow = vec![Vec::new(); grammar.narrows.len()];
    for (i, draft) in drafts.iter_mut().enumerate() {
        draft.item.id = item_id(i + 1);
        by_narrow[draft.truth.narrow].push(i);
    }
    let (items, truths) = drafts.into_iter().map(|d| (d.item, d.truth)).unzip();
    Catalogue { items, truths, by_narrow }
}

fn item_id(n: usize) -> ItemId {
    ItemId::new(format!("S{n:04}")).expect("S and digits are an id")
}

/// One of each category first, then by the size of the category; never the same product twice.
fn choose_products(n: usize, grammar: &Grammar, chance: &mut Chance) -> Vec<(usize, Choice)> {
    let n_narrows = grammar.narrows.len();
    let mut open: Vec<f64> = (0..n_narrows).map(|_| chance.between(0.6, 1.4)).collect();
    let mut seen: Vec<HashSet<Choice>> = vec![HashSet::new(); n_narrows];
    let mut chosen = Vec::with_capacity(n);
    while chosen.len() < n {
        let narrow = match chosen.len() {
            first if first < n_narrows => first,
            _ => match chance.weighted(&open) {
                Some(narrow) => narrow,
                None => break, // every category is used up
            },
        };
        match new_choice(&grammar.narrows[narrow], &mut seen[narrow], chance) {
            Some(choice) => chosen.push((narrow, choice)),
            None => open[narrow] = 0.0,
        }
    }
    chosen
}

/// A product of this category that was not there before; `None` when they are hard to find.
fn new_choice(narrow: &Narrow, seen: &mut HashSet<Choice>, chance: &mut Chance) -> Option<Choice> {
    (0..60).find_map(|_| {
        let brand = chance.below(narrow.brands.len());
        let values = narrow.slots.iter().map(|s| chance.below(s.values.len()));
        let choice: Choice = (brand, values.collect());
        let new = narrow.makes_sense(&choice.1) && seen.insert(choice.clone());
        new.then_some(choice)
    })
}

fn draft(
    now: Timestamp,
    grammar: &Grammar,
    narrow_idx: usize,
    choice: &Choice,
    chance: &mut Chance,
) -> Draft {
    let narrow = &grammar.narrows[narrow_idx];
    let truth = draw_truth(now, narrow_idx, narrow, choice, chance);
    let described = describe::describe(narrow, choice, chance);
    let attributes: BTreeMap<String, Vec<Text>> = narrow
        .slots
        .iter()
        .zip(&choice.1)
        .map(|(slot, v)| (slot.name.to_owned(), vec![slot.values[*v].phrase.text()]))
        .collect();
    let item = Item {
        title: described.title,
        brand: narrow.brands[choice.0].phrase.text(),
        categories: vec![narrow.top.text(), narrow.name.text()],
        description: if chance.hit(0.04) { Text::Missing } else { described.description },
        price: (!chance.hit(0.02)).then_some(truth.price),
        in_stock: if truth.sold_out { Some(false) } else { chance.hit(0.9).then_some(true) },
        available_since: Some(truth.available_since),
        attributes,
        ..Item::bare(item_id(0))
    };
    Draft { item, truth }
}

fn draw_truth(
    now: Timestamp,
    narrow_idx: usize,
    narrow: &Narrow,
    choice: &Choice,
    chance: &mut Chance,
) -> ItemTruth {
    let brand = &narrow.brands[choice.0];
    let values = || narrow.slots.iter().zip(&choice.1).map(|(slot, v)| &slot.values[*v]);
    let factor: f64 = values().map(|v| v.price).product::<f64>() * brand.price;
    let price = price::draw(&narrow.price, factor / narrow.usual_factor(), chance);
    let quality = chance.normal();
    let aspect_quality =
        narrow.aspects.iter().map(|_| 0.6 * quality + 0.8 * chance.normal()).collect();
    let days = age_in_days(chance);
    ItemTruth {
        narrow: narrow_idx,
        brand: brand.phrase.en,
        styles: values().chain([brand]).filter_map(|v| v.style).collect(),
        price_level: (price.major() / narrow.price.median).ln(),
        price,
        quality,
        aspect_quality,
        popularity: 1.2 * chance.normal() + 0.25 * quality,
        trend: 0.6 * chance.normal(),
        available_since: Timestamp(now.0 - (days * DAY_MS as f64) as i64),
        sold_out: chance.hit(0.04),
    }
}

/// Most of the catalogue is older than the recorded time, a fifth is not, and some is new.
fn age_in_days(chance: &mut Chance) -> f64 {
    match chance.unit() {
        u if u < 0.06 => chance.between(1.0, 30.0),
        u if u < 0.20 => chance.between(30.0, 180.0),
        _ => chance.between(180.0, 1_200.0),
    }
}

#[cfg(test)]
mod tests;
