//! The progress of a fit while it runs, and its report when it is done.

use serde::{Deserialize, Serialize};
use transformer::Ranking;

use crate::{Blend, Constants, SignalName};

/// Where fitting is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// The stage that is running.
    pub stage: Stage,
    /// Steps done of this stage.
    pub done: usize,
    /// Steps of this stage.
    pub of: usize,
    /// Of an epoch of the Transformer.
    pub epoch: Option<Epoch>,
}

impl Progress {
    pub(crate) fn of(stage: Stage) -> Self {
        Self { stage, done: 0, of: 1, epoch: None }
    }
}

/// The result of one epoch of the Transformer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Epoch {
    /// Mean loss per target.
    pub loss: f64,
    /// Ranking of held-out items, in epochs that validate.
    pub validation: Option<Ranking>,
    /// Seconds since the training began.
    pub elapsed_s: f64,
    /// Seconds of training in this epoch, validation apart.
    pub training_s: f64,
    /// Seconds left if no epoch is spared by early stopping.
    pub eta_s: f64,
}

/// Hears how a fit gets on, and keeps what a long training has done so far, so that a process
/// that ends early can go on where it was. A function of [`Progress`] hears and keeps nothing.
pub trait Watch: Sync {
    /// Told after each step.
    fn on_progress(&self, progress: Progress);

    /// The state last kept under a name.
    fn kept(&self, _name: &str) -> Option<Vec<u8>> {
        None
    }

    /// May keep a state under a name; making it costs, so ask for it only when it is kept.
    fn keep(&self, _name: &str, _state: &dyn Fn() -> Vec<u8>) {}
}

impl<F: Fn(Progress) + Sync + ?Sized> Watch for F {
    fn on_progress(&self, progress: Progress) {
        self(progress);
    }
}

/// How the Transformer's training went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SequenceReport {
    /// Every epoch on what was not held out.
    pub epochs: Vec<Epoch>,
    /// The epoch whose weights were best on validation, from 1; that many epochs are then trained
    /// on everything.
    pub best_epoch: usize,
    /// Histories per epoch.
    pub n_windows: usize,
    /// Floating-point operations of the matrix products of one epoch, attention apart.
    pub operations_per_epoch: f64,
}

/// The steps of fitting, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading texts into words.
    Words,
    /// Trying constants on validation.
    Constants,
    /// Training the Transformer on what is not held out.
    Sequence,
    /// Learning blend weights.
    Weights,
    /// Fitting on everything.
    Refit,
    /// Training the Transformer on everything.
    SequenceRefit,
}

/// How well a ranking does on the held-out item of each validation shopper.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct RankingQuality {
    /// Share of shoppers whose item is among the first ten.
    pub hit_rate_at_10: f32,
    /// Mean of 1 / log2(rank + 1) over shoppers, 0 beyond rank ten.
    pub ndcg_at_10: f32,
}

/// The worth of one signal on this shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalReport {
    /// The signal.
    pub signal: SignalName,
    /// Ranking by this signal alone.
    pub alone: RankingQuality,
    /// NDCG@10 of the blend with it minus that of the best blend without it.
    pub gain: f32,
    /// Standard error of the gain over shoppers.
    pub gain_error: f32,
    /// Its weight.
    pub weight: f32,
    /// Why it has that weight, in a sentence.
    pub verdict: String,
}

/// The gain in the likelihood of shoppers' choices under the constants that were found, measured on
/// shoppers that they were not learned from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ChoiceGain {
    /// Lists learned from.
    pub n_lists: usize,
    /// Shoppers judged on.
    pub n_judged: usize,
    /// Mean gain of the log-likelihood of a choice.
    pub gain: f64,
    /// Its 95 % interval, by bootstrap over shoppers.
    pub ci: [f64; 2],
}

impl ChoiceGain {
    /// Whether the gain is more than chance.
    #[must_use]
    pub fn is_significant(&self) -> bool {
        self.ci[0] > 0.0
    }

    /// How much likelier a choice is, in per cent: mean and least.
    #[must_use]
    pub fn likelier(&self) -> [f64; 2] {
        [self.gain, self.ci[0]].map(|gain| 100.0 * gain.exp_m1())
    }
}

/// The choices of a fit and their reasons. Everything in it was measured on validation, never on test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FitReport {
    /// The constants that the model was fitted with.
    pub constants: Constants,
    /// Items, shoppers and events that it was fitted on.
    pub n_items: usize,
    /// Sequences.
    pub n_shoppers: usize,
    /// Events.
    pub n_events: usize,
    /// Shoppers with a held-out item that weights were learned on.
    pub n_validation: usize,
    /// Settings of constants that were tried.
    pub n_trials: usize,
    /// True when the time budget ended the search before the trial budget.
    pub cut_short: bool,
    /// The blend on validation, fitted without the held-out items.
    pub blend: RankingQuality,
    /// The best blend without the Transformer, where one was trained: what it is compared with.
    #[serde(default)]
    pub blend_without_sequence: Option<Blend>,
    /// Each signal.
    pub signals: Vec<SignalReport>,
    /// The Transformer's training, where there was one.
    #[serde(default)]
    pub sequence: Option<SequenceReport>,
    /// The gain from learning on impressions, where constants and weights come from them.
    #[serde(default, rename = "taken", skip_serializing_if = "Option::is_none")]
    pub choice_gain: Option<ChoiceGain>,
    /// Anything a shop should know, such as too few shoppers to choose on.
    pub notes: Vec<String>,
}

impl FitReport {
    /// Returns the choices of this report with the counts of the update.
    #[must_use]
    pub fn brought_up_to_date(self, counted: Self) -> Self {
        let mut notes = self.notes;
        notes.retain(|note| !counted.notes.contains(note));
        notes.extend(counted.notes);
        let (n_items, n_shoppers, n_events) =
            (counted.n_items, counted.n_shoppers, counted.n_events);
        Self { n_items, n_shoppers, n_events, notes, ..self }
    }
}
