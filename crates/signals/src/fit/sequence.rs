//! Training the Transformer within a fit: first on what is not held out, to learn how long, then
//! on everything for just as long.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::time::Instant;

use transformer::{
    Held, ItemFeatures, Loss, SequenceConfig, SequenceError, SequenceModel, Trainer, TrainingData,
};

use super::words::word_features;
use crate::constants::SequenceConstants;
use crate::report::{Epoch, Progress, SequenceReport, Stage, Watch};
use crate::text::ItemTerms;
use crate::validation::{Case, Validation};
use crate::{History, Interactions, ItemIdx, Mark, SequenceSettings, SignalsError};

/// Sampling negatives pays only where they are far fewer than the items.
const FULL_BELOW: usize = 3;

/// The parts that every training of one fit shares.
pub(super) struct Transformer<'a> {
    pub(super) terms: &'a ItemTerms,
    pub(super) words: usize,
    pub(super) watch: &'a dyn Watch,
}

/// A Transformer that was trained on what is not held out.
pub(super) struct Trained {
    pub(super) model: SequenceModel,
    /// How to train it on everything.
    pub(super) constants: SequenceConstants,
    pub(super) report: SequenceReport,
}

impl Transformer<'_> {
    /// Trains on what is not held out; `None` where there is too little to learn from.
    pub(super) fn choose(
        &self,
        validation: &Validation,
        settings: &SequenceSettings,
        seed: u64,
    ) -> Result<Option<Trained>, SignalsError> {
        let events = &validation.training;
        if !settings.enabled || events.n_events() < settings.min_events {
            return Ok(None);
        }
        let held: Vec<Held> = validation.cases.iter().filter_map(held).collect();
        let held = &held[..held.len().min(settings.validation_shoppers)];
        let model = SequenceConfig { seed, ..for_catalogue(&settings.model, events.n_items) };
        let training = Training { kept_as: Some("validation"), stage: Stage::Sequence, held };
        let words = self.features();
        let Some((model, report)) = self.train(training, events, &model, words.as_ref(), None)?
        else {
            return Ok(None);
        };
        let epochs = report.best_epoch;
        let chosen = SequenceConfig { epochs, patience: 0, ..model.config().clone() };
        let constants = SequenceConstants { words: self.words, model: chosen };
        Ok(Some(Trained { model, constants, report }))
    }

    /// Trains on everything, just as long as was best.
    pub(super) fn refit(
        &self,
        events: &Interactions,
        model: &SequenceConfig,
    ) -> Result<Option<SequenceModel>, SignalsError> {
        let training =
            Training { kept_as: Some("everything"), stage: Stage::SequenceRefit, held: &[] };
        let words = self.features();
        Ok(self.train(training, events, model, words.as_ref(), None)?.map(|(model, _)| model))
    }

    /// Goes on from an earlier model.
    pub(super) fn go_on(
        &self,
        events: &Interactions,
        earlier: &SequenceModel,
        from: &[Option<ItemIdx>],
        epochs: usize,
    ) -> Result<SequenceModel, SignalsError> {
        let model =
            SequenceConfig { epochs, warm_up: 0, final_rate: 0.1, ..earlier.config().clone() };
        let training = Training { kept_as: None, stage: Stage::SequenceRefit, held: &[] };
        let words = self.features();
        let start = Some((earlier, from));
        let went_on = self.train(training, events, &model, words.as_ref(), start)?;
        Ok(went_on.map_or_else(|| earlier.clone(), |(model, _)| model))
    }

    fn features(&self) -> Option<ItemFeatures> {
        word_features(self.terms, self.words)
    }

    /// `None` where no sequence has two events.
    fn train(
        &self,
        training: Training<'_>,
        events: &Interactions,
        config: &SequenceConfig,
        features: Option<&ItemFeatures>,
        start: Option<(&SequenceModel, &[Option<ItemIdx>])>,
    ) -> Result<Option<(SequenceModel, SequenceReport)>, SignalsError> {
        let (sequences, marks): (Vec<_>, Vec<_>) = steps(events).unzip();
        let data = TrainingData {
            n_items: events.n_items,
            sequences: &sequences,
            validation: training.held,
            marks: Some(&marks),
            features,
        };
        let begun = match start {
            Some((model, from)) => Trainer::warm_start(data, config.clone(), model, from),
            None => self.begin(training.kept_as, data, config),
        };
        let trainer = match begun {
            Ok(trainer) => trainer,
            Err(SequenceError::NoSequences) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        Ok(Some(self.run(trainer, &training)))
    }

    /// Takes up a training that was interrupted, if it was the same one; else begins.
    fn begin<'d>(
        &self,
        kept_as: Option<&str>,
        data: TrainingData<'d>,
        config: &SequenceConfig,
    ) -> Result<Trainer<'d>, SequenceError> {
        let kept = kept_as.and_then(|name| self.watch.kept(name));
        let resumed = kept.and_then(|state| Trainer::resume(data, config.clone(), &state).ok());
        resumed.map_or_else(|| Trainer::new(data, config.clone()), Ok)
    }

    fn run(
        &self,
        trainer: Trainer<'_>,
        training: &Training<'_>,
    ) -> (SequenceModel, SequenceReport) {
        let began = Instant::now();
        let (n_windows, operations) = (trainer.n_windows(), trainer.operations_per_epoch());
        let best_epoch = Cell::new(0);
        let mut epochs = Vec::new();
        let model = trainer.run(&mut |progress, trainer| {
            let epoch = Epoch {
                loss: progress.loss,
                validation: progress.validation,
                elapsed_s: began.elapsed().as_secs_f64(),
                training_s: progress.training_s,
                eta_s: progress.eta_s,
            };
            epochs.push(epoch);
            best_epoch.set(progress.best_epoch.unwrap_or(progress.epoch));
            let (done, of) = (progress.epoch, progress.epochs);
            let progress = Progress { stage: training.stage, done, of, epoch: Some(epoch) };
            self.watch.on_progress(progress);
            if let Some(name) = training.kept_as {
                self.watch.keep(name, &|| trainer.state());
            }
            ControlFlow::Continue(())
        });
        let report = SequenceReport {
            epochs,
            best_epoch: best_epoch.get(),
            n_windows,
            operations_per_epoch: operations,
        };
        (model, report)
    }
}

/// One of the trainings of a fit.
#[derive(Clone, Copy)]
struct Training<'a> {
    /// The name its state is kept under; a short one is not kept.
    kept_as: Option<&'static str>,
    stage: Stage,
    held: &'a [Held],
}

/// The configured model for a catalogue: few items are compared in full, which is exact and cheap.
fn for_catalogue(config: &SequenceConfig, n_items: usize) -> SequenceConfig {
    let loss = match config.loss {
        Loss::Sampled { negatives, .. } if n_items < FULL_BELOW * negatives => Loss::Full,
        loss => loss,
    };
    SequenceConfig { loss, ..config.clone() }
}

/// Each shopper's steps, oldest first: what a history of the same events holds.
fn steps(events: &Interactions) -> impl Iterator<Item = (Vec<ItemIdx>, Vec<Mark>)> {
    let histories = events.sequences.iter().map(|events| History::of_sequence(events, usize::MAX));
    histories.map(|history| oldest_first(&history))
}

fn held(case: &Case) -> Option<Held> {
    let (history, marks) = oldest_first(&case.history);
    (!history.is_empty()).then_some(Held { history, marks, target: case.target })
}

/// Items and marks of a history.
fn oldest_first(history: &History) -> (Vec<ItemIdx>, Vec<Mark>) {
    history.events().iter().rev().map(|event| (event.item, event.mark)).unzip()
}
