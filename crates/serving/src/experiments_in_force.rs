//! The experiments in force: who takes part in which variant, and what that makes of one answer.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use answers::answer::{Styled, Treated};
use answers::request::Request;
use domain::{ModelVersion, SubjectId, Timestamp};
use experimentation::experiment::{Change, Definition, ExperimentsConfig, plan};
use experimentation::optimise::OptimiseConfig;
use experiments::assignment::Plan;
use experiments::bandit::Policy;
use explain::ExplainConfig;
use rustc_hash::FxHashMap;
use shop::model::LoadedModel;
use shop::settings::ShopConfig;
use shop::snapshot::Snapshot;
use shop::{Shop, ShopError};
use store::StoredFeedback;

use crate::caller::StoredCaller;
use crate::treatment::Treatment;

/// Everything that shapes answers beside the settings, and the models that variants need.
#[derive(Default)]
pub(crate) struct ExperimentsInForce {
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
struct Running {
    plan: Plan,
    definitions: Vec<Definition>,
    policy: Option<Policy>,
}

/// The variants that a caller is assigned to, each with its experiment and what it changes.
#[derive(Debug, Default)]
pub(crate) struct Assigned(Vec<(String, String, Change)>);

impl ExperimentsInForce {
    pub(crate) fn load(shop: &Shop) -> Result<Self, ShopError> {
        let running = RwLock::new(Arc::new(Running::load(shop)?));
        Ok(Self { running, models: RwLock::default() })
    }

    /// Takes up what was started, stopped or learned, here or by another process.
    pub(crate) fn refresh(&self, shop: &Shop) -> Result<(), ShopError> {
        let running = Running::load(shop)?;
        *self.running.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(running);
        Ok(())
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

    fn running(&self) -> Arc<Running> {
        Arc::clone(&self.running.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether an experiment that runs has a variant for somebody.
    pub(crate) fn has_variants_for(&self, subject: &SubjectId) -> bool {
        !self.running().plan.assign(subject.as_str()).is_empty()
    }

    /// Assigns the caller to variants by hash and keeps the first assignment. A caller without a
    /// name takes no part, nor does one who switched profiling off. A shopper whom one experiment
    /// gives a model is in no later one that gives models: two cannot rank one list.
    pub(crate) fn assign(&self, shop: &Shop, caller: &StoredCaller) -> Result<Assigned, ShopError> {
        let running = self.running();
        let named = caller.subject.as_ref().zip(caller.shopper);
        let Some((subject, shopper)) = named.filter(|_| caller.preferences.profiling) else {
            return Ok(Assigned::default());
        };
        let assigned = running.plan.assign(subject.as_str());
        if assigned.is_empty() {
            return Ok(Assigned::default());
        }
        let state = shop.state();
        let kept: BTreeMap<_, _> = state
            .assignments_of(shopper)?
            .into_iter()
            .map(|assigned| (assigned.experiment, assigned.variant))
            .collect();
        let mut assigned_to = Vec::with_capacity(assigned.len());
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
                assigned_to.push((choice.experiment.to_owned(), variant, found.change.clone()));
            }
        }
        Ok(Assigned(assigned_to))
    }

    /// How an answer is made for somebody with these variants; `known` is what they said of reasons
    /// and the length of their history, of somebody with a number who is profiled.
    pub(crate) fn treatment(
        &self,
        shop: &Shop,
        request: &Request,
        assigned_to: Assigned,
        known: Option<(&[StoredFeedback], usize)>,
    ) -> Result<Treatment, ShopError> {
        let mut treatment = Treatment {
            treated: Treated::default(),
            explain: request.explain,
            bars: shop.config::<ExplainConfig>().clone(),
            preferred: BTreeMap::new(),
            model: None,
        };
        let mut fixed = false;
        for (experiment, variant, change) in assigned_to.0 {
            fixed |= change.fixes_reasons();
            treatment.apply(&change);
            treatment.treated.variants.insert(experiment, variant);
        }
        let Some((heard, n_steps)) = known else {
            return Ok(treatment);
        };
        if !fixed {
            self.learned_style(shop, request, n_steps, &mut treatment)?;
        }
        for (kind, weight) in shop::feedback::preferred(heard)? {
            treatment.prefer(&kind, weight);
        }
        Ok(treatment)
    }

    fn learned_style(
        &self,
        shop: &Shop,
        request: &Request,
        n_steps: usize,
        treatment: &mut Treatment,
    ) -> Result<(), ShopError> {
        let running = self.running();
        let (Some(policy), Some(subject)) = (&running.policy, request.subject()?) else {
            return Ok(());
        };
        let lang = request.lang.unwrap_or(shop.config::<ShopConfig>().language);
        let context = experimentation::style::context(lang, n_steps);
        let Some(choice) = policy.choose(&context, subject.as_str()) else {
            return Ok(());
        };
        if let Some(style) = shop.config::<OptimiseConfig>().styles.get(choice.arm) {
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
        shop: &Shop,
        treatment: &mut Treatment,
        snapshot: &Snapshot,
    ) -> Result<Arc<LoadedModel>, ShopError> {
        let current = Arc::clone(snapshot.model()?);
        let other = treatment.model.clone().filter(|version| *version != current.version);
        if other.is_none() && treatment.treated.weights.is_none() {
            return Ok(current);
        }
        let version = other.clone().unwrap_or_else(|| current.version.clone());
        let weights = serde_json::to_string(&treatment.treated.weights);
        let key = (version, weights.expect("weights are plain data"));
        let models = &self.models;
        {
            let models = models.read().unwrap_or_else(PoisonError::into_inner);
            let known = models.kept.get(&key).filter(|_| models.epoch == snapshot.epoch);
            if let Some(kept) = known {
                return Ok(Arc::clone(kept));
            }
        }
        let base = match &other {
            Some(version) => match shop.model(version) {
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

impl Running {
    fn load(shop: &Shop) -> Result<Self, ShopError> {
        let mut definitions = experimentation::experiment::all(shop)?;
        definitions.retain(|definition| !definition.stopped);
        let plan = plan(shop.config::<ExperimentsConfig>(), &definitions)?;
        Ok(Self { plan, definitions, policy: experimentation::optimise::policy(shop)? })
    }
}
