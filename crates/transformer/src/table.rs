//! The item vectors one step works with, and which items its targets are compared with.
//!
//! Full softmax without features works on the embeddings themselves. Otherwise the rows a step
//! needs are gathered: negatives first, so that candidates are always the first rows.

use interactions::ItemIdx;
use kernels::layers::mix;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::adam::TableRows;
use super::features::ItemFeatures;
use super::loss::Candidates;
use super::weights::Weights;
use super::{Loss, SequenceConfig};

const NOWHERE: u32 = u32::MAX;

/// The rows of one step.
pub(crate) struct StepTable<'a> {
    features: Option<&'a ItemFeatures>,
    sampler: Option<Sampler>,
    id_dropout: f32,
    seed: u64,
    /// Items that take part in every step: all, or those with training events. Unused when sampling.
    fixed: Vec<ItemIdx>,
    /// Item of each row.
    items: Vec<ItemIdx>,
    /// Row of each item, or [`NOWHERE`].
    rows: Vec<u32>,
    /// Item of each row for Adam.
    updated: Vec<u32>,
    values: Vec<f32>,
    corrections: Vec<f32>,
    n_candidates: usize,
}

impl<'a> StepTable<'a> {
    /// `counts` are the training events of each item.
    pub(crate) fn new(
        config: &SequenceConfig,
        features: Option<&'a ItemFeatures>,
        counts: &[u32],
    ) -> Self {
        let sampler = match config.loss {
            Loss::Full => None,
            Loss::Sampled { negatives, popularity_power } => {
                Some(Sampler::new(counts, features.is_some(), negatives, popularity_power))
            }
        };
        let takes_part = |item: &ItemIdx| features.is_none() || counts[*item as usize] > 0;
        let fixed: Vec<_> = (0..counts.len() as ItemIdx).filter(takes_part).collect();
        let mut rows = vec![NOWHERE; counts.len()];
        if sampler.is_none() {
            for (row, &item) in fixed.iter().enumerate() {
                rows[item as usize] = row as u32;
            }
        }
        Self {
            features,
            sampler,
            id_dropout: if features.is_some() { config.id_dropout } else { 0.0 },
            seed: config.seed,
            n_candidates: fixed.len(),
            items: fixed.clone(),
            fixed,
            rows,
            updated: Vec::new(),
            values: Vec::new(),
            corrections: Vec::new(),
        }
    }

    /// Prepares the rows for a step whose events are `events`.
    pub(crate) fn prepare(
        &mut self,
        weights: &Weights<f32>,
        step: u64,
        events: impl Iterator<Item = ItemIdx>,
    ) {
        if self.is_whole() {
            return;
        }
        if let Some(sampler) = &self.sampler {
            for &item in &self.items {
                self.rows[item as usize] = NOWHERE;
            }
            self.items.clear();
            self.corrections.clear();
            let mut rng = ChaCha8Rng::seed_from_u64(mix(self.seed ^ mix(step)));
            for _ in 0..sampler.negatives {
                let item = sampler.draw(&mut rng);
                if place(item, &mut self.items, &mut self.rows) {
                    self.corrections.push(sampler.correction(item));
                }
            }
            self.n_candidates = self.items.len();
            for item in events {
                place(item, &mut self.items, &mut self.rows);
            }
        }
        self.gather(weights, step);
    }

    fn gather(&mut self, weights: &Weights<f32>, step: u64) {
        let width = weights.dimensions.width;
        self.values.clear();
        self.updated.clear();
        let limit = (f64::from(self.id_dropout) * f64::from(u32::MAX)) as u32;
        let key = mix(self.seed.wrapping_add(1) ^ mix(step));
        for &item in &self.items {
            let is_dropped = (mix(key ^ u64::from(item)) as u32) < limit;
            if is_dropped {
                self.values.resize(self.values.len() + width, 0.0);
            } else {
                let embedding = &weights.items[item as usize * width..][..width];
                self.values.extend_from_slice(embedding);
            }
            self.updated.push(if is_dropped { TableRows::SKIP } else { item });
        }
        if let Some(features) = self.features {
            let projection = &weights.dense[weights.layout.projection.clone()];
            features.project(&self.items, projection, &mut self.values);
        }
    }

    /// Whether rows are simply all items.
    fn is_whole(&self) -> bool {
        self.sampler.is_none() && self.features.is_none()
    }

    /// Item vectors by row. (rows, width)
    pub(crate) fn values<'t>(&'t self, weights: &'t Weights<f32>) -> &'t [f32] {
        if self.is_whole() { &weights.items } else { &self.values }
    }

    /// The candidates that targets are compared with.
    pub(crate) fn candidates<'t>(&'t self, weights: &'t Weights<f32>) -> Candidates<'t, f32> {
        Candidates {
            table: self.values(weights),
            n: self.n_candidates,
            corrections: &self.corrections,
        }
    }

    /// Row of an item that takes part in this step.
    pub(crate) fn row(&self, item: ItemIdx) -> u32 {
        self.rows[item as usize]
    }

    /// Number of rows.
    pub(crate) fn n_rows(&self) -> usize {
        self.items.len()
    }

    /// Items a step compares each target with, for counting work.
    pub(crate) fn n_compared(&self) -> usize {
        self.sampler.as_ref().map_or(self.fixed.len(), |sampler| sampler.negatives)
    }

    /// Rows for the optimiser.
    pub(crate) fn updated(&self) -> TableRows<'_> {
        if self.is_whole() { TableRows::All } else { TableRows::Some(&self.updated) }
    }

    /// Adds the gradient of the feature projection that follows from that of the rows.
    pub(crate) fn project_back(&self, table_gradient: &[f32], projection_gradient: &mut [f32]) {
        if let Some(features) = self.features {
            features.project_back(&self.items, table_gradient, projection_gradient);
        }
    }
}

/// Gives an item a row unless it has one; says whether it is new.
fn place(item: ItemIdx, items: &mut Vec<ItemIdx>, rows: &mut [u32]) -> bool {
    let row = &mut rows[item as usize];
    let is_new = *row == NOWHERE;
    if is_new {
        *row = items.len() as u32;
        items.push(item);
    }
    is_new
}

/// Draws negatives, and knows how often each is expected.
struct Sampler {
    negatives: usize,
    /// Running sums of the draw weights.
    cumulative: Vec<f64>,
}

impl Sampler {
    fn new(counts: &[u32], skip_cold: bool, negatives: usize, power: f32) -> Self {
        let mut total = 0.0;
        let cumulative = counts.iter().map(|&count| {
            let takes_part = count > 0 || !skip_cold;
            total += if takes_part { f64::from(count + 1).powf(f64::from(power)) } else { 0.0 };
            total
        });
        Self { negatives, cumulative: cumulative.collect() }
    }

    fn total(&self) -> f64 {
        self.cumulative.last().copied().unwrap_or(0.0)
    }

    fn draw(&self, rng: &mut ChaCha8Rng) -> ItemIdx {
        let at = rng.random::<f64>() * self.total();
        let item = self.cumulative.partition_point(|&sum| sum <= at);
        item.min(self.cumulative.len() - 1) as ItemIdx
    }

    /// −log of the probability that an item is among the draws at all; repeated draws count once
    /// (Horvitz & Thompson 1952).
    fn correction(&self, item: ItemIdx) -> f32 {
        let item = item as usize;
        let before = if item == 0 { 0.0 } else { self.cumulative[item - 1] };
        let share = (self.cumulative[item] - before) / self.total();
        let included = -(self.negatives as f64 * (-share).ln_1p()).exp_m1();
        -included.ln() as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of PyTorch; the lines that made them stand in `tests/elsewhere.rs`.
    #[test]
    fn corrections_equal_those_of_a_framework() {
        let sampler = Sampler::new(&[3, 1, 40, 7, 0], false, 2, 0.7);
        let expected = [1.531_333_8, 1.993_417_5, 0.189_120_64, 1.084_866_3, 2.464_650_2];
        for (item, expected) in (0..).zip(expected) {
            let correction = sampler.correction(item);
            assert!((correction - expected).abs() < 1e-6_f32, "{correction} is not {expected}");
        }
    }

    #[test]
    fn sampled_sums_estimate_the_sum_over_the_catalogue() {
        let counts = [0, 3, 1, 40, 7, 0, 2, 9, 120, 5];
        let values = [0.3, 1.2, 2.5, 0.9, 4.0, 0.1, 1.1, 0.7, 3.3, 2.0];
        let sampler = Sampler::new(&counts, false, 4, 0.7);
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let n_trials = 40_000;
        let mut mean = 0.0;
        for _ in 0..n_trials {
            let (mut items, mut rows) = (Vec::new(), vec![NOWHERE; counts.len()]);
            for _ in 0..sampler.negatives {
                place(sampler.draw(&mut rng), &mut items, &mut rows);
            }
            let weighted =
                |&item: &u32| values[item as usize] * f64::from(sampler.correction(item)).exp();
            mean += items.iter().map(weighted).sum::<f64>() / f64::from(n_trials);
        }
        let exact: f64 = values.iter().sum();
        assert!((mean - exact).abs() < 0.03 * exact, "{mean} against {exact}");
    }
}
