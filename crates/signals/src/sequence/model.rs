//! The trained model: scores of all items for a history, and what each event contributed.
//!
//! Scores are not additive in the events, so an event's contribution is what its masking takes
//! from the score; whatever events only do together is in the base.

use safetensors::tensor::SafeTensors;
use serde::{Deserialize, Serialize};

use super::batch::Batch;
use super::features::ItemFeatures;
use super::forward::{Activations, Pass, forward};
use super::kernels::dot;
use super::matrix::{mm, view, view_mut};
use super::weights::{Dimensions, Weights, write_file};
use super::{SequenceConfig, SequenceError};
use crate::{Attribution, History, HistoryEvent, ItemIdx, Query};

/// A trained Transformer, ready to score.
#[derive(Debug, Clone, PartialEq)]
pub struct SequenceModel {
    config: SequenceConfig,
    weights: Weights<f32>,
    /// Embedding plus projected features of every item. (`n_items`, width)
    table: Vec<f32>,
    fingerprint: String,
}

/// What a model file says besides its arrays.
#[derive(Serialize, Deserialize)]
struct About {
    config: SequenceConfig,
    n_items: usize,
    n_features: usize,
    fingerprint: String,
}

impl SequenceModel {
    pub(crate) fn new(
        config: SequenceConfig,
        weights: Weights<f32>,
        features: Option<&ItemFeatures>,
        fingerprint: String,
    ) -> Self {
        let mut table = weights.items.clone();
        if let Some(features) = features {
            let items: Vec<_> = (0..weights.dimensions.n_items as ItemIdx).collect();
            let projection = &weights.dense[weights.layout.projection.clone()];
            features.project(&items, projection, &mut table);
        }
        Self { config, weights, table, fingerprint }
    }

    /// How it was made.
    #[must_use]
    pub fn config(&self) -> &SequenceConfig {
        &self.config
    }

    /// Fingerprint of the data it was trained on.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Number of items.
    #[must_use]
    pub fn n_items(&self) -> usize {
        self.weights.dimensions.n_items
    }

    /// One vector per item, row-major (`n_items`, width); a score is its dot product with the
    /// shopper's vector.
    #[must_use]
    pub fn item_vectors(&self) -> &[f32] {
        &self.table
    }

    pub(crate) fn weights(&self) -> &Weights<f32> {
        &self.weights
    }

    /// One vector per history, row-major (histories, width). Events beyond `max_len`, of unknown
    /// items or of weight zero do not count; a history without any that counts gives zeros.
    #[must_use]
    pub fn shopper_vectors(&self, histories: &[History]) -> Vec<f32> {
        let width = self.config.width;
        let mut batch = Batch::default();
        let mut is_known = Vec::with_capacity(histories.len());
        for history in histories {
            let n_before = batch.histories.len();
            batch.push(self.countable(history));
            is_known.push(batch.histories.len() > n_before);
        }
        let mut vectors = vec![0.0; histories.len() * width];
        if batch.n_rows() == 0 {
            return vectors;
        }
        let mut activations = Activations::default();
        forward(&self.weights, &self.table, &batch, Pass::SERVE, &mut activations);
        let mut results = activations.final_norm.out.chunks_exact(width);
        let known = vectors.chunks_exact_mut(width).zip(is_known).filter(|(_, known)| *known);
        for ((vector, _), result) in known.zip(&mut results) {
            vector.copy_from_slice(result);
        }
        vectors
    }

    /// (item, distance) of the events that count, oldest first.
    fn countable<'h>(&self, history: &'h History) -> impl Iterator<Item = (u32, u32)> + use<'h> {
        let (max_len, n_items) = (self.config.max_len, self.n_items());
        let events = history.events().iter().rev();
        let countable = events.filter(move |event| counts(event, max_len, n_items));
        countable.map(|event| (event.item, event.distance))
    }

    /// Adds `factor ×` the score of every item to `scores` (length `n_items`).
    pub fn add_scores(&self, query: Query<'_>, factor: f32, scores: &mut [f32]) {
        let vector = self.shopper_vectors(std::slice::from_ref(query.history));
        mm(
            view_mut(scores, self.n_items(), 1),
            faer::Accum::Add,
            view(&self.table, self.n_items(), self.config.width),
            view(&vector, self.config.width, 1),
            factor,
        );
    }

    /// Accounts for the score of each of some items by leaving out one event at a time; the
    /// others keep their distance. All of it is one batch.
    #[must_use]
    pub fn attribute_items(&self, query: Query<'_>, items: &[ItemIdx]) -> Vec<Attribution> {
        let whole = std::iter::once(query.history.clone());
        let masked = (0..query.history.len()).map(|i| query.history.without(&[i]));
        let histories: Vec<_> = whole.chain(masked).collect();
        let vectors = self.shopper_vectors(&histories);
        items.iter().map(|&item| self.account(&vectors, item)).collect()
    }

    /// Accounts for the score of one item.
    #[must_use]
    pub fn attribute(&self, query: Query<'_>, item: ItemIdx) -> Attribution {
        self.attribute_items(query, &[item]).pop().unwrap_or_default()
    }

    /// `vectors`: of the whole history, then of each without one event.
    fn account(&self, vectors: &[f32], item: ItemIdx) -> Attribution {
        let width = self.config.width;
        let Some(item) = self.table.chunks_exact(width).nth(item as usize) else {
            return Attribution { by_event: vec![0.0; vectors.len() / width - 1], base: 0.0 };
        };
        let mut scores = vectors.chunks_exact(width).map(|vector| dot(vector, item));
        let whole = scores.next().unwrap_or(0.0);
        let by_event: Vec<_> = scores.map(|without| whole - without).collect();
        let base = whole - by_event.iter().sum::<f32>();
        Attribution { by_event, base }
    }

    /// The model as safetensors bytes, its configuration and fingerprint in the header.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let about = About {
            config: self.config.clone(),
            n_items: self.n_items(),
            n_features: self.weights.dimensions.n_features,
            fingerprint: self.fingerprint.clone(),
        };
        let about = serde_json::to_string(&about).expect("plain numbers and strings serialise");
        write_file(&self.weights.named(""), vec![("sequence".to_owned(), about)])
    }

    /// Reads what [`SequenceModel::to_bytes`] wrote, for a catalogue of `n_items`. Items that were
    /// added since have no embedding: their features alone give them a vector.
    ///
    /// # Errors
    /// [`SequenceError::File`] when the bytes are not a whole model, [`SequenceError::Features`]
    /// when the features are not those of the catalogue and the model.
    pub fn from_bytes(
        bytes: &[u8],
        n_items: usize,
        features: Option<&ItemFeatures>,
    ) -> Result<Self, SequenceError> {
        let file = SafeTensors::deserialize(bytes).map_err(|error| unreadable("header", &error))?;
        let about: About = read_metadata(bytes, "sequence")?;
        about.config.validate()?;
        let n_features = features.map_or(0, |features| features.n_features);
        if about.n_features != n_features {
            let problem = format!("{n_features} per item, the model has {}", about.n_features);
            return Err(SequenceError::Features { problem });
        }
        if let Some(features) = features {
            features.validate(n_items)?;
        }
        if n_items < about.n_items {
            let problem = format!("{} items, the catalogue has {n_items}", about.n_items);
            return Err(SequenceError::File { name: "items".to_owned(), problem });
        }
        let saved = Dimensions::new(&about.config, about.n_items, n_features);
        let mut weights = Weights::read(&file, "", saved)?;
        weights.dimensions.n_items = n_items;
        weights.items.resize(n_items * about.config.width, 0.0);
        Ok(Self::new(about.config, weights, features, about.fingerprint))
    }
}

/// Whether an event of a history is seen at all.
pub(super) fn counts(event: &HistoryEvent, max_len: usize, n_items: usize) -> bool {
    (event.distance as usize) < max_len && (event.item as usize) < n_items && event.weight > 0.0
}

pub(crate) fn unreadable(name: &str, error: &impl ToString) -> SequenceError {
    SequenceError::File { name: name.to_owned(), problem: error.to_string() }
}

/// Reads one JSON entry of a file's metadata.
pub(crate) fn read_metadata<M: serde::de::DeserializeOwned>(
    bytes: &[u8],
    name: &str,
) -> Result<M, SequenceError> {
    let (_, header) =
        SafeTensors::read_metadata(bytes).map_err(|error| unreadable("header", &error))?;
    let entry = header.metadata().as_ref().and_then(|entries| entries.get(name));
    let entry = entry.ok_or_else(|| unreadable(name, &"is missing from the header"))?;
    serde_json::from_str(entry).map_err(|error| unreadable(name, &error))
}
