//! What must hold of the Transformer: its arithmetic, its training, its serving.

mod arithmetic;
mod elsewhere;
mod gradients;
mod marks;
pub(super) mod serving;
mod training;

use interactions::Mark;

use super::batch::{Batch, Input};
use super::weights::{Dimensions, Weights};
use super::{Loss, SequenceConfig};

const TINY: Dimensions = Dimensions {
    n_items: 7,
    n_features: 0,
    width: 6,
    blocks: 2,
    heads: 2,
    hidden: 5,
    max_len: 5,
    n_kinds: 0,
    n_gaps: 0,
};

/// Weights with every part away from zero and one.
fn uneven(dimensions: Dimensions, factor: f64) -> Weights<f64> {
    let mut weights = Weights::zeros(dimensions);
    let all = weights.items.iter_mut().chain(&mut weights.dense);
    for (k, value) in all.enumerate() {
        *value = factor * (0.7 * k as f64 + 0.1).sin();
    }
    weights
}

/// Histories of (row, distance).
fn packed(histories: &[&[(u32, u32)]]) -> Batch {
    let mut batch = Batch::default();
    for history in histories {
        let mark = Mark::default();
        batch.push(history.iter().map(|&(row, distance)| Input { row, distance, mark }));
    }
    batch
}

/// Histories of (row, distance, kind, gap).
fn marked(histories: &[&[(u32, u32, u8, u8)]]) -> Batch {
    let mut batch = Batch::default();
    for history in histories {
        batch.push(history.iter().map(|&(row, distance, kind, gap)| Input {
            row,
            distance,
            mark: Mark::numbered(kind, gap),
        }));
    }
    batch
}

fn small() -> SequenceConfig {
    SequenceConfig {
        width: 16,
        hidden: 16,
        max_len: 8,
        dropout: 0.0,
        learning_rate: 0.01,
        warm_up: 5,
        batch: 4,
        epochs: 60,
        chunk_positions: 8,
        loss: Loss::Full,
        ..SequenceConfig::default()
    }
}

/// Ten shoppers over twenty items, no two alike.
fn ten_sequences() -> Vec<Vec<u32>> {
    let walk = |s: u32| (0..4 + s % 5).map(|t| (s * 7 + t * (s + 1) + t * t) % 20).collect();
    (0..10).map(walk).collect()
}
