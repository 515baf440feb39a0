//! The rankers that are explained: each signal alone, and the blend.

use signals::signal::raw_scores_without;
use signals::{ItemIdx, Model, Query, Signal, SignalName};
use transformer::SequenceModel;

use super::explainers::Explainer;
use answers::evidence_snapshot::signal_name;

/// One ranker.
pub(super) struct Asked<'a> {
    pub(super) model: &'a Model,
    /// The signal that ranks alone; `None` for the blend.
    alone: Option<Alone<'a>>,
}

struct Alone<'a> {
    name: SignalName,
    signal: &'a dyn Signal,
    /// What its raw score is multiplied with, so that the softmax is the blend's own: weight /
    /// scale, or 1 / scale for a signal without weight.
    factor: f32,
}

impl<'a> Asked<'a> {
    /// Every signal of the model, then the blend.
    pub(super) fn all(model: &'a Model) -> impl Iterator<Item = Self> {
        let scale = |name: SignalName| {
            let weights = &model.constants().blend.0;
            weights.iter().find(|weight| weight.signal == name).map_or(1.0, |weight| weight.scale)
        };
        let alone = model.signals().map(move |(name, factor, signal)| {
            let factor = if factor > 0.0 { factor } else { 1.0 / scale(name) };
            Self { model, alone: Some(Alone { name, signal, factor }) }
        });
        alone.chain([Self { model, alone: None }])
    }

    pub(super) fn name(&self) -> String {
        self.alone.as_ref().map_or("blend".to_owned(), |alone| signal_name(alone.name))
    }

    /// Scores of all items for each masking. (masks, n_items)
    pub(super) fn scores_without(&self, query: Query<'_>, masks: &[Vec<usize>]) -> Vec<Vec<f32>> {
        let Some(Alone { signal, factor, .. }) = self.alone else {
            return self.model.scores_without(query, masks);
        };
        let mut scores = raw_scores_without(signal, query, self.model.n_items(), masks);
        scores.iter_mut().flatten().for_each(|score| *score *= factor);
        scores
    }

    /// What each event adds to the score of each item, as the ranker itself accounts for it.
    pub(super) fn attributions(&self, query: Query<'_>, items: &[ItemIdx]) -> Vec<Vec<f32>> {
        match &self.alone {
            Some(alone) => {
                let attributions = alone.signal.attribute_items(query, items);
                attributions.into_iter().map(|attribution| attribution.by_event).collect()
            }
            None => self
                .model
                .breakdowns(query, items)
                .iter()
                .map(signals::Breakdown::by_event)
                .collect(),
        }
    }

    /// Likeness of an event's item to the explained one.
    pub(super) fn cosine(&self, event: ItemIdx, item: ItemIdx) -> f32 {
        self.model.similarity(event, item)
    }

    /// Gradients × input of the Transformer that ranks alone. (items, n_events)
    pub(super) fn gradients(&self, query: Query<'_>, items: &[ItemIdx]) -> Vec<Vec<f32>> {
        let none = || vec![vec![0.0; query.history.len()]; items.len()];
        self.transformer().map_or_else(none, |model| model.gradients_times_input(query, items))
    }

    /// Attention of the Transformer that ranks alone. (n_events)
    pub(super) fn attention(&self, query: Query<'_>) -> Vec<f32> {
        let none = || vec![0.0; query.history.len()];
        self.transformer().map_or_else(none, |model| model.attention(query))
    }

    fn transformer(&self) -> Option<&'a SequenceModel> {
        let is_alone = self.alone.as_ref().is_some_and(|a| a.name == SignalName::Sequence);
        self.model.sequence().filter(|_| is_alone)
    }

    /// Who can be asked about this ranker.
    pub(super) fn explainers(&self) -> Vec<Explainer> {
        let mut explainers = vec![Explainer::Attribution, Explainer::LeaveOneOut];
        if self.transformer().is_some() {
            explainers.extend([Explainer::GradientsTimesInput, Explainer::Attention]);
        }
        explainers.extend([Explainer::Cosine, Explainer::LastK, Explainer::Random]);
        explainers
    }
}
