//! The true taste of a shopper, and their habits of visiting.
//!
//! Draws tastes and computes utility, the value of an item to a shopper. `behaviour` turns tastes
//! into events.

use std::collections::BTreeMap;

use domain::{Device, Language};

use crate::catalogue::ItemTruth;
use crate::chance::Chance;
use crate::grammar::Grammar;
use crate::style::Style;

/// The true, hidden taste and habits of one shopper.
#[derive(Debug, Clone, PartialEq)]
pub struct Taste {
    /// The language they read and review in.
    pub language: Language,
    /// Region code, e.g. `CN-ZJ`.
    pub region: &'static str,
    /// Minutes that their clock is ahead of UTC.
    pub zone_minutes: i32,
    /// The device they mostly shop with.
    pub device: Device,
    /// Keys of the narrow categories of their interests, strongest first.
    pub preferred: Vec<&'static str>,
    /// Share of attention for every narrow category, in the order of the grammar; sums to 1.
    pub(crate) attention: Vec<f64>,
    /// Brands they are loyal to (English names), and how much.
    pub brands: BTreeMap<&'static str, f64>,
    /// How much they are drawn to each style, in the order of [`Style::ALL`].
    pub styles: [f64; 6],
    /// Log of the price they are at ease with over the median of a category.
    pub price_level: f64,
    /// Share of their visits by daypart: night, morning, afternoon, evening.
    pub dayparts: [f64; 4],
    /// How much likelier a day of the weekend is than a working day.
    pub weekend: f64,
    /// How much of all events is theirs, relative to others.
    pub activity: f64,
    /// Share of their visits in which they look for a present, off their own taste.
    pub gift_rate: f64,
}

/// Regions: code, minutes ahead of UTC, language, share of shoppers, and the styles liked there.
const REGIONS: [(&str, i32, Language, f64, &[&str]); 12] = [
    ("CN-GD", 480, Language::Zh, 0.16, &["oolong", "sunscreen"]),
    ("CN-ZJ", 480, Language::Zh, 0.13, &["green-tea", "sunscreen"]),
    ("CN-JS", 480, Language::Zh, 0.12, &["green-tea", "lunch-box"]),
    ("CN-SH", 480, Language::Zh, 0.11, &["coffee", "candle"]),
    ("CN-BJ", 480, Language::Zh, 0.11, &["thermos", "hand-cream"]),
    ("CN-SC", 480, Language::Zh, 0.10, &["nuts", "tent"]),
    ("CN-LN", 480, Language::Zh, 0.06, &["thermos", "bedding"]),
    ("CN-FJ", 480, Language::Zh, 0.05, &["oolong", "teaware"]),
    ("SG", 480, Language::En, 0.06, &["sunscreen", "bottle-sport"]),
    ("GB", 0, Language::En, 0.05, &["kettle", "biscuit"]),
    ("AU", 600, Language::En, 0.03, &["sunscreen", "camp-stove"]),
    ("US", -300, Language::En, 0.02, &["coffee", "backpack"]),
];

/// Draws the taste of one shopper.
pub(crate) fn draw(grammar: &Grammar, chance: &mut Chance) -> Taste {
    let shares = REGIONS.map(|region| region.3);
    let at = chance.weighted(&shares).unwrap_or(0);
    let (region, zone_minutes, language, _, liked_here) = REGIONS[at];
    let tops = draw_tops(grammar, chance);
    let mut attention: Vec<f64> = grammar
        .narrows
        .iter()
        .map(|narrow| {
            let local = if liked_here.contains(&narrow.key) { 2.5 } else { 1.0 };
            let interest = tops.get(narrow.top_key).copied().unwrap_or(0.02);
            interest * local * (0.8 * chance.normal()).exp()
        })
        .collect();
    normalise(&mut attention);
    Taste {
        language,
        region,
        zone_minutes,
        device: draw_device(chance),
        preferred: preferred(grammar, &attention),
        brands: draw_brands(grammar, &attention, chance),
        attention,
        styles: draw_styles(chance),
        price_level: 0.45 * chance.normal(),
        dayparts: draw_dayparts(chance),
        weekend: (0.5 * chance.normal()).exp(),
        activity: (1.1 * chance.normal()).exp(),
        gift_rate: chance.between(0.0, 0.12),
    }
}

/// Two or three wide categories and how strong each interest is.
fn draw_tops(grammar: &Grammar, chance: &mut Chance) -> BTreeMap<&'static str, f64> {
    let mut keys: Vec<&str> = grammar.narrows.iter().map(|n| n.top_key).collect();
    keys.dedup();
    let n_tops = 2 + usize::from(chance.hit(0.4));
    let chosen = chance.distinct(keys.len(), n_tops);
    chosen.into_iter().map(|i| keys[i]).zip([1.0, 0.6, 0.35]).collect()
}

fn normalise(weights: &mut [f64]) {
    let total: f64 = weights.iter().sum();
    for weight in weights {
        *weight /= total;
    }
}

/// The categories that together hold most of the attention (at most eight), strongest first.
pub(crate) fn preferred(grammar: &Grammar, attention: &[f64]) -> Vec<&'static str> {
    let mut order: Vec<usize> = (0..attention.len()).collect();
    order.sort_by(|a, b| attention[*b].total_cmp(&attention[*a]).then(a.cmp(b)));
    let floor = 1.5 / attention.len() as f64;
    order
        .into_iter()
        .take_while(|i| attention[*i] > floor)
        .take(8)
        .map(|i| grammar.narrows[i].key)
        .collect()
}

fn draw_brands(
    grammar: &Grammar,
    attention: &[f64],
    chance: &mut Chance,
) -> BTreeMap<&'static str, f64> {
    let n = 2 + chance.below(3);
    (0..n)
        .filter_map(|_| {
            let narrow = &grammar.narrows[chance.weighted(attention)?];
            let brand = chance.pick(&narrow.brands).phrase.en;
            Some((brand, chance.between(0.6, 1.4)))
        })
        .collect()
}

fn draw_styles(chance: &mut Chance) -> [f64; 6] {
    let mut styles = [0.0; 6];
    for (style, liking) in chance.distinct(6, 3).into_iter().zip([1.2, 0.6, -0.8]) {
        styles[style] = liking;
    }
    styles
}

fn draw_device(chance: &mut Chance) -> Device {
    match chance.unit() {
        u if u < 0.72 => Device::Phone,
        u if u < 0.93 => Device::Desktop,
        _ => Device::Tablet,
    }
}

fn draw_dayparts(chance: &mut Chance) -> [f64; 4] {
    let mut dayparts = [0.06, 0.22, 0.30, 0.42_f64];
    for share in &mut dayparts {
        *share *= (0.7 * chance.normal()).exp();
    }
    normalise(&mut dayparts);
    dayparts
}

impl Taste {
    /// How well an item suits them beside others of its category; 0 is neutral.
    pub(crate) fn suits(&self, item: &ItemTruth) -> f64 {
        let brand = self.brands.get(item.brand).copied().unwrap_or(0.0);
        let style: f64 = item.styles.iter().map(|s| self.styles[*s as usize]).sum();
        let style = style / (item.styles.len() as f64).sqrt().max(1.0);
        let gap = (item.price_level - self.price_level).clamp(-2.0, 2.0);
        // Dearer than one's level hurts more than cheaper.
        let price = -gap * gap * if gap > 0.0 { 0.9 } else { 0.45 };
        brand + 0.9 * style + price + 0.2
    }

    /// The true value of an item to them: interest in its category, fit, and its quality.
    pub(crate) fn utility(&self, item: &ItemTruth) -> f64 {
        let share = self.attention.get(item.narrow).copied().unwrap_or(0.0);
        let interest = (share * self.attention.len() as f64 + 0.01).ln();
        interest + self.suits(item) + 0.5 * item.quality
    }

    /// How much they are drawn to a style; 0 is neutral.
    #[must_use]
    pub fn liking(&self, style: Style) -> f64 {
        self.styles[style as usize]
    }
}

/// A taste set by hand: interests by category key, everything else as `base` has it.
pub(crate) fn with_interests(grammar: &Grammar, base: Taste, interests: &[(&str, f64)]) -> Taste {
    let mut attention = vec![0.0006; grammar.narrows.len()];
    for (key, weight) in interests {
        if let Some(at) = grammar.narrow_idx(key) {
            attention[at] = *weight;
        }
    }
    normalise(&mut attention);
    Taste { preferred: preferred(grammar, &attention), attention, ..base }
}
