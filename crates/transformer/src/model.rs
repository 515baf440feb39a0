//! The trained model: vectors of shoppers and items, scores of all items for a history, and files.

use interactions::{History, HistoryEvent, ItemIdx};
use kernels::matrix::{mm, view, view_mut};
use kernels::vector::dot;
use safetensors::tensor::SafeTensors;
use serde::{Deserialize, Serialize};

use super::batch::{Batch, Input};
use super::features::ItemFeatures;
use super::forward::{Activations, Pass, forward};
use super::weights::{Dimensions, Weights, read_into, to_bytes, write_file};
use super::{SequenceConfig, SequenceError};

/// The array of item vectors in a model file.
const TABLE: &str = "table";

/// A trained Transformer, ready to score.
#[derive(Debug, Clone, PartialEq)]
pub struct SequenceModel {
    config: SequenceConfig,
    weights: Weights<f32>,
    /// Embedding plus projected features of every item. (`n_items`, width)
    table: Vec<f32>,
    fingerprint: String,
}

/// The header of a model file, besides its arrays.
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
    pub fn shopper_vectors(&self, histories: &[&History]) -> Vec<f32> {
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

    /// The events that count, oldest first.
    fn countable<'h>(&self, history: &'h History) -> impl Iterator<Item = Input> + use<'h> {
        let (max_len, n_items) = (self.config.max_len, self.n_items());
        let events = history.events().iter().rev();
        let countable = events.filter(move |event| counts(event, max_len, n_items));
        countable.map(|event| Input { row: event.item, distance: event.distance, mark: event.mark })
    }

    /// Adds `factor ×` the score of every item to `scores`, (histories, items), in one product of
    /// all shoppers' vectors with all items'.
    pub fn add_scores_of_histories(&self, histories: &[&History], factor: f32, scores: &mut [f32]) {
        let vectors = self.shopper_vectors(histories);
        let (n_items, width) = (self.n_items(), self.config.width);
        mm(
            view_mut(scores, histories.len(), n_items),
            faer::Accum::Add,
            view(&vectors, histories.len(), width),
            view(&self.table, n_items, width).transpose(),
            factor,
        );
    }

    /// The score of one item for each shopper's vector; `None` for an item that the model does not
    /// know. (histories)
    #[must_use]
    pub fn scores_of(&self, vectors: &[f32], item: ItemIdx) -> Option<Vec<f32>> {
        let width = self.config.width;
        let item = self.table.chunks_exact(width).nth(item as usize)?;
        Some(vectors.chunks_exact(width).map(|vector| dot(vector, item)).collect())
    }

    /// The model as safetensors bytes: its weights, the vectors of all items, and in the header
    /// its configuration and fingerprint.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let about = About {
            config: self.config.clone(),
            n_items: self.n_items(),
            n_features: self.weights.dimensions.n_features,
            fingerprint: self.fingerprint.clone(),
        };
        let about = serde_json::to_string(&about).expect("plain numbers and strings serialise");
        let shape = vec![self.n_items(), self.config.width];
        let mut arrays = self.weights.named("");
        arrays.push((TABLE.to_owned(), shape, to_bytes(&self.table)));
        write_file(&arrays, vec![("sequence".to_owned(), about)])
    }

    /// Reads what [`SequenceModel::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`SequenceError::File`] when the bytes are not a whole model.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SequenceError> {
        let file = SafeTensors::deserialize(bytes).map_err(|error| unreadable("header", &error))?;
        let about: About = read_metadata(bytes, "sequence")?;
        about.config.validate()?;
        let dimensions = Dimensions::new(&about.config, about.n_items, about.n_features);
        let weights = Weights::read(&file, "", dimensions)?;
        let shape = [about.n_items, about.config.width];
        let mut table = vec![0.0; weights.items.len()];
        read_into(&file, TABLE, &shape, &mut table)?;
        Ok(Self { config: about.config, weights, table, fingerprint: about.fingerprint })
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
