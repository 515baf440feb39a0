//! Everything that takes a reading of the whole log and is kept of a shop in service, and how to
//! look at it.
//!
//! Responsible for which reading belongs to which figures, and for forgetting all of them together.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::IngestId;

use crate::experiment::Results;
use crate::explanations::{Found, Told};
use crate::global::ModelExplanation;
use crate::holdings::Holdings;
use crate::overview::{self, Overview};
use crate::reading::{Look, Looker, Mark, Named, Reading};
use crate::trust::{Audits, Behaviour, Questionnaired};
use crate::{AppError, Live};

/// What is kept: one value of each, a few of those that have names.
#[derive(Default)]
pub(crate) struct Figures {
    overview: Arc<Reading<Overview>>,
    told: Arc<Reading<Told>>,
    found: Named<Found>,
    tree: Arc<Reading<Arc<ModelExplanation>>>,
    trust: Arc<Reading<(Questionnaired, Behaviour)>>,
    audits: Arc<Reading<Audits>>,
    results: Named<Results>,
    holdings: Arc<Reading<Holdings>>,
}

impl Figures {
    /// Forgets everything: after an erasure nothing that counted the erased may stay in memory.
    pub(crate) fn forget(&self) {
        self.overview.forget();
        self.told.forget();
        self.found.forget();
        self.tree.forget();
        self.trust.forget();
        self.audits.forget();
        self.results.forget();
        self.holdings.forget();
    }
}

impl Live {
    /// The shop at a glance.
    ///
    /// # Errors
    /// What the store says.
    pub fn overview(self: &Arc<Self>, looker: Looker) -> Result<Look<Overview>, AppError> {
        let live = Arc::clone(self);
        let read =
            move |_, counter: &_| overview::read(live.shop(), live.tally().latest(), counter);
        self.figures.overview.look(&self.mark()?, looker, read)
    }

    /// What was told so far. Only what is new is read.
    ///
    /// # Errors
    /// What the store says.
    pub fn explanations(self: &Arc<Self>, looker: Looker) -> Result<Look<Told>, AppError> {
        let live = Arc::clone(self);
        self.figures.told.look(&self.mark()?, looker, move |before, counter| {
            let before = before.map_or_else(Told::default, |told| Told::clone(&told));
            insights::explanations::told_after(live.shop(), before, counter)
        })
    }

    /// The newest reasons of the request, the item or the shopper of this name.
    ///
    /// # Errors
    /// What the store says.
    pub fn find_reasons(
        self: &Arc<Self>,
        name: &str,
        looker: Looker,
    ) -> Result<Look<Found>, AppError> {
        let (live, sought) = (Arc::clone(self), name.to_owned());
        self.figures.found.of(name).look(&self.mark()?, looker, move |before, counter| {
            let before = before.map_or_else(Found::default, |found| Found::clone(&found));
            insights::explanations::found_after(live.shop(), before, &sought, counter)
        })
    }

    /// What the model in use relies on, worked out where nobody has.
    ///
    /// # Errors
    /// [`AppError::NoModel`], or what the store says.
    pub fn look_at_model(
        self: &Arc<Self>,
        looker: Looker,
    ) -> Result<Look<Arc<ModelExplanation>>, AppError> {
        let live = Arc::clone(self);
        // It is worked out once per model, whatever was written since.
        let mark = Mark { newest: IngestId::ZERO, model: Some(self.model()?.version.clone()) };
        self.figures.tree.look(&mark, looker, move |_, _| live.explain_model())
    }

    /// What people answered, and what they did.
    ///
    /// # Errors
    /// What the store says.
    pub fn answered_and_done(
        self: &Arc<Self>,
        looker: Looker,
    ) -> Result<Look<(Questionnaired, Behaviour)>, AppError> {
        let live = Arc::clone(self);
        let read = move |_, _: &_| experimentation::trust::answered_and_done(live.shop());
        self.figures.trust.look(&self.mark()?, looker, read)
    }

    /// What can be checked without asking anybody, which takes as long as an audit.
    ///
    /// # Errors
    /// What the store says.
    pub fn audits_of_trust(self: &Arc<Self>, looker: Looker) -> Result<Look<Audits>, AppError> {
        let live = Arc::clone(self);
        let read = move |_, _: &_| experimentation::trust::all_audits(live.shop());
        self.figures.audits.look(&self.mark()?, looker, read)
    }

    /// What came of an experiment so far.
    ///
    /// # Errors
    /// [`AppError::NoExperiment`], or what the store says.
    pub fn experiment_results(
        self: &Arc<Self>,
        name: &str,
        looker: Looker,
    ) -> Result<Look<Results>, AppError> {
        experimentation::experiment::named(self.shop(), name)?;
        let (live, of) = (Arc::clone(self), name.to_owned());
        let read = move |_, _: &_| experimentation::experiment::results(live.shop(), &of);
        self.figures.results.of(name).look(&self.mark()?, looker, read)
    }

    /// What the shop holds.
    ///
    /// # Errors
    /// What the store says.
    pub fn holdings(self: &Arc<Self>, looker: Looker) -> Result<Look<Holdings>, AppError> {
        let live = Arc::clone(self);
        let read = move |_, _: &_| insights::inventory::read(live.shop());
        self.figures.holdings.look(&self.mark()?, looker, read)
    }

    /// Readings that were begun so far, by what is read.
    #[must_use]
    pub fn n_readings(&self) -> BTreeMap<&'static str, u64> {
        let of = &self.figures;
        BTreeMap::from([
            ("overview", of.overview.n_begun()),
            ("explanations", of.told.n_begun()),
            ("search", of.found.n_begun()),
            ("tree", of.tree.n_begun()),
            ("trust", of.trust.n_begun()),
            ("audit", of.audits.n_begun()),
            ("experiment", of.results.n_begun()),
            ("data", of.holdings.n_begun()),
        ])
    }

    fn mark(&self) -> Result<Mark, AppError> {
        let model = self.model().ok().map(|model| model.version.clone());
        Ok(Mark { newest: self.shop().state().newest_of_all()?, model })
    }
}
