//! The model: all signals and their blend, ready to score and to account for a score.
//!
//! Responsible for the blended score, its breakdown and similarity of items. Constants
//! are chosen in `fit`, files are named in `files`.

use std::sync::Arc;

use domain::ItemId;
use language::Tokeniser;
use rustc_hash::FxHashMap;
use transformer::SequenceModel;

use crate::fitted::Signals;
use crate::masked::{LANES, MaskedScores};
use crate::text::ItemTerms;
use crate::{
    Attribution, Blend, Constants, ContextSignal, ItemIdx, Progress, Query, RegionIdx, Signal,
    SignalName, SignalsError, TextSimilarity, TrainingData, Watch,
};

/// Everything that ranks.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    items: Vec<ItemId>,
    index: FxHashMap<ItemId, ItemIdx>,
    constants: Constants,
    /// Names of the regions that contexts number.
    regions: Vec<String>,
    signals: Signals,
    /// How its texts were split.
    tokeniser: Arc<Tokeniser>,
}

/// How one blended score comes about.
#[derive(Debug, Clone, PartialEq)]
pub struct Breakdown {
    /// One part per signal, in the order of [`SignalName`].
    pub parts: Vec<BreakdownPart>,
}

/// The part of one signal in a blended score.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakdownPart {
    /// The signal.
    pub signal: SignalName,
    /// weight / scale: what the raw score is multiplied with.
    pub factor: f32,
    /// The raw score, by event.
    pub attribution: Attribution,
}

impl BreakdownPart {
    /// Returns the amount that the signal adds to the blended score.
    #[must_use]
    pub fn total(&self) -> f32 {
        self.factor * self.attribution.total()
    }
}

impl Breakdown {
    /// The blended score: equals [`Model::score`] within 1e-5 of its size.
    #[must_use]
    pub fn total(&self) -> f32 {
        self.parts.iter().map(BreakdownPart::total).sum()
    }

    /// Returns the amount that each event of the history adds to the blended score, over all signals; aligned with
    /// `query.history.events()`.
    #[must_use]
    pub fn by_event(&self) -> Vec<f32> {
        let n_events = self.parts.first().map_or(0, |part| part.attribution.by_event.len());
        let mut sums = vec![0.0; n_events];
        for part in &self.parts {
            for (sum, share) in sums.iter_mut().zip(&part.attribution.by_event) {
                *sum += part.factor * share;
            }
        }
        sums
    }

    /// Returns the part that owes nothing to history.
    #[must_use]
    pub fn base(&self) -> f32 {
        self.parts.iter().map(|part| part.factor * part.attribution.base).sum()
    }
}

impl Model {
    /// Fits every signal with constants that were chosen before: after an erasure, and for a test
    /// refit on everything before the test item.
    ///
    /// # Errors
    /// [`SignalsError`] when the data contradicts itself or a constant is out of range.
    pub fn fit_with(data: &TrainingData, constants: &Constants) -> Result<Self, SignalsError> {
        data.validate()?;
        constants.validate()?;
        let terms = ItemTerms::read(&data.texts, &data.tokeniser)?;
        let watch: &dyn Watch = &|_: Progress| {};
        let signals = Signals::fit(data, &terms, constants, watch)?;
        Ok(Self::assemble(data, signals, constants.clone()))
    }

    pub(crate) fn assemble(data: &TrainingData, signals: Signals, constants: Constants) -> Self {
        let regions = data.interactions.regions.clone();
        let model = Self::of_items(data.items.clone(), regions, signals, constants);
        model.reading_with(Arc::clone(&data.tokeniser))
    }

    /// The same model, whose texts were split in this way.
    pub(crate) fn reading_with(mut self, tokeniser: Arc<Tokeniser>) -> Self {
        self.tokeniser = tokeniser;
        self
    }

    /// How the texts of its items were split into words.
    #[must_use]
    pub fn tokeniser(&self) -> &Arc<Tokeniser> {
        &self.tokeniser
    }

    pub(crate) fn of_items(
        items: Vec<ItemId>,
        regions: Vec<String>,
        signals: Signals,
        constants: Constants,
    ) -> Self {
        let numbered = items.iter().cloned().zip(0..);
        let tokeniser = Arc::default();
        Self { index: numbered.collect(), items, constants, regions, signals, tokeniser }
    }

    /// Returns the chosen constants, weights and scales.
    #[must_use]
    pub fn constants(&self) -> &Constants {
        &self.constants
    }

    /// Every item that can be ranked, in the order of scores.
    #[must_use]
    pub fn items(&self) -> &[ItemId] {
        &self.items
    }

    /// Number of items.
    #[must_use]
    pub fn n_items(&self) -> usize {
        self.items.len()
    }

    /// Position of an item; `None` for one the model was not fitted on.
    #[must_use]
    pub fn index_of(&self, item: &ItemId) -> Option<ItemIdx> {
        self.index.get(item).copied()
    }

    /// The blended score of every item: `scores` comes back with length `n_items`. Items of the
    /// history are scored too. History items must be below `n_items`.
    pub fn score(&self, query: Query<'_>, scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.n_items(), 0.0);
        for (_, factor, signal) in self.signals().filter(|&(_, factor, _)| factor > 0.0) {
            signal.add_scores(query, factor, scores);
        }
    }

    /// How the blended score of one item comes about. Signals of weight 0 are listed too.
    #[must_use]
    pub fn breakdown(&self, query: Query<'_>, item: ItemIdx) -> Breakdown {
        let part = |(signal, factor, fitted): (SignalName, f32, &dyn Signal)| BreakdownPart {
            signal,
            factor,
            attribution: fitted.attribute(query, item),
        };
        Breakdown { parts: self.signals().map(part).collect() }
    }

    /// [`Model::breakdown`] of several items of one answer, so that what has to run again for each
    /// event of the history runs once for all of them.
    #[must_use]
    pub fn breakdowns(&self, query: Query<'_>, items: &[ItemIdx]) -> Vec<Breakdown> {
        let mut breakdowns = vec![Breakdown { parts: Vec::new() }; items.len()];
        for (signal, factor, fitted) in self.signals() {
            for (breakdown, attribution) in
                breakdowns.iter_mut().zip(fitted.attribute_items(query, items))
            {
                breakdown.parts.push(BreakdownPart { signal, factor, attribution });
            }
        }
        breakdowns
    }

    /// Every signal with its factor (weight / scale), in the order of [`SignalName`].
    pub fn signals(&self) -> impl Iterator<Item = (SignalName, f32, &dyn Signal)> {
        let blend = &self.constants.blend;
        self.signals.all().map(|signal| (signal.name(), blend.factor(signal.name()), signal))
    }

    /// The same model with other weights, to compare blends.
    #[must_use]
    pub fn reweighted(&self, blend: Blend) -> Self {
        let mut model = self.clone();
        model.constants.blend = blend;
        model
    }

    /// The Transformer, where it earned its weight.
    #[must_use]
    pub fn sequence(&self) -> Option<&SequenceModel> {
        self.signals.sequence.as_ref()
    }

    /// The context signal.
    #[must_use]
    pub fn context(&self) -> &ContextSignal {
        &self.signals.context
    }

    /// Names of the regions that contexts number.
    #[must_use]
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// The number of a region; `None` for one the model never saw.
    #[must_use]
    pub fn region(&self, name: &str) -> Option<RegionIdx> {
        let at = self.regions.iter().position(|region| region == name)?;
        RegionIdx::try_from(at).ok()
    }

    /// How alike two items are, 0 to 1, for diversity: text cosine where both have words, else
    /// whether shoppers go on to the same items from both.
    #[must_use]
    pub fn similarity(&self, a: ItemIdx, b: ItemIdx) -> f32 {
        if a == b {
            return 1.0;
        }
        let Signals { text, transition, .. } = &self.signals;
        text.cosine(a, b).unwrap_or_else(|| transition.similarity(a, b))
    }

    /// How alike two items read, and by which words; `None` when either has no words.
    #[must_use]
    pub fn text_similarity(&self, a: ItemIdx, b: ItemIdx) -> Option<TextSimilarity> {
        self.signals.text.similarity(a, b)
    }

    /// The terms by which these items are most alike to others of the shop: those of the largest
    /// summed TF-IDF weight, largest first. At most `n`.
    #[must_use]
    pub fn top_terms(&self, items: &[ItemIdx], n: usize) -> Vec<String> {
        self.signals.text.top_terms(items, n)
    }

    /// The blended score of every item for each masking of the history, `masks` being positions of
    /// `query.history`. Each equals [`Model::score`] of `query.history.without(mask)` to the last
    /// bit, because every lane does the same additions in the same order (a masked event adds an
    /// exact zero). Cost: about two scorings per [`LANES`] maskings where all signals are additive.
    /// Shape: (masks, n_items).
    #[must_use]
    pub fn scores_without(&self, query: Query<'_>, masks: &[Vec<usize>]) -> Vec<Vec<f32>> {
        let mut all = Vec::with_capacity(masks.len());
        for masks in masks.chunks(LANES) {
            let mut scores = MaskedScores::new(masks, self.n_items());
            for (_, factor, signal) in self.signals().filter(|&(_, factor, _)| factor > 0.0) {
                signal.add_scores_without(query, factor, &mut scores);
            }
            all.extend((0..masks.len()).map(|lane| scores.lane(lane)));
        }
        all
    }

    pub(crate) fn fitted(&self) -> &Signals {
        &self.signals
    }
}

#[cfg(test)]
mod tests;
