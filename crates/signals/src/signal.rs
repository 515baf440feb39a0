//! The trait of a signal: score all items, and account for one score by history event.

use interactions::{ItemIdx, Query};
use serde::{Deserialize, Serialize};

use crate::masked::{LANES, MaskedScores};

macro_rules! signals {
    ($($(#[doc = $doc:literal])+ $signal:ident $name:literal;)+) => {
        /// The signals there are, in the order they are shown.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        pub enum SignalName {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $signal,)+
        }

        impl SignalName {
            /// Every signal, in that order.
            pub const ALL: &[Self] = &[$(Self::$signal),+];

            /// Returns the name on the wire.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$signal => $name,)+
                }
            }
        }
    };
}

signals! {
    /// The items that shoppers go on to after those of the history.
    Transition "transition";
    /// The items whose texts are like those of the history.
    Text "text";
    /// The items that a Transformer expects next after the events of the history.
    Sequence "sequence";
    /// The items that many shoppers buy.
    Popularity "popularity";
    /// The items that are bought more than usual in the situation of the request.
    Context "context";
    /// The shopper's own wishes for more or less. No signal of the model: it is added to the
    /// blended score while answering, and learned by nothing.
    Stated "stated";
}

impl SignalName {
    /// Whether the signal knows nothing of the shopper, so that its whole score is base.
    #[must_use]
    pub fn is_apart(self) -> bool {
        matches!(self, Self::Popularity | Self::Context)
    }
}

/// How one signal's raw score of one item comes about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attribution {
    /// Contribution of each event of the history, aligned with `query.history.events()`.
    pub by_event: Vec<f32>,
    /// The part that owes nothing to history (popularity, context, bias).
    pub base: f32,
}

impl Attribution {
    /// The raw score: the sum of its parts.
    #[must_use]
    pub fn total(&self) -> f32 {
        self.by_event.iter().sum::<f32>() + self.base
    }
}

/// One part of the score.
pub trait Signal: Send + Sync {
    /// Which signal this is.
    fn name(&self) -> SignalName;

    /// Adds `factor ×` the raw score of every item to `scores` (length `n_items`).
    fn add_scores(&self, query: Query<'_>, factor: f32, scores: &mut [f32]);

    /// The same for several queries: row `q` of `scores`, (queries, items), is that of query `q`.
    fn add_scores_of_each(&self, queries: &[Query<'_>], factor: f32, scores: &mut [f32]) {
        let n_items = scores.len() / queries.len().max(1);
        for (query, row) in queries.iter().zip(scores.chunks_exact_mut(n_items.max(1))) {
            self.add_scores(*query, factor, row);
        }
    }

    /// Accounts for the raw score of one item. `total()` equals what [`Signal::add_scores`] adds
    /// with factor 1, within 1e-5.
    fn attribute(&self, query: Query<'_>, item: ItemIdx) -> Attribution;

    /// Accounts for several items of one answer; the same as [`Signal::attribute`] of each. A
    /// signal that has to run again for each event overrides it, to do so once for all items.
    fn attribute_items(&self, query: Query<'_>, items: &[ItemIdx]) -> Vec<Attribution> {
        items.iter().map(|&item| self.attribute(query, item)).collect()
    }

    /// Adds `factor ×` the raw score of every item to each lane of `scores`, for the history
    /// without the events which that lane masks: to the last bit what [`Signal::add_scores`] adds
    /// for the masked history. Scores one masking after the other where not overridden.
    fn add_scores_without(&self, query: Query<'_>, factor: f32, scores: &mut MaskedScores<'_>) {
        one_by_one(self, query, factor, scores);
    }
}

/// Scores each masked history by itself, for signals without a batch of their own.
pub(crate) fn one_by_one<S: Signal + ?Sized>(
    signal: &S,
    query: Query<'_>,
    factor: f32,
    scores: &mut MaskedScores<'_>,
) {
    for lane in 0..scores.masks().len() {
        let history = query.history.without(&scores.masks()[lane]);
        let masked = Query { history: &history, ..query };
        scores.change_lane(lane, |scores| signal.add_scores(masked, factor, scores));
    }
}

/// Raw scores of one signal for each masking of the history, `masks` being positions of
/// `query.history`. Shape: (masks, n_items).
#[must_use]
pub fn raw_scores_without(
    signal: &dyn Signal,
    query: Query<'_>,
    n_items: usize,
    masks: &[Vec<usize>],
) -> Vec<Vec<f32>> {
    let of_chunk = |masks: &[Vec<usize>]| {
        let mut scores = MaskedScores::new(masks, n_items);
        signal.add_scores_without(query, 1.0, &mut scores);
        (0..masks.len()).map(|lane| scores.lane(lane)).collect::<Vec<_>>()
    };
    masks.chunks(LANES).flat_map(of_chunk).collect()
}
