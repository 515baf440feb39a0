//! Other ways to attribute a score, to be compared with leaving events out: attention, and
//! gradients × input. The faithfulness benchmark asks for them; reasons never do.

use interactions::{ItemIdx, Query};
use kernels::matrix::zero;

use super::SequenceModel;
use super::backward::{Gradients, Scratch, backward};
use super::batch::{Batch, Input, Wanted};
use super::forward::{Activations, Pass, forward};
use super::model::counts;
use super::weights::Weights;

/// Every position wanted, nothing dropped: what the way back needs.
const WHOLE: Pass = Pass { wanted: Wanted::Every, dropout: None };

impl SequenceModel {
    /// How much the newest position attends to each event in the last block, averaged over heads;
    /// aligned with the events of the history, 0 for those that do not count. The same for every
    /// item: attention does not know which one is asked about.
    #[must_use]
    pub fn attention(&self, query: Query<'_>) -> Vec<f32> {
        let mut by_event = vec![0.0; query.history.len()];
        let (batch, positions) = self.event_batch(query);
        if positions.is_empty() {
            return by_event;
        }
        let mut activations = Activations::default();
        let table = self.event_table(query, &positions);
        forward(self.weights(), &table, &batch, Pass::SERVE, &mut activations);
        // (heads, events)
        let attention = activations.blocks.last().map_or(&[][..], |block| &block.attention);
        let n_heads = self.config().heads as f32;
        for head in attention.chunks_exact(positions.len()) {
            for (&at, weight) in positions.iter().zip(head) {
                by_event[at] += weight / n_heads;
            }
        }
        by_event
    }

    /// Gradient of the score with respect to each event's item vector, times that vector: what the
    /// score would gain, to first order, if the vector were a little longer. One row per item,
    /// aligned with the events of the history. Source: Shrikumar et al., "Not just a black box"
    /// (2016). Shape: (items, n_events).
    #[must_use]
    pub fn gradients_times_input(&self, query: Query<'_>, items: &[ItemIdx]) -> Vec<Vec<f32>> {
        let (batch, positions) = self.event_batch(query);
        let n_events = query.history.len();
        if positions.is_empty() {
            return vec![vec![0.0; n_events]; items.len()];
        }
        let table = self.event_table(query, &positions);
        let mut activations = Activations::default();
        forward(self.weights(), &table, &batch, WHOLE, &mut activations);
        let of_item = |&item: &ItemIdx| {
            let gradients = self.input_gradients(&batch, &activations, &table, item);
            let mut by_event = vec![0.0; n_events];
            let width = self.config().width;
            let rows = gradients.chunks_exact(width).zip(table.chunks_exact(width));
            for (&at, (gradient, input)) in positions.iter().zip(rows) {
                by_event[at] = gradient.iter().zip(input).map(|(g, x)| g * x).sum();
            }
            by_event
        };
        items.iter().map(of_item).collect()
    }

    /// The same model with random weights: what an explanation must not survive (Adebayo et al.,
    /// "Sanity checks for saliency maps", NeurIPS 2018).
    #[must_use]
    pub fn reinitialised(&self, seed: u64) -> Self {
        let weights = Weights::fresh(self.weights().dimensions, seed);
        Self::new(self.config().clone(), weights, None, self.fingerprint().to_owned())
    }

    /// Gradient of one item's score for each row of an event table. (events, width)
    fn input_gradients(
        &self,
        batch: &Batch,
        activations: &Activations<f32>,
        table: &[f32],
        item: ItemIdx,
    ) -> Vec<f32> {
        let width = self.config().width;
        let mut of_result = Vec::new();
        zero(&mut of_result, table.len());
        let newest = table.len() - width;
        let vector = &self.item_vectors()[item as usize * width..][..width];
        of_result[newest..].copy_from_slice(vector);
        let mut gradients = Gradients::default();
        gradients.reset(table.len(), self.weights().dense.len());
        let mut scratch = Scratch::default();
        backward(
            self.weights(),
            batch,
            WHOLE,
            activations,
            &mut of_result,
            &mut scratch,
            &mut gradients,
        );
        gradients.table
    }

    /// One history whose every event has a row of its own, and where those events stand in the
    /// history; oldest first.
    fn event_batch(&self, query: Query<'_>) -> (Batch, Vec<usize>) {
        let events = query.history.events();
        let (max_len, n_items) = (self.config().max_len, self.n_items());
        let counts = |at: &usize| counts(&events[*at], max_len, n_items);
        let positions: Vec<usize> = (0..events.len()).rev().filter(counts).collect();
        let mut batch = Batch::default();
        let rows = (0..).zip(&positions).map(|(row, &at)| (row, &events[at]));
        batch.push(rows.map(|(row, event)| Input {
            row,
            distance: event.distance,
            mark: event.mark,
        }));
        (batch, positions)
    }

    /// The item vectors of those events. (events, width)
    fn event_table(&self, query: Query<'_>, positions: &[usize]) -> Vec<f32> {
        let width = self.config().width;
        let vector = |&at: &usize| {
            let item = query.history.events()[at].item as usize;
            &self.item_vectors()[item * width..][..width]
        };
        positions.iter().flat_map(vector).copied().collect()
    }
}

#[cfg(test)]
mod tests {

    use interactions::{History, HistoryEvent, Mark};

    use super::*;
    use crate::tests::serving::{history, model};

    #[test]
    fn attention_is_spread_over_the_events_that_count() {
        let model = model();
        let mut events = history(&[3, 11, 3, 7]).events().to_vec();
        let mark = Mark::default();
        events.push(HistoryEvent { item: 20, weight: 1.0, distance: 4, mark });
        let history = History::from_events(events);
        let attention = model.attention(Query::of(&history));
        assert_eq!(attention[4], 0.0, "an unknown item");
        assert!(attention[..4].iter().all(|&weight| weight > 0.0));
        assert!((attention.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }

    #[test]
    fn gradients_times_input_are_the_slope_of_the_score_in_the_length_of_a_vector() {
        let model = model();
        let history = history(&[3, 11, 3, 7, 2]);
        let query = Query::of(&history);
        let (batch, positions) = model.event_batch(query);
        let width = model.config().width;
        let score = |event: usize, factor: f32, item: usize| {
            let mut table = model.event_table(query, &positions);
            table[event * width..][..width].iter_mut().for_each(|x| *x *= factor);
            let mut activations = Activations::default();
            forward(model.weights(), &table, &batch, Pass::SERVE, &mut activations);
            let vector = &model.item_vectors()[item * width..][..width];
            activations
                .final_norm
                .out
                .iter()
                .zip(vector)
                .map(|(a, b)| f64::from(a * b))
                .sum::<f64>()
        };
        for item in [0, 7, 19] {
            let found = model.gradients_times_input(query, &[item])[0].clone();
            for (event, &at) in positions.iter().enumerate() {
                let up = score(event, 1.01, item as usize);
                let slope = (up - score(event, 0.99, item as usize)) / 0.02;
                let error = (f64::from(found[at]) - slope).abs();
                assert!(error < 2e-2 * (1.0 + slope.abs()), "{item} {event}: {slope} {found:?}");
            }
        }
    }

    #[test]
    fn other_weights_account_otherwise() {
        let model = model();
        let history = history(&[3, 11, 3, 7, 2]);
        let query = Query::of(&history);
        let random = model.reinitialised(7);
        let parts = |model: &SequenceModel| model.gradients_times_input(query, &[5]);
        assert_ne!(parts(&model), parts(&random));
        assert_eq!(parts(&random), parts(&model.reinitialised(7)));
    }
}
