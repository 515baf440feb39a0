//! A trained model in memory, and how it comes from and goes to its folder.

use std::collections::BTreeMap;
use std::sync::RwLock;

use domain::ModelVersion;
use signals::{Model, SignalName};
use store::StoreError;

use crate::error::ShopError;
use crate::tally::{ItemNo, Tally};

/// A model ready to score.
#[derive(Debug)]
pub struct LoadedModel {
    /// Its version.
    pub version: ModelVersion,
    /// The model.
    pub model: Model,
    /// Where each of its items lies in the tally; filled again when the tally has grown.
    item_nos: RwLock<(usize, std::sync::Arc<Vec<Option<ItemNo>>>)>,
}

impl LoadedModel {
    /// Wraps a model.
    #[must_use]
    pub fn new(version: ModelVersion, model: Model) -> Self {
        Self { version, model, item_nos: RwLock::default() }
    }

    /// The model under the weights of a variant, or as it is.
    pub fn weighted(self, weights: Option<&BTreeMap<SignalName, f32>>) -> Self {
        match weights {
            Some(weights) => {
                let mut blend = self.model.constants().blend.clone();
                for weight in &mut blend.0 {
                    weight.weight = weights.get(&weight.signal).copied().unwrap_or(0.0);
                }
                Self::new(self.version, self.model.reweighted(blend))
            }
            None => self,
        }
    }

    /// Position in the tally of each item of the model. Positions never change while a tally
    /// lives, so this is computed once per growth.
    pub fn item_nos(&self, tally: &Tally) -> std::sync::Arc<Vec<Option<ItemNo>>> {
        const HELD: &str = "no panic while the positions are written";
        {
            let known = self.item_nos.read().expect(HELD);
            if known.0 == tally.n_items() && known.1.len() == self.model.n_items() {
                return known.1.clone();
            }
        }
        let found: Vec<_> = self.model.items().iter().map(|id| tally.item_no(id)).collect();
        let found = std::sync::Arc::new(found);
        *self.item_nos.write().expect(HELD) = (tally.n_items(), found.clone());
        found
    }

    /// Forgets positions, for use with another tally.
    pub fn forget_positions(&self) {
        *self.item_nos.write().expect("no panic while the positions are written") =
            Default::default();
    }
}

/// Reads a model from its folder, after checking every file against its recorded hash.
pub(crate) fn load(
    models: &store::Models,
    version: &ModelVersion,
) -> Result<LoadedModel, ShopError> {
    let folder = models.open_model(version)?;
    folder.verify()?;
    let mapped = |file: &store::ModelFile| Ok((file.name.clone(), folder.file(&file.name)?));
    let files: Result<BTreeMap<_, _>, StoreError> = folder.files().iter().map(mapped).collect();
    let files = files?;
    let model = Model::from_files(&|name| files.get(name).map(|mapped| &mapped[..]))?;
    Ok(LoadedModel::new(version.clone(), model))
}
