//! The settings of experiments, and the hashed assignment that follows from their definitions.

use experiments::assignment::{self, Plan};
use serde::{Deserialize, Serialize};
use shop::ShopError;

use crate::definition::Definition;

/// Experiments. Documented key by key in `config/default.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ExperimentsConfig {
    /// Separates this shop's assignment from any other; changing it reshuffles everyone.
    pub salt: String,
    /// Shoppers of 10,000 who are in no experiment.
    pub holdout: u16,
    /// Level of tests.
    pub alpha: f64,
    /// Experiments that run, beside those started over the API.
    pub define: Vec<Definition>,
}

impl Default for ExperimentsConfig {
    fn default() -> Self {
        Self { salt: "candor".to_owned(), holdout: 0, alpha: 0.05, define: Vec::new() }
    }
}

impl ExperimentsConfig {
    /// Checks that the settings make sense.
    ///
    /// # Errors
    /// [`ShopError::Config`] with the key and what is expected.
    pub fn check(&self) -> Result<(), ShopError> {
        let bad =
            |problem: String| ShopError::Config { problem: format!("experiments: {problem}") };
        if !(self.alpha > 0.0 && self.alpha < 1.0) {
            return Err(bad(format!("alpha is {}, but lies between 0 and 1", self.alpha)));
        }
        self.define.iter().try_for_each(Definition::check).map_err(|e| bad(e.to_string()))?;
        plan(self, &self.define).map(|_| ()).map_err(|e| bad(e.to_string()))
    }
}

/// The hashed assignment of everything that runs.
pub fn plan(config: &ExperimentsConfig, definitions: &[Definition]) -> Result<Plan, ShopError> {
    let mut layers: Vec<assignment::Layer> = Vec::new();
    for definition in definitions.iter().filter(|definition| !definition.stopped) {
        let name = definition.layer.clone();
        let experiment = definition.assigned();
        match layers.iter_mut().find(|layer| layer.name == name) {
            Some(layer) => layer.experiments.push(experiment),
            None => layers.push(assignment::Layer { name, experiments: vec![experiment] }),
        }
    }
    let plan = Plan { salt: config.salt.clone(), holdout: config.holdout, layers };
    plan.validate().map_err(|error| ShopError::Experiment(error.to_string()))?;
    Ok(plan)
}
