//! Blend weights by softmax cross-entropy over candidates: which weights make the held-out items
//! most likely?
//!
//! −log p(target) = −w·z_target + ln Σ_c m_c · exp(w·z_c) is convex in w, so that a few projected
//! Newton steps find the one best w ≥ 0. The sum runs over the strongest candidates one by one and
//! over a uniform sample that stands for all the others (m_c items each), which leaves the sum
//! over all items unbiased. Refuses to judge whether a signal is worth its weight: `earn` does.

mod newton;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

pub(crate) use newton::learn;

use crate::validation::Case;
use crate::{ItemIdx, Signal};

/// How many candidates of each signal's top count one by one.
const N_STRONGEST: usize = 40;
/// How many sampled candidates stand for all the others.
const N_SAMPLED: usize = 100;

/// Candidates of one held-out item; the first is the held-out item itself.
pub(crate) struct Example {
    /// z of every candidate: (n_candidates, n_signals), row by row.
    pub(crate) candidates: Vec<f32>,
    /// How many items each candidate stands for.
    pub(crate) multiplicity: Vec<f32>,
}

/// Draws the candidates of every case. `scales` turn raw scores into z.
pub(crate) fn examples(
    cases: &[Case],
    n_items: usize,
    signals: &[(f32, &dyn Signal)],
    seed: u64,
) -> Vec<Example> {
    let example = |(number, case): (usize, &Case)| {
        let scaled = |(scale, signal): &(f32, &dyn Signal)| {
            let mut scores = vec![0.0; n_items];
            signal.add_scores(case.query(), 1.0 / scale, &mut scores);
            scores
        };
        let z: Vec<Vec<f32>> = signals.iter().map(scaled).collect();
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(number as u64);
        let drawn = draw(case, &z, &mut rng);
        let row = |&(item, _): &(ItemIdx, f32)| z.iter().map(move |z| z[item as usize]).collect();
        let rows: Vec<Vec<f32>> = drawn.iter().map(row).collect();
        Example {
            candidates: rows.concat(),
            multiplicity: drawn.iter().map(|&(_, multiplicity)| multiplicity).collect(),
        }
    };
    cases.par_iter().enumerate().map(example).collect()
}

/// The held-out item, the strongest of each signal, and a sample of the rest, each with the number
/// of items it stands for.
fn draw(case: &Case, z: &[Vec<f32>], rng: &mut ChaCha8Rng) -> Vec<(ItemIdx, f32)> {
    let n_items = z.first().map_or(0, Vec::len);
    let mut chosen = vec![case.target];
    let mut taken: FxHashSet<ItemIdx> = case.known.iter().copied().collect();
    taken.insert(case.target);
    for scores in z {
        chosen.extend(strongest(scores).into_iter().filter(|&item| taken.insert(item)));
    }
    let mut drawn: Vec<(ItemIdx, f32)> = chosen.into_iter().map(|item| (item, 1.0)).collect();
    let n_rest = n_items - taken.len();
    if n_rest <= 2 * N_SAMPLED {
        drawn.extend(
            (0..n_items as u32).filter(|item| !taken.contains(item)).map(|item| (item, 1.0)),
        );
        return drawn;
    }
    let mut n_missing = N_SAMPLED;
    while n_missing > 0 {
        let item = rng.random_range(0..n_items as u32);
        if taken.insert(item) {
            drawn.push((item, n_rest as f32 / N_SAMPLED as f32));
            n_missing -= 1;
        }
    }
    drawn
}

/// The items of the highest scores, in no particular order.
fn strongest(scores: &[f32]) -> Vec<ItemIdx> {
    let mut items: Vec<ItemIdx> =
        (0..scores.len() as u32).filter(|&i| scores[i as usize] > 0.0).collect();
    if items.len() > N_STRONGEST {
        let descending = |a: &ItemIdx, b: &ItemIdx| {
            scores[*b as usize].total_cmp(&scores[*a as usize]).then(a.cmp(b))
        };
        items.select_nth_unstable_by(N_STRONGEST, descending);
        items.truncate(N_STRONGEST);
        items.sort_unstable();
    }
    items
}

#[cfg(test)]
mod tests;
