//! Softmax cross-entropy against the whole catalogue or against sampled negatives, fused.
//!
//! Logits exist only tile by tile: each tile is exponentiated against a running maximum and its
//! share of the gradient is taken at once, unnormalised; one over the sum is folded in at the
//! end. Only exponentials of a few rows are kept, for the gradient of the items, because that
//! needs the sum inside the product.

use faer::Accum;
use kernels::matrix::{mm, resize, view, view_mut, zero};
use kernels::scalar::Scalar;
use kernels::vector::{add_scaled, dot, largest, sum};
use pulp::Arch;

/// Candidates per tile: a tile of logits and a tile of items fit the second-level cache.
const TILE: usize = 256;
/// Exponentials kept at once; 6 MB in single precision stay in a shared third-level cache.
const KEPT: usize = 1_500_000;
/// Fewer rows than this would make the products inefficient.
const FEWEST_ROWS: usize = 32;

/// The candidates that a target is compared with: the first rows of the item table.
#[derive(Clone, Copy)]
pub(crate) struct Candidates<'a, T> {
    /// Item vectors; targets may lie beyond the candidates. (rows, width)
    pub(crate) table: &'a [T],
    /// How many rows, from the first, are candidates.
    pub(crate) n: usize,
    /// Added to each candidate's logit, never to the target's: −log of how often it is expected
    /// among the negatives (Bengio & Senécal 2008), so that the sum over the negatives estimates
    /// that over the catalogue. Empty for none.
    pub(crate) corrections: &'a [T],
}

/// Rows whose loss is wanted.
#[derive(Clone, Copy)]
pub(crate) struct Predictions<'a, T> {
    /// The model's results. (rows, width)
    pub(crate) results: &'a [T],
    /// Table row of each row's target.
    pub(crate) targets: &'a [u32],
    /// Factor on the loss: one over the number of targets of the step.
    pub(crate) factor: T,
}

/// Room for one call; reused.
#[derive(Default)]
pub(crate) struct LossScratch<T> {
    /// Exponentials, tile by tile. (tiles, rows, TILE)
    exponentials: Vec<T>,
    /// The maximum each tile was exponentiated against. (tiles, rows)
    references: Vec<T>,
    running: Running<T>,
    scaled: Vec<T>,
}

/// Per row: the largest logit so far and the sum of exponentials against it.
#[derive(Default)]
struct Running<T> {
    highest: Vec<T>,
    total: Vec<T>,
    target_logit: Vec<T>,
}

/// Returns the summed loss times the factor, writes its gradient by the results into
/// `result_gradient` and adds that by the item vectors to `table_gradient`.
pub(crate) fn softmax_loss<T: Scalar>(
    predictions: Predictions<'_, T>,
    candidates: Candidates<'_, T>,
    scratch: &mut LossScratch<T>,
    result_gradient: &mut Vec<T>,
    table_gradient: &mut [T],
) -> f64 {
    let n = predictions.targets.len();
    zero(result_gradient, predictions.results.len());
    if n == 0 {
        return 0.0;
    }
    let width = predictions.results.len() / n;
    let n_rows = (KEPT / candidates.n.max(1)).max(FEWEST_ROWS);
    let results = predictions.results.chunks(n_rows * width);
    let targets = predictions.targets.chunks(n_rows);
    let gradients = result_gradient.chunks_mut(n_rows * width);
    let mut loss = 0.0;
    for ((results, targets), result_gradient) in results.zip(targets).zip(gradients) {
        let rows = Predictions { results, targets, factor: predictions.factor };
        forward_tiles(rows, candidates, scratch, result_gradient);
        item_gradients(rows, candidates, scratch, table_gradient);
        loss += fold_targets(rows, candidates, &scratch.running, result_gradient, table_gradient);
    }
    loss
}

/// Logits, exponentials, sums, and the unnormalised gradient by the results.
fn forward_tiles<T: Scalar>(
    rows: Predictions<'_, T>,
    candidates: Candidates<'_, T>,
    scratch: &mut LossScratch<T>,
    result_gradient: &mut [T],
) {
    let n = rows.targets.len();
    let width = rows.results.len() / n;
    let n_tiles = candidates.n.div_ceil(TILE);
    start(rows, candidates, &mut scratch.running);
    resize(&mut scratch.exponentials, n * candidates.n);
    resize(&mut scratch.references, n_tiles * n);
    let tiles = candidates.table[..candidates.n * width].chunks(TILE * width);
    let kept = scratch.exponentials.chunks_mut(n * TILE);
    let references = scratch.references.chunks_exact_mut(n);
    for (t, ((items, logits), references)) in tiles.zip(kept).zip(references).enumerate() {
        let size = items.len() / width;
        mm(
            view_mut(logits, n, size),
            Accum::Replace,
            view(rows.results, n, width),
            view(items, size, width).transpose(),
            T::of(1.0),
        );
        let first = t * TILE;
        let corrections = candidates.corrections.get(first..first + size).unwrap_or(&[]);
        let tile = Tile { first, size, corrections };
        exponentiate(logits, tile, rows.targets, &mut scratch.running, result_gradient);
        references.copy_from_slice(&scratch.running.highest);
        mm(
            view_mut(result_gradient, n, width),
            Accum::Add,
            view(logits, n, size),
            view(items, size, width),
            T::of(1.0),
        );
    }
}

/// The target itself opens each sum, so that a good model's maximum rarely moves.
fn start<T: Scalar>(
    rows: Predictions<'_, T>,
    candidates: Candidates<'_, T>,
    running: &mut Running<T>,
) {
    let width = rows.results.len() / rows.targets.len();
    running.target_logit.clear();
    let results = rows.results.chunks_exact(width).zip(rows.targets);
    running.target_logit.extend(results.map(|(result, &target)| {
        dot(result, &candidates.table[target as usize * width..][..width])
    }));
    running.highest.clone_from(&running.target_logit);
    running.total.clear();
    running.total.resize(rows.targets.len(), T::of(1.0));
}

#[derive(Clone, Copy)]
struct Tile<'a, T> {
    first: usize,
    size: usize,
    corrections: &'a [T],
}

/// Turns a tile of logits into exponentials against the running maximum, moving it where it
/// rises. The target's own place becomes zero: it is counted already.
fn exponentiate<T: Scalar>(
    logits: &mut [T],
    tile: Tile<'_, T>,
    targets: &[u32],
    running: &mut Running<T>,
    result_gradient: &mut [T],
) {
    let width = result_gradient.len() / targets.len();
    let state = running.highest.iter_mut().zip(&mut running.total);
    let rows = logits.chunks_exact_mut(tile.size).zip(result_gradient.chunks_exact_mut(width));
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for (((logits, gradient), (highest, total)), target) in rows.zip(state).zip(targets) {
                if !tile.corrections.is_empty() {
                    add_scaled(logits, tile.corrections, T::of(1.0));
                }
                let own = (*target as usize).wrapping_sub(tile.first);
                if let Some(logit) = logits.get_mut(own) {
                    *logit = T::LOWEST;
                }
                let tile_highest = largest(logits);
                if tile_highest > *highest {
                    let shrink = (*highest - tile_highest).exponential();
                    *highest = tile_highest;
                    *total *= shrink;
                    for value in gradient.iter_mut() {
                        *value *= shrink;
                    }
                }
                for logit in logits.iter_mut() {
                    *logit = (*logit - *highest).exponential();
                }
                if let Some(logit) = logits.get_mut(own) {
                    *logit = T::default();
                }
                *total += sum(logits);
            }
        },
    );
}

/// Adds probabilityᵀ · result to the gradient of every candidate, tile by tile.
fn item_gradients<T: Scalar>(
    rows: Predictions<'_, T>,
    candidates: Candidates<'_, T>,
    scratch: &mut LossScratch<T>,
    table_gradient: &mut [T],
) {
    let n = rows.targets.len();
    let width = rows.results.len() / n;
    resize(&mut scratch.scaled, n * width);
    let tiles = table_gradient[..candidates.n * width].chunks_mut(TILE * width);
    let kept = scratch.exponentials.chunks(n * TILE);
    let references = scratch.references.chunks_exact(n);
    for ((into, exponentials), references) in tiles.zip(kept).zip(references) {
        let size = into.len() / width;
        let state = scratch.running.highest.iter().zip(&scratch.running.total);
        let scaled = scratch.scaled.chunks_exact_mut(width);
        let results = rows.results.chunks_exact(width);
        for (((scaled, result), (highest, total)), reference) in
            scaled.zip(results).zip(state).zip(references)
        {
            let scale = rows.factor * (*reference - *highest).exponential() / *total;
            for (scaled, value) in scaled.iter_mut().zip(result) {
                *scaled = scale * *value;
            }
        }
        mm(
            view_mut(into, size, width),
            Accum::Add,
            view(exponentials, n, size).transpose(),
            view(&scratch.scaled, n, width),
            T::of(1.0),
        );
    }
}

/// Normalises the gradient by the results, adds the targets' own part, and sums the loss.
fn fold_targets<T: Scalar>(
    rows: Predictions<'_, T>,
    candidates: Candidates<'_, T>,
    running: &Running<T>,
    result_gradient: &mut [T],
    table_gradient: &mut [T],
) -> f64 {
    let width = rows.results.len() / rows.targets.len();
    let mut loss = 0.0;
    let results = rows.results.chunks_exact(width);
    let gradients = result_gradient.chunks_exact_mut(width);
    for (i, (result, gradient)) in results.zip(gradients).enumerate() {
        let (highest, total) = (running.highest[i], running.total[i]);
        let own_logit = running.target_logit[i];
        let own = (own_logit - highest).exponential() / total;
        let pull = rows.factor * (own - T::of(1.0));
        let at = rows.targets[i] as usize * width;
        for value in gradient.iter_mut() {
            *value *= rows.factor / total;
        }
        add_scaled(gradient, &candidates.table[at..at + width], pull);
        add_scaled(&mut table_gradient[at..at + width], result, pull);
        loss += (highest + total.logarithm() - own_logit).to_f64();
    }
    loss * rows.factor.to_f64()
}
