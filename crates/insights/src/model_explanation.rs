//! What the model relies on as a whole: weights, transitions, terms, and a simplified tree.
//!
//! Responsible for a view that holds for the shop and names no shopper. Refuses to show a tree
//! whose measured fidelity is below the bar, pairs of too few shoppers, and sensitive categories.

mod features;
mod tree;

use explain::ExplainConfig;
use shop::settings::ShopConfig;
use signals::SignalsConfig;
use std::collections::BTreeMap;

use domain::{Item, ItemId, Language, ModelVersion, Text};
use explain::faithfulness::Mean;
use explain::surrogate::{self, Fidelity, Surrogate};
use explain::{Relation, item_is_sensitive};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use signals::{History, ItemIdx, Query, SignalName};

use shop::live_counts::LiveCounts;
use shop::model::LoadedModel;
use shop::{Shop, ShopError};
use training::Gathered;

/// Most transitions, categories and terms of each that are listed.
const LISTED: usize = 20;
/// Items whose transitions are looked at: those most bought.
const LOOKED_AT: usize = 1_000;
/// Shoppers whose lists are taken apart.
const SAMPLE: usize = 300;

/// What the model relies on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelExplanation {
    /// The model.
    pub model_version: ModelVersion,
    /// True when the shop's data are simulated.
    pub simulated: bool,
    /// Each signal with its weight and what it really adds.
    pub signals: Vec<SignalShare>,
    /// The strongest transitions between items that are bought or viewed most.
    pub transitions: Vec<TransitionShown>,
    /// What makes items of the largest categories read alike.
    pub terms: Vec<CategoryTerms>,
    /// A simplified tree, where it is faithful enough to be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surrogate: Option<Surrogate>,
    /// The measured fidelity of the tree, shown or not; missing where there were too few shoppers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fidelity: Option<Fidelity>,
    /// The bar that the tree had to clear: share of the model's first ten.
    pub least_overlap: f64,
}

/// One signal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalShare {
    /// Which.
    pub signal: SignalName,
    /// Its learned weight.
    pub weight: f32,
    /// Its share of the score of recommended items: mean over shoppers, first ten items each.
    pub share: Option<Mean>,
}

/// One transition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TransitionShown {
    /// From which item.
    pub from: ItemId,
    /// To which.
    pub to: ItemId,
    /// Their titles.
    pub titles: [Text; 2],
    /// The raw score of the second after the first alone, 0 to 1.
    pub strength: f32,
    /// Distinct shoppers of both.
    pub n_both: u32,
}

/// The words of a category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CategoryTerms {
    /// The narrowest category.
    pub category: Text,
    /// Its items.
    pub n_items: usize,
    /// Terms that weigh most, most first.
    pub terms: Vec<String>,
}

impl ModelExplanation {
    /// The tree as a picture, where it may be shown.
    #[must_use]
    pub fn svg(&self, lang: Language) -> Option<String> {
        self.surrogate.as_ref().map(|tree| surrogate::svg::svg(tree, lang))
    }

    /// The tree in words, where it may be shown.
    #[must_use]
    pub fn tree_text(&self, lang: Language) -> Option<String> {
        self.surrogate.as_ref().map(|tree| surrogate::text::text(tree, lang))
    }
}

/// Explains the model in use as a whole. Takes some seconds: it fits and measures a tree.
///
/// # Errors
/// [`ShopError::NoModel`], or what the store says.
pub fn explain(shop: &Shop) -> Result<ModelExplanation, ShopError> {
    let loaded = shop.current_model()?.ok_or(ShopError::NoModel)?;
    explain_loaded(shop, &loaded, &shop.count()?)
}

/// Explains a loaded model as a whole.
///
/// # Errors
/// What the store says.
pub fn explain_loaded(
    shop: &Shop,
    loaded: &LoadedModel,
    counts: &LiveCounts,
) -> Result<ModelExplanation, ShopError> {
    let gathered = training::gather(shop)?;
    let bars = shop.config::<ExplainConfig>();
    let tree = tree::fit(shop.config::<SignalsConfig>().history_length, &gathered, loaded, counts);
    let fidelity = tree.as_ref().map(|tree| tree.fidelity);
    let shown = tree.filter(|tree| tree.fidelity.top_10_overlap >= bars.surrogate_overlap);
    let view = View { shop, loaded, counts };
    Ok(ModelExplanation {
        model_version: loaded.version.clone(),
        simulated: shop.config::<ShopConfig>().simulated,
        signals: view.signals(&gathered),
        transitions: view.transitions(),
        terms: view.terms(),
        surrogate: shown,
        fidelity,
        least_overlap: bars.surrogate_overlap,
    })
}

struct View<'a> {
    shop: &'a Shop,
    loaded: &'a LoadedModel,
    counts: &'a LiveCounts,
}

impl View<'_> {
    fn signals(&self, gathered: &Gathered) -> Vec<SignalShare> {
        let model = &self.loaded.model;
        let length = self.shop.config::<SignalsConfig>().history_length;
        let sequences = &gathered.data.interactions.sequences;
        let stride = (sequences.len() / SAMPLE).max(1);
        let sample: Vec<_> = sequences.iter().step_by(stride).take(SAMPLE).collect();
        let shares: Vec<Vec<f64>> = sample
            .par_iter()
            .filter_map(|events| {
                let history = History::of_sequence(events, length);
                let query = Query::of(&history);
                let mut scores = Vec::new();
                model.score(query, &mut scores);
                events.iter().for_each(|event| scores[event.item as usize] = f32::NEG_INFINITY);
                let first = features::highest(&scores, 10);
                let breakdowns = model.breakdowns(query, &first);
                let n_signals = breakdowns.first()?.parts.len();
                let of_signal = |n: usize| breakdowns.iter().map(|b| b.parts[n].total()).sum();
                let totals: Vec<f32> = (0..n_signals).map(of_signal).collect();
                let all: f32 = totals.iter().map(|total| total.max(0.0)).sum();
                let share = |total: f32| f64::from(total.max(0.0) / all);
                (all > 0.0).then(|| totals.into_iter().map(share).collect())
            })
            .collect();
        let weights = &model.constants().blend.0;
        let weight = |name| weights.iter().find(|w| w.signal == name).map_or(0.0, |w| w.weight);
        let signal = |(n, (signal, ..)): (usize, (SignalName, f32, &dyn signals::Signal))| {
            let shares: Vec<f64> = shares.iter().map(|shares| shares[n]).collect();
            SignalShare { signal, weight: weight(signal), share: Mean::of(&shares) }
        };
        model.signals().enumerate().map(signal).collect()
    }

    /// An item that may be named: known to the catalogue and not sensitive.
    fn nameable(&self, item: ItemIdx) -> Option<&Item> {
        let id = &self.loaded.model.items()[item as usize];
        let entry = self.counts.entry(id).filter(|entry| self.counts.offers(entry))?;
        (!item_is_sensitive(&entry.item, self.shop.config::<ExplainConfig>()))
            .then_some(&entry.item)
    }

    fn transitions(&self) -> Vec<TransitionShown> {
        let model = &self.loaded.model;
        let Some((.., signal)) = model.signals().find(|(n, ..)| *n == SignalName::Transition)
        else {
            return Vec::new();
        };
        let n_shoppers = |item: &ItemIdx| {
            let id = &model.items()[*item as usize];
            let of = |relation| self.counts.shoppers_of(id, relation);
            of(Relation::Bought).max(of(Relation::Viewed))
        };
        let mut sources: Vec<ItemIdx> = (0..model.n_items() as ItemIdx).collect();
        sources.sort_by_key(|item| (std::cmp::Reverse(n_shoppers(item)), *item));
        sources.truncate(LOOKED_AT);
        let strongest = |&from: &ItemIdx| {
            let history = History::newest_first([(from, 1.0)]);
            let mut scores = vec![0.0; model.n_items()];
            signal.add_scores(Query::of(&history), 1.0, &mut scores);
            let to = features::highest(&scores, 3);
            to.into_iter().map(move |to| (scores[to as usize], from, to)).collect::<Vec<_>>()
        };
        let mut pairs: Vec<_> = sources.par_iter().flat_map_iter(strongest).collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        pairs.into_iter().filter_map(|pair| self.transition(pair)).take(LISTED).collect()
    }

    fn transition(&self, (strength, from, to): (f32, ItemIdx, ItemIdx)) -> Option<TransitionShown> {
        let (from, to) = (self.nameable(from)?, self.nameable(to)?);
        let both = |relation| self.counts.shoppers_of_both(&from.id, &to.id, relation);
        let n_both = both(Relation::Bought).max(both(Relation::Viewed));
        (n_both >= self.shop.config::<ExplainConfig>().min_buyers).then(|| TransitionShown {
            from: from.id.clone(),
            to: to.id.clone(),
            titles: [from.title.clone(), to.title.clone()],
            strength,
            n_both,
        })
    }

    fn terms(&self) -> Vec<CategoryTerms> {
        let model = &self.loaded.model;
        let mut by_category: BTreeMap<String, (Text, Vec<ItemIdx>)> = BTreeMap::new();
        for idx in 0..model.n_items() as ItemIdx {
            if let Some(category) = self.nameable(idx).and_then(|item| item.category()) {
                let name = category.in_language(Language::En).to_owned();
                by_category
                    .entry(name)
                    .or_insert_with(|| (category.clone(), Vec::new()))
                    .1
                    .push(idx);
            }
        }
        let mut categories: Vec<(Text, Vec<ItemIdx>)> = by_category.into_values().collect();
        categories.sort_by_key(|(_, items)| std::cmp::Reverse(items.len()));
        let terms = |(category, items): (Text, Vec<ItemIdx>)| CategoryTerms {
            category,
            n_items: items.len(),
            terms: model.top_terms(&items, 8),
        };
        categories.into_iter().take(LISTED).map(terms).collect()
    }
}
