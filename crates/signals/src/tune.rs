//! The search for constants: seeded random settings first, then one constant at a time around the
//! best, every setting measured on the same bench: by NDCG@10 on validation
//! shoppers, or by shoppers' choices among impressions.
//!
//! Only validation is looked at, and the search ends with its budget.

mod coordinates;
mod trial;

use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

pub(crate) use coordinates::{Coordinate, coordinates};
pub(crate) use trial::TrialBench;

use crate::{Constants, Progress, Stage, TuningConfig, Watch};

/// One in so many trials is spent on random settings before the walk begins.
const RANDOM_SHARE: usize = 5;

/// The result of a search.
pub(crate) struct Found {
    pub(crate) constants: Constants,
    pub(crate) n_trials: usize,
    /// The time budget ended the search.
    pub(crate) cut_short: bool,
}

/// The bench that settings are measured on.
pub(crate) trait Bench {
    /// The constants worth searching here.
    fn coordinates(&self) -> Vec<Coordinate>;

    /// How good a setting is; the more the better.
    fn quality(&mut self, constants: &Constants) -> f32;
}

/// Searches from `start` within the budget.
pub(crate) fn search(
    bench: &mut dyn Bench,
    start: &Constants,
    config: &TuningConfig,
    seed: u64,
    watch: &dyn Watch,
) -> Found {
    let mut search = Search {
        coordinates: bench.coordinates(),
        best_quality: bench.quality(start),
        best: start.clone(),
        n_trials: 1,
        max_trials: config.max_trials,
        deadline: Instant::now() + Duration::from_secs_f32(config.max_seconds.min(1e6)),
        bench,
        watch,
    };
    search.draw_at_random(seed);
    search.walk();
    Found {
        cut_short: search.n_trials < config.max_trials && search.is_over(),
        n_trials: search.n_trials,
        constants: search.best,
    }
}

struct Search<'s> {
    bench: &'s mut dyn Bench,
    coordinates: Vec<Coordinate>,
    best: Constants,
    best_quality: f32,
    n_trials: usize,
    max_trials: usize,
    deadline: Instant,
    watch: &'s dyn Watch,
}

impl Search<'_> {
    fn is_over(&self) -> bool {
        self.n_trials >= self.max_trials || Instant::now() >= self.deadline
    }

    /// Measures a setting and keeps it when it is the best so far.
    fn improves(&mut self, constants: Constants) -> bool {
        let quality = self.bench.quality(&constants);
        self.n_trials += 1;
        self.watch.on_progress(Progress {
            done: self.n_trials,
            of: self.max_trials,
            ..Progress::of(Stage::Constants)
        });
        let is_better = quality > self.best_quality;
        if is_better {
            (self.best, self.best_quality) = (constants, quality);
        }
        is_better
    }

    fn draw_at_random(&mut self, seed: u64) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        for _ in 0..self.max_trials / RANDOM_SHARE {
            if self.is_over() {
                return;
            }
            let mut constants = self.best.clone();
            for coordinate in &self.coordinates {
                coordinate.set_place(&mut constants, rng.random::<f32>());
            }
            self.improves(constants);
        }
    }

    /// One constant at a time: a step up, or else a step down, or else half the step next time.
    fn walk(&mut self) {
        let mut steps: Vec<f32> = self.coordinates.iter().map(|c| c.first_step).collect();
        while !self.is_over() && steps.iter().any(|&step| step > 0.01) {
            for (at, step) in steps.iter_mut().enumerate() {
                if self.is_over() {
                    return;
                }
                let moved = self.step(at, *step) || (!self.is_over() && self.step(at, -*step));
                *step *= if moved { 1.0 } else { 0.5 };
            }
        }
    }

    fn step(&mut self, at: usize, step: f32) -> bool {
        let coordinate = &self.coordinates[at];
        let mut constants = self.best.clone();
        coordinate.set_place(&mut constants, coordinate.place(&self.best) + step);
        constants != self.best && self.improves(constants)
    }
}

#[cfg(test)]
mod tests;
