//! Every gradient against central differences in double precision.

use interactions::Mark;
use kernels::layers::Dropout;

use super::{TINY, marked, uneven};
use crate::backward::{Gradients, Scratch, backward};
use crate::batch::Wanted;
use crate::features::{FeatureRows, ItemFeatures};
use crate::forward::{Activations, Pass, forward};
use crate::loss::{Candidates, LossScratch, Predictions, softmax_loss};
use crate::weights::{Dimensions, Weights};

const PASS: Pass = Pass { wanted: Wanted::Every, dropout: Some(Dropout { rate: 0.3, key: 11 }) };
const ITEMS: [u32; 7] = [0, 1, 2, 3, 4, 5, 6];
const TARGETS: [u32; 8] = [3, 2, 6, 0, 4, 1, 5, 1];
/// Candidates are the first four items, so that targets lie within and beyond them.
const CORRECTIONS: [f64; 4] = [0.3, -0.2, 0.9, 0.1];

fn loss_and_gradients(
    weights: &Weights<f64>,
    features: Option<&ItemFeatures>,
) -> (f64, Gradients<f64>) {
    let batch = marked(&[
        &[(1, 4, 1, 0), (3, 3, 6, 2), (2, 2, 6, 2), (6, 1, 3, 5), (0, 0, 0, 3)],
        &[(4, 0, 9, 0)],
        &[(5, 2, 2, 6), (5, 0, 1, 1)],
    ]);
    let mut table = weights.items.clone();
    let projection = weights.layout.projection.clone();
    if let Some(features) = features {
        features.project(&ITEMS, &weights.dense[projection.clone()], &mut table);
    }
    let mut activations = Activations::default();
    forward(weights, &table, &batch, PASS, &mut activations);
    let mut gradients = Gradients::default();
    gradients.reset(table.len(), weights.dense.len());
    let mut by_result = Vec::new();
    let results = &activations.final_norm.out;
    let loss = softmax_loss(
        Predictions { results, targets: &TARGETS, factor: 0.125 },
        Candidates { table: &table, n: 4, corrections: &CORRECTIONS },
        &mut LossScratch::default(),
        &mut by_result,
        &mut gradients.table,
    );
    let scratch = &mut Scratch::default();
    backward(weights, &batch, PASS, &activations, &mut by_result, scratch, &mut gradients);
    if let Some(features) = features {
        features.project_back(&ITEMS, &gradients.table, &mut gradients.dense[projection]);
    }
    (loss, gradients)
}

fn assert_gradients_are_right(dimensions: Dimensions, features: Option<&ItemFeatures>) {
    let step = 1e-5;
    let mut weights = uneven(dimensions, 0.4);
    let (_, gradients) = loss_and_gradients(&weights, features);
    let n_items = weights.items.len();
    for k in 0..n_items + weights.dense.len() {
        let mut loss_at = |change: f64| {
            let value = match k.checked_sub(n_items) {
                None => &mut weights.items[k],
                Some(k) => &mut weights.dense[k],
            };
            let kept = std::mem::replace(value, *value + change);
            let loss = loss_and_gradients(&weights, features).0;
            match k.checked_sub(n_items) {
                None => weights.items[k] = kept,
                Some(k) => weights.dense[k] = kept,
            }
            loss
        };
        let slope = (loss_at(step) - loss_at(-step)) / (2.0 * step);
        let gradient = match k.checked_sub(n_items) {
            None => gradients.table[k],
            Some(k) => gradients.dense[k],
        };
        let error = (slope - gradient).abs();
        assert!(error < 1e-7 * (1.0 + slope.abs()), "weight {k}: {gradient}, measured {slope}");
    }
}

#[test]
fn gradients_equal_finite_differences() {
    assert_gradients_are_right(TINY, None);
}

#[test]
fn gradients_through_event_types_and_time_gaps_equal_finite_differences() {
    let (n_kinds, n_gaps) = (Mark::N_KINDS, Mark::N_GAPS);
    assert_gradients_are_right(Dimensions { n_kinds, ..TINY }, None);
    assert_gradients_are_right(Dimensions { n_gaps, ..TINY }, None);
    assert_gradients_are_right(Dimensions { n_kinds, n_gaps, ..TINY }, None);
}

#[test]
fn gradients_through_dense_features_equal_finite_differences() {
    let values = (0..21).map(|k| (1.3 * k as f32).cos()).collect();
    let features = ItemFeatures { n_features: 3, rows: FeatureRows::Dense(values) };
    assert_gradients_are_right(Dimensions { n_features: 3, ..TINY }, Some(&features));
}

#[test]
fn gradients_through_sparse_features_equal_finite_differences() {
    let features = ItemFeatures {
        n_features: 3,
        rows: FeatureRows::Sparse {
            offsets: vec![0, 1, 3, 3, 4, 6, 7, 8],
            columns: vec![0, 0, 2, 1, 1, 2, 0, 2],
            values: vec![0.5, -0.7, 1.1, 0.4, 0.2, 0.9, -1.0, 0.6],
        },
    };
    features.validate(7).unwrap();
    assert_gradients_are_right(Dimensions { n_features: 3, ..TINY }, Some(&features));
}
