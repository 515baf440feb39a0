//! The forward pass and the loss against numbers made elsewhere and against their definitions.

use interactions::Mark;
use kernels::layers::Dropout;
use kernels::vector::dot;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{TINY, marked, packed, uneven};
use crate::backward::{Gradients, Scratch, backward};
use crate::batch::Wanted;
use crate::forward::{Activations, Pass, forward};
use crate::loss::{Candidates, LossScratch, Predictions, softmax_loss};
use crate::weights::{Dimensions, Weights};

const EVERY: Pass = Pass { wanted: Wanted::Every, dropout: None };

fn results(weights: &Weights<f64>, histories: &[&[(u32, u32)]], pass: Pass) -> Vec<f64> {
    let mut activations = Activations::default();
    forward(weights, &weights.items, &packed(histories), pass, &mut activations);
    activations.final_norm.out
}

/// Made with JAX 0.10.2 in double precision:
/// ```python
/// n_items, max_len, d, heads, hidden, blocks = 5, 4, 4, 2, 6, 2
/// k = 0
/// def take(*shape):
///     global k
///     n = math.prod(shape); i = jnp.arange(k, k + n); k += n
///     return (0.5 * jnp.sin(0.7 * i + 0.1)).reshape(shape)
/// E = take(n_items, d); P = take(max_len, d)
/// B = [dict(g1=take(d), b1=take(d), qkv=take(d, 3*d), mix=take(d, d), g2=take(d), b2=take(d),
///      up=take(d, hidden), ub=take(hidden), down=take(hidden, d), db=take(d)) for _ in range(2)]
/// G, C = take(d), take(d)
/// def norm(x, g, b):
///     return (x - x.mean(-1, keepdims=True)) / jnp.sqrt(x.var(-1, keepdims=True) + 1e-5) * g + b
/// def logits(E, items, distances):
///     x = E[items] * d ** 0.5 + P[distances]
///     for w in B:
///         q, key, v = (p.reshape(-1, heads, d // heads)
///                      for p in jnp.split(norm(x, w["g1"], w["b1"]) @ w["qkv"], 3, -1))
///         s = jnp.einsum("qhc,khc->hqk", q, key) / (d // heads) ** 0.5
///         s = jnp.where(jnp.tril(jnp.ones(s.shape[1:], bool)), s, -jnp.inf)
///         x = x + jnp.einsum("hqk,khc->qhc", jax.nn.softmax(s), v).reshape(-1, d) @ w["mix"]
///         x = x + jax.nn.relu(norm(x, w["g2"], w["b2"]) @ w["up"] + w["ub"]) @ w["down"] + w["db"]
///     return norm(x, G, C) @ E.T
/// items, distances, targets = jnp.array([1, 3, 2]), jnp.array([3, 1, 0]), jnp.array([3, 2, 4])
/// loss = lambda E: -jnp.mean(jax.nn.log_softmax(logits(E, items, distances))[jnp.arange(3), targets])
/// print(logits(E, items, distances), loss(E), jax.grad(loss)(E))
/// ```
mod elsewhere {
    pub(super) const LOGITS: [[f64; 5]; 3] = [
        [0.025_588_663, 0.020_532_481, -0.064_280_988, 0.100_601_484, -0.125_296_944],
        [-0.032_047_087, 0.085_924_293, -0.129_872_491, 0.158_813_232, -0.169_402_258],
        [0.171_836_32, 0.101_699_086, -0.363_482_622, 0.583_263_808, -0.735_645_758],
    ];
    pub(super) const LOSS: f64 = 1.876_352_549_363_74;
    pub(super) const ITEM_GRADIENT: [[f64; 4]; 5] = [
        [0.062_271_97, 0.066_786_007, 0.036_252_246, -0.080_504_637],
        [0.094_662_665, -0.012_349_004, -0.017_402_136, 0.009_902_28],
        [0.117_402_308, -0.112_705_784, 0.025_450_115, 0.101_131_23],
        [0.132_956_936, 0.048_640_62, 0.041_598_762, -0.023_043_603],
        [-0.414_971_729, -0.042_261_906, -0.029_907_264, -0.003_909_077],
    ];
}

#[test]
fn logits_loss_and_gradient_equal_those_of_a_framework() {
    let dimensions = Dimensions {
        n_items: 5,
        n_features: 0,
        width: 4,
        blocks: 2,
        heads: 2,
        hidden: 6,
        max_len: 4,
        ..TINY
    };
    let weights = uneven(dimensions, 0.5);
    let batch = packed(&[&[(1, 3), (3, 1), (2, 0)]]);
    let mut activations = Activations::default();
    forward(&weights, &weights.items, &batch, EVERY, &mut activations);
    let results = &activations.final_norm.out;
    for (result, expected) in results.chunks_exact(4).zip(elsewhere::LOGITS) {
        for (item, expected) in weights.items.chunks_exact(4).zip(expected) {
            assert!((dot(result, item) - expected).abs() < 1e-8);
        }
    }
    let mut gradients = Gradients::default();
    gradients.reset(weights.items.len(), weights.dense.len());
    let mut by_result = Vec::new();
    let loss = softmax_loss(
        Predictions { results, targets: &[3, 2, 4], factor: 1.0 / 3.0 },
        Candidates { table: &weights.items, n: 5, corrections: &[] },
        &mut LossScratch::default(),
        &mut by_result,
        &mut gradients.table,
    );
    assert!((loss - elsewhere::LOSS).abs() < 1e-9, "{loss}");
    let scratch = &mut Scratch::default();
    backward(&weights, &batch, EVERY, &activations, &mut by_result, scratch, &mut gradients);
    for (gradient, expected) in gradients.table.iter().zip(elsewhere::ITEM_GRADIENT.as_flattened())
    {
        assert!((gradient - expected).abs() < 1e-8, "{gradient} is not {expected}");
    }
}

#[test]
fn an_event_never_changes_what_is_predicted_before_it() {
    let weights = uneven(TINY, 0.4);
    let history = [(1, 4), (3, 3), (2, 2), (6, 1), (0, 0)];
    let before = results(&weights, &[&history], EVERY);
    for t in 0..history.len() {
        let mut changed = history;
        changed[t].0 = (changed[t].0 + 2) % 7;
        let after = results(&weights, &[&changed], EVERY);
        let (past, rest) = before.split_at(t * TINY.width);
        assert_eq!(past, &after[..past.len()], "event {t} leaks into the past");
        for (now, then) in rest.chunks(TINY.width).zip(after[past.len()..].chunks(TINY.width)) {
            assert_ne!(now, then, "event {t} is not seen from it on");
        }
    }
}

#[test]
fn the_mark_of_an_event_never_changes_what_is_predicted_before_it() {
    let dimensions = Dimensions { n_kinds: Mark::N_KINDS, n_gaps: Mark::N_GAPS, ..TINY };
    let weights = uneven(dimensions, 0.4);
    let run = |history: &[(u32, u32, u8, u8)]| {
        let mut activations = Activations::default();
        forward(&weights, &weights.items, &marked(&[history]), EVERY, &mut activations);
        activations.final_norm.out
    };
    let history = [(1, 4, 1, 0), (3, 3, 6, 2), (2, 2, 6, 2), (6, 1, 3, 5), (0, 0, 0, 3)];
    let before = run(&history);
    for t in 0..history.len() {
        let (mut other_kind, mut other_gap) = (history, history);
        other_kind[t].2 = (history[t].2 + 1) % 10;
        other_gap[t].3 = (history[t].3 + 1) % 7;
        for after in [run(&other_kind), run(&other_gap)] {
            let (past, rest) = before.split_at(t * TINY.width);
            assert_eq!(past, &after[..past.len()], "the mark of event {t} leaks into the past");
            assert_ne!(rest[..TINY.width], after[past.len()..][..TINY.width]);
        }
    }
}

#[test]
fn packing_changes_nothing_and_the_newest_position_is_the_last_of_every() {
    let weights = uneven(TINY, 0.4);
    let histories: [&[(u32, u32)]; 3] =
        [&[(1, 4), (3, 3), (2, 2), (6, 1), (0, 0)], &[(4, 0)], &[(5, 2), (5, 0)]];
    let together = results(&weights, &histories, EVERY);
    let newest = results(&weights, &histories, Pass::SERVE);
    let mut alone = Vec::new();
    for (history, newest) in histories.iter().zip(newest.chunks_exact(TINY.width)) {
        alone.extend(results(&weights, &[history], EVERY));
        let last = &alone[alone.len() - TINY.width..];
        assert!(last.iter().zip(newest).all(|(a, b)| (a - b).abs() < 1e-12));
    }
    assert_eq!(together.len(), alone.len());
    assert!(together.iter().zip(&alone).all(|(a, b)| (a - b).abs() < 1e-12));
}

struct Random(ChaCha8Rng);

impl Random {
    fn values(&mut self, n: usize, spread: f64) -> Vec<f64> {
        (0..n).map(|_| (self.0.random::<f64>() - 0.5) * spread).collect()
    }
}

/// Loss and its gradients by definition, a row at a time with all logits at hand.
fn naive(
    rows: Predictions<'_, f64>,
    candidates: Candidates<'_, f64>,
    width: usize,
) -> (f64, Vec<f64>, Vec<f64>) {
    let mut by_result = vec![0.0; rows.results.len()];
    let mut by_item = vec![0.0; candidates.table.len()];
    let mut loss = 0.0;
    let item = |row: usize| &candidates.table[row * width..(row + 1) * width];
    for (r, &target) in rows.targets.iter().enumerate() {
        let target = target as usize;
        let result = &rows.results[r * width..(r + 1) * width];
        let others = (0..candidates.n).filter(|&row| row != target);
        let correction = |row: usize| candidates.corrections.get(row).copied().unwrap_or(0.0);
        let mut exponentials: Vec<_> =
            others.map(|row| (row, (dot(result, item(row)) + correction(row)).exp())).collect();
        exponentials.push((target, dot(result, item(target)).exp()));
        let total: f64 = exponentials.iter().map(|(_, e)| e).sum();
        loss -= rows.factor * (exponentials[exponentials.len() - 1].1 / total).ln();
        for (row, e) in exponentials {
            let is_target = if row == target { 1.0 } else { 0.0 };
            let slope = rows.factor * (e / total - is_target);
            for c in 0..width {
                by_result[r * width + c] += slope * item(row)[c];
                by_item[row * width + c] += slope * result[c];
            }
        }
    }
    (loss, by_result, by_item)
}

fn assert_fused_equals_naive(n_table: usize, n_candidates: usize, corrected: bool, spread: f64) {
    let (n_rows, width) = (37, 5);
    let mut random = Random(ChaCha8Rng::seed_from_u64(n_table as u64));
    let results = random.values(n_rows * width, spread);
    let table = random.values(n_table * width, spread);
    let corrections = random.values(if corrected { n_candidates } else { 0 }, 4.0);
    let targets: Vec<u32> = (0..n_rows).map(|r| (r * 97 % n_table) as u32).collect();
    let rows = Predictions { results: &results, targets: &targets, factor: 0.25 };
    let candidates = Candidates { table: &table, n: n_candidates, corrections: &corrections };
    let (mut by_result, mut by_item) = (Vec::new(), vec![0.0; table.len()]);
    let scratch = &mut LossScratch::default();
    let loss = softmax_loss(rows, candidates, scratch, &mut by_result, &mut by_item);
    let expected = naive(rows, candidates, width);
    assert!((loss - expected.0).abs() < 1e-9 * expected.0, "{loss} is not {}", expected.0);
    for (fused, naive) in [(by_result, expected.1), (by_item, expected.2)] {
        assert!(fused.iter().zip(&naive).all(|(a, b)| (a - b).abs() < 1e-9));
    }
}

#[test]
fn the_fused_loss_equals_the_naive_one_over_a_catalogue_of_several_tiles() {
    assert_fused_equals_naive(600, 600, false, 2.0);
}

#[test]
fn the_fused_loss_equals_the_naive_one_over_corrected_negatives() {
    assert_fused_equals_naive(600, 300, true, 2.0);
}

#[test]
fn the_fused_loss_survives_a_maximum_that_keeps_rising() {
    assert_fused_equals_naive(1200, 1100, false, 15.0);
}

#[test]
fn dropout_drops_its_share_and_keeps_the_mean() {
    let dropout = Dropout { rate: 0.4, key: 3 };
    let mut values = vec![1.0_f32; 100_000];
    dropout.apply(1, &mut values);
    let dropped = values.iter().filter(|value| **value == 0.0).count() as f32 / 1e5;
    let mean = values.iter().sum::<f32>() / 1e5;
    assert!((dropped - 0.4).abs() < 0.01 && (mean - 1.0).abs() < 0.02, "{dropped} {mean}");
    let mut others = vec![1.0_f32; 100_000];
    dropout.apply(2, &mut others);
    let agree = values.iter().zip(&others).filter(|(a, b)| a == b).count() as f32 / 1e5;
    assert!((agree - 0.52).abs() < 0.01, "sites are not independent: {agree}");
}
