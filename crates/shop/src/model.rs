//! A trained model in memory, and how it comes from and goes to its folder.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::ModelVersion;
use signals::{Model, SignalName};
use store::StoreError;

use crate::error::ShopError;
use crate::live_counts::{ItemNo, LiveCounts};

/// A model ready to score.
#[derive(Debug)]
pub struct LoadedModel {
    /// Its version.
    pub version: ModelVersion,
    /// The model.
    pub model: Model,
    /// Where its items lie, as far as it was looked up.
    positions: RwLock<Option<Positions>>,
}

/// Where the items of a model lie in the copies of the same counts that know so many items.
#[derive(Debug, Clone)]
struct Positions {
    numbering: Arc<()>,
    n_items: usize,
    item_nos: Arc<Vec<Option<ItemNo>>>,
}

impl LoadedModel {
    /// Wraps a model.
    #[must_use]
    pub fn new(version: ModelVersion, model: Model) -> Self {
        Self { version, model, positions: RwLock::default() }
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

    /// Position in the counts of each item of the model. Looked up once for all copies
    /// that know the same items; what is kept is of the copy that knows most.
    pub fn item_nos(&self, counts: &LiveCounts) -> Arc<Vec<Option<ItemNo>>> {
        let n_items = counts.n_items();
        let of_this = |known: &&Positions| Arc::ptr_eq(&known.numbering, counts.numbering());
        let kept = self.positions.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = kept.as_ref().filter(of_this).filter(|k| k.n_items == n_items) {
            return Arc::clone(&known.item_nos);
        }
        let found: Vec<_> = self.model.items().iter().map(|id| counts.item_no(id)).collect();
        let found = Arc::new(found);
        let mut kept = self.positions.write().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().filter(of_this).is_none_or(|known| known.n_items < n_items) {
            let (numbering, item_nos) = (Arc::clone(counts.numbering()), Arc::clone(&found));
            *kept = Some(Positions { numbering, n_items, item_nos });
        }
        found
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
