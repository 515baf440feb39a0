//! Scores of one history with different events masked, many maskings side by side.
//!
//! A signal walks every row and posting list once for eight maskings, and adds to each lane what it
//! would add for that masked history alone, to the last bit. Parts are never taken off a total: that
//! would be an estimate, and a claim rests on a re-run.

/// How many maskings are scored side by side: one register of single precision.
pub const LANES: usize = 8;

/// Up to [`LANES`] maskings of one history, and a score per item and masking.
#[derive(Debug)]
pub struct MaskedScores<'a> {
    /// Positions of the history that each lane masks.
    masks: &'a [Vec<usize>],
    /// One row of lanes per item; lanes beyond `masks` are idle. (n_items, LANES)
    pub(crate) rows: Vec<[f32; LANES]>,
}

impl<'a> MaskedScores<'a> {
    pub(crate) fn new(masks: &'a [Vec<usize>], n_items: usize) -> Self {
        debug_assert!(masks.len() <= LANES, "one lane per masking");
        Self { masks, rows: vec![[0.0; LANES]; n_items] }
    }

    /// Positions of the history that each lane masks.
    #[must_use]
    pub fn masks(&self) -> &[Vec<usize>] {
        self.masks
    }

    /// For each event of a history of `n_events`, 1 in the lanes that keep it and 0 in those that
    /// mask it. (n_events, LANES)
    pub(crate) fn kept(&self, n_events: usize) -> Vec<[f32; LANES]> {
        let mut kept = vec![[1.0; LANES]; n_events];
        for (lane, mask) in self.masks.iter().enumerate() {
            mask.iter().filter(|&&at| at < n_events).for_each(|&at| kept[at][lane] = 0.0);
        }
        kept
    }

    /// Adds `shares · value` to an item's row.
    pub(crate) fn add(&mut self, item: u32, shares: &[f32; LANES], value: f32) {
        let row = &mut self.rows[item as usize];
        for lane in 0..LANES {
            row[lane] += shares[lane] * value;
        }
    }

    /// Copies one lane out, lets `change` add to it, and copies it back.
    pub fn change_lane(&mut self, lane: usize, change: impl FnOnce(&mut [f32])) {
        let mut scores = self.lane(lane);
        change(&mut scores);
        for (row, score) in self.rows.iter_mut().zip(scores) {
            row[lane] = score;
        }
    }

    /// The scores of one masking. (n_items)
    #[must_use]
    pub fn lane(&self, lane: usize) -> Vec<f32> {
        self.rows.iter().map(|row| row[lane]).collect()
    }
}

#[cfg(test)]
mod tests {
    use interactions::{History, Query};
    use proptest::prelude::*;

    use super::*;
    use crate::Model;
    use crate::laws::{small_history, small_training, wordy};
    use crate::signal::one_by_one;

    fn masks() -> impl Strategy<Value = Vec<Vec<usize>>> {
        prop::collection::vec(prop::collection::vec(0_usize..12, 0..4), 0..20)
    }

    proptest! {
        #[test]
        fn a_batch_of_maskings_is_each_re_run_to_the_last_bit(
            data in small_training(), history in small_history(), masks in masks(),
        ) {
            let model = Model::fit_with(&data, &wordy()).unwrap();
            let batch = model.scores_without(Query::of(&history), &masks);
            prop_assert_eq!(batch.len(), masks.len());
            let mut alone = Vec::new();
            for (mask, scores) in masks.iter().zip(batch) {
                let masked: History = history.without(mask);
                model.score(Query::of(&masked), &mut alone);
                prop_assert_eq!(&scores, &alone, "without {:?}", mask);
            }
        }

        #[test]
        fn a_signal_without_a_batch_of_its_own_gives_the_same(
            data in small_training(), history in small_history(), masks in masks(),
        ) {
            let model = Model::fit_with(&data, &wordy()).unwrap();
            let query = Query::of(&history);
            for (_, _, signal) in model.signals() {
                for masks in masks.chunks(LANES) {
                    let mut plain = MaskedScores::new(masks, model.n_items());
                    one_by_one(signal, query, 0.7, &mut plain);
                    let mut fast = MaskedScores::new(masks, model.n_items());
                    signal.add_scores_without(query, 0.7, &mut fast);
                    for lane in 0..masks.len() {
                        prop_assert_eq!(plain.lane(lane), fast.lane(lane));
                    }
                }
            }
        }
    }
}
