//! Settings measured by what was taken: weights are learned for each of them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Impressions;
use crate::blend::{Example, TIE_BREAK, learn, loss, shares};
use crate::text::ItemTerms;
use crate::tune::{Bench, Coordinate, TrialBench};
use crate::validation::Validation;
use crate::{BlendWeight, Constants, ItemIdx, Model, Signal, SignalName};

/// A list with what does not change with the constants under search.
pub(super) struct Prepared<'a> {
    pub(super) list: &'a Impressions,
    /// Raw scores of each item by the signals that the model serves as they are.
    fixed: Vec<Vec<f32>>,
}

/// Lists to learn from, and the signals under trial. The Transformer and the context, which take
/// long to fit or are chosen elsewhere, are those of the model that served.
pub(super) struct ImpressionBench<'a> {
    trial: TrialBench<'a>,
    fixed: Vec<SignalName>,
    lists: Vec<Prepared<'a>>,
}

/// The signals of a model that are served as they are.
fn fixed(model: &Model) -> impl Iterator<Item = &dyn Signal> {
    let is_fixed = |name| matches!(name, SignalName::Sequence | SignalName::Context);
    let served = model.signals().filter(move |&(name, factor, _)| factor > 0.0 && is_fixed(name));
    served.map(|(_, _, signal)| signal)
}

/// Scores lists with what stays as it is.
pub(super) fn prepare<'a>(model: &Model, lists: &[&'a Impressions]) -> Vec<Prepared<'a>> {
    let signals: Vec<&dyn Signal> = fixed(model).collect();
    let of_list = |list: &&'a Impressions| {
        let query = list.query();
        let mut by_item = vec![Vec::with_capacity(signals.len()); list.items.len()];
        let mut scores = vec![0.0; model.n_items()];
        for signal in &signals {
            scores.fill(0.0);
            signal.add_scores(query, 1.0, &mut scores);
            for (of_item, shown) in by_item.iter_mut().zip(&list.items) {
                of_item.push(scores[shown.item as usize]);
            }
        }
        Prepared { list, fixed: by_item }
    };
    lists.par_iter().map(of_list).collect()
}

impl<'a> ImpressionBench<'a> {
    pub(super) fn new(
        before: &'a Validation,
        terms: &'a ItemTerms,
        served: &Model,
        lists: Vec<Prepared<'a>>,
    ) -> Self {
        let trial = TrialBench::new(before, terms, served.constants(), 0);
        let fixed = fixed(served).map(Signal::name).collect();
        Self { trial, fixed, lists }
    }

    /// The signals that are weighed.
    pub(super) fn names(&self) -> Vec<SignalName> {
        let trial = self.trial.signals().map(Signal::name);
        trial.into_iter().chain(self.fixed.iter().copied()).collect()
    }

    /// Raw scores of each item of a list: (n_items, n_signals), in the order of [`Self::names`].
    fn raw(&self, prepared: &Prepared<'_>) -> Vec<Vec<f32>> {
        let items: Vec<ItemIdx> = prepared.list.items.iter().map(|shown| shown.item).collect();
        let mut rows = vec![Vec::new(); items.len()];
        for signal in self.trial.signals() {
            let attributed = signal.attribute_items(prepared.list.query(), &items);
            for (row, attribution) in rows.iter_mut().zip(attributed) {
                row.push(attribution.total());
            }
        }
        for (row, fixed) in rows.iter_mut().zip(&prepared.fixed) {
            row.extend(fixed);
        }
        rows
    }

    /// Scales and learned weights under constants; the last weight is that of places.
    fn learned(&mut self, constants: &Constants) -> (Vec<f32>, Vec<f64>, f64) {
        self.trial.fit(constants);
        let raw: Vec<Vec<Vec<f32>>> = self.lists.par_iter().map(|list| self.raw(list)).collect();
        let scales = scales(&raw, self.names().len());
        let scaled = |(prepared, mut rows): (&Prepared<'_>, Vec<Vec<f32>>)| {
            for row in &mut rows {
                row.iter_mut().zip(&scales).for_each(|(raw, scale)| *raw /= scale);
            }
            prepared.list.examples(&rows)
        };
        let examples: Vec<Example> = self.lists.iter().zip(raw).flat_map(scaled).collect();
        let weights = learn(&examples, &vec![true; scales.len() + 1]);
        let (sum, total) = examples.iter().fold((0.0, 0.0), |(sum, total), example| {
            let weight = f64::from(example.weight);
            (sum + weight * loss(example, &weights), total + weight)
        });
        (scales, weights, sum / total)
    }

    /// The constants with the weights that make what was taken likeliest.
    pub(super) fn weighed(&mut self, constants: &Constants) -> Constants {
        let (scales, weights, _) = self.learned(constants);
        let names = self.names();
        let weights = shares(weights[..names.len()].iter().map(|weight| *weight as f32).collect());
        let mut weighed = constants.clone();
        for ((signal, scale), weight) in names.into_iter().zip(scales).zip(weights) {
            let least = if signal == SignalName::Popularity { TIE_BREAK } else { 0.0 };
            weighed.blend.set(BlendWeight { signal, weight: weight.max(least), scale });
        }
        weighed
    }

    /// Log-likelihood of what each shopper of these lists chose, by the blended score and the place,
    /// which are weighed on the lists that are learned from. Per choice of all shoppers on average;
    /// shoppers in the order of their numbers.
    pub(super) fn judge(&mut self, constants: &Constants, lists: &[Prepared<'_>]) -> Vec<f64> {
        self.trial.fit(constants);
        let own: Vec<Example> =
            self.lists.iter().flat_map(|list| self.blended(constants, list)).collect();
        let weights = learn(&own, &[true, true]);
        let mut by_shopper: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for prepared in lists {
            let (sum, total) = by_shopper.entry(prepared.list.shopper).or_default();
            for example in self.blended(constants, prepared) {
                let weight = f64::from(example.weight);
                (*sum, *total) = (*sum - weight * loss(&example, &weights), *total + weight);
            }
        }
        let total: f64 = by_shopper.values().map(|(_, total)| total).sum();
        let mean = total / by_shopper.len().max(1) as f64;
        by_shopper.into_values().map(|(sum, _)| sum / mean).collect()
    }

    /// The choices of one list by its blended score: (score, place) of every candidate.
    fn blended(&self, constants: &Constants, prepared: &Prepared<'_>) -> Vec<Example> {
        let factors: Vec<f32> =
            self.names().into_iter().map(|name| constants.blend.factor(name)).collect();
        let blended = |row: Vec<f32>| vec![row.iter().zip(&factors).map(|(raw, f)| raw * f).sum()];
        let rows: Vec<Vec<f32>> = self.raw(prepared).into_iter().map(blended).collect();
        prepared.list.examples(&rows)
    }
}

impl Bench for ImpressionBench<'_> {
    /// Without weights, which are learned.
    fn coordinates(&self) -> Vec<Coordinate> {
        self.trial.coordinates().into_iter().filter(|coordinate| !coordinate.is_weight).collect()
    }

    /// Mean log-likelihood of what was taken.
    fn quality(&mut self, constants: &Constants) -> f32 {
        -self.learned(constants).2 as f32
    }
}

/// The mean of the largest raw score of each list, by signal.
fn scales(raw: &[Vec<Vec<f32>>], n_signals: usize) -> Vec<f32> {
    let largest = |list: &[Vec<f32>], s: usize| list.iter().map(|row| row[s]).fold(0.0, f32::max);
    let scale = |s: usize| {
        let mean = raw.iter().map(|list| largest(list, s)).sum::<f32>() / raw.len().max(1) as f32;
        if mean > 0.0 { mean } else { 1.0 }
    };
    (0..n_signals).map(scale).collect()
}
