//! How well each model finds what a shopper turns to next: leave-one-out over the history that the
//! study begins with, every item a candidate.

use domain::Statistic;
use experiments::Moments;
use serde::{Deserialize, Serialize};
use signals::evaluate::{EvaluateOptions, Metric, ask};
use signals::{Constants, Model, SignalName, TrainingData, split};

use super::arms::Models;
use crate::optimise::Asked;
use crate::{AppError, Live};

/// Accuracy of one model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Accuracy {
    /// `item_knn`, the name of a signal, or `blend`.
    pub model: String,
    /// Shoppers asked for their last event.
    pub n: u64,
    /// Mean NDCG@10.
    pub ndcg: f64,
    /// Its 95 % interval over shoppers.
    pub ci: [f64; 2],
}

/// Measures the models that serve, and two of the blend's signals alone.
pub(super) fn measure(live: &Live, models: &Models) -> Result<Vec<Accuracy>, AppError> {
    let data = &models.gathered.data;
    let split = split::leave_one_out(&data.interactions);
    let before = TrainingData {
        items: data.items.clone(),
        texts: data.texts.clone(),
        interactions: split.before_test.clone(),
    };
    let history_len = live.config().signals.history_length;
    let options = EvaluateOptions { history_len, ..EvaluateOptions::on_test(&split) };
    let alone = |signal| alone(&models.blend_constants, signal);
    let asked: [(&str, Constants); 4] = [
        ("item_knn", models.knn_constants.clone()),
        ("text", alone(SignalName::Text)),
        ("transition", alone(SignalName::Transition)),
        ("blend", models.blend_constants.clone()),
    ];
    let mut measured = Vec::with_capacity(asked.len());
    for (name, constants) in asked {
        let model = Model::fit_with(&before, &constants)?;
        let outcomes = ask(&Asked(model), &split.test, &options, &|_| {});
        let gain = |rank: Option<usize>| rank.map_or(0.0, |rank| Metric::Ndcg(10).of(rank));
        let gains: Vec<f64> = outcomes.iter().map(|asked| gain(asked.unmasked.rank)).collect();
        if let Statistic::Known(moments) = Moments::of(&gains) {
            let half_width = 1.96 * moments.squared_error().sqrt();
            let (model, n, ndcg) = (name.to_owned(), moments.n, moments.mean);
            let ci = [(ndcg - half_width).max(0.0), ndcg + half_width];
            measured.push(Accuracy { model, n, ndcg, ci });
        }
    }
    Ok(measured)
}

fn alone(blend: &Constants, signal: SignalName) -> Constants {
    let mut constants = blend.clone();
    for weight in &mut constants.blend.0 {
        weight.weight = f32::from(weight.signal == signal);
    }
    constants
}
