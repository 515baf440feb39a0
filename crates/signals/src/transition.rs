//! The transition signal: items that shoppers go on to after those of the history.
//!
//! score_i = Σ_h w_h · decay^distance · `Ĝ[h,i]`, where Ĝ holds the rows of (T + β·Tᵀ)·D^−p scaled
//! to length 1, T counts pairs in order within a window, each damping^(gap − 1), and D counts the
//! events of an item. Attribution is exact, event by event. Transitions of an item to itself
//! do not count.

use rayon::prelude::*;

use crate::constants::{TransitionConstants, in_range};
use crate::kept::{Files, Folder, Kept, rows_to_file};
use crate::sparse::{SparseRows, normalise};
use crate::{
    Attribution, Interactions, ItemIdx, MaskedScores, Query, Signal, SignalName, SignalsError,
};

/// The rows of Ĝ in a model's folder.
const FILE: &str = "transition.safetensors";

/// A fitted transition signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// Ĝ: (n_items, n_items).
    rows: SparseRows,
    decay: f32,
}

impl Transition {
    /// Counts transitions.
    #[must_use]
    pub fn fit(interactions: &Interactions, constants: &TransitionConstants) -> Self {
        let steps = Steps::new(interactions);
        Self::from_steps(&steps, constants)
    }

    pub(crate) fn from_steps(steps: &Steps, constants: &TransitionConstants) -> Self {
        let n_items = steps.n_items;
        let held_back: Vec<f32> = (0..n_items)
            .map(|item| (steps.count(item).max(1) as f32).powf(-constants.popularity_exponent))
            .collect();
        let damping: Vec<f32> =
            (0..constants.window as i32).map(|gap| constants.damping.powi(gap)).collect();
        let rows: Vec<Vec<(u32, f32)>> = (0..n_items)
            .into_par_iter()
            .map_init(
                || Scratch::new(n_items),
                |scratch, item| {
                    steps.add_neighbours(item, &damping, constants.reverse, scratch);
                    let mut row = scratch.take_row();
                    for (column, value) in &mut row {
                        *value *= held_back[*column as usize];
                    }
                    normalise(&mut row);
                    row
                },
            )
            .collect();
        Self { rows: SparseRows::from_rows(n_items, &rows), decay: constants.decay }
    }

    /// The same counts with another decay: nothing has to be counted again.
    pub(crate) fn set_decay(&mut self, decay: f32) {
        self.decay = decay;
    }

    /// Cosine of the two items' rows, 0 to 1: whether shoppers go on to the same items from both.
    #[must_use]
    pub fn similarity(&self, a: ItemIdx, b: ItemIdx) -> f32 {
        self.rows.dot(a, b).clamp(0.0, 1.0)
    }
}

impl Kept for Transition {
    type Constants = TransitionConstants;

    fn validate(constants: &TransitionConstants) -> Result<(), SignalsError> {
        let TransitionConstants { window, damping, reverse, popularity_exponent, decay } =
            *constants;
        in_range("transition.window", window as f32, 1.0..=1000.0, "1 to 1000")?;
        in_range("transition.damping", damping, 0.001..=1.0, "0.001 to 1")?;
        in_range("transition.reverse", reverse, 0.0..=1.0, "0 to 1")?;
        in_range("transition.popularity_exponent", popularity_exponent, 0.0..=2.0, "0 to 2")?;
        in_range("transition.decay", decay, 0.0..=1.0, "0 to 1")
    }

    fn write(&self, files: &mut Files) -> Result<(), SignalsError> {
        files.push((FILE.to_owned(), rows_to_file(FILE, &self.rows)?));
        Ok(())
    }

    fn read(
        folder: &Folder<'_, '_>,
        constants: &TransitionConstants,
    ) -> Result<Self, SignalsError> {
        Ok(Self { rows: folder.rows(FILE, folder.n_items)?, decay: constants.decay })
    }
}

impl Signal for Transition {
    fn name(&self) -> SignalName {
        SignalName::Transition
    }

    fn add_scores(&self, query: Query<'_>, factor: f32, scores: &mut [f32]) {
        for event in query.history.events() {
            let share = factor * event.weight * self.decay.powi(event.distance as i32);
            self.rows.add_row(event.item, share, scores);
        }
    }

    fn add_scores_without(&self, query: Query<'_>, factor: f32, scores: &mut MaskedScores<'_>) {
        let kept = scores.kept(query.history.len());
        for (event, kept) in query.history.events().iter().zip(kept) {
            let share = factor * event.weight * self.decay.powi(event.distance as i32);
            let shares = kept.map(|kept| share * kept);
            for (item, value) in self.rows.entries(event.item) {
                scores.add(item, &shares, value);
            }
        }
    }

    fn attribute(&self, query: Query<'_>, item: ItemIdx) -> Attribution {
        let share = |event: &crate::HistoryEvent| {
            event.weight
                * self.decay.powi(event.distance as i32)
                * self.rows.value(event.item, item)
        };
        Attribution { by_event: query.history.events().iter().map(share).collect(), base: 0.0 }
    }
}

/// All sequences one after another, and where each item occurs in them: read once, counted with
/// as many constants as the search likes.
pub(crate) struct Steps {
    n_items: usize,
    items: Vec<u32>,
    weights: Vec<f32>,
    /// Where each step stands among all of its sequence, those that are masked included.
    places: Vec<u32>,
    /// The last position, exclusive, of the sequence that each position lies in, and the first.
    bounds: Vec<(u32, u32)>,
    /// Positions of each item: `positions[offsets[item]..offsets[item + 1]]`.
    offsets: Vec<u32>,
    positions: Vec<u32>,
}

impl Steps {
    /// Events of weight 0 are left out, and consecutive events of one item (view, cart, purchase)
    /// are one step, as heavy as the heaviest of them. Masked steps keep others apart.
    pub(crate) fn new(interactions: &Interactions) -> Self {
        let n_items = interactions.n_items;
        let (mut items, mut weights, mut bounds) = (Vec::new(), Vec::new(), Vec::new());
        let mut places = Vec::new();
        for sequence in &interactions.sequences {
            let (start, mut place) = (items.len(), 0);
            for event in sequence.iter().filter(|event| event.weight > 0.0) {
                let is_next = items.len() > start && event.n_masked_before == 0;
                if is_next && items.last() == Some(&event.item) {
                    let last = weights.last_mut().expect("weights are as many as items");
                    *last = event.weight.max(*last);
                } else {
                    place += event.n_masked_before;
                    items.push(event.item);
                    weights.push(event.weight);
                    places.push(place);
                    place += 1;
                }
            }
            bounds.resize(items.len(), (start as u32, items.len() as u32));
        }
        let (offsets, positions) = positions_of(n_items, &items);
        Self { n_items, items, weights, places, bounds, offsets, positions }
    }

    fn positions(&self, item: usize) -> &[u32] {
        &self.positions[self.offsets[item] as usize..self.offsets[item + 1] as usize]
    }

    fn count(&self, item: usize) -> usize {
        self.positions(item).len()
    }

    /// Adds row `item` of T + β·Tᵀ.
    fn add_neighbours(&self, item: usize, damping: &[f32], reverse: f32, scratch: &mut Scratch) {
        for &position in self.positions(item) {
            let (start, end) = self.bounds[position as usize];
            let after = position + 1..end;
            let before = (start..position).rev();
            self.add_walk(position, after, damping, 1.0, scratch);
            if reverse > 0.0 {
                self.add_walk(position, before, damping, reverse, scratch);
            }
        }
    }

    fn add_walk(
        &self,
        from: u32,
        others: impl Iterator<Item = u32>,
        damping: &[f32],
        factor: f32,
        scratch: &mut Scratch,
    ) {
        let (item, weight) = (self.items[from as usize], self.weights[from as usize]);
        for other in others {
            let gap = self.places[other as usize].abs_diff(self.places[from as usize]);
            let Some(damping) = damping.get(gap as usize - 1) else { break };
            let neighbour = self.items[other as usize];
            if neighbour != item {
                scratch.add(neighbour, factor * weight * self.weights[other as usize] * damping);
            }
        }
    }
}

/// A counting sort of positions by item.
fn positions_of(n_items: usize, items: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut offsets = vec![0u32; n_items + 1];
    for &item in items {
        offsets[item as usize + 1] += 1;
    }
    for at in 1..offsets.len() {
        offsets[at] += offsets[at - 1];
    }
    let mut next = offsets.clone();
    let mut positions = vec![0; items.len()];
    for (position, &item) in items.iter().enumerate() {
        positions[next[item as usize] as usize] = position as u32;
        next[item as usize] += 1;
    }
    (offsets, positions)
}

/// A dense row under construction, and which of its columns are in use.
struct Scratch {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Scratch {
    fn new(n_columns: usize) -> Self {
        Self { sums: vec![0.0; n_columns], touched: Vec::new() }
    }

    /// Adds a positive amount.
    fn add(&mut self, column: u32, amount: f32) {
        let sum = &mut self.sums[column as usize];
        if *sum == 0.0 {
            self.touched.push(column);
        }
        *sum += amount;
    }

    /// The row in ascending columns; the scratch is empty again.
    fn take_row(&mut self) -> Vec<(u32, f32)> {
        self.touched.sort_unstable();
        self.touched.dedup(); // amounts so small that a sum stayed zero
        let take = |column| (column, std::mem::take(&mut self.sums[column as usize]));
        self.touched.drain(..).map(take).collect()
    }
}

#[cfg(test)]
mod tests;
