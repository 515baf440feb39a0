//! The trained model: scores of all items for a history, and what each event contributed.
//!
//! Scores are not additive in the events, so an event's contribution is what its masking takes
//! from the score; whatever events only do together is in the base.

use kernels::vector::{dot};
use kernels::matrix::{mm, view, view_mut};
use interactions::{History, HistoryEvent, ItemIdx, Query};
use safetensors::tensor::SafeTensors;
use serde::{Deserialize, Serialize};

use super::batch::{Batch, Input};
use super::features::ItemFeatures;
use super::forward::{Activations, Pass, forward};
use super::weights::{Dimensions, Weights, read_into, to_bytes, write_file};
use super::{SequenceConfig, SequenceError};
use crate::{Attribution, Signal, SignalName};

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

impl Signal for SequenceModel {
    fn name(&self) -> SignalName {
        SignalName::Sequence
    }

    fn add_scores(&self, query: Query<'_>, factor: f32, scores: &mut [f32]) {
        self.add_scores_of_each(&[query], factor, scores);
    }

    /// One product of all shoppers' vectors with all items'.
    fn add_scores_of_each(&self, queries: &[Query<'_>], factor: f32, scores: &mut [f32]) {
        let histories: Vec<&History> = queries.iter().map(|query| query.history).collect();
        let vectors = self.shopper_vectors(&histories);
        let (n_items, width) = (self.n_items(), self.config.width);
        mm(
            view_mut(scores, queries.len(), n_items),
            faer::Accum::Add,
            view(&vectors, queries.len(), width),
            view(&self.table, n_items, width).transpose(),
            factor,
        );
    }

    fn attribute(&self, query: Query<'_>, item: ItemIdx) -> Attribution {
        self.attribute_items(query, &[item]).pop().unwrap_or_default()
    }

    /// Leaves out one event at a time; the others keep their distance. All of it is one batch.
    fn attribute_items(&self, query: Query<'_>, items: &[ItemIdx]) -> Vec<Attribution> {
        let masked: Vec<_> =
            (0..query.history.len()).map(|i| query.history.without(&[i])).collect();
        let histories: Vec<_> = std::iter::once(query.history).chain(&masked).collect();
        let vectors = self.shopper_vectors(&histories);
        items.iter().map(|&item| self.account(&vectors, item)).collect()
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
