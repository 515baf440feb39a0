//! Every weight of the model in two flat stores, and where in them each one lies.
//!
//! Writes and reads them as safetensors bytes. The network that uses them is in `forward`.

use std::ops::Range;

use interactions::ItemIdx;
use interactions::Mark;
use kernels::scalar::Scalar;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};

use super::{SequenceConfig, SequenceError};

/// Sizes that fix the number of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dimensions {
    pub(crate) n_items: usize,
    pub(crate) n_features: usize,
    pub(crate) width: usize,
    pub(crate) blocks: usize,
    pub(crate) heads: usize,
    pub(crate) hidden: usize,
    pub(crate) max_len: usize,
    /// Rows of the table of event types; 0 without.
    pub(crate) n_kinds: usize,
    /// Rows of the table of time gaps; 0 without.
    pub(crate) n_gaps: usize,
}

impl Dimensions {
    /// Sizes of a configured model.
    pub(crate) fn new(config: &SequenceConfig, n_items: usize, n_features: usize) -> Self {
        Self {
            n_items,
            n_features,
            width: config.width,
            blocks: config.blocks,
            heads: config.heads,
            hidden: config.hidden,
            max_len: config.max_len,
            n_kinds: if config.event_types { Mark::N_KINDS } else { 0 },
            n_gaps: if config.time_gaps { Mark::N_GAPS } else { 0 },
        }
    }

    /// Width of one head.
    pub(crate) fn head_width(&self) -> usize {
        self.width / self.heads
    }
}

/// Gain and bias of a layer norm, each (width).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NormAt {
    pub(crate) gain: Range<usize>,
    pub(crate) bias: Range<usize>,
}

/// Where the weights of one block lie.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BlockAt {
    pub(crate) attention_norm: NormAt,
    /// Queries, keys, values side by side. (width, 3 · width)
    pub(crate) qkv: Range<usize>,
    /// (width, width)
    pub(crate) mix: Range<usize>,
    pub(crate) hidden_norm: NormAt,
    /// (width, hidden)
    pub(crate) up: Range<usize>,
    pub(crate) up_bias: Range<usize>,
    /// (hidden, width)
    pub(crate) down: Range<usize>,
    pub(crate) down_bias: Range<usize>,
}

/// Where everything but the item embeddings lies.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layout {
    /// One vector per distance from the newest event. (`max_len`, width)
    pub(crate) positions: Range<usize>,
    /// Item features to item vectors. (`n_features`, width)
    pub(crate) projection: Range<usize>,
    /// One vector per kind of behaviour. (`n_kinds`, width)
    pub(crate) event_types: Range<usize>,
    /// One vector per time since the event before. (`n_gaps`, width)
    pub(crate) time_gaps: Range<usize>,
    pub(crate) blocks: Vec<BlockAt>,
    pub(crate) final_norm: NormAt,
    tensors: Vec<Tensor>,
}

#[derive(Debug, Clone, PartialEq)]
struct Tensor {
    name: String,
    shape: [usize; 2],
    at: Range<usize>,
    start: Start,
}

/// How a weight begins.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Start {
    Zeros,
    Ones,
    /// Normal with this standard deviation.
    Normal(f32),
}

impl Layout {
    pub(crate) fn new(d: &Dimensions) -> Self {
        let mut plan = Plan(Vec::new());
        // Glorot & Bengio (2010) for a square matrix of the width.
        let square = Start::Normal((d.width as f32).powf(-0.5));
        let positions = plan.add("positions", [d.max_len, d.width], Start::Normal(0.02));
        let projection = plan.add("projection", [d.n_features, d.width], Start::Normal(0.02));
        // From zero, so that a mark training never sees says nothing.
        let event_types = plan.add("event_types", [d.n_kinds, d.width], Start::Zeros);
        let time_gaps = plan.add("time_gaps", [d.n_gaps, d.width], Start::Zeros);
        let blocks = (0..d.blocks).map(|b| {
            let name = |part: &str| format!("blocks.{b}.{part}");
            BlockAt {
                attention_norm: plan.norm(&name("attention_norm"), d.width),
                qkv: plan.add(&name("qkv"), [d.width, 3 * d.width], square),
                mix: plan.add(&name("mix"), [d.width, d.width], square),
                hidden_norm: plan.norm(&name("hidden_norm"), d.width),
                up: plan.add(&name("up"), [d.width, d.hidden], square),
                up_bias: plan.add(&name("up_bias"), [1, d.hidden], Start::Zeros),
                down: plan.add(&name("down"), [d.hidden, d.width], square),
                down_bias: plan.add(&name("down_bias"), [1, d.width], Start::Zeros),
            }
        });
        let blocks = blocks.collect();
        let final_norm = plan.norm("final_norm", d.width);
        let tensors = plan.0;
        Self { positions, projection, event_types, time_gaps, blocks, final_norm, tensors }
    }

    /// Number of weights besides the item embeddings.
    pub(crate) fn n_dense(&self) -> usize {
        self.tensors.last().map_or(0, |tensor| tensor.at.end)
    }
}

struct Plan(Vec<Tensor>);

impl Plan {
    fn add(&mut self, name: &str, shape: [usize; 2], start: Start) -> Range<usize> {
        let first = self.0.last().map_or(0, |tensor| tensor.at.end);
        let at = first..first + shape[0] * shape[1];
        self.0.push(Tensor { name: name.to_owned(), shape, at: at.clone(), start });
        at
    }

    fn norm(&mut self, name: &str, width: usize) -> NormAt {
        NormAt {
            gain: self.add(&format!("{name}.gain"), [1, width], Start::Ones),
            bias: self.add(&format!("{name}.bias"), [1, width], Start::Zeros),
        }
    }
}

/// Every weight, or something of the same shape (gradients' moments).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weights<T> {
    pub(crate) dimensions: Dimensions,
    pub(crate) layout: Layout,
    /// Item embeddings, shared by input and output. (`n_items`, width)
    pub(crate) items: Vec<T>,
    /// Everything else, as [`Layout`] says.
    pub(crate) dense: Vec<T>,
}

impl<T: Scalar> Weights<T> {
    /// All zero.
    pub(crate) fn zeros(dimensions: Dimensions) -> Self {
        let layout = Layout::new(&dimensions);
        Self {
            dimensions,
            items: vec![T::default(); dimensions.n_items * dimensions.width],
            dense: vec![T::default(); layout.n_dense()],
            layout,
        }
    }

    /// A fresh model. Item embeddings have standard deviation 1/√width·½, so that the first logits
    /// are of order one.
    pub(crate) fn fresh(dimensions: Dimensions, seed: u64) -> Self {
        let mut weights = Self::zeros(dimensions);
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        for tensor in weights.layout.tensors.clone() {
            let values = &mut weights.dense[tensor.at];
            match tensor.start {
                Start::Zeros => {}
                Start::Ones => values.fill(T::of(1.0)),
                Start::Normal(sd) => fill_normal(values, sd, &mut rng),
            }
        }
        let sd = 0.5 * (dimensions.width as f32).powf(-0.5);
        fill_normal(&mut weights.items, sd, &mut rng);
        weights
    }
}

/// Sums of four uniforms of 16 bits: normal enough, quick, and the same on every machine.
fn fill_normal<T: Scalar>(values: &mut [T], sd: f32, rng: &mut ChaCha8Rng) {
    const MEAN: f32 = 2.0 * 65_535.0;
    // A uniform over n values has variance (n² − 1) / 12.
    let scale = sd * (3.0_f32).sqrt() / 65_536.0;
    for value in values {
        let bits: u64 = rng.random();
        let sum: u64 = (0..4).map(|part| bits >> (16 * part) & 0xffff).sum();
        *value = T::of((sum as f32 - MEAN) * scale);
    }
}

impl Weights<f32> {
    /// Named arrays with `prefix` before each name, ready for safetensors.
    pub(crate) fn named(&self, prefix: &str) -> Vec<(String, Vec<usize>, Vec<u8>)> {
        let d = &self.dimensions;
        let items = (format!("{prefix}items"), vec![d.n_items, d.width], to_bytes(&self.items));
        let dense = self.layout.tensors.iter().map(|tensor| {
            let values = to_bytes(&self.dense[tensor.at.clone()]);
            (format!("{prefix}{}", tensor.name), tensor.shape.to_vec(), values)
        });
        std::iter::once(items).chain(dense).collect()
    }

    /// Reads back what [`Weights::named`] wrote.
    pub(crate) fn read(
        file: &SafeTensors<'_>,
        prefix: &str,
        dimensions: Dimensions,
    ) -> Result<Self, SequenceError> {
        let mut weights = Self::zeros(dimensions);
        let shape = [dimensions.n_items, dimensions.width];
        read_into(file, &format!("{prefix}items"), &shape, &mut weights.items)?;
        for tensor in weights.layout.tensors.clone() {
            let name = format!("{prefix}{}", tensor.name);
            read_into(file, &name, &tensor.shape, &mut weights.dense[tensor.at])?;
        }
        Ok(weights)
    }

    /// The same weights for another catalogue. `from` says for each of its items which one it was
    /// here; those that are new begin fresh.
    pub(crate) fn carried(&self, from: &[Option<ItemIdx>], seed: u64) -> Self {
        let n_items = from.len();
        let mut carried = Self::fresh(Dimensions { n_items, ..self.dimensions }, seed);
        let width = self.dimensions.width;
        for (row, from) in carried.items.chunks_exact_mut(width).zip(from) {
            if let Some(from) = from {
                row.copy_from_slice(&self.items[*from as usize * width..][..width]);
            }
        }
        carried.dense.copy_from_slice(&self.dense);
        carried
    }
}

/// Writes named `f32` arrays and string metadata.
pub(crate) fn write_file(
    arrays: &[(String, Vec<usize>, Vec<u8>)],
    metadata: Vec<(String, String)>,
) -> Vec<u8> {
    let views = arrays.iter().map(|(name, shape, bytes)| {
        let view = TensorView::new(Dtype::F32, shape.clone(), bytes)
            .expect("shape and bytes come from one array");
        (name.as_str(), view)
    });
    safetensors::serialize(views, Some(metadata.into_iter().collect()))
        .expect("a model's header is far below the limit of 100 MB")
}

pub(crate) fn to_bytes(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

pub(crate) fn read_into(
    file: &SafeTensors<'_>,
    name: &str,
    shape: &[usize],
    into: &mut [f32],
) -> Result<(), SequenceError> {
    let refuse = |problem: String| SequenceError::File { name: name.to_owned(), problem };
    let tensor = file.tensor(name).map_err(|error| refuse(error.to_string()))?;
    if tensor.dtype() != Dtype::F32 || tensor.shape() != shape {
        let found = (tensor.dtype(), tensor.shape());
        return Err(refuse(format!("is {found:?}, not F32 {shape:?}")));
    }
    let (values, _) = tensor.data().as_chunks::<4>();
    for (target, bytes) in into.iter_mut().zip(values) {
        *target = f32::from_le_bytes(*bytes);
    }
    if into.iter().any(|value| !value.is_finite()) {
        return Err(refuse("holds a value that is not finite".to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_weights_have_the_mean_and_spread_they_are_meant_to() {
        let mut values = vec![0.0_f64; 100_000];
        fill_normal(&mut values, 0.5, &mut ChaCha8Rng::seed_from_u64(1));
        let mean = values.iter().sum::<f64>() / 1e5;
        let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.005, "{mean}");
        assert!((variance.sqrt() - 0.5).abs() < 0.005, "{variance}");
    }
}
