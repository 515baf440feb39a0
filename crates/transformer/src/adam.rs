//! AdamW (Kingma & Ba 2015; Loshchilov & Hutter 2019) over the sum of several gradients.
//!
//! Gradients of the shares of a step are added here, in their order, so that no other pass over
//! memory is needed. Item rows a step did not touch are left alone, moments included (lazy).

use rayon::prelude::*;

use super::backward::Gradients;
use super::weights::{Dimensions, Weights};

const BETA: [f32; 2] = [0.9, 0.98];
const EPSILON: f32 = 1e-8;
/// Values per unit of parallel work.
const BLOCK: usize = 1 << 14;

/// First and second moments of every weight, and how many steps were taken.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Adam {
    pub(crate) step: u64,
    pub(crate) first: Weights<f32>,
    pub(crate) second: Weights<f32>,
}

/// Which item a row of the gradients' table belongs to.
#[derive(Clone, Copy)]
pub(crate) enum TableRows<'a> {
    /// Row i is item i.
    All,
    /// Row i is the item at i, where its embedding took part; [`TableRows::SKIP`] where not.
    Some(&'a [u32]),
}

impl TableRows<'_> {
    /// A row whose item keeps its embedding.
    pub(crate) const SKIP: u32 = u32::MAX;
}

#[derive(Clone, Copy)]
struct Rate {
    step_size: f32,
    decay: f32,
    correction: [f32; 2],
}

impl Adam {
    /// No steps taken.
    pub(crate) fn new(dimensions: Dimensions) -> Self {
        Self { step: 0, first: Weights::zeros(dimensions), second: Weights::zeros(dimensions) }
    }

    /// One step down the sum of `gradients`. `decay` is per step, already times the step size.
    pub(crate) fn descend(
        &mut self,
        weights: &mut Weights<f32>,
        gradients: &[&Gradients<f32>],
        rows: TableRows<'_>,
        [step_size, decay]: [f32; 2],
    ) {
        self.step += 1;
        let power = i32::try_from(self.step).unwrap_or(i32::MAX);
        let correction = BETA.map(|beta| 1.0 - beta.powi(power));
        let rate = Rate { step_size, decay, correction };
        let dense: Vec<&[f32]> = gradients.iter().map(|g| g.dense.as_slice()).collect();
        let state = [&mut weights.dense, &mut self.first.dense, &mut self.second.dense];
        descend_all(state.map(Vec::as_mut_slice), &dense, rate);
        let table: Vec<&[f32]> = gradients.iter().map(|g| g.table.as_slice()).collect();
        let state = [&mut weights.items, &mut self.first.items, &mut self.second.items];
        let state = state.map(Vec::as_mut_slice);
        match rows {
            TableRows::All => descend_all(state, &table, rate),
            TableRows::Some(rows) => {
                descend_rows(state, &table, rows, weights.dimensions.width, rate);
            }
        }
    }
}

fn descend_all([weights, first, second]: [&mut [f32]; 3], gradients: &[&[f32]], rate: Rate) {
    let blocks = weights.par_chunks_mut(BLOCK).zip(first.par_chunks_mut(BLOCK));
    let blocks = blocks.zip(second.par_chunks_mut(BLOCK));
    blocks.enumerate().for_each(|(b, ((weights, first), second))| {
        update([weights, first, second], gradients, b * BLOCK, rate);
    });
}

fn descend_rows(
    [weights, first, second]: [&mut [f32]; 3],
    gradients: &[&[f32]],
    rows: &[u32],
    width: usize,
    rate: Rate,
) {
    for (row, &item) in rows.iter().enumerate() {
        if item == TableRows::SKIP {
            continue;
        }
        let at = item as usize * width..(item as usize + 1) * width;
        let state = [&mut weights[at.clone()], &mut first[at.clone()], &mut second[at]];
        update(state, gradients, row * width, rate);
    }
}

/// Updates consecutive weights whose gradients begin at `from` in each share.
fn update(
    [weights, first, second]: [&mut [f32]; 3],
    gradients: &[&[f32]],
    from: usize,
    rate: Rate,
) {
    let n = weights.len();
    pulp::Arch::new().dispatch(
        #[inline(always)]
        || {
            let mut sum = [0.0_f32; 64];
            for start in (0..n).step_by(sum.len()) {
                let size = sum.len().min(n - start);
                sum.fill(0.0);
                for share in gradients {
                    let share = &share[from + start..][..size];
                    for (sum, value) in sum.iter_mut().zip(share) {
                        *sum += *value;
                    }
                }
                let state = weights[start..start + size].iter_mut().zip(&sum);
                let moments = first[start..start + size].iter_mut();
                let moments = moments.zip(second[start..start + size].iter_mut());
                for ((weight, gradient), (first, second)) in state.zip(moments) {
                    *first = BETA[0] * *first + (1.0 - BETA[0]) * gradient;
                    *second = BETA[1] * *second + (1.0 - BETA[1]) * gradient * gradient;
                    let mean = *first / rate.correction[0];
                    let spread = (*second / rate.correction[1]).sqrt() + EPSILON;
                    *weight -= rate.step_size * mean / spread + rate.decay * *weight;
                }
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SequenceConfig;

    /// Two items of one number each, gradients coming in two shares.
    fn descend(rows: TableRows<'_>, table: [f32; 2], adam: &mut Adam, weights: &mut Weights<f32>) {
        let dense = vec![0.0; weights.dense.len()];
        let share = |factor: f32| Gradients {
            table: table.map(|value| factor * value).to_vec(),
            dense: dense.clone(),
        };
        let shares = [share(0.25), share(0.75)];
        let shares: Vec<_> = shares.iter().collect();
        adam.descend(weights, &shares, rows, [0.1, 0.001]);
    }

    fn start() -> (Adam, Weights<f32>) {
        let narrow = SequenceConfig { width: 1, hidden: 1, ..SequenceConfig::default() };
        let dimensions = Dimensions::new(&narrow, 2, 0);
        let mut weights = Weights::zeros(dimensions);
        weights.items.copy_from_slice(&[0.5, -0.3]);
        (Adam::new(dimensions), weights)
    }

    /// Made with optax 0.2.8 in double precision:
    /// ```python
    /// adam = optax.adamw(0.1, b1=0.9, b2=0.98, eps=1e-8, weight_decay=0.01)
    /// w = jnp.array([0.5, -0.3]); s = adam.init(w)
    /// for g in ([1.0, -0.2], [0.5, 0.4], [-2.0, 0.1]):
    ///     u, s = adam.update(jnp.array(g), s, w); w = optax.apply_updates(w, u)
    /// ```
    #[test]
    fn three_steps_equal_those_of_a_framework() {
        let (mut adam, mut weights) = start();
        for gradient in [[1.0, -0.2], [0.5, 0.4], [-2.0, 0.1]] {
            descend(TableRows::All, gradient, &mut adam, &mut weights);
        }
        for (weight, expected) in weights.items.iter().zip([0.325_830_08, -0.277_393_76]) {
            assert!((weight - expected).abs() < 1e-6, "{weight} is not {expected}");
        }
    }

    #[test]
    fn items_a_step_did_not_touch_are_left_alone() {
        let (mut adam, mut weights) = start();
        let rows = [1, TableRows::SKIP];
        descend(TableRows::Some(&rows), [1.0, 9.0], &mut adam, &mut weights);
        assert_eq!((weights.items[0], adam.first.items[0]), (0.5, 0.0));
        assert!(weights.items[1] < -0.39);
    }
}
