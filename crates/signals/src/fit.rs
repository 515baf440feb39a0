//! Fitting: hold out, choose constants, learn weights, refit on everything.

mod lasting;
mod refined;
mod sequence;
mod words;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use transformer::SequenceModel;

use crate::fitted::Signals;
use crate::report::{FitReport, Progress, SequenceReport, Stage, Watch};
use crate::selection::select_signals;
use crate::text::ItemTerms;
use crate::tune::{TrialBench, search};
use crate::validation::{Case, Validation};
use crate::{
    Constants, Context, ContextSignal, ItemIdx, Model, Refined, Signal, SignalName, SignalsConfig,
    SignalsError, TrainingData, TuningConfig,
};
use sequence::Transformer;

impl Model {
    /// Holds out validation events, chooses constants and blend weights on them, and refits on
    /// everything given. A long training that `watch` keeps is taken up where it was.
    ///
    /// # Errors
    /// [`SignalsError`] when the data contradicts itself or a setting is out of range.
    pub fn fit(
        data: &TrainingData,
        config: &SignalsConfig,
        watch: &dyn Watch,
    ) -> Result<(Self, FitReport), SignalsError> {
        let terms = read(data, config, watch)?;
        let report = choose(data, &terms, config, None, watch)?;
        watch.on_progress(Progress::of(Stage::Refit));
        let signals = Signals::fit(data, &terms, &report.constants, watch)?;
        Ok((Self::assemble(data, signals, report.constants.clone()), report))
    }

    /// [`Model::fit`] with the constants and weights that were learned from what shoppers took of
    /// what they were shown. A signal that was not there to be learned from comes in with the weight
    /// that validation gives it.
    ///
    /// # Errors
    /// As [`Model::fit`].
    pub fn fit_refined(
        data: &TrainingData,
        config: &SignalsConfig,
        refined: &Refined,
        watch: &dyn Watch,
    ) -> Result<(Self, FitReport), SignalsError> {
        let constants = Constants {
            sequence: None,
            context: config.constants.context.clone(),
            ..refined.constants.clone()
        };
        let tuning = TuningConfig { enabled: false, ..config.tuning.clone() };
        let config = SignalsConfig { constants, tuning, ..config.clone() };
        let terms = read(data, &config, watch)?;
        let report = choose(data, &terms, &config, Some(refined), watch)?;
        watch.on_progress(Progress::of(Stage::Refit));
        let signals = Signals::fit(data, &terms, &report.constants, watch)?;
        Ok((Self::assemble(data, signals, report.constants.clone()), report))
    }

    /// Brings a model up to date with new events and items: what is counted is counted again, the
    /// Transformer goes on from where it was for `sequence.update_epochs`, and constants and
    /// weights stay. Far quicker than [`Model::fit`], which should still be run now and then.
    ///
    /// # Errors
    /// As [`Model::fit`].
    pub fn update(
        &self,
        data: &TrainingData,
        config: &SignalsConfig,
        watch: &dyn Watch,
    ) -> Result<(Self, FitReport), SignalsError> {
        let terms = read(data, config, watch)?;
        watch.on_progress(Progress::of(Stage::Refit));
        let constants = self.constants();
        let mut signals = Signals::count(data, &terms, constants);
        let mut report = unchosen(data, constants);
        report.notes.push("brought up to date: constants and weights are those of before".into());
        if let (Some(earlier), Some(chosen)) = (self.sequence(), &constants.sequence) {
            let from: Vec<_> = data.items.iter().map(|item| self.index_of(item)).collect();
            let transformer = Transformer { terms: &terms, words: chosen.words, watch };
            let epochs = config.sequence.update_epochs;
            let goes_on = transformer.go_on(&data.interactions, earlier, &from, epochs)?;
            signals.sequence = Some(goes_on);
        }
        Ok((Self::assemble(data, signals, constants.clone()), report))
    }
}

/// Trains the Transformer alone, on what [`Model::fit`] would hold out from and train it on, and
/// reports every epoch: for measuring. `None` where there is too little to learn from.
///
/// # Errors
/// As [`Model::fit`].
pub fn train_sequence(
    data: &TrainingData,
    config: &SignalsConfig,
    watch: &dyn Watch,
) -> Result<Option<(SequenceModel, SequenceReport)>, SignalsError> {
    let terms = read(data, config, watch)?;
    let validation = held_out(data, config);
    let transformer = Transformer { terms: &terms, words: config.sequence.words, watch };
    let trained = transformer.choose(&validation, &config.sequence, config.seed)?;
    Ok(trained.map(|trained| (trained.model, trained.report)))
}

impl Signals {
    /// Every signal with constants that are known.
    pub(crate) fn fit(
        data: &TrainingData,
        terms: &ItemTerms,
        constants: &Constants,
        watch: &dyn Watch,
    ) -> Result<Self, SignalsError> {
        let mut signals = Self::count(data, terms, constants);
        if let Some(chosen) = &constants.sequence {
            let transformer = Transformer { terms, words: chosen.words, watch };
            signals.sequence = transformer.refit(&data.interactions, &chosen.model)?;
        }
        Ok(signals)
    }
}

/// Checks what is given, and reads the texts.
fn read(
    data: &TrainingData,
    config: &SignalsConfig,
    watch: &dyn Watch,
) -> Result<ItemTerms, SignalsError> {
    data.validate()?;
    config.validate()?;
    watch.on_progress(Progress::of(Stage::Words));
    ItemTerms::read(&data.texts, &data.tokeniser)
}

/// Everything that is chosen, with the reasons.
fn choose(
    data: &TrainingData,
    terms: &ItemTerms,
    config: &SignalsConfig,
    refined: Option<&Refined>,
    watch: &dyn Watch,
) -> Result<FitReport, SignalsError> {
    let mut report = unchosen(data, &config.constants);
    let validation = held_out(data, config);
    report.n_validation = validation.cases.len();
    if validation.cases.len() < config.tuning.min_shoppers.max(1) {
        report.notes.push(too_few(validation.cases.len(), config));
        return Ok(report);
    }
    let tuning = &config.tuning;
    let mut bench = TrialBench::new(&validation, terms, &config.constants, tuning.max_shoppers);
    if tuning.enabled {
        let found = search(&mut bench, &config.constants, tuning, config.seed, watch);
        report.constants = found.constants;
        report.n_trials = found.n_trials;
        report.cut_short = found.cut_short;
    }
    bench.fit(&report.constants);
    let trained = Transformer { terms, words: config.sequence.words, watch }.choose(
        &validation,
        &config.sequence,
        config.seed,
    )?;
    let lasting = lasting::kinds(data, terms, &report.constants, config);
    report.constants.context.kinds = lasting.kinds;
    report.notes.extend(lasting.note);
    let context = choose_context(&validation, data, &mut report.constants);
    watch.on_progress(Progress::of(Stage::Weights));
    let [transition, text, popularity] = bench.signals();
    let sequence = trained.as_ref().map(|trained| &trained.model as &dyn Signal);
    let signals: Vec<&dyn Signal> = [Some(transition), Some(text), sequence, Some(popularity)]
        .into_iter()
        .chain([(!context.circumstances().is_empty()).then_some(&context as &dyn Signal)])
        .flatten()
        .collect();
    let selection = select_signals(&validation.cases, data.items.len(), &signals);
    report.blend = selection.quality;
    report.signals = selection.signals;
    report.blend_without_sequence = selection.without_sequence;
    report.constants.blend = selection.blend;
    if let Some(refined) = refined {
        refined::weigh(&mut report, refined, &validation.cases, &signals);
    }
    if let Some(trained) = trained {
        let is_kept = report.constants.blend.factor(SignalName::Sequence) > 0.0;
        report.constants.sequence = is_kept.then_some(trained.constants);
        report.sequence = Some(trained.report);
    }
    Ok(report)
}

/// The context signal of the kinds of circumstances that help on the held-out items.
fn choose_context(
    validation: &Validation,
    data: &TrainingData,
    constants: &mut Constants,
) -> ContextSignal {
    let fit = |constants: &Constants| {
        ContextSignal::fit(&validation.training, &data.texts, &constants.context)
    };
    let all = fit(constants);
    let asked = |case: &Case| (case.context, case.target);
    let cases: Vec<(Context, ItemIdx)> = validation.cases.iter().map(asked).collect();
    if all.circumstances().is_empty() {
        return all;
    }
    constants.context.kinds = all.useful_kinds(&cases, &validation.training);
    fit(constants)
}

/// The validation split, its cases in a seeded order and no more than weights are learned on.
fn held_out(data: &TrainingData, config: &SignalsConfig) -> Validation {
    let mut validation = Validation::new(&data.interactions, config);
    validation.cases.shuffle(&mut ChaCha8Rng::seed_from_u64(config.seed));
    validation
        .cases
        .truncate(config.tuning.max_shoppers.saturating_mul(TuningConfig::WEIGHT_SHOPPERS));
    validation
}

fn too_few(n_validation: usize, config: &SignalsConfig) -> String {
    format!(
        "nothing was chosen: {n_validation} shoppers have a held-out item, {} are needed; the \
         starting constants were kept",
        config.tuning.min_shoppers,
    )
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
        blend_without_sequence: None,
        signals: Vec::new(),
        sequence: None,
        choice_gain: None,
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
