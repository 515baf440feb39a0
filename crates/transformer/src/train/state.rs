//! The whole state of a training as bytes, so that it goes on after a crash as if nothing was.

use safetensors::tensor::SafeTensors;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Best, Trainer, TrainingData};
use crate::adam::Adam;
use crate::model::{read_metadata, unreadable};
use crate::weights::{Dimensions, Weights, write_file};
use crate::{FeatureRows, Ranking, SequenceConfig, SequenceError};

#[derive(Serialize, Deserialize)]
struct About {
    config: SequenceConfig,
    fingerprint: String,
    epoch: usize,
    step: u64,
    best: Option<(usize, Ranking)>,
}

impl<'a> Trainer<'a> {
    /// Everything needed to go on, as safetensors bytes.
    #[must_use]
    pub fn state(&self) -> Vec<u8> {
        let about = About {
            config: self.config.clone(),
            fingerprint: self.fingerprint.clone(),
            epoch: self.epoch,
            step: self.adam.step,
            best: self.best.as_ref().map(|best| (best.epoch, best.ranking)),
        };
        let mut arrays = self.weights.named("weights.");
        arrays.extend(self.adam.first.named("first."));
        arrays.extend(self.adam.second.named("second."));
        if let Some(best) = &self.best {
            arrays.extend(best.weights.named("best."));
        }
        let about = serde_json::to_string(&about).expect("plain numbers and strings serialise");
        write_file(&arrays, vec![("training".to_owned(), about)])
    }

    /// Goes on from [`Trainer::state`]; what follows equals an uninterrupted run bit by bit.
    /// `config` may differ from the saved one in `epochs` and `patience` only.
    ///
    /// # Errors
    /// [`SequenceError::OtherData`] when data or settings differ, [`SequenceError::File`] when the
    /// bytes are not a whole state.
    pub fn resume(
        data: TrainingData<'a>,
        config: SequenceConfig,
        state: &[u8],
    ) -> Result<Self, SequenceError> {
        let about: About = read_metadata(state, "training")?;
        let file = SafeTensors::deserialize(state).map_err(|error| unreadable("header", &error))?;
        let mut trainer = Self::new(data, config)?;
        let saved = SequenceConfig {
            epochs: trainer.config.epochs,
            patience: trainer.config.patience,
            ..about.config
        };
        if saved != trainer.config || about.fingerprint != trainer.fingerprint {
            return Err(SequenceError::OtherData);
        }
        let d = trainer.weights.dimensions;
        trainer.weights = Weights::read(&file, "weights.", d)?;
        trainer.adam = Adam {
            step: about.step,
            first: Weights::read(&file, "first.", d)?,
            second: Weights::read(&file, "second.", d)?,
        };
        trainer.epoch = about.epoch;
        trainer.best =
            about.best.map(|(epoch, ranking)| read_best(&file, d, epoch, ranking)).transpose()?;
        Ok(trainer)
    }
}

fn read_best(
    file: &SafeTensors<'_>,
    dimensions: Dimensions,
    epoch: usize,
    ranking: Ranking,
) -> Result<Best, SequenceError> {
    let weights = Weights::read(file, "best.", dimensions)?;
    Ok(Best { epoch, ranking, weights })
}

/// SHA-256 of the training data, in hexadecimal.
pub(super) fn fingerprint(data: &TrainingData<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update((data.n_items as u64).to_le_bytes());
    for sequence in data.sequences {
        hash.update((sequence.len() as u64).to_le_bytes());
        sequence.iter().for_each(|item| hash.update(item.to_le_bytes()));
    }
    for mark in data.marks.into_iter().flatten().flatten() {
        hash.update([mark.kind() as u8, mark.gap() as u8]);
    }
    if let Some(features) = data.features {
        hash.update((features.n_features as u64).to_le_bytes());
        let values = match &features.rows {
            FeatureRows::Dense(values) => values,
            FeatureRows::Sparse { offsets, columns, values } => {
                offsets.iter().for_each(|offset| hash.update((*offset as u64).to_le_bytes()));
                columns.iter().for_each(|column| hash.update(column.to_le_bytes()));
                values
            }
        };
        values.iter().for_each(|value| hash.update(value.to_le_bytes()));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
