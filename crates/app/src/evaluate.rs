//! Measuring a shop's recommender on held-out events, beside baselines that got the same chance.
//!
//! Constants and weights are chosen on what lies before the test, then everything is fitted on
//! all of that and asked the test cases once.

pub mod aspects;
pub mod faithfulness;

mod rankers;

use signals::baselines::{self, ItemKnn, ItemKnnConfig};
use signals::evaluate::{
    EvaluateOptions, EvaluateProgress, EvaluationReport, Ranker, evaluate as ask_all,
};
use signals::split::{self, Ratio, Split};
use signals::{FitReport, HoldOut, Model, Progress, SignalsConfig, TrainingData};

use crate::{AppError, Gathered, Shop};
pub use signals::evaluate::table;
pub use signals::split::Fractions;

use rankers::{Alone, Blend, Served};

/// How held-out events are chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Protocol {
    /// Each shopper's last event.
    LeaveOneOut,
    /// The last event of a tenth of the shoppers, who are never trained on.
    Shopper,
    /// Everything after an instant: shares of all events that lie before validation and test.
    Time(Fractions),
}

impl Protocol {
    /// What constants and weights are chosen on: events that lie to training as the test does.
    fn hold_out(self) -> HoldOut {
        match self {
            Self::LeaveOneOut | Self::Shopper => HoldOut::LastItem,
            Self::Time(Fractions { train_end, validation_end }) => {
                HoldOut::Time { share: 1.0 - train_end / validation_end }
            }
        }
    }
}

/// What to measure.
#[derive(Debug, Clone)]
pub struct EvaluateConfig {
    /// How held-out events are chosen.
    pub protocol: Protocol,
    /// Where hit rate and NDCG are cut.
    pub ks: Vec<usize>,
    /// Bootstrap resamples behind each interval.
    pub n_bootstrap: usize,
    /// Seed of splits, ties and resamples.
    pub seed: u64,
}

impl Default for EvaluateConfig {
    fn default() -> Self {
        Self { protocol: Protocol::LeaveOneOut, ks: vec![5, 10, 20], n_bootstrap: 1000, seed: 1 }
    }
}

/// What was measured, and with what.
#[derive(Debug, Clone)]
pub struct Evaluated {
    /// The rows.
    pub report: EvaluationReport,
    /// What was chosen on validation.
    pub fit: FitReport,
    /// True when the shop's data are simulated.
    pub simulated: bool,
}

/// Where an evaluation is.
#[derive(Debug, Clone, Copy)]
pub enum EvaluateStage<'a> {
    /// Fitting the blend.
    Fitting(Progress),
    /// Fitting baselines.
    Baselines,
    /// Asking test cases.
    Asking(EvaluateProgress<'a>),
}

impl Shop {
    /// Evaluates the signals, their blend, the list as served, and baselines.
    ///
    /// # Errors
    /// [`AppError::Evaluation`] when the protocol does not fit the data, or what the store or the
    /// fitting says.
    pub fn evaluate(
        &self,
        config: &EvaluateConfig,
        progress: &(dyn Fn(EvaluateStage<'_>) + Sync),
    ) -> Result<Evaluated, AppError> {
        let Gathered { data, .. } = self.gather()?;
        let split = split_by(&data, config)?;
        let before = TrainingData { interactions: split.before_test.clone(), ..data };
        let hold_out = config.protocol.hold_out();
        let settings = &SignalsConfig { hold_out, ..self.config().signals.clone() };
        let (model, fit) =
            Model::fit(&before, settings, &|step| progress(EvaluateStage::Fitting(step)))?;
        progress(EvaluateStage::Baselines);
        let baselines = fit_baselines(&split)?;
        let signals: Vec<Alone<'_>> = model
            .signals()
            .map(|(_, _, signal)| Alone { signal, n_items: model.n_items() })
            .collect();
        let blend = Blend(&model);
        let served = Served::new(&model, &before.texts, &self.config().recommend);
        let rankers: Vec<&dyn Ranker> = signals
            .iter()
            .map(|signal| signal as &dyn Ranker)
            .chain([&blend as &dyn Ranker, &served])
            .chain(baselines.iter().map(AsRef::as_ref))
            .collect();
        let similarity = |a, b| model.similarity(a, b);
        let options = EvaluateOptions {
            ks: config.ks.clone(),
            n_bootstrap: config.n_bootstrap,
            seed: config.seed,
            history_len: settings.history_length,
            similarity: Some(&similarity),
            ..EvaluateOptions::on_test(&split)
        };
        let report = ask_all(&rankers, &split.test, &options, &|step| {
            progress(EvaluateStage::Asking(step));
        });
        Ok(Evaluated { report, fit, simulated: self.config().shop.simulated })
    }
}

fn split_by(data: &TrainingData, config: &EvaluateConfig) -> Result<Split, AppError> {
    let interactions = &data.interactions;
    Ok(match config.protocol {
        Protocol::LeaveOneOut => split::leave_one_out(interactions),
        Protocol::Shopper => split::by_shopper(interactions, Ratio::default(), config.seed)?,
        Protocol::Time(fractions) => split::by_time(interactions, fractions)?,
    })
}

/// Popularity and item-kNN, the latter's neighbourhood chosen on validation.
fn fit_baselines(split: &Split) -> Result<Vec<Box<dyn Ranker>>, AppError> {
    let options = EvaluateOptions::on_validation(split);
    let grid: Vec<ItemKnnConfig> = [20, 50, 100, 200, 500]
        .map(|n_neighbours| ItemKnnConfig { n_neighbours, ..ItemKnnConfig::default() })
        .into();
    let knn = |config: &ItemKnnConfig| ItemKnn::fit(&split.train, *config);
    let chosen = match baselines::choose(&grid, &split.validation, &options, knn) {
        Ok(chosen) => chosen.constants,
        // Too little data to choose on: the usual neighbourhood.
        Err(signals::evaluate::EvaluationError::NothingToChoose { .. }) => ItemKnnConfig::default(),
        Err(error) => return Err(error.into()),
    };
    let mut fitted: Vec<Box<dyn Ranker>> =
        vec![Box::new(baselines::Popularity::of_all_time(&split.before_test))];
    // Without clocks there are no last seven days.
    if let Ok(recent) = baselines::Popularity::of_last_days(&split.before_test, 7) {
        fitted.push(Box::new(recent));
    }
    fitted.push(Box::new(ItemKnn::fit(&split.before_test, chosen)?));
    Ok(fitted)
}
