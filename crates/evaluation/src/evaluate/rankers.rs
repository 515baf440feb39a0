//! What is asked beside the baselines: each signal alone, their blend, and the list as served.

use domain::Text;
use metrics::Ranker;
use recommend::{Eligibility, Likeness, RecommendConfig};
use rustc_hash::FxHashMap;
use signals::{ItemIdx, ItemText, Model, Query, Signal};

use answers::evidence_snapshot::signal_name;

/// Length of the list that is placed.
const SERVED: usize = 10;

/// One signal as the only one.
pub(super) struct Alone<'a> {
    pub signal: &'a dyn Signal,
    pub n_items: usize,
}

impl Ranker for Alone<'_> {
    fn name(&self) -> String {
        signal_name(self.signal.name())
    }

    fn score(&self, query: Query<'_>, scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.n_items, 0.0);
        self.signal.add_scores(query, 1.0, scores);
    }
}

/// A blend, ranked by score alone.
pub(super) struct Blend<'a> {
    pub name: &'static str,
    pub model: &'a Model,
}

impl Ranker for Blend<'_> {
    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn score(&self, query: Query<'_>, scores: &mut Vec<f32>) {
        self.model.score(query, scores);
    }
}

/// The list as a shopper gets it: the blend, placed for variety, without the history's items.
/// What variety costs in accuracy is the difference to `blend` (masked).
pub(super) struct Served<'a> {
    model: &'a Model,
    categories: Vec<Option<u32>>,
    config: &'a RecommendConfig,
}

impl<'a> Served<'a> {
    pub(super) fn new(model: &'a Model, texts: &[ItemText], config: &'a RecommendConfig) -> Self {
        let mut numbers: FxHashMap<&Text, u32> = FxHashMap::default();
        let categories = texts.iter().map(|text| {
            let next = numbers.len() as u32;
            text.categories.last().map(|name| *numbers.entry(name).or_insert(next))
        });
        Self { model, categories: categories.collect(), config }
    }
}

impl Likeness for Served<'_> {
    fn similarity(&self, a: ItemIdx, b: ItemIdx) -> f32 {
        self.model.similarity(a, b)
    }

    fn category(&self, item: ItemIdx) -> Option<u32> {
        self.categories[item as usize]
    }
}

impl Ranker for Served<'_> {
    fn name(&self) -> String {
        "served".to_owned()
    }

    fn score(&self, query: Query<'_>, scores: &mut Vec<f32>) {
        self.model.score(query, scores);
        let mut eligibility = Eligibility::all(self.model.n_items());
        query.history.events().iter().for_each(|event| eligibility.exclude(event.item));
        let placed = recommend::place(scores, &eligibility, self, self.config, SERVED);
        let above_all = scores.iter().copied().fold(0.0, f32::max) + 1.0;
        for shown in placed {
            scores[shown.item as usize] = above_all + (SERVED as f32 - shown.rank_shown as f32);
        }
    }
}
