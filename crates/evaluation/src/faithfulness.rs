//! The faithfulness benchmark: whether what an explainer says of a score is what the model does.
//!
//! Responsible for asking every explainer about the same items of the same shoppers, for each
//! signal alone and for the blend, and for the sanity checks that go with it. The metrics are
//! defined in [`explain::faithfulness`]. Refuses to fit anything but what a sanity check compares.

mod asked;
mod calibration;
mod case;
mod explainers;
mod report;
mod sanity;

use shop::settings::ShopConfig;
use signals::SignalsConfig;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use signals::{History, Interaction, Model, Query};

use shop::{Shop, ShopError};

pub use calibration::{Bucket, Calibration, ReplayedReason};
pub use explainers::Explainer;
pub use report::{FaithfulnessReport, RankerReport, Row, Searched, Step, table};
pub use sanity::{Agreement, Planted, Sanity};

use asked::Asked;
use case::{Case, Outcomes};

/// How many events are masked or kept, from most important on.
pub const SIZES: [usize; 5] = [1, 2, 3, 4, 5];
/// Shoppers with fewer steps are not asked, so that every size means the same for all.
pub const LEAST_STEPS: usize = 5;
/// Ranks explained: 1 to this one.
pub const RANKS: usize = 10;

/// What to measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaithfulnessConfig {
    /// Shoppers drawn by the seed; all where there are fewer.
    pub n_shoppers: usize,
    /// Seed of the draw, of the random explainer and of random weights.
    pub seed: u64,
    /// Whether the model is fitted once more with another seed, for comparison. As long as a
    /// training.
    pub two_seeds: bool,
}

impl Default for FaithfulnessConfig {
    fn default() -> Self {
        Self { n_shoppers: 200, seed: 1, two_seeds: true }
    }
}

/// Where a benchmark is.
#[derive(Debug, Clone)]
pub enum FaithfulnessStage {
    /// Explaining the lists of a ranker.
    Explaining {
        /// Which one.
        ranker: String,
        /// Shoppers done.
        n_done: usize,
        /// Shoppers to ask.
        n_shoppers: usize,
    },
    /// Comparing with other models.
    Sanity,
    /// Relating strength to what happens.
    Calibration,
}

/// Measures the explanations of the model in use.
///
/// # Errors
/// [`ShopError::NoModel`], [`ShopError::Evaluation`] when no shopper has enough steps, or what
/// the store or a fitting says.
pub fn measure(
    shop: &Shop,
    config: &FaithfulnessConfig,
    progress: &(dyn Fn(FaithfulnessStage) + Sync),
) -> Result<FaithfulnessReport, ShopError> {
    let loaded = shop.current_model()?.ok_or(ShopError::NoModel)?;
    let model = &loaded.model;
    let data = training::gather_for(shop, model)?;
    let sample = draw(&data.interactions.sequences, config);
    if sample.is_empty() {
        return Err(ShopError::TooFewSteps { least: LEAST_STEPS });
    }
    let length = shop.config::<SignalsConfig>().history_length;
    let histories: Vec<(History, Vec<u32>)> = sample
        .iter()
        .map(|events| {
            let owned = events.iter().map(|event| event.item).collect();
            (History::of_sequence(events, length), owned)
        })
        .collect();
    let rankers = Asked::all(model)
        .map(|asked| explain_all(&asked, &histories, config, progress))
        .filter(|report| report.n_targets > 0)
        .collect();
    progress(FaithfulnessStage::Sanity);
    let agreement = sanity::compare(&data, model, shop, &histories, config)?;
    let counts = shop.count()?;
    let planted = sanity::plant(shop, &counts, &loaded, &sample);
    progress(FaithfulnessStage::Calibration);
    let told = calibration::replay(shop, &counts, &loaded, &sample);
    let calibration = calibration::measure(&told);
    Ok(FaithfulnessReport {
        simulated: shop.config::<ShopConfig>().simulated,
        model_version: loaded.version.clone(),
        n_shoppers: sample.len(),
        seed: config.seed,
        rankers,
        sanity: Sanity { planted, ..agreement },
        calibration,
    })
}

/// What happens to the items of lists of today without the events that their reasons rest on,
/// by shopper; nothing where there is no model or nobody with enough steps.
pub fn replayed_strengths(
    shop: &Shop,
    n_shoppers: usize,
) -> Result<Vec<Vec<ReplayedReason>>, ShopError> {
    let Some(loaded) = shop.current_model()? else { return Ok(Vec::new()) };
    let data = training::gather_for(shop, &loaded.model)?;
    let config = FaithfulnessConfig { n_shoppers, ..FaithfulnessConfig::default() };
    let sample = draw(&data.interactions.sequences, &config);
    Ok(calibration::replay(shop, &shop.count()?, &loaded, &sample))
}

/// Sequences with enough steps, drawn by the seed.
fn draw<'d>(
    sequences: &'d [Vec<Interaction>],
    config: &FaithfulnessConfig,
) -> Vec<&'d [Interaction]> {
    let mut long: Vec<(u64, &[Interaction])> = sequences
        .iter()
        .enumerate()
        .filter(|(_, sequence)| History::of_sequence(sequence, LEAST_STEPS).len() >= LEAST_STEPS)
        .map(|(n, sequence)| (explainers::mix(config.seed, n as u64), sequence.as_slice()))
        .collect();
    long.sort_unstable_by_key(|(key, _)| *key);
    long.into_iter().take(config.n_shoppers).map(|(_, sequence)| sequence).collect()
}

fn explain_all(
    asked: &Asked<'_>,
    histories: &[(History, Vec<u32>)],
    config: &FaithfulnessConfig,
    progress: &(dyn Fn(FaithfulnessStage) + Sync),
) -> RankerReport {
    let n_done = AtomicUsize::new(0);
    let explainers = asked.explainers();
    let outcomes: Vec<Outcomes> = histories
        .par_iter()
        .enumerate()
        .map(|(n, (history, owned))| {
            let case = Case::new(asked, history, owned);
            let outcomes = case.explain(&explainers, explainers::mix(config.seed, n as u64));
            progress(FaithfulnessStage::Explaining {
                ranker: asked.name(),
                n_done: n_done.fetch_add(1, Ordering::Relaxed) + 1,
                n_shoppers: histories.len(),
            });
            outcomes
        })
        .collect();
    RankerReport::new(asked.name(), &explainers, &outcomes)
}

/// By-event accounts of the first ten items of each history, to be compared between models.
fn accounts(
    model: &Model,
    histories: &[(History, Vec<u32>)],
    of: &[Vec<u32>],
) -> Vec<Vec<Vec<f64>>> {
    let attribution = |((history, _), items): (&(History, Vec<u32>), &Vec<u32>)| {
        let breakdowns = model.breakdowns(Query::of(history), items);
        let by_event =
            breakdowns.iter().map(|b| b.by_event().iter().map(|&v| f64::from(v)).collect());
        by_event.collect()
    };
    histories.par_iter().zip(of).map(attribution).collect()
}
