//! How well each model finds what a shopper turns to next, over the history that the study begins
//! with: leave-one-out, where the last event is about an item that its shopper had not met.
//!
//! That is what constants and weights are chosen for. A third of the last events go back to an item
//! of the history; asked for these too, with the history as candidates, the blend, which finds more
//! of what is new than any of its signals, came out below transition alone, because its text finds
//! nothing as similar to an item as that item.

use std::sync::Arc;

use app::Live;
use domain::Statistic;
use experimentation::optimise::Asked;
use experiments::Moments;
use metrics::split;
use metrics::{EvaluateOptions, Metric, ask};
use serde::{Deserialize, Serialize};
use shop::ShopError;
use signals::{Constants, Model, Progress, SignalName, TrainingData};

use crate::arms::{Models, item_knn};

/// Accuracy of one model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Accuracy {
    /// `item_knn`, the name of a signal, or `blend`.
    pub model: String,
    /// Shoppers asked: those whose last event was about something new to them.
    pub n: u64,
    /// Mean NDCG@10.
    pub ndcg: f64,
    /// Its 95 % interval over shoppers.
    pub ci: [f64; 2],
}

/// Measures models such as those that serve, and two of the blend's signals alone. Constants are
/// chosen anew, so that none was chosen on an event that is asked for.
pub(crate) fn measure(live: &Live, models: &Models) -> Result<Vec<Accuracy>, ShopError> {
    let data = &models.gathered.data;
    let split = split::leave_one_out(&data.interactions);
    let before = TrainingData {
        items: data.items.clone(),
        texts: data.texts.clone(),
        interactions: split.before_test.clone(),
        tokeniser: Arc::clone(&data.tokeniser),
    };
    let settings = &live.config().signals;
    let history_len = settings.history_length;
    let (_, report) = Model::fit(&before, settings, &|_: Progress| {})?;
    let blend = report.constants;
    let options = EvaluateOptions { history_len, ..EvaluateOptions::on_test(&split) };
    let alone = |signal| alone(&blend, signal);
    let asked: [(&str, Constants); 4] = [
        ("item_knn", item_knn(&blend)),
        ("text", alone(SignalName::Text)),
        ("transition", alone(SignalName::Transition)),
        ("blend", blend.clone()),
    ];
    let mut measured = Vec::with_capacity(asked.len());
    for (name, constants) in asked {
        let model = Model::fit_with(&before, &constants)?;
        let outcomes = ask(&Asked(model), &split.test, &options, &|_| {});
        // What was met before is no candidate and has no rank.
        let ranks = outcomes.iter().filter_map(|asked| asked.masked.rank);
        let gains: Vec<f64> = ranks.map(|rank| Metric::Ndcg(10).of(rank)).collect();
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
