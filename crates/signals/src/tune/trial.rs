//! One trial: fit the signals with some constants and rank the held-out items. Texts and sequences
//! are read once; a signal is fitted again only when its own constants changed.

use crate::constants::{PopularityConstants, TextConstants, TransitionConstants};
use crate::popularity::{Buyers, Popularity};
use crate::text::{ItemTerms, TextSignal};
use crate::transition::{Steps, Transition};
use crate::tune::{Bench, Coordinate, coordinates};
use crate::validation::{Case, Validation, ndcg, ranks};
use crate::{Constants, Signal};

/// Everything trials share.
pub(crate) struct TrialBench<'a> {
    steps: Steps,
    terms: &'a ItemTerms,
    cases: &'a [Case],
    n_items: usize,
    buyers: Buyers,
    popularity: (PopularityConstants, Popularity),
    transition: (TransitionConstants, Transition),
    text: (TextConstants, TextSignal),
}

impl<'a> TrialBench<'a> {
    /// Trials on the first `max_shoppers` cases of a validation split.
    pub(crate) fn new(
        validation: &'a Validation,
        terms: &'a ItemTerms,
        start: &Constants,
        max_shoppers: usize,
    ) -> Self {
        let steps = Steps::new(&validation.training);
        let buyers = Buyers::new(&validation.training);
        let cases = &validation.cases[..max_shoppers.min(validation.cases.len())];
        Self {
            n_items: validation.training.n_items,
            popularity: (start.popularity, Popularity::of_buyers(&buyers, &start.popularity)),
            buyers,
            transition: (start.transition, Transition::from_steps(&steps, &start.transition)),
            text: (start.text, TextSignal::from_terms(terms, &start.text)),
            steps,
            terms,
            cases,
        }
    }

    /// Brings the signals to these constants.
    pub(crate) fn fit(&mut self, constants: &Constants) {
        let (transition, text) = (constants.transition, constants.text);
        if constants.popularity != self.popularity.0 {
            let popularity = Popularity::of_buyers(&self.buyers, &constants.popularity);
            self.popularity = (constants.popularity, popularity);
        }
        if (TransitionConstants { decay: self.transition.0.decay, ..transition })
            != self.transition.0
        {
            self.transition.1 = Transition::from_steps(&self.steps, &transition);
        }
        let known = self.text.0;
        if (TextConstants { decay: known.decay, meaning: known.meaning, ..text }) != known {
            self.text.1 = TextSignal::from_terms(self.terms, &text);
        }
        self.transition.1.set_decay(transition.decay);
        self.text.1.set(text.decay, text.meaning);
        (self.transition.0, self.text.0) = (transition, text);
    }

    /// The signals as last fitted, in the order of [`crate::SignalName`].
    pub(crate) fn signals(&self) -> [&dyn Signal; 3] {
        [&self.transition.1, &self.text.1, &self.popularity.1]
    }
}

impl Bench for TrialBench<'_> {
    fn coordinates(&self) -> Vec<Coordinate> {
        coordinates(self.terms.fields(), self.buyers.have_ages())
    }

    /// NDCG@10 of the blend on the trial shoppers.
    fn quality(&mut self, constants: &Constants) -> f32 {
        self.fit(constants);
        let factors = self.signals().map(|signal| (constants.blend.factor(signal.name()), signal));
        ndcg(&ranks(self.cases, self.n_items, &factors))
    }
}
