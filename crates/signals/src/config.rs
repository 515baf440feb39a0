//! How a model is fitted, as a shop configures it.

use serde::{Deserialize, Serialize};
use transformer::SequenceConfig;

use crate::{Constants, SignalsError};

/// Settings of fitting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignalsConfig {
    /// Seed of everything random: which shoppers are sampled, which constants are tried.
    pub seed: u64,
    /// How many of a shopper's last events a score looks at.
    pub history_length: usize,
    /// Choosing constants on validation.
    pub tuning: TuningConfig,
    /// Which events are held out for that.
    pub hold_out: HoldOut,
    /// Training a Transformer.
    pub sequence: SequenceSettings,
    /// Where the search starts; used as they are when tuning is off.
    pub constants: Constants,
}

/// Which events constants and weights are chosen on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by", deny_unknown_fields)]
pub enum HoldOut {
    /// The last item that each shopper met for the first time: mostly the next step of a visit,
    /// which is what recommendations are asked for.
    LastItem,
    /// The item that each shopper first met in the last part of all events: mostly how a visit begins, and
    /// never known from the future of others.
    Time {
        /// Which share of all events is that part, above 0 and below 1.
        share: f64,
    },
}

/// Whether and how a Transformer is trained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SequenceSettings {
    /// Whether one is trained at all. One that does not earn its weight is not kept.
    pub enabled: bool,
    /// With fewer events than this none is trained.
    pub min_events: usize,
    /// Words of items are hashed to this many numbers that enter item vectors; 0 leaves words out.
    pub words: usize,
    /// Most held-out shoppers that decide when to stop.
    pub validation_shoppers: usize,
    /// Epochs on all events when a model is brought up to date rather than trained anew.
    pub update_epochs: usize,
    /// Shape and training.
    pub model: SequenceConfig,
}

impl Default for SequenceSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            min_events: 1000,
            words: 16_384,
            validation_shoppers: 5000,
            update_epochs: 5,
            model: SequenceConfig::default(),
        }
    }
}

/// Budget of the search for constants.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TuningConfig {
    /// Whether constants are searched at all. Blend weights are learned in any case.
    pub enabled: bool,
    /// Most settings of constants that are tried. The same number gives the same model.
    pub max_trials: usize,
    /// The search stops after this long, in seconds, even when trials are left. A search that is
    /// cut short by this may not repeat on a slower machine; the report says when it happened.
    pub max_seconds: f32,
    /// Most validation shoppers that a trial is measured on, drawn by the seed. Weights are
    /// learned on up to [`Self::WEIGHT_SHOPPERS`] times as many.
    pub max_shoppers: usize,
    /// With fewer validation shoppers than this nothing is chosen: starting constants are kept.
    pub min_shoppers: usize,
}

impl Default for SignalsConfig {
    fn default() -> Self {
        Self {
            seed: 1,
            history_length: 50,
            tuning: TuningConfig::default(),
            hold_out: HoldOut::LastItem,
            sequence: SequenceSettings::default(),
            constants: Constants::default(),
        }
    }
}

impl Default for TuningConfig {
    fn default() -> Self {
        Self {
            enabled: true,
            max_trials: 60,
            max_seconds: 40.0,
            max_shoppers: 6000,
            min_shoppers: 50,
        }
    }
}

impl TuningConfig {
    /// Weights decide which signal stays, so they get more shoppers than a single trial does.
    pub const WEIGHT_SHOPPERS: usize = 4;
}

impl SignalsConfig {
    /// Checks every number against its range.
    ///
    /// # Errors
    /// [`SignalsError::BadSetting`] for the first one outside.
    pub fn validate(&self) -> Result<(), SignalsError> {
        if self.history_length == 0 {
            return Err(SignalsError::BadSetting {
                setting: "history_length",
                found: "0".to_owned(),
                expected: "at least 1",
            });
        }
        if self.tuning.max_seconds.is_nan() || self.tuning.max_seconds < 0.0 {
            return Err(SignalsError::BadSetting {
                setting: "tuning.max_seconds",
                found: self.tuning.max_seconds.to_string(),
                expected: "zero or more seconds",
            });
        }
        if let HoldOut::Time { share } = self.hold_out
            && !(share > 0.0 && share < 1.0)
        {
            return Err(SignalsError::BadSetting {
                setting: "hold_out.share",
                found: share.to_string(),
                expected: "above 0 and below 1, usually 0.1",
            });
        }
        self.sequence.model.validate()?;
        self.constants.validate()
    }
}
