//! How fast the Transformer trains, answers and finds its best items on this shop and machine.
//!
//! Responsible for the figures behind the budgets of the sequence signal. Refuses to save what it
//! trained, and to touch the shop.

mod search;

use std::time::Instant;

use kernels::gemm_peak;
use metrics::split::leave_one_out;
use serde::Serialize;
use signals::fit::train_sequence;
use signals::{
    History, Progress, SequenceReport, SequenceSettings, SignalsConfig, SignalsError, TrainingData,
};
use transformer::{Loss, SequenceConfig, SequenceModel};

pub use search::SearchFigure;

use shop::{Shop, ShopError};

/// Length of the history that is timed.
const N_EVENTS: usize = 50;
/// Runs of a short thing, of which the middle one is told.
const RUNS: usize = 201;

/// What to measure.
#[derive(Debug, Clone)]
pub struct TrainingBenchConfig {
    /// Most epochs of the training whose accuracy is followed; early stopping may spare some.
    pub epochs: usize,
    /// Catalogues that the ten best items are looked up in.
    pub catalogues: Vec<usize>,
    /// Whether a graph of neighbours is built for each, which takes minutes for a million.
    pub with_graph: bool,
}

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct TrainingFigures {
    /// Items of the catalogue.
    pub n_items: usize,
    /// Width of vectors.
    pub width: usize,
    /// Threads.
    pub n_threads: usize,
    /// Floating-point operations per second of the best matrix product, all threads together.
    pub peak: f64,
    /// The training as configured, epoch by epoch.
    pub training: SequenceReport,
    /// One epoch with softmax over the whole catalogue.
    pub full: SequenceReport,
    /// Microseconds of a forward pass of one history of 50 events; the median.
    pub forward_us: f64,
    /// Looking up the ten best items.
    pub searches: Vec<SearchFigure>,
}

/// Speed of one training.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Speed {
    /// Seconds of the median epoch, validation apart.
    pub epoch_s: f64,
    /// Histories per second.
    pub sequences_per_s: f64,
    /// Floating-point operations per second of the matrix products.
    pub operations_per_s: f64,
}

impl Speed {
    /// Of the median epoch; `None` without one.
    #[must_use]
    pub fn of(report: &SequenceReport) -> Option<Self> {
        let mut seconds: Vec<f64> = report.epochs.iter().map(|epoch| epoch.training_s).collect();
        seconds.sort_unstable_by(f64::total_cmp);
        let epoch_s = *seconds.get(seconds.len() / 2)?;
        Some(Self {
            epoch_s,
            sequences_per_s: report.n_windows as f64 / epoch_s,
            operations_per_s: report.operations_per_epoch / epoch_s,
        })
    }
}

/// Trains on what lies before each shopper's last event, once as configured and one epoch with
/// the full softmax, then times answers. Nothing is saved.
///
/// # Errors
/// [`ShopError`] where the shop's log is too short to train on, or what the store or the
/// training says.
pub fn measure(
    shop: &Shop,
    config: &TrainingBenchConfig,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<TrainingFigures, ShopError> {
    let data = training::gather(shop)?.data;
    let interactions = leave_one_out(&data.interactions).before_test;
    let data = TrainingData { interactions, ..data };
    let shop = shop.config::<SignalsConfig>();
    let train = |epochs: usize, loss: Loss| {
        let model = SequenceConfig { epochs, loss, ..shop.sequence.model.clone() };
        let sequence = SequenceSettings { model, min_events: 0, ..shop.sequence.clone() };
        let settings = SignalsConfig { sequence, ..shop.clone() };
        let trained = train_sequence(&data, &settings, &progress)?;
        trained.ok_or(ShopError::from(SignalsError::from(transformer::SequenceError::NoSequences)))
    };
    let (_, full) = train(1, Loss::Full)?;
    let (model, training) = train(config.epochs, shop.sequence.model.loss)?;
    let n_threads = rayon_threads();
    Ok(TrainingFigures {
        n_items: model.n_items(),
        width: model.config().width,
        n_threads,
        peak: gemm_peak(n_threads),
        training,
        full,
        forward_us: forward_us(&model),
        searches: search::measure(&model, config),
    })
}

/// Threads that training uses: one per processor.
fn rayon_threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The median of many passes.
fn forward_us(model: &SequenceModel) -> f64 {
    let n_items = model.n_items();
    let item = |t: usize| (t * 241 % n_items) as u32;
    let history = History::newest_first((0..N_EVENTS).map(|t| (item(t), 1.0)));
    let seconds = (0..RUNS).map(|_| {
        let began = Instant::now();
        std::hint::black_box(model.shopper_vectors(&[&history]));
        began.elapsed().as_secs_f64()
    });
    1e6 * median(seconds.collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
