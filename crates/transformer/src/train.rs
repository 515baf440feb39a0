//! The training loop: epochs of steps, validation, early stopping, the best weights kept.
//!
//! A step's work is divided into a fixed number of shares by position, so that the result depends
//! on data, configuration and seed, never on threads or timing. Progress goes to a callback,
//! state comes out as bytes.

mod state;
mod window;
mod worker;

use std::ops::ControlFlow;
use std::time::Instant;

use interactions::{ItemIdx, Mark};
use kernels::layers::{Dropout, mix};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::adam::Adam;
use super::table::StepTable;
use super::validate::ranks;
use super::weights::{Dimensions, Weights};
use super::{Held, ItemFeatures, Ranking, SequenceConfig, SequenceError, SequenceModel};
use window::{Window, divide, windows};
use worker::{Step, Worker};

/// The data to learn from. Borrowed, never changed.
#[derive(Clone, Copy)]
pub struct TrainingData<'a> {
    /// Number of items; every item is below it.
    pub n_items: usize,
    /// One sequence per shopper, oldest event first, without what is held out.
    pub sequences: &'a [Vec<ItemIdx>],
    /// Kind and gap of every event of `sequences`; needed where the model looks at them.
    pub marks: Option<&'a [Vec<Mark>]>,
    /// Held-out items for early stopping; a sample of a few thousand is enough. Without any, the
    /// last epoch's weights are kept.
    pub validation: &'a [Held],
    /// Features of the items, where there are any.
    pub features: Option<&'a ItemFeatures>,
}

/// The result of one epoch.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Epochs done.
    pub epoch: usize,
    /// Most epochs there will be.
    pub epochs: usize,
    /// Mean loss per target.
    pub loss: f64,
    /// Ranking of the held-out items, in epochs that validate.
    pub validation: Option<Ranking>,
    /// Epoch of the best validation so far.
    pub best_epoch: Option<usize>,
    /// Seconds of training in this epoch, validation apart.
    pub training_s: f64,
    /// Seconds of validation.
    pub validation_s: f64,
    /// Seconds left if no epoch is spared by early stopping.
    pub eta_s: f64,
}

#[derive(Debug, Clone, PartialEq)]
struct Best {
    epoch: usize,
    ranking: Ranking,
    weights: Weights<f32>,
}

/// A training under way.
pub struct Trainer<'a> {
    data: TrainingData<'a>,
    config: SequenceConfig,
    windows: Vec<Window>,
    weights: Weights<f32>,
    adam: Adam,
    table: StepTable<'a>,
    workers: Vec<Worker>,
    epoch: usize,
    best: Option<Best>,
    fingerprint: String,
}

impl<'a> Trainer<'a> {
    /// Prepares a training from fresh weights.
    ///
    /// # Errors
    /// [`SequenceError`] when configuration or data cannot work.
    pub fn new(data: TrainingData<'a>, config: SequenceConfig) -> Result<Self, SequenceError> {
        config.validate()?;
        check_items(&data)?;
        check_marks(&data, &config)?;
        let windows = windows(data.sequences, config.max_len);
        if windows.is_empty() {
            return Err(SequenceError::NoSequences);
        }
        if let Some(features) = data.features {
            features.validate(data.n_items)?;
        }
        let n_features = data.features.map_or(0, |features| features.n_features);
        let dimensions = Dimensions::new(&config, data.n_items, n_features);
        let counts = event_counts(&data);
        let mut weights = Weights::fresh(dimensions, config.seed);
        if data.features.is_some() {
            silence_unseen(&mut weights, &counts);
        }
        Ok(Self {
            table: StepTable::new(&config, data.features, &counts),
            adam: Adam::new(dimensions),
            workers: (0..config.shares).map(|_| Worker::default()).collect(),
            fingerprint: state::fingerprint(&data),
            epoch: 0,
            best: None,
            weights,
            windows,
            config,
            data,
        })
    }

    /// Prepares a training on new events from a model of earlier ones. `from` says for each item
    /// which number it had in that model, if any.
    ///
    /// # Errors
    /// As [`Trainer::new`], and [`SequenceError::OtherData`] when the model's shape differs.
    pub fn warm_start(
        data: TrainingData<'a>,
        config: SequenceConfig,
        model: &SequenceModel,
        from: &[Option<ItemIdx>],
    ) -> Result<Self, SequenceError> {
        let mut trainer = Self::new(data, config)?;
        let wanted = trainer.weights.dimensions;
        let earlier = model.weights();
        let n_before = earlier.dimensions.n_items;
        let is_known = |from: &Option<ItemIdx>| from.is_none_or(|from| (from as usize) < n_before);
        let fits = Dimensions { n_items: wanted.n_items, ..earlier.dimensions } == wanted
            && from.len() == wanted.n_items
            && from.iter().all(is_known);
        if !fits {
            return Err(SequenceError::OtherData);
        }
        let is_silent = trainer.data.features.is_some();
        trainer.weights = earlier.carried(from, trainer.config.seed);
        if is_silent {
            silence_unseen(&mut trainer.weights, &event_counts(&trainer.data));
        }
        Ok(trainer)
    }

    /// Trains until the epochs are over, validation stops improving, or `on_epoch` says stop;
    /// `on_epoch` may save [`Trainer::state`].
    pub fn run(
        mut self,
        on_epoch: &mut dyn FnMut(&Progress, &Self) -> ControlFlow<()>,
    ) -> SequenceModel {
        while !self.is_done() {
            let progress = self.run_epoch();
            if on_epoch(&progress, &self).is_break() {
                break;
            }
        }
        self.into_model()
    }

    /// Whether epochs or patience are used up.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let waited = self.best.as_ref().map_or(0, |best| self.epoch - best.epoch);
        let is_patient = self.config.patience == 0 || waited < self.config.patience;
        self.epoch >= self.config.epochs || !is_patient
    }

    /// The best weights by validation, or the last where nothing was validated.
    #[must_use]
    pub fn into_model(self) -> SequenceModel {
        let weights = self.best.map_or(self.weights, |best| best.weights);
        SequenceModel::new(self.config, weights, self.data.features, self.fingerprint)
    }

    /// Floating-point operations of the matrix products of one epoch, attention apart.
    #[must_use]
    pub fn operations_per_epoch(&self) -> f64 {
        let d = &self.weights.dimensions;
        let n_targets: usize = self.windows.iter().map(Window::n_targets).sum();
        let per_block = 4 * d.width * d.width + 2 * d.width * d.hidden;
        let weights = self.table.n_compared() * d.width + d.blocks * per_block;
        6.0 * n_targets as f64 * weights as f64 // forward, and two products on the way back
    }

    /// Number of training windows: histories, of which long ones are several.
    #[must_use]
    pub fn n_windows(&self) -> usize {
        self.windows.len()
    }

    /// One pass over all sequences, then validation where it is due.
    pub fn run_epoch(&mut self) -> Progress {
        let began = Instant::now();
        let order_seed = mix(self.config.seed ^ mix(self.epoch as u64));
        let mut order = self.windows.clone();
        order.shuffle(&mut ChaCha8Rng::seed_from_u64(order_seed));
        let mut loss = 0.0;
        for batch in order.chunks(self.config.batch) {
            let n_targets: usize = batch.iter().map(Window::n_targets).sum();
            loss += self.step(batch, n_targets) * n_targets as f64;
        }
        self.epoch += 1;
        let training_s = began.elapsed().as_secs_f64();
        let validation = self.validate();
        let epoch_s = began.elapsed().as_secs_f64();
        let n_targets: usize = self.windows.iter().map(Window::n_targets).sum();
        Progress {
            epoch: self.epoch,
            epochs: self.config.epochs,
            loss: loss / n_targets as f64,
            validation,
            best_epoch: self.best.as_ref().map(|best| best.epoch),
            training_s,
            validation_s: epoch_s - training_s,
            eta_s: epoch_s * self.config.epochs.saturating_sub(self.epoch) as f64,
        }
    }

    /// One optimiser step; returns the mean loss per target.
    fn step(&mut self, batch: &[Window], n_targets: usize) -> f64 {
        let sequences = self.data.sequences;
        let events = batch.iter().flat_map(|w| &sequences[w.sequence][w.first..=w.end]);
        self.table.prepare(&self.weights, self.adam.step, events.copied());
        let step = Step {
            weights: &self.weights,
            table: &self.table,
            sequences,
            marks: self.data.marks,
            factor: 1.0 / n_targets as f32,
            dropout: Dropout {
                rate: self.config.dropout,
                key: mix(self.config.seed.wrapping_add(2) ^ mix(self.adam.step)),
            },
            chunk_positions: self.config.chunk_positions,
        };
        let shares = divide(batch, self.workers.len());
        let work = self.workers.par_iter_mut().zip(shares).enumerate();
        work.with_max_len(1).for_each(|(s, (worker, windows))| worker.run(step, s, windows));
        let gradients: Vec<_> = self.workers.iter().map(|worker| &worker.gradients).collect();
        let step_size = self.step_size();
        let rates = [step_size, step_size * self.config.weight_decay];
        self.adam.descend(&mut self.weights, &gradients, self.table.updated(), rates);
        self.workers.iter().map(|worker| worker.loss).sum()
    }

    /// Linear warm-up, then half a cosine over the epochs down to the final rate.
    fn step_size(&self) -> f32 {
        let warm = (self.adam.step + 1) as f32 / self.config.warm_up.max(1) as f32;
        let done = self.epoch as f32 / self.config.epochs.max(1) as f32;
        let cosine = 0.5 * (1.0 + (std::f32::consts::PI * done.min(1.0)).cos());
        let share = self.config.final_rate + (1.0 - self.config.final_rate) * cosine;
        self.config.learning_rate * warm.min(1.0) * share
    }

    fn validate(&mut self) -> Option<Ranking> {
        let is_due = self.epoch.is_multiple_of(self.config.validate_every)
            || self.epoch == self.config.epochs;
        if self.data.validation.is_empty() || !is_due {
            return None;
        }
        let model = self.snapshot();
        let ranking = Ranking::from_ranks(&ranks(&model, self.data.validation, true));
        if self.best.as_ref().is_none_or(|best| ranking.ndcg > best.ranking.ndcg) {
            let weights = self.weights.clone();
            self.best = Some(Best { epoch: self.epoch, ranking, weights });
        }
        Some(ranking)
    }

    /// The model as it is now.
    #[must_use]
    pub fn snapshot(&self) -> SequenceModel {
        let (config, weights) = (self.config.clone(), self.weights.clone());
        SequenceModel::new(config, weights, self.data.features, self.fingerprint.clone())
    }
}

fn check_items(data: &TrainingData<'_>) -> Result<(), SequenceError> {
    let n_items = data.n_items;
    let held = data.validation.iter().map(|held| (&held.history, Some(&held.target)));
    let training = data.sequences.iter().map(|sequence| (sequence, None));
    for (sequence, (items, target)) in training.chain(held).enumerate() {
        if let Some(&item) = items.iter().chain(target).find(|&&item| item as usize >= n_items) {
            return Err(SequenceError::UnknownItem { sequence, item, n_items });
        }
    }
    Ok(())
}

fn check_marks(data: &TrainingData<'_>, config: &SequenceConfig) -> Result<(), SequenceError> {
    let refuse = |problem: String| Err(SequenceError::Marks { problem });
    let Some(marks) = data.marks else {
        let are_needed = config.event_types || config.time_gaps;
        return if are_needed { refuse("there are none".to_owned()) } else { Ok(()) };
    };
    if marks.len() != data.sequences.len() {
        return refuse(format!("{} lists, {} sequences", marks.len(), data.sequences.len()));
    }
    let pairs = marks.iter().zip(data.sequences).enumerate();
    match pairs.into_iter().find(|(_, (marks, events))| marks.len() != events.len()) {
        Some((sequence, (marks, events))) => refuse(format!(
            "{} for the {} events of sequence {sequence}",
            marks.len(),
            events.len()
        )),
        None => Ok(()),
    }
}

fn event_counts(data: &TrainingData<'_>) -> Vec<u32> {
    let mut counts = vec![0; data.n_items];
    for &item in data.sequences.iter().flatten() {
        counts[item as usize] += 1;
    }
    counts
}

/// Items without events keep no embedding, so that their features alone speak.
fn silence_unseen(weights: &mut Weights<f32>, counts: &[u32]) {
    let rows = weights.items.chunks_exact_mut(weights.dimensions.width);
    for (row, _) in rows.zip(counts).filter(|(_, count)| **count == 0) {
        row.fill(0.0);
    }
}
