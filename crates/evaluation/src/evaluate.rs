//! Measuring a shop's recommender on held-out events, beside baselines that got the same chance.
//!
//! Constants and weights are chosen on what lies before the test, then everything is fitted on
//! all of that and asked the test cases once.

pub mod seeds;

mod baselines;
mod rankers;

use metrics::split::{self, Ratio, Split};
use metrics::{EvaluateOptions, EvaluateProgress, Ranker, evaluate as ask_all};
use recommend::RecommendConfig;
use serde::{Deserialize, Serialize};
use shop::settings::ShopConfig;
use signals::{FitReport, HoldOut, Model, Progress, SignalName, SignalsConfig, TrainingData};

use answers::evidence_snapshot::signal_name;
pub use metrics::split::Fractions;
pub use metrics::{Comparison, EvaluationReport, Metric, Row, Seen, Segment, SegmentReport, table};
use shop::{Shop, ShopError};
pub use signals::{SequenceReport, SignalReport};
use training::gather::Gathered;
use training::gather::fingerprint;

use self::baselines::Fitted;
use rankers::{Alone, Blend, Served};
use seeds::SeedRun;

/// Name of the blend in reports.
pub const BLEND: &str = "blend";
/// Name of the best blend without the Transformer.
pub const WITHOUT_SEQUENCE: &str = "blend_without_sequence";

/// Name of a blend trained before the validation events.
pub const NOT_UPDATED: &str = "blend_not_updated";
/// Name of the same one brought up to date, rather than trained anew.
pub const UPDATED: &str = "blend_updated";

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
    /// How many seeds to train with, from the shop's own on; at least one.
    pub n_seeds: usize,
    /// Largest catalogue that EASE is fitted on.
    pub ease_up_to: usize,
    /// Whether to ask a model trained before the validation events, too: as it was, and brought up
    /// to date with them.
    pub with_update: bool,
}

impl Default for EvaluateConfig {
    fn default() -> Self {
        Self {
            protocol: Protocol::LeaveOneOut,
            ks: vec![5, 10, 20],
            n_bootstrap: 1000,
            seed: 1,
            n_seeds: 1,
            ease_up_to: 5000,
            with_update: false,
        }
    }
}

/// What was measured, and with what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluated {
    /// The rows, of the first seed.
    pub report: EvaluationReport,
    /// What was chosen on validation, by the first seed.
    pub fit: FitReport,
    /// Every seed, the first included.
    pub seeds: Vec<SeedRun>,
    /// What was chosen for each baseline that has constants: name, constants.
    pub baselines: Vec<(String, String)>,
    /// Hash of the items, texts and sequences that were split.
    pub data_fingerprint: String,
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

type OnStage<'a> = &'a (dyn Fn(EvaluateStage<'_>) + Sync);

/// Evaluates the signals, their blend with and without the Transformer, the list as served,
/// and baselines. Every fit that is asked saw nothing of the test.
///
/// # Errors
/// [`ShopError::Evaluation`] when the protocol does not fit the data, or what the store or the
/// fitting says.
pub fn evaluate(
    shop: &Shop,
    config: &EvaluateConfig,
    progress: &(dyn Fn(EvaluateStage<'_>) + Sync),
) -> Result<Evaluated, ShopError> {
    let Gathered { data, .. } = training::gather(shop)?;
    let data_fingerprint = fingerprint(&data);
    let split = split_by(&data, config)?;
    let before = TrainingData { interactions: split.before_test.clone(), ..data };
    let hold_out = config.protocol.hold_out();
    let settings = SignalsConfig { hold_out, ..shop.config::<SignalsConfig>().clone() };
    let evaluation = Evaluation { shop, config, split, before, settings, progress };
    let First { report, fit, baselines } = evaluation.first()?;
    let first = evaluation.settings.seed;
    let mut seeds = vec![SeedRun::of(first, &report, &own_models())];
    for seed in (1..config.n_seeds as u64).map(|n| first.wrapping_add(n)) {
        seeds.push(evaluation.another(seed)?);
    }
    let simulated = shop.config::<ShopConfig>().simulated;
    Ok(Evaluated { report, fit, seeds, baselines, data_fingerprint, simulated })
}

/// What every seed shares.
struct Evaluation<'a> {
    shop: &'a Shop,
    config: &'a EvaluateConfig,
    split: Split,
    before: TrainingData,
    settings: SignalsConfig,
    progress: OnStage<'a>,
}

/// What only the first seed brings.
struct First {
    report: EvaluationReport,
    fit: FitReport,
    baselines: Vec<(String, String)>,
}

impl Evaluation<'_> {
    fn fit(&self, seed: u64) -> Result<(Model, FitReport), ShopError> {
        let settings = SignalsConfig { seed, ..self.settings.clone() };
        let watch = |step| (self.progress)(EvaluateStage::Fitting(step));
        Ok(Model::fit(&self.before, &settings, &watch)?)
    }

    /// Everything, beside the baselines.
    fn first(&self) -> Result<First, ShopError> {
        let (model, fit) = self.fit(self.settings.seed)?;
        (self.progress)(EvaluateStage::Baselines);
        let baselines = baselines::fit(&self.split, self.config.ease_up_to)?;
        let n_items = model.n_items();
        let alone = |(_, _, signal)| Alone { signal, n_items };
        let signals: Vec<Alone<'_>> = model.signals().map(alone).collect();
        let blend = Blend { name: BLEND, model: &model };
        let without_model = without_sequence(&model, &fit);
        let without = without_model.as_ref().map(|model| Blend { name: WITHOUT_SEQUENCE, model });
        let earlier = self.config.with_update.then(|| self.earlier()).transpose()?;
        let earlier: Vec<Blend<'_>> = earlier
            .iter()
            .flat_map(|[not, updated]| [(NOT_UPDATED, not), (UPDATED, updated)])
            .map(|(name, model)| Blend { name, model })
            .collect();
        let served = Served::new(&model, &self.before.texts, self.shop.config::<RecommendConfig>());
        let mut rankers: Vec<&dyn Ranker> = Vec::new();
        rankers.extend(signals.iter().map(|signal| signal as &dyn Ranker));
        rankers.push(&blend);
        rankers.extend(without.as_ref().map(|without| without as &dyn Ranker));
        rankers.extend(earlier.iter().map(|blend| blend as &dyn Ranker));
        rankers.push(&served);
        rankers.extend(baselines.iter().map(|baseline| baseline.ranker.as_ref()));
        let similarity = |a, b| model.similarity(a, b);
        let options = EvaluateOptions { similarity: Some(&similarity), ..self.options() };
        let report = self.ask(&rankers, &options);
        let told = |Fitted { ranker, constants }: &Fitted| (ranker.name(), constants.clone());
        let told = baselines.iter().map(told).filter(|(_, constants)| !constants.is_empty());
        Ok(First { report, fit, baselines: told.collect() })
    }

    /// A model trained before the validation events: as it was, and brought up to date with them.
    fn earlier(&self) -> Result<[Model; 2], ShopError> {
        let data = TrainingData { interactions: self.split.train.clone(), ..self.before.clone() };
        let watch = |step| (self.progress)(EvaluateStage::Fitting(step));
        let (earlier, _) = Model::fit(&data, &self.settings, &watch)?;
        let (updated, _) = earlier.update(&self.before, &self.settings, &watch)?;
        Ok([earlier, updated])
    }

    /// By another seed, only what the seed decides.
    fn another(&self, seed: u64) -> Result<SeedRun, ShopError> {
        let (model, fit) = self.fit(seed)?;
        let n_items = model.n_items();
        let sequence = model.signals().find(|(name, ..)| *name == SignalName::Sequence);
        let sequence = sequence.map(|(_, _, signal)| Alone { signal, n_items });
        let blend = Blend { name: BLEND, model: &model };
        let without_model = without_sequence(&model, &fit);
        let without = without_model.as_ref().map(|model| Blend { name: WITHOUT_SEQUENCE, model });
        let mut rankers: Vec<&dyn Ranker> = vec![&blend];
        rankers.extend(sequence.as_ref().map(|sequence| sequence as &dyn Ranker));
        rankers.extend(without.as_ref().map(|without| without as &dyn Ranker));
        let options = EvaluateOptions { segments: false, ..self.options() };
        Ok(SeedRun::of(seed, &self.ask(&rankers, &options), &own_models()))
    }

    fn options(&self) -> EvaluateOptions<'_> {
        EvaluateOptions {
            ks: self.config.ks.clone(),
            n_bootstrap: self.config.n_bootstrap,
            seed: self.config.seed,
            history_len: self.settings.history_length,
            main: Some(BLEND.to_owned()),
            ..EvaluateOptions::on_test(&self.split)
        }
    }

    fn ask(&self, rankers: &[&dyn Ranker], options: &EvaluateOptions<'_>) -> EvaluationReport {
        let progress = |step: EvaluateProgress<'_>| (self.progress)(EvaluateStage::Asking(step));
        ask_all(rankers, &self.split.test, options, &progress)
    }
}

/// The best blend without the Transformer, where one was weighed.
fn without_sequence(model: &Model, fit: &FitReport) -> Option<Model> {
    fit.blend_without_sequence.as_ref().map(|blend| model.reweighted(blend.clone()))
}

/// Names of what is told seed by seed.
fn own_models() -> [String; 3] {
    [signal_name(SignalName::Sequence), BLEND.to_owned(), WITHOUT_SEQUENCE.to_owned()]
}

fn split_by(data: &TrainingData, config: &EvaluateConfig) -> Result<Split, ShopError> {
    let interactions = &data.interactions;
    Ok(match config.protocol {
        Protocol::LeaveOneOut => split::leave_one_out(interactions),
        Protocol::Shopper => split::by_shopper(interactions, Ratio::default(), config.seed)?,
        Protocol::Time(fractions) => split::by_time(interactions, fractions)?,
    })
}
