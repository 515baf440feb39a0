//! Fitting: hold out, choose constants, learn weights, refit on everything.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::earn::earn;
use crate::model::Signals;
use crate::report::{FitReport, Progress, Stage};
use crate::text::ItemTerms;
use crate::tune::{TrialBench, search};
use crate::validation::Validation;
use crate::{
    Constants, Model, Popularity, SignalsConfig, SignalsError, TextSignal, TrainingData,
    Transition, TuningConfig,
};

impl Model {
    /// Holds out the last new item of each shopper as validation, chooses constants and blend
    /// weights on it, and refits on everything given.
    ///
    /// # Errors
    /// [`SignalsError`] when the data contradicts itself or a setting is out of range.
    pub fn fit(
        data: &TrainingData,
        config: &SignalsConfig,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Self, FitReport), SignalsError> {
        data.validate()?;
        config.validate()?;
        progress(Progress { stage: Stage::Words, done: 0, of: 1 });
        let terms = ItemTerms::read(&data.texts);
        let report = choose(data, &terms, config, progress);
        progress(Progress { stage: Stage::Refit, done: 0, of: 1 });
        let constants = &report.constants;
        let signals = Signals {
            transition: Transition::fit(&data.interactions, &constants.transition),
            text: TextSignal::from_terms(&terms, &constants.text),
            popularity: Popularity::fit(&data.interactions, &constants.popularity),
        };
        let model = Self::assemble(data.items.clone(), signals, constants.clone());
        Ok((model, report))
    }
}

/// Everything that is chosen, with the reasons.
fn choose(
    data: &TrainingData,
    terms: &ItemTerms,
    config: &SignalsConfig,
    progress: &(dyn Fn(Progress) + Sync),
) -> FitReport {
    let mut report = unchosen(data, &config.constants);
    let validation = held_out(data, config);
    report.n_validation = validation.cases.len();
    if validation.cases.len() < config.tuning.min_shoppers.max(1) {
        report.notes.push(format!(
            "nothing was chosen: {} shoppers have a held-out item, {} are needed; the starting \
             constants were kept",
            validation.cases.len(),
            config.tuning.min_shoppers,
        ));
        return report;
    }
    let tuning = &config.tuning;
    let mut bench = TrialBench::new(&validation, terms, &config.constants, tuning.max_shoppers);
    if tuning.enabled {
        let found = search(&mut bench, &config.constants, tuning, config.seed, progress);
        report.constants = found.constants;
        report.n_trials = found.n_trials;
        report.cut_short = found.cut_short;
    }
    progress(Progress { stage: Stage::Weights, done: 0, of: 1 });
    bench.fit(&report.constants);
    let n_items = data.items.len();
    let earned = earn(&validation.cases, n_items, &bench.signals());
    report.constants.blend = earned.blend;
    report.blend = earned.quality;
    report.signals = earned.signals;
    report
}

/// The validation split, its cases in a seeded order and no more than weights are learned on.
fn held_out(data: &TrainingData, config: &SignalsConfig) -> Validation {
    let mut validation = Validation::new(&data.interactions, config.history_length, config.seed);
    validation.cases.shuffle(&mut ChaCha8Rng::seed_from_u64(config.seed));
    validation
        .cases
        .truncate(config.tuning.max_shoppers.saturating_mul(TuningConfig::WEIGHT_SHOPPERS));
    validation
}

fn unchosen(data: &TrainingData, constants: &Constants) -> FitReport {
    FitReport {
        constants: constants.clone(),
        n_items: data.items.len(),
        n_shoppers: data.interactions.sequences.len(),
        n_events: data.interactions.n_events(),
        n_validation: 0,
        n_trials: 0,
        cut_short: false,
        blend: crate::RankingQuality::default(),
        signals: Vec::new(),
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
