//! The context signal: items that are bought more than usual in the situation of the request.
//!
//! score_i = Σ_c ln(share_ic / p_c) over the circumstances c of the request. p_c is the share of
//! all events under c. share_ic is that of item i, shrunk towards its category's, which is shrunk
//! towards p_c: (n_ic + κ·prior) / (n_i + κ), the mean of a Beta posterior whose prior weighs κ
//! events. It owes nothing to history, so all of it is base. A kind of circumstance (weekday,
//! region …) stays only if it makes held-out items likelier. Circumstances of few events are left
//! out.

use domain::CircumstanceKind;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::constants::in_range;
use crate::kept::{Files, Folder, Kept, floats_to_file};
use crate::{
    Attribution, Circumstance, Context, Interaction, Interactions, ItemIdx, ItemText, Query,
    Signal, SignalName, SignalsError,
};

/// The lifts in a model's folder; their rows are in its manifest.
const FILE: &str = "context.safetensors";

/// The constants of the context signal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContextConstants {
    /// κ: how many events the prior weighs, above 0.
    pub shrinkage: f32,
    /// A circumstance needs at least this many events.
    pub min_events: u32,
    /// Kinds of circumstances that count.
    pub kinds: Vec<CircumstanceKind>,
}

impl Default for ContextConstants {
    fn default() -> Self {
        Self { shrinkage: 50.0, min_events: 500, kinds: CircumstanceKind::ALL.to_vec() }
    }
}

/// A fitted context signal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ContextSignal {
    n_items: usize,
    /// The circumstances that are known, ascending.
    circumstances: Vec<Circumstance>,
    /// Log-lift of every item under each of them: (`n_circumstances`, `n_items`).
    lifts: Vec<f32>,
}

impl ContextSignal {
    /// Counts events that show interest.
    #[must_use]
    pub fn fit(
        interactions: &Interactions,
        texts: &[ItemText],
        constants: &ContextConstants,
    ) -> Self {
        let counts = Counts::new(interactions, texts, constants);
        let lifts = counts.kept.iter().flat_map(|c| counts.lifts(*c, constants.shrinkage));
        Self {
            n_items: interactions.n_items,
            lifts: lifts.collect(),
            circumstances: counts.kept.clone(),
        }
    }

    pub(crate) fn from_parts(
        file: &str,
        n_items: usize,
        circumstances: Vec<Circumstance>,
        lifts: Vec<f32>,
    ) -> Result<Self, SignalsError> {
        if lifts.len() == circumstances.len() * n_items && circumstances.is_sorted() {
            return Ok(Self { n_items, circumstances, lifts });
        }
        let problem = format!("{} lifts of {} circumstances", lifts.len(), circumstances.len());
        Err(SignalsError::DamagedFile { file: file.to_owned(), problem })
    }

    /// The circumstances it knows, ascending.
    #[must_use]
    pub fn circumstances(&self) -> &[Circumstance] {
        &self.circumstances
    }

    /// Log-lift of every item under one circumstance; `None` for one it does not know.
    #[must_use]
    pub fn lifts(&self, circumstance: Circumstance) -> Option<&[f32]> {
        let at = self.circumstances.binary_search(&circumstance).ok()?;
        Some(&self.lifts[at * self.n_items..][..self.n_items])
    }

    fn rows(&self, context: Context) -> impl Iterator<Item = &[f32]> {
        context.circumstances().filter_map(|circumstance| self.lifts(circumstance))
    }

    /// The kinds that make the items of some cases likelier: whose mean gain in ln p(item), where
    /// p ∝ popularity · lift, exceeds its standard error.
    pub(crate) fn useful_kinds(
        &self,
        cases: &[(Context, ItemIdx)],
        interactions: &Interactions,
    ) -> Vec<CircumstanceKind> {
        let popularity = popularity(interactions);
        let mut normalisers: FxHashMap<Circumstance, f64> = FxHashMap::default();
        let mut gains: FxHashMap<CircumstanceKind, Vec<f64>> = FxHashMap::default();
        for &(context, target) in cases {
            for circumstance in context.circumstances() {
                let Some(lifts) = self.lifts(circumstance) else { continue };
                let normaliser = *normalisers.entry(circumstance).or_insert_with(|| {
                    let likelihoods = lifts.iter().zip(&popularity);
                    likelihoods.map(|(lift, p)| p * f64::from(*lift).exp()).sum::<f64>().ln()
                });
                let gain = f64::from(lifts[target as usize]) - normaliser;
                gains.entry(circumstance.kind()).or_default().push(gain);
            }
        }
        let is_useful = |kind: &CircumstanceKind| gains.get(kind).is_some_and(|g| exceeds_error(g));
        CircumstanceKind::ALL.into_iter().filter(is_useful).collect()
    }
}

impl Kept for ContextSignal {
    type Constants = ContextConstants;

    fn validate(constants: &ContextConstants) -> Result<(), SignalsError> {
        in_range("context.shrinkage", constants.shrinkage, 1e-3..=1e6, "0.001 to 1000000")
    }

    fn write(&self, files: &mut Files) -> Result<(), SignalsError> {
        files.push(floats_to_file(FILE, "lifts", &self.lifts)?);
        Ok(())
    }

    fn read(folder: &Folder<'_, '_>, _: &ContextConstants) -> Result<Self, SignalsError> {
        let lifts = folder.floats(FILE, "lifts")?;
        Self::from_parts(FILE, folder.n_items, folder.circumstances.to_vec(), lifts)
    }

    fn knows_anything(&self) -> bool {
        !self.circumstances.is_empty()
    }
}

impl Signal for ContextSignal {
    fn name(&self) -> SignalName {
        SignalName::Context
    }

    fn add_scores(&self, query: Query<'_>, factor: f32, scores: &mut [f32]) {
        for lifts in self.rows(query.context) {
            for (score, lift) in scores.iter_mut().zip(lifts) {
                *score += factor * lift;
            }
        }
    }

    fn attribute(&self, query: Query<'_>, item: ItemIdx) -> Attribution {
        let base = self.rows(query.context).map(|lifts| lifts[item as usize]).sum();
        Attribution { by_event: vec![0.0; query.history.len()], base }
    }
}

/// Whether the mean of some gains is above its standard error.
fn exceeds_error(gains: &[f64]) -> bool {
    let n = gains.len() as f64;
    let mean = gains.iter().sum::<f64>() / n;
    let variance = gains.iter().map(|gain| (gain - mean).powi(2)).sum::<f64>() / n;
    mean > (variance / n).sqrt()
}

/// Share of all events of each item, one event added to each.
fn popularity(interactions: &Interactions) -> Vec<f64> {
    let mut counts = vec![1.0; interactions.n_items];
    for event in interactions.sequences.iter().flatten().filter(|event| event.weight > 0.0) {
        counts[event.item as usize] += 1.0;
    }
    let sum: f64 = counts.iter().sum();
    counts.iter_mut().for_each(|count| *count /= sum);
    counts
}

/// Events by circumstance, of items and of categories.
struct Counts {
    kept: Vec<Circumstance>,
    totals: FxHashMap<Circumstance, u32>,
    /// Events of each item under each kept circumstance, and in all that know its kind.
    of_item: FxHashMap<Circumstance, Vec<u32>>,
    of_item_kind: FxHashMap<CircumstanceKind, Vec<u32>>,
    /// The category of each item, and how many there are.
    categories: (Vec<Option<u32>>, usize),
}

impl Counts {
    fn new(interactions: &Interactions, texts: &[ItemText], constants: &ContextConstants) -> Self {
        let mut totals: FxHashMap<Circumstance, u32> = FxHashMap::default();
        let events = || interactions.sequences.iter().flatten().filter(|e| e.weight > 0.0);
        let counted = |event: &Interaction| {
            let kinds = &constants.kinds;
            event.context.circumstances().filter(move |c| kinds.contains(&c.kind()))
        };
        for circumstance in events().flat_map(counted) {
            *totals.entry(circumstance).or_default() += 1;
        }
        let mut kept: Vec<Circumstance> = totals
            .iter()
            .filter(|(_, n)| **n >= constants.min_events)
            .map(|(circumstance, _)| *circumstance)
            .collect();
        kept.sort_unstable();
        let none = || vec![0u32; interactions.n_items];
        let mut of_item: FxHashMap<_, _> = kept.iter().map(|c| (*c, none())).collect();
        let mut of_item_kind: FxHashMap<_, _> = kept.iter().map(|c| (c.kind(), none())).collect();
        for event in events() {
            for circumstance in counted(event) {
                if let Some(counts) = of_item.get_mut(&circumstance) {
                    counts[event.item as usize] += 1;
                }
                if let Some(counts) = of_item_kind.get_mut(&circumstance.kind()) {
                    counts[event.item as usize] += 1;
                }
            }
        }
        let categories = categories(texts);
        Self { kept, totals, of_item, of_item_kind, categories }
    }

    /// Log-lift of every item under one circumstance.
    fn lifts(&self, circumstance: Circumstance, shrinkage: f32) -> Vec<f32> {
        let kind = circumstance.kind();
        let of_kind = self.totals.iter().filter(|(c, _)| c.kind() == kind).map(|(_, n)| *n);
        let overall = self.totals[&circumstance] as f32 / of_kind.sum::<u32>() as f32;
        let (own, all) = (&self.of_item[&circumstance], &self.of_item_kind[&kind]);
        let shrunk =
            |n: u32, of: u32, prior: f32| (n as f32 + shrinkage * prior) / (of as f32 + shrinkage);
        let (categories, n_categories) = &self.categories;
        let mut of_category = vec![(0, 0); *n_categories];
        for ((category, own), all) in categories.iter().zip(own).zip(all) {
            if let Some(category) = category {
                let (n, of) = &mut of_category[*category as usize];
                (*n, *of) = (*n + own, *of + all);
            }
        }
        let lift = |((category, own), all): ((&Option<u32>, &u32), &u32)| {
            let prior = category.map_or(overall, |category| {
                let (n, of) = of_category[category as usize];
                shrunk(n, of, overall)
            });
            (shrunk(*own, *all, prior) / overall).ln()
        };
        categories.iter().zip(own).zip(all).map(lift).collect()
    }
}

/// The narrowest category of each item as a number, and how many there are.
fn categories(texts: &[ItemText]) -> (Vec<Option<u32>>, usize) {
    let mut numbers: FxHashMap<&domain::Text, u32> = FxHashMap::default();
    let mut found = Vec::with_capacity(texts.len());
    for text in texts {
        let next = numbers.len() as u32;
        found.push(text.categories.last().map(|name| *numbers.entry(name).or_insert(next)));
    }
    (found, numbers.len())
}

#[cfg(test)]
mod tests;
