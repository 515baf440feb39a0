//! What an experiment is: its variants, what each changes, and what decides.

use std::collections::{BTreeMap, BTreeSet};

use domain::ModelVersion;
use experiments::assignment::{self, N_BUCKETS};
use serde::{Deserialize, Serialize};
use signals::SignalName;

use shop::ShopError;

use crate::{metric::Metric, style::not_a_kind};

/// An experiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Unique, for ever: it salts the assignment.
    pub name: String,
    /// What is expected and why, for whoever reads the results.
    #[serde(default)]
    pub hypothesis: String,
    /// Experiments of one layer exclude each other; layers are independent.
    #[serde(default = "main_layer")]
    pub layer: String,
    /// First of the layer's 10,000 buckets that takes part.
    #[serde(default)]
    pub from: u16,
    /// First bucket after them.
    #[serde(default = "all_buckets")]
    pub to: u16,
    /// The variant that the others are compared with.
    pub control: String,
    /// The variants, the control among them.
    pub variants: Vec<Variant>,
    /// What decides; p-values are adjusted by Holm over these.
    #[serde(default = "primary")]
    pub primary: Vec<Metric>,
    /// What must not get worse.
    #[serde(default = "guardrails")]
    pub guardrails: Vec<Metric>,
    /// Shoppers of all variants near which the sequential intervals are narrowest.
    #[serde(default = "planned")]
    pub planned_n: f64,
    /// True once it has ended.
    #[serde(default)]
    pub stopped: bool,
}

/// One variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Its name in answers and results.
    pub name: String,
    /// Its share, relative to the other weights.
    #[serde(default = "one")]
    pub weight: f64,
    /// What it changes; nothing where missing.
    #[serde(default)]
    pub change: Change,
}

/// What a variant changes. A missing field leaves things as they are.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Change {
    /// `blend`, or the one signal that orders items, e.g. `popularity` or `transition`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranker: Option<String>,
    /// Weights of the signals in the blend; a signal that is not named gets none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub weights: BTreeMap<SignalName, f32>,
    /// Only these kinds of claims in reasons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// How much a reason says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phrasing: Option<Phrasing>,
    /// False: no reasons at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<bool>,
    /// Another model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelVersion>,
}

/// How much a reason says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phrasing {
    /// As many claims as the settings allow.
    Full,
    /// The strongest claim alone.
    Brief,
}

fn main_layer() -> String {
    "main".to_owned()
}

fn all_buckets() -> u16 {
    N_BUCKETS
}

fn one() -> f64 {
    1.0
}

fn planned() -> f64 {
    experiments::Settings::default().planned_n
}

fn primary() -> Vec<Metric> {
    vec![Metric::Conversion]
}

fn guardrails() -> Vec<Metric> {
    vec![Metric::OptOut, Metric::Returns, Metric::WrongReasons]
}

/// The signal of this name.
fn signal(name: &str) -> Option<SignalName> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

impl Definition {
    /// An experiment with the usual layer, metrics and guardrails.
    #[must_use]
    pub fn new(name: impl Into<String>, control: &str, variants: Vec<Variant>) -> Self {
        Self {
            name: name.into(),
            hypothesis: String::new(),
            layer: main_layer(),
            from: 0,
            to: all_buckets(),
            control: control.to_owned(),
            variants,
            primary: primary(),
            guardrails: guardrails(),
            planned_n: planned(),
            stopped: false,
        }
    }

    /// Refuses what makes no sense, with the field and a hint.
    pub fn check(&self) -> Result<(), ShopError> {
        let bad = |field, problem: String| Err(ShopError::BadRequest { field, problem });
        let names: BTreeSet<_> = self.variants.iter().map(|variant| &variant.name).collect();
        if self.name.trim().is_empty() || self.name.len() > 100 {
            return bad("name", "give it a name of 1 to 100 bytes".to_owned());
        }
        if names.len() != self.variants.len() || names.len() < 2 {
            return bad("variants", "name two or more, each once".to_owned());
        }
        if self.variants.iter().any(|v| v.name.trim().is_empty() || v.name.contains(['/', '+'])) {
            return bad("variants", "a name has letters, and neither / nor +".to_owned());
        }
        if !names.contains(&self.control) {
            return bad("control", format!("{} is none of the variants", self.control));
        }
        if self.primary.is_empty() {
            return bad("primary", "say what decides, before there are data".to_owned());
        }
        if !(self.planned_n > 0.0 && self.planned_n.is_finite()) {
            return bad("planned_n", "plan for more than no shoppers".to_owned());
        }
        self.variants.iter().try_for_each(|variant| variant.change.check())
    }

    /// As the hashed assignment knows it.
    pub(super) fn assigned(&self) -> assignment::Experiment {
        let variant = |variant: &Variant| assignment::Variant {
            name: variant.name.clone(),
            weight: variant.weight,
        };
        assignment::Experiment {
            name: self.name.clone(),
            from: self.from,
            to: self.to,
            variants: self.variants.iter().map(variant).collect(),
        }
    }

    /// Whether any of its variants ranks by a model of its own.
    pub fn gives_models(&self) -> bool {
        self.variants.iter().any(|variant| variant.change.model.is_some())
    }

    /// The variant of this name.
    #[must_use]
    pub fn variant(&self, name: &str) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.name == name)
    }
}

impl Change {
    fn check(&self) -> Result<(), ShopError> {
        let bad = |field, problem: String| Err(ShopError::BadRequest { field, problem });
        match self.ranker.as_deref() {
            None | Some("blend") => {}
            Some(_) if !self.weights.is_empty() => {
                return bad("ranker", "set either ranker or weights".to_owned());
            }
            Some(name) if signal(name).is_none() => {
                return bad("ranker", format!("{name} is neither blend nor a signal"));
            }
            Some(_) => {}
        }
        let weights = self.weights.values();
        if weights.clone().any(|weight| !(0.0..=1e6).contains(weight))
            || (!self.weights.is_empty() && weights.sum::<f32>() <= 0.0)
        {
            return bad("weights", "each is 0 or more, and one is above 0".to_owned());
        }
        if let Some(problem) = self.kinds.iter().find_map(|kind| not_a_kind(kind)) {
            return bad("kinds", problem);
        }
        Ok(())
    }

    /// The weights that it ranks by, where they are not the model's own.
    pub fn weights(&self) -> Option<BTreeMap<SignalName, f32>> {
        let alone = self.ranker.as_deref().and_then(signal).map(|name| [(name, 1.0)].into());
        alone.or_else(|| (!self.weights.is_empty()).then(|| self.weights.clone()))
    }

    /// Whether it says itself how reasons are put, so that nothing learned may.
    pub fn fixes_reasons(&self) -> bool {
        !self.kinds.is_empty() || self.phrasing.is_some() || self.explain.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(change: &Change) -> String {
        change.check().err().map(|error| error.to_string()).unwrap_or_default()
    }

    fn kinds(kinds: &[&str]) -> Change {
        Change { kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(), ..Change::default() }
    }

    #[test]
    fn a_kind_of_claim_that_there_is_not_is_refused_with_the_closest_one() {
        assert_eq!(problem(&kinds(&["rated", "popular"])), "");
        for (wrong, meant) in
            [("ratd", "rated"), ("boughttogether", "bought_together"), ("popularity", "popular")]
        {
            let problem = problem(&kinds(&["rated", wrong]));
            assert!(problem.contains(&format!("did you mean {meant}?")), "{problem}");
        }
    }
}
