//! The offline gate: whether a new model may be shown to shoppers at all.
//!
//! The new constants are those that make likelier what shoppers took of what they were shown, as
//! soon as enough of them took something; until then, those that find events held out. What comes
//! next is easier to foretell than what is worth showing, and not the same.
//!
//! Both models' constants are fitted on what lies before each shopper's last event and asked for it.
//! New constants were chosen without those events, or judged on the choices of other shoppers, so
//! that little flatters them; the old ones may have seen some, which only makes the gate harder to
//! pass.

use std::sync::Arc;

use crate::optimise::OptimiseConfig;
use domain::ModelVersion;
use metrics::split;
use metrics::{EvaluateOptions, Metric, Ranker, Resampling, ask, paired_bootstrap};
use serde::{Deserialize, Serialize};
use signals::{
    ChoiceGain, Constants, FitReport, Model, Progress, Query, SignalsConfig, TrainingData,
};

use crate::outcomes::Outcomes;
use shop::{Shop, ShopError};
use training::gather::Gathered;

/// With fewer cases nothing is compared.
const FEWEST_CASES: usize = 30;
/// Resamples behind the interval.
const N_BOOTSTRAP: usize = 1_000;

/// What the gate found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    /// Shoppers asked for their last event.
    pub n_cases: usize,
    /// NDCG@10 of the model in use.
    pub champion: f64,
    /// NDCG@10 of the new one.
    pub challenger: f64,
    /// New minus old, with its 95 % interval by paired bootstrap over shoppers.
    pub difference: f64,
    /// Its interval.
    pub ci: [f64; 2],
    /// How much the new one may lack.
    pub margin: f64,
    /// What lists that were shown taught, where there were enough of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<ChoiceGain>,
    /// Whether it goes on trial.
    pub passed: bool,
}

/// A model under the questions of an evaluation.
pub struct Asked(pub Model);

impl Ranker for Asked {
    fn name(&self) -> String {
        "model".to_owned()
    }

    fn score(&self, query: Query<'_>, scores: &mut Vec<f32>) {
        self.0.score(query, scores);
    }
}

impl Gate {
    /// What was found, in a sentence.
    pub(super) fn why(&self) -> String {
        let next = format!("NDCG@10 {:+.4} (from {:+.4})", self.difference, self.ci[0]);
        match self.taken.filter(ChoiceGain::is_significant).map(|taken| taken.likelier()) {
            Some([mean, least]) => {
                format!("{next}; what was taken {mean:+.1} % likelier (from {least:+.1} %)")
            }
            None => next,
        }
    }
}

/// Chooses constants anew on what lies before each shopper's last event, and compares them with
/// those of the model in use. `None`: too few shoppers to compare on.
pub(super) fn gate(
    shop: &Shop,
    gathered: &Gathered,
    champion: &ModelVersion,
    outcomes: &Outcomes,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(Option<Gate>, FitReport), ShopError> {
    let settings = shop.config::<SignalsConfig>();
    let split = split::leave_one_out(&gathered.data.interactions);
    let before = TrainingData {
        items: gathered.data.items.clone(),
        texts: gathered.data.texts.clone(),
        interactions: split.before_test.clone(),
        tokeniser: Arc::clone(&gathered.data.tokeniser),
    };
    let old: Constants = shop.model(champion)?.model.constants().clone();
    let refined = crate::optimise::impressions::refine(shop, champion, outcomes, progress)?;
    // Nothing that shoppers taught is given up for what is only easier to foretell.
    let is_taught = training::trained(shop, champion)?.report.choice_gain.is_some();
    let effective = refined.as_ref().filter(|found| is_taught || found.gain.is_significant());
    let (new, report) = match effective {
        Some(refined) => Model::fit_refined(&before, settings, refined, &progress)?,
        // What was found before is where the search goes on.
        None => Model::fit(&before, &going_on(settings, &old), &progress)?,
    };
    if split.test.len() < FEWEST_CASES {
        return Ok((None, report));
    }
    let old = Model::fit_with(&before, &old)?;
    let options = EvaluateOptions {
        history_len: settings.history_length,
        ..EvaluateOptions::on_test(&split)
    };
    let gains = |model: Model| {
        let outcomes = ask(&Asked(model), &split.test, &options, &|_| {});
        let gain = |rank: Option<usize>| rank.map_or(0.0, |rank| Metric::Ndcg(10).of(rank));
        outcomes.iter().map(|outcome| gain(outcome.unmasked.rank)).collect::<Vec<f64>>()
    };
    let (old, new) = (gains(old), gains(new));
    let gate = compared(&old, &new, shop.config::<OptimiseConfig>().gate_margin, settings.seed);
    let taken = refined.map(|refined| refined.gain);
    Ok((gate.map(|gate| Gate { taken, ..gate }), report))
}

/// Settings that begin at what served. The Transformer and the circumstances are chosen anew.
fn going_on(settings: &SignalsConfig, served: &Constants) -> SignalsConfig {
    let context = settings.constants.context.clone();
    let constants = Constants { sequence: None, context, ..served.clone() };
    SignalsConfig { constants, ..settings.clone() }
}

fn compared(old: &[f64], new: &[f64], margin: f64, seed: u64) -> Option<Gate> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let found = paired_bootstrap(new, old, Resampling { n: N_BOOTSTRAP, seed })?;
    Some(Gate {
        n_cases: old.len(),
        champion: mean(old),
        challenger: mean(new),
        difference: found.difference,
        ci: found.ci,
        margin,
        taken: None,
        passed: found.ci[0] > -margin,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_may_be_worse_by_the_margin_does_not_pass() {
        let old = [0.5; 200];
        let worse: Vec<f64> = (0..200).map(|n| if n % 10 == 0 { 0.2 } else { 0.5 }).collect();
        let same = compared(&old, &old, 0.01, 1).unwrap();
        assert!(same.passed && same.difference == 0.0);
        let worse = compared(&old, &worse, 0.01, 1).unwrap();
        assert!(!worse.passed, "{worse:?}");
        assert!((worse.difference + 0.03).abs() < 1e-9);
    }
}
