//! Projected Newton for the convex loss of the blend: a handful of weights, all of them ≥ 0.
//! Sums are taken in the order of the examples, so that the same examples give the same weights on any
//! number of threads.

use rayon::prelude::*;

use super::Example;

/// A pull to zero that keeps weights finite when the data would have them infinite.
const RIDGE: f64 = 1e-4;
const MAX_STEPS: usize = 50;
/// Examples summed by one task; fixed, so that rounding does not depend on the number of threads.
const CHUNK: usize = 128;

/// Loss with its gradient and Hessian (n_signals × n_signals, row by row).
#[derive(Clone)]
struct Slope {
    loss: f64,
    gradient: Vec<f64>,
    hessian: Vec<f64>,
}

/// −ln p of what was chosen, under some weights.
pub(crate) fn loss(example: &Example, weights: &[f64]) -> f64 {
    let logits: Vec<f64> =
        example.z.chunks_exact(weights.len()).map(|row| dot(row, weights)).collect();
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    largest + logits.iter().map(|logit| (logit - largest).exp()).sum::<f64>().ln() - logits[0]
}

fn dot(row: &[f32], weights: &[f64]) -> f64 {
    row.iter().zip(weights).map(|(z, w)| f64::from(*z) * w).sum()
}

/// The weights w ≥ 0 of least mean cross-entropy; `active` says which may differ from 0.
pub(crate) fn learn(examples: &[Example], active: &[bool]) -> Vec<f64> {
    let mut weights = vec![0.0; active.len()];
    if examples.is_empty() {
        return weights;
    }
    let mut slope = slope_at(examples, &weights);
    for _ in 0..MAX_STEPS {
        let is_free = |s: usize| active[s] && (weights[s] > 0.0 || slope.gradient[s] < 0.0);
        let free: Vec<usize> = (0..active.len()).filter(|&s| is_free(s)).collect();
        let step = newton_step(&slope, &free);
        let Some((next, next_slope)) = line_search(examples, &weights, &slope, &step) else {
            break;
        };
        let gained = slope.loss - next_slope.loss;
        (weights, slope) = (next, next_slope);
        if gained < 1e-10 {
            break;
        }
    }
    weights
}

/// Halves the step until the loss falls; `None` when it does not.
fn line_search(
    examples: &[Example],
    weights: &[f64],
    slope: &Slope,
    step: &[f64],
) -> Option<(Vec<f64>, Slope)> {
    (0..20).find_map(|halvings| {
        let length = 0.5f64.powi(halvings);
        let next: Vec<f64> =
            weights.iter().zip(step).map(|(w, step)| (w + length * step).max(0.0)).collect();
        let next_slope = slope_at(examples, &next);
        (next_slope.loss < slope.loss).then_some((next, next_slope))
    })
}

fn slope_at(examples: &[Example], weights: &[f64]) -> Slope {
    let n_signals = weights.len();
    let empty = Slope {
        loss: 0.0,
        gradient: vec![0.0; n_signals],
        hessian: vec![0.0; n_signals * n_signals],
    };
    let partial = |chunk: &[Example]| {
        let mut sum = empty.clone();
        chunk.iter().for_each(|example| add_example(example, weights, &mut sum));
        sum
    };
    let partials: Vec<Slope> = examples.par_chunks(CHUNK).map(partial).collect();
    let mut total = empty.clone();
    let share = 1.0 / examples.iter().map(|e| f64::from(e.weight)).sum::<f64>().max(1e-12);
    for partial in partials {
        total.loss += share * partial.loss;
        add_scaled(&mut total.gradient, share, &partial.gradient);
        add_scaled(&mut total.hessian, share, &partial.hessian);
    }
    for (s, weight) in weights.iter().enumerate() {
        total.loss += 0.5 * RIDGE * weight * weight;
        total.gradient[s] += RIDGE * weight;
        total.hessian[s * n_signals + s] += RIDGE;
    }
    total
}

/// loss = ln Σ exp(w·z) − w·z_target, gradient = E[z] − z_target, Hessian = Cov[z].
fn add_example(example: &Example, weights: &[f64], sum: &mut Slope) {
    let n_signals = weights.len();
    let (rows, share) = (|| example.z.chunks_exact(n_signals), f64::from(example.weight));
    let logits: Vec<f64> = rows().map(|row| dot(row, weights)).collect();
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let masses: Vec<f64> = logits.iter().map(|logit| (logit - largest).exp()).collect();
    let total: f64 = masses.iter().sum();
    let mut mean = vec![0.0; n_signals];
    let mut second = vec![0.0; n_signals * n_signals];
    for (row, mass) in rows().zip(&masses) {
        for (a, &za) in row.iter().enumerate() {
            let part = mass / total * f64::from(za);
            mean[a] += part;
            for (b, &zb) in row.iter().enumerate() {
                second[a * n_signals + b] += part * f64::from(zb);
            }
        }
    }
    sum.loss += share * (largest + total.ln() - logits[0]);
    for a in 0..n_signals {
        sum.gradient[a] += share * (mean[a] - f64::from(example.z[a]));
        for b in 0..n_signals {
            let covariance = second[a * n_signals + b] - mean[a] * mean[b];
            sum.hessian[a * n_signals + b] += share * covariance;
        }
    }
}

fn add_scaled(to: &mut [f64], factor: f64, from: &[f64]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += factor * from);
}

/// −H⁻¹·g on the free weights, 0 elsewhere, by Cholesky (the ridge keeps H positive definite).
fn newton_step(slope: &Slope, free: &[usize]) -> Vec<f64> {
    let (n_signals, n) = (slope.gradient.len(), free.len());
    let entry = |a: usize, b: usize| slope.hessian[free[a] * n_signals + free[b]];
    let mut lower = vec![0.0; n * n];
    for a in 0..n {
        for b in 0..=a {
            let known: f64 = (0..b).map(|k| lower[a * n + k] * lower[b * n + k]).sum();
            lower[a * n + b] = match a == b {
                true => (entry(a, a) - known).max(1e-12).sqrt(),
                false => (entry(a, b) - known) / lower[b * n + b],
            };
        }
    }
    let mut solution: Vec<f64> = free.iter().map(|&s| -slope.gradient[s]).collect();
    for a in 0..n {
        let known: f64 = (0..a).map(|k| lower[a * n + k] * solution[k]).sum();
        solution[a] = (solution[a] - known) / lower[a * n + a];
    }
    for a in (0..n).rev() {
        let known: f64 = (a + 1..n).map(|k| lower[k * n + a] * solution[k]).sum();
        solution[a] = (solution[a] - known) / lower[a * n + a];
    }
    let mut step = vec![0.0; n_signals];
    free.iter().zip(solution).for_each(|(&s, value)| step[s] = value);
    step
}
