//! The same evaluation by several seeds: how much of a difference is luck.
//!
//! Each seed chooses constants on validation and trains anew; only the split is the same. Refuses
//! to pick the best of them.

use metrics::{EvaluationReport, Metric, PairedDifference, Seen};
use serde::{Deserialize, Serialize};

/// What one seed came to on the test events, seen items masked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeedRun {
    /// Seed of the search for constants and of the Transformer.
    pub seed: u64,
    /// The Transformer alone, the blend, and the blend without it.
    pub models: Vec<SeedScore>,
    /// NDCG@10 of the blend above that of the blend without the Transformer, where there is one.
    pub gain_of_sequence: Option<PairedDifference>,
}

/// One model of one seed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeedScore {
    /// Name of the ranker.
    pub model: String,
    /// HR@10.
    pub hit_rate_at_10: f64,
    /// NDCG@10.
    pub ndcg_at_10: f64,
}

/// One model over all seeds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spread {
    /// Name of the ranker.
    pub model: String,
    /// Seeds that have it: a Transformer that does not earn its weight is not kept.
    pub n_seeds: usize,
    /// Mean and standard deviation of HR@10 over seeds.
    pub hit_rate_at_10: MeanSd,
    /// The same of NDCG@10.
    pub ndcg_at_10: MeanSd,
}

/// A mean over seeds, and the sample standard deviation (divisor n − 1).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MeanSd {
    /// The mean.
    pub mean: f64,
    /// The standard deviation; `None` with one seed.
    pub sd: Option<f64>,
}

impl MeanSd {
    fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>();
        Self { mean, sd: (values.len() > 1).then(|| (squares / (n - 1.0)).sqrt()) }
    }
}

impl SeedRun {
    /// Reads it off a report that asked these models.
    pub(super) fn of(seed: u64, report: &EvaluationReport, models: &[String]) -> Self {
        let score = |model: &String| {
            let is_it = |row: &&metrics::Row| row.model == *model && row.seen == Seen::Masked;
            let row = report.rows.iter().find(is_it)?;
            Some(SeedScore {
                model: row.model.clone(),
                hit_rate_at_10: row.estimate(Metric::HitRate(10))?.mean,
                ndcg_at_10: row.estimate(Metric::Ndcg(10))?.mean,
            })
        };
        let without = report.comparisons.iter().find(|c| c.against == super::WITHOUT_SEQUENCE);
        Self {
            seed,
            models: models.iter().filter_map(score).collect(),
            gain_of_sequence: without.map(|comparison| comparison.ndcg_at_10),
        }
    }
}

/// Every model over the seeds, in the order of the first that has it.
#[must_use]
pub fn spreads(runs: &[SeedRun]) -> Vec<Spread> {
    let mut names: Vec<&str> = Vec::new();
    for score in runs.iter().flat_map(|run| &run.models) {
        if !names.contains(&score.model.as_str()) {
            names.push(&score.model);
        }
    }
    let spread = |name: &str| {
        let scores = runs.iter().flat_map(|run| &run.models).filter(|score| score.model == name);
        let (hit_rates, ndcgs): (Vec<f64>, Vec<f64>) =
            scores.map(|score| (score.hit_rate_at_10, score.ndcg_at_10)).unzip();
        Spread {
            model: name.to_owned(),
            n_seeds: ndcgs.len(),
            hit_rate_at_10: MeanSd::of(&hit_rates),
            ndcg_at_10: MeanSd::of(&ndcgs),
        }
    };
    names.into_iter().map(spread).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(seed: u64, scores: &[(&str, f64)]) -> SeedRun {
        let score = |&(model, ndcg): &(&str, f64)| SeedScore {
            model: model.to_owned(),
            hit_rate_at_10: 2.0 * ndcg,
            ndcg_at_10: ndcg,
        };
        SeedRun { seed, models: scores.iter().map(score).collect(), gain_of_sequence: None }
    }

    /// Of .1, .2 and .6: mean .3, squares .04 + .01 + .09 = .14 over 2, root .264575.
    #[test]
    fn a_spread_is_the_mean_and_the_sample_deviation_of_the_seeds_that_have_the_model() {
        let runs = [
            run(1, &[("sequence", 0.05), ("blend", 0.1)]),
            run(2, &[("blend", 0.2)]),
            run(3, &[("blend", 0.6)]),
        ];
        let found = spreads(&runs);
        assert_eq!((found[0].model.as_str(), found[0].n_seeds), ("sequence", 1));
        assert_eq!(found[0].ndcg_at_10, MeanSd { mean: 0.05, sd: None });
        let blend = &found[1];
        assert_eq!(blend.n_seeds, 3);
        assert!((blend.ndcg_at_10.mean - 0.3).abs() < 1e-12);
        assert!((blend.ndcg_at_10.sd.unwrap() - 0.264_575).abs() < 1e-6);
        assert!((blend.hit_rate_at_10.mean - 0.6).abs() < 1e-12);
    }
}
