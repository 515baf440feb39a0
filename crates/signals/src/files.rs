//! A model as named byte files: arrays as safetensors, everything else as JSON. The same model
//! gives the same bytes. `store` keeps them on disk; each signal names its own files.

use std::sync::Arc;

use domain::ItemId;
use language::Tokeniser;
use serde::{Deserialize, Serialize};
use transformer::SequenceModel;

use crate::fitted::{FORMAT, Signals};
use crate::kept::{Files, Folder, damaged, from_json, to_json};
use crate::{Circumstance, Constants, Model, SignalsError};

const MANIFEST: &str = "signals.json";
const SEQUENCE: &str = "sequence.safetensors";

#[derive(Serialize, Deserialize)]
struct Manifest {
    format: u32,
    constants: Constants,
    items: Vec<ItemId>,
    regions: Vec<String>,
    /// Rows of the context signal.
    circumstances: Vec<Circumstance>,
    /// Whether there is a Transformer.
    has_sequence: bool,
    /// Words that the shop added to the tokeniser.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
}

impl Model {
    /// The model as files, in a fixed order.
    ///
    /// # Errors
    /// [`SignalsError::DamagedFile`] when an array cannot be written (it never holds more than
    /// the format can).
    pub fn to_files(&self) -> Result<Vec<(String, Vec<u8>)>, SignalsError> {
        let signals = self.fitted();
        let manifest = Manifest {
            format: FORMAT,
            constants: self.constants().clone(),
            items: self.items().to_vec(),
            regions: self.regions().to_vec(),
            circumstances: signals.context.circumstances().to_vec(),
            has_sequence: signals.sequence.is_some(),
            words: self.tokeniser().words().to_vec(),
        };
        let mut files: Files = vec![(MANIFEST.to_owned(), to_json(MANIFEST, &manifest)?)];
        signals.write(&mut files)?;
        files.extend(signals.sequence.iter().map(|s| (SEQUENCE.to_owned(), s.to_bytes())));
        Ok(files)
    }

    /// Reads a model back. `file` gives the bytes of a named file.
    ///
    /// # Errors
    /// [`SignalsError::MissingFile`] or [`SignalsError::DamagedFile`]; nothing read here can make
    /// scoring panic later.
    pub fn from_files<'a>(file: &dyn Fn(&str) -> Option<&'a [u8]>) -> Result<Self, SignalsError> {
        let manifest: Manifest =
            from_json(MANIFEST, Folder { file, n_items: 0, circumstances: &[] }.bytes(MANIFEST)?)?;
        if manifest.format != FORMAT {
            return Err(damaged(
                MANIFEST,
                format!("format {} instead of {FORMAT}", manifest.format),
            ));
        }
        let Manifest { constants, items, regions, circumstances, has_sequence, words, .. } =
            manifest;
        constants.validate()?;
        let folder = Folder { file, n_items: items.len(), circumstances: &circumstances };
        let sequence = match has_sequence {
            true => Some(sequence_from_file(folder.bytes(SEQUENCE)?, items.len())?),
            false => None,
        };
        let signals = Signals { sequence, ..Signals::read(&folder, &constants)? };
        let model = Self::of_items(items, regions, signals, constants);
        Ok(model.reading_with(Arc::new(Tokeniser::new(words))))
    }
}

fn sequence_from_file(bytes: &[u8], n_items: usize) -> Result<SequenceModel, SignalsError> {
    let model = SequenceModel::from_bytes(bytes).map_err(|error| damaged(SEQUENCE, error))?;
    match model.n_items() == n_items {
        true => Ok(model),
        false => Err(damaged(SEQUENCE, format!("{} vectors for {n_items} items", model.n_items()))),
    }
}

#[cfg(test)]
mod tests;
