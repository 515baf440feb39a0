//! The signals there are: what a model holds, in which order they score, and how they are counted.
//!
//! A new signal has a line in each of the three. `fit` adds the Transformer, which is trained.

use transformer::SequenceModel;

use crate::text::ItemTerms;
use crate::{Constants, ContextSignal, Popularity, Signal, TextSignal, TrainingData, Transition};

/// The fitted signals of a model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Signals {
    pub(crate) transition: Transition,
    pub(crate) text: TextSignal,
    pub(crate) sequence: Option<SequenceModel>,
    pub(crate) popularity: Popularity,
    pub(crate) context: ContextSignal,
}

impl Signals {
    /// Returns the signals in the order of [`SignalName`](crate::SignalName), without those that
    /// the shop's data have nothing for.
    pub(crate) fn all(&self) -> impl Iterator<Item = &dyn Signal> {
        let sequence = self.sequence.as_ref().map(|sequence| sequence as &dyn Signal);
        let knows_situations = !self.context.circumstances().is_empty();
        [
            Some(&self.transition as &dyn Signal),
            Some(&self.text),
            sequence,
            Some(&self.popularity),
            knows_situations.then_some(&self.context as &dyn Signal),
        ]
        .into_iter()
        .flatten()
    }

    /// Fits every signal that is counted rather than trained.
    pub(crate) fn count(data: &TrainingData, terms: &ItemTerms, constants: &Constants) -> Self {
        let events = &data.interactions;
        Self {
            transition: Transition::fit(events, &constants.transition),
            text: TextSignal::from_terms(terms, &constants.text),
            sequence: None,
            popularity: Popularity::fit(events, &constants.popularity),
            context: ContextSignal::fit(events, &data.texts, &constants.context),
        }
    }
}
