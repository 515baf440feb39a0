//! Learning from impressions: lists that shoppers were shown teach which constants and weights put the
//! items first that they chose.
//!
//! Each outcome is one choice among the items of its list that nothing was done with: the
//! conditional logit (McFadden 1974), whose weights do not depend on how the list was chosen from the
//! catalogue. An item that was turned down is a worst choice, of the lowest score instead of the highest
//! (best–worst scaling, Marley & Louviere 2005). Places are a signal of their own, which is
//! learned and then forgotten, so that what stood first does not pass for what is liked. The
//! constants stay as they were unless the choices of other shoppers get likelier, too.

mod bench;

use crate::blend::Example;
use crate::text::ItemTerms;
use crate::tune::search;
use crate::validation::Validation;
use crate::{
    ChoiceGain, Constants, Context, History, ItemIdx, Model, Query, SignalName, SignalsConfig,
    SignalsError, TrainingData, Watch,
};
use bench::ImpressionBench;
use metrics::{Resampling, paired_bootstrap};

/// One shopper in so many is not learned from, but judged on.
const JUDGED: u32 = 3;
/// Resamples behind the interval.
const N_BOOTSTRAP: usize = 1_000;

/// The items of one list as it came into view.
#[derive(Debug, Clone, PartialEq)]
pub struct Impressions {
    /// The same number for the same shopper.
    pub shopper: u32,
    /// Their history then.
    pub history: History,
    /// The situation.
    pub context: Context,
    /// Its items.
    pub items: Vec<Impression>,
}

/// One item of a list that came into view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Impression {
    /// The item.
    pub item: ItemIdx,
    /// Its place, from 1.
    pub place: u32,
    /// The worth of the shopper's response, −1 to 1; 0 without one.
    pub worth: f32,
}

/// The result of learning from impressions.
#[derive(Debug, Clone, PartialEq)]
pub struct Refined {
    /// The constants that make what was taken likeliest; those that served where no others are shown
    /// to be better.
    pub constants: Constants,
    /// The signals whose weights were learned.
    pub weighed: Vec<SignalName>,
    /// The gain on shoppers that were not learned from.
    pub gain: ChoiceGain,
}

/// Constants and weights from what was taken, starting at those of the model that served. `before`
/// is what that model was fitted on: later events know what was taken. `None` where there are too few
/// choices or the model has other items.
///
/// # Errors
/// [`SignalsError`] when the data contradicts itself.
pub fn refine(
    served: &Model,
    before: &TrainingData,
    shown: &[Impressions],
    config: &SignalsConfig,
    watch: &dyn Watch,
) -> Result<Option<Refined>, SignalsError> {
    let choices: Vec<&Impressions> = shown.iter().filter(|list| list.is_choice()).collect();
    let (judged, learned): (Vec<&Impressions>, Vec<&Impressions>) =
        choices.into_iter().partition(|list| list.shopper % JUDGED == 0);
    let fewest = config.tuning.min_shoppers.max(1);
    if served.items() != before.items || learned.len().min(judged.len()) < fewest {
        return Ok(None);
    }
    let terms = ItemTerms::read(&before.texts, &before.tokeniser)?;
    let training = Validation { training: before.interactions.clone(), cases: Vec::new() };
    let mut bench =
        ImpressionBench::new(&training, &terms, served, bench::prepare(served, &learned));
    let start = served.constants();
    let found = search(&mut bench, start, &config.tuning, config.seed, watch);
    let constants = bench.weighed(&found.constants);
    let judged = bench::prepare(served, &judged);
    let [old, new] = [start, &constants].map(|constants| bench.judge(constants, &judged));
    let resampling = Resampling { n: N_BOOTSTRAP, seed: config.seed };
    let Some(compared) = paired_bootstrap(&new, &old, resampling) else { return Ok(None) };
    let (n_lists, n_judged) = (learned.len(), old.len());
    let gain = ChoiceGain { n_lists, n_judged, gain: compared.difference, ci: compared.ci };
    let constants = if gain.is_significant() { constants } else { start.clone() };
    Ok(Some(Refined { constants, weighed: bench.names(), gain }))
}

impl Impressions {
    fn query(&self) -> Query<'_> {
        Query { history: &self.history, context: self.context }
    }

    /// Whether something was done with an item of it, and nothing with another.
    fn is_choice(&self) -> bool {
        let is_left = |item: &Impression| item.worth == 0.0;
        self.items.iter().any(is_left) && !self.items.iter().all(is_left)
    }

    /// One example per outcome: `z` has a row per item of the list, (n_items, n_signals), without
    /// places.
    fn examples(&self, z: &[Vec<f32>]) -> Vec<Example> {
        let (left, chosen): (Vec<usize>, Vec<usize>) =
            (0..self.items.len()).partition(|&at| self.items[at].worth == 0.0);
        let example = |chosen: usize| {
            let worth = self.items[chosen].worth;
            let row = |at: usize| {
                let place = -(self.items[at].place.max(1) as f32).ln();
                z[at].iter().map(|z| worth.signum() * z).chain([place]).collect::<Vec<f32>>()
            };
            let z = std::iter::once(chosen).chain(left.iter().copied()).flat_map(row).collect();
            Example { z, weight: worth.abs() }
        };
        chosen.into_iter().map(example).collect()
    }
}

#[cfg(test)]
mod tests;
