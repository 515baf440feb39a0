//! What fitting tells about itself: progress while it runs, and a report when it is done.

use serde::{Deserialize, Serialize};

use crate::{Constants, SignalName};

/// Where fitting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Steps done of this stage.
    pub done: usize,
    /// Steps of this stage.
    pub of: usize,
}

/// The steps of fitting, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading texts into words.
    Words,
    /// Trying constants on validation.
    Constants,
    /// Learning blend weights.
    Weights,
    /// Fitting on everything.
    Refit,
}

/// How well a ranking does on the held-out item of each validation shopper.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct RankingQuality {
    /// Share of shoppers whose item is among the first ten.
    pub hit_rate_at_10: f32,
    /// Mean of 1 / log2(rank + 1) over shoppers, 0 beyond rank ten.
    pub ndcg_at_10: f32,
}

/// What one signal is worth on this shop.
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

/// What was chosen and why. Everything in it was measured on validation, never on test.
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
    /// Each signal.
    pub signals: Vec<SignalReport>,
    /// Anything a shop should know, such as too few shoppers to choose on.
    pub notes: Vec<String>,
}
