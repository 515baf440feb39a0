//! What runs now, and what it makes of one answer.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::{ModelVersion, SubjectId, Timestamp};
use experiments::assignment::Plan;
use experiments::bandit::Policy;
use explain::{ExplainConfig, Reader};
use language::phrasing::Length;
use rustc_hash::FxHashMap;
use store::StoredFeedback;

use crate::answer::{Styled, Treated};
use crate::asker::Caller;
use crate::model::LoadedModel;
use crate::request::Request;
use crate::snapshot::Snapshot;
use crate::{AppError, Live, Shop};
use experimentation::experiment::{Change, Definition, ExperimentsConfig, Phrasing, plan};
use experimentation::style::Style;

/// Everything that shapes answers beside the settings, and the models that variants need.
#[derive(Default)]
pub(crate) struct Trials {
    running: RwLock<Arc<Running>>,
    models: RwLock<VariantModels>,
}

/// The models of variants, by version and weights.
#[derive(Default)]
struct VariantModels {
    /// Since which erasure.
    epoch: u64,
    kept: FxHashMap<(ModelVersion, String), Arc<LoadedModel>>,
}

/// What runs.
#[derive(Debug, Default)]
pub(crate) struct Running {
    plan: Plan,
    definitions: Vec<Definition>,
    policy: Option<Policy>,
}

/// The variants of whoever asks.
#[derive(Debug, Default)]
pub(crate) struct Enrolled(Vec<(String, String, Change)>);

/// How one answer is made.
#[derive(Debug, Clone)]
pub(crate) struct Treatment {
    /// What is recorded of it.
    pub treated: Treated,
    /// Whether reasons are given.
    pub explain: bool,
    /// What may be claimed.
    pub bars: ExplainConfig,
    /// What each kind of claim is worth, as [`Reader`](explain::Reader) has it.
    pub preferred: BTreeMap<String, f64>,
    /// Another model than the current one.
    pub model: Option<ModelVersion>,
}

impl Trials {
    pub(crate) fn load(shop: &Shop) -> Result<Self, AppError> {
        let running = RwLock::new(Arc::new(Running::load(shop)?));
        Ok(Self { running, models: RwLock::default() })
    }

    fn running(&self) -> Arc<Running> {
        Arc::clone(&self.running.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Forgets the variants' models, for use beside another current one.
    pub(crate) fn forget_models(&self) {
        self.models.write().unwrap_or_else(PoisonError::into_inner).kept.clear();
    }

    /// Forgets the variants' models, and keeps none again that an answer from before this epoch
    /// reads.
    pub(crate) fn begin(&self, epoch: u64) {
        let kept = FxHashMap::default();
        *self.models.write().unwrap_or_else(PoisonError::into_inner) =
            VariantModels { epoch, kept };
    }
}

impl Running {
    fn load(shop: &Shop) -> Result<Self, AppError> {
        let mut definitions = experimentation::experiment::all(shop)?;
        definitions.retain(|definition| !definition.stopped);
        let plan = plan(shop.config::<ExperimentsConfig>(), &definitions)?;
        Ok(Self { plan, definitions, policy: experimentation::optimise::policy(shop)? })
    }
}

impl Live {
    /// Takes up what was started, stopped or learned, here or by another process.
    ///
    /// # Errors
    /// What the store says, or that the journal is damaged.
    pub fn refresh_trials(&self) -> Result<(), AppError> {
        let running = Running::load(self.shop())?;
        *self.trials.running.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(running);
        Ok(())
    }

    /// Whether an experiment that runs has a variant for somebody.
    pub(crate) fn has_variants_for(&self, subject: &SubjectId) -> bool {
        !self.trials.running().plan.assign(subject.as_str()).is_empty()
    }

    /// The variants of whoever asks: by hash, and then for good. Nobody without a name takes part,
    /// and nobody who switched profiling off. Whoever one experiment gives a model is in no later
    /// one that gives models: two cannot rank one list.
    pub(crate) fn enrol(&self, caller: &Caller) -> Result<Enrolled, AppError> {
        let running = self.trials.running();
        let named = caller.subject.as_ref().zip(caller.shopper);
        let Some((subject, shopper)) = named.filter(|_| caller.preferences.profiling) else {
            return Ok(Enrolled::default());
        };
        let assigned = running.plan.assign(subject.as_str());
        if assigned.is_empty() {
            return Ok(Enrolled::default());
        }
        let state = self.shop().state();
        let kept: BTreeMap<_, _> = state
            .assignments_of(shopper)?
            .into_iter()
            .map(|assigned| (assigned.experiment, assigned.variant))
            .collect();
        let mut enrolled = Vec::with_capacity(assigned.len());
        let mut has_model = false;
        for choice in assigned {
            let named = running.definitions.iter().find(|d| d.name == choice.experiment);
            if has_model && named.is_some_and(Definition::gives_models) {
                continue;
            }
            let variant = match kept.get(choice.experiment) {
                Some(variant) => variant.clone(),
                None => {
                    let at = Timestamp(ulid::Ulid::generate().timestamp_ms() as i64);
                    state.assign(shopper, choice.experiment, choice.variant, at)?
                }
            };
            if let Some(found) = named.and_then(|definition| definition.variant(&variant)) {
                has_model |= found.change.model.is_some();
                enrolled.push((choice.experiment.to_owned(), variant, found.change.clone()));
            }
        }
        Ok(Enrolled(enrolled))
    }

    /// How an answer is made for somebody with these variants; `known` is what they said of reasons
    /// and the length of their history, of somebody with a number who is profiled.
    pub(crate) fn treatment(
        &self,
        request: &Request,
        enrolled: Enrolled,
        known: Option<(&[StoredFeedback], usize)>,
    ) -> Result<Treatment, AppError> {
        let mut treatment = Treatment {
            treated: Treated::default(),
            explain: request.explain,
            bars: self.config().explain.clone(),
            preferred: BTreeMap::new(),
            model: None,
        };
        let mut fixed = false;
        for (experiment, variant, change) in enrolled.0 {
            fixed |= change.fixes_reasons();
            treatment.apply(&change);
            treatment.treated.variants.insert(experiment, variant);
        }
        let Some((heard, n_steps)) = known else {
            return Ok(treatment);
        };
        if !fixed {
            self.learned_style(request, n_steps, &mut treatment)?;
        }
        for (kind, weight) in shop::feedback::preferred(heard)? {
            treatment.prefer(&kind, weight);
        }
        Ok(treatment)
    }

    fn learned_style(
        &self,
        request: &Request,
        n_steps: usize,
        treatment: &mut Treatment,
    ) -> Result<(), AppError> {
        let running = self.trials.running();
        let (Some(policy), Some(subject)) = (&running.policy, request.subject()?) else {
            return Ok(());
        };
        let lang = request.lang.unwrap_or(self.config().shop.language);
        let context = experimentation::style::context(lang, n_steps);
        let Some(choice) = policy.choose(&context, subject.as_str()) else {
            return Ok(());
        };
        if let Some(style) = self.config().optimise.styles.get(choice.arm) {
            treatment.style(style);
            let (name, uniform) = (choice.arm.to_owned(), choice.uniform);
            treatment.treated.style = Some(Styled { name, context, uniform });
        }
        Ok(())
    }

    /// The model that a treatment ranks by. Where a variant's model is gone (an erasure removes
    /// those that counted the shopper), the current one answers, and not under that variant.
    pub(crate) fn model_of(
        &self,
        treatment: &mut Treatment,
        snapshot: &Snapshot,
    ) -> Result<Arc<LoadedModel>, AppError> {
        let current = Arc::clone(snapshot.model()?);
        let other = treatment.model.clone().filter(|version| *version != current.version);
        if other.is_none() && treatment.treated.weights.is_none() {
            return Ok(current);
        }
        let version = other.clone().unwrap_or_else(|| current.version.clone());
        let weights = serde_json::to_string(&treatment.treated.weights);
        let key = (version, weights.expect("weights are plain data"));
        let models = &self.trials.models;
        {
            let models = models.read().unwrap_or_else(PoisonError::into_inner);
            let known = models.kept.get(&key).filter(|_| models.epoch == snapshot.epoch);
            if let Some(kept) = known {
                return Ok(Arc::clone(kept));
            }
        }
        let base = match &other {
            Some(version) => match self.shop().model(version) {
                Ok(model) => model,
                Err(problem) => {
                    tracing::warn!("a variant's model cannot be used: {problem}");
                    treatment.treated = Treated::default();
                    return Ok(current);
                }
            },
            None => LoadedModel::new(current.version.clone(), current.model.clone()),
        };
        let made = Arc::new(base.weighted(treatment.treated.weights.as_ref()));
        let mut models = models.write().unwrap_or_else(PoisonError::into_inner);
        if models.epoch == snapshot.epoch {
            models.kept.insert(key, Arc::clone(&made));
        }
        Ok(made)
    }
}

impl Treatment {
    /// Another model's list with its reasons, and nothing else.
    pub(crate) fn plain(bars: ExplainConfig, model: ModelVersion) -> Self {
        let (treated, preferred) = (Treated::default(), BTreeMap::new());
        Self { treated, explain: true, bars, preferred, model: Some(model) }
    }

    fn apply(&mut self, change: &Change) {
        if let Some(weights) = change.weights() {
            self.treated.weights = Some(weights);
        }
        self.explain &= change.explain.unwrap_or(true);
        if change.phrasing == Some(Phrasing::Brief) {
            self.bars.max_claims = 1;
        }
        if !change.kinds.is_empty() {
            let only = change.kinds.iter().map(|kind| (kind.clone(), 1.0));
            self.preferred = only.chain([(Reader::OTHERS.to_owned(), 0.0)]).collect();
        }
        self.model = change.model.clone().or(self.model.take());
    }

    fn prefer(&mut self, kind: &str, weight: f64) {
        let before = self.preferred.get(kind).or_else(|| self.preferred.get(Reader::OTHERS));
        let after = before.copied().unwrap_or(1.0) * weight;
        self.preferred.insert(kind.to_owned(), after);
    }

    /// How much is said: little to those who get one claim.
    pub(crate) fn length(&self) -> Length {
        if self.bars.max_claims == 1 { Length::Short } else { Length::Normal }
    }

    fn style(&mut self, style: &Style) {
        for (kind, weight) in &style.kinds {
            self.prefer(kind, *weight);
        }
        if let Some(most) = style.max_claims {
            self.bars.max_claims = most;
        }
    }
}
