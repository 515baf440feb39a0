//! The sequence signal: scores of a Transformer, accounted for by masking one event at a time.
//!
//! Scores are not additive in the events, so an event's contribution is what its masking takes
//! from the score; whatever events only do together is in the base. The network and its training
//! are in `transformer`.

use interactions::{History, ItemIdx, Query};
use transformer::SequenceModel;

use crate::{Attribution, Signal, SignalName};

impl Signal for SequenceModel {
    fn name(&self) -> SignalName {
        SignalName::Sequence
    }

    fn add_scores(&self, query: Query<'_>, factor: f32, scores: &mut [f32]) {
        self.add_scores_of_histories(&[query.history], factor, scores);
    }

    fn add_scores_of_each(&self, queries: &[Query<'_>], factor: f32, scores: &mut [f32]) {
        let histories: Vec<&History> = queries.iter().map(|query| query.history).collect();
        self.add_scores_of_histories(&histories, factor, scores);
    }

    fn attribute(&self, query: Query<'_>, item: ItemIdx) -> Attribution {
        self.attribute_items(query, &[item]).pop().unwrap_or_default()
    }

    /// Leaves out one event at a time; the others keep their distance. All of it is one batch.
    fn attribute_items(&self, query: Query<'_>, items: &[ItemIdx]) -> Vec<Attribution> {
        let masked: Vec<_> =
            (0..query.history.len()).map(|i| query.history.without(&[i])).collect();
        let histories: Vec<_> = std::iter::once(query.history).chain(&masked).collect();
        let vectors = self.shopper_vectors(&histories);
        let n_events = query.history.len();
        items.iter().map(|&item| attribution_of(self.scores_of(&vectors, item), n_events)).collect()
    }
}

/// `scores`: for the whole history, then for each without one event.
fn attribution_of(scores: Option<Vec<f32>>, n_events: usize) -> Attribution {
    let Some(scores) = scores else {
        return Attribution { by_event: vec![0.0; n_events], base: 0.0 };
    };
    let mut scores = scores.into_iter();
    let whole = scores.next().unwrap_or(0.0);
    let by_event: Vec<_> = scores.map(|without| whole - without).collect();
    let base = whole - by_event.iter().sum::<f32>();
    Attribution { by_event, base }
}

#[cfg(test)]
mod tests;
