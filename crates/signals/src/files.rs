//! A model as named byte files: arrays as safetensors, everything else as JSON. The same model
//! gives the same bytes. `store` keeps them on disk.

use std::sync::Arc;

use domain::ItemId;
use language::Tokeniser;
use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};
use transformer::SequenceModel;

use crate::fitted::Signals;
use crate::sparse::SparseRows;
use crate::{
    Circumstance, Constants, ContextSignal, Model, Popularity, SignalsError, TextSignal, Transition,
};

/// Raised whenever a file changes its meaning.
const FORMAT: u32 = 2;
const MANIFEST: &str = "signals.json";
const VOCABULARY: &str = "text-vocabulary.json";
const TRANSITION: &str = "transition.safetensors";
const TEXT: &str = "text.safetensors";
const ALIKE: &str = "alike.safetensors";
const SEQUENCE: &str = "sequence.safetensors";
const POPULARITY: &str = "popularity.safetensors";
const CONTEXT: &str = "context.safetensors";

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
        let mut files = vec![
            (MANIFEST.to_owned(), to_json(MANIFEST, &manifest)?),
            (TRANSITION.to_owned(), rows_to_file(TRANSITION, signals.transition.rows())?),
            (TEXT.to_owned(), rows_to_file(TEXT, signals.text.vectors())?),
            (VOCABULARY.to_owned(), to_json(VOCABULARY, &signals.text.vocabulary())?),
            floats_to_file(POPULARITY, "scores", signals.popularity.scores())?,
            floats_to_file(CONTEXT, "lifts", signals.context.all_lifts())?,
        ];
        if let Some(alike) = signals.text.alike() {
            files.push((ALIKE.to_owned(), rows_to_file(ALIKE, alike)?));
        }
        files.extend(signals.sequence.iter().map(|s| (SEQUENCE.to_owned(), s.to_bytes())));
        Ok(files)
    }

    /// Reads a model back. `file` gives the bytes of a named file.
    ///
    /// # Errors
    /// [`SignalsError::MissingFile`] or [`SignalsError::DamagedFile`]; nothing read here can make
    /// scoring panic later.
    pub fn from_files<'a>(file: &dyn Fn(&str) -> Option<&'a [u8]>) -> Result<Self, SignalsError> {
        let bytes = |name: &str| {
            file(name).ok_or_else(|| SignalsError::MissingFile { file: name.to_owned() })
        };
        let manifest: Manifest = from_json(MANIFEST, bytes(MANIFEST)?)?;
        if manifest.format != FORMAT {
            return Err(damaged(
                MANIFEST,
                format!("format {} instead of {FORMAT}", manifest.format),
            ));
        }
        let Manifest { constants, items, regions, circumstances, has_sequence, words, .. } =
            manifest;
        constants.validate()?;
        let vocabulary: Vec<String> = from_json(VOCABULARY, bytes(VOCABULARY)?)?;
        let n_items = items.len();
        let transitions = rows_from_file(TRANSITION, bytes(TRANSITION)?, n_items, n_items)?;
        let vectors = rows_from_file(TEXT, bytes(TEXT)?, n_items, vocabulary.len())?;
        // There only where an encoder's vectors have a share in the text signal.
        let alike = file(ALIKE).map(|bytes| rows_from_file(ALIKE, bytes, n_items, n_items));
        let alike = alike.transpose()?.map(Arc::new);
        let scores = floats(POPULARITY, &open(POPULARITY, bytes(POPULARITY)?)?, "scores")?;
        let lifts = floats(CONTEXT, &open(CONTEXT, bytes(CONTEXT)?)?, "lifts")?;
        if scores.len() != n_items {
            return Err(damaged(
                POPULARITY,
                format!("{} scores for {n_items} items", scores.len()),
            ));
        }
        let signals = Signals {
            transition: Transition::from_rows(transitions, constants.transition.decay),
            text: TextSignal::from_vectors(vocabulary, vectors, alike, &constants.text),
            sequence: match has_sequence {
                true => Some(sequence_from_file(bytes(SEQUENCE)?, n_items)?),
                false => None,
            },
            popularity: Popularity::from_scores(scores),
            context: ContextSignal::from_parts(CONTEXT, n_items, circumstances, lifts)?,
        };
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

fn floats_to_file(
    file: &str,
    name: &str,
    values: &[f32],
) -> Result<(String, Vec<u8>), SignalsError> {
    let bytes = bytes_of(values, f32::to_le_bytes);
    let written = to_safetensors(file, &[(name, Dtype::F32, values.len(), bytes)])?;
    Ok((file.to_owned(), written))
}

fn damaged(file: &str, problem: impl std::fmt::Display) -> SignalsError {
    SignalsError::DamagedFile { file: file.to_owned(), problem: problem.to_string() }
}

fn to_json(file: &str, value: &impl Serialize) -> Result<Vec<u8>, SignalsError> {
    serde_json::to_vec_pretty(value).map_err(|error| damaged(file, error))
}

fn from_json<'a, T: Deserialize<'a>>(file: &str, bytes: &'a [u8]) -> Result<T, SignalsError> {
    serde_json::from_slice(bytes).map_err(|error| damaged(file, error))
}

fn to_safetensors<const N: usize>(
    file: &str,
    arrays: &[(&str, Dtype, usize, Vec<u8>); N],
) -> Result<Vec<u8>, SignalsError> {
    let mut views = Vec::with_capacity(N);
    for (name, dtype, length, bytes) in arrays {
        let view = TensorView::new(*dtype, vec![*length], bytes);
        views.push((*name, view.map_err(|error| damaged(file, error))?));
    }
    safetensors::serialize(views, None).map_err(|error| damaged(file, error))
}

fn rows_to_file(file: &str, rows: &SparseRows) -> Result<Vec<u8>, SignalsError> {
    let offsets: Vec<u64> = rows.offsets().iter().map(|&offset| offset as u64).collect();
    let n_values = rows.values().len();
    to_safetensors(
        file,
        &[
            ("offsets", Dtype::U64, offsets.len(), bytes_of(&offsets, u64::to_le_bytes)),
            ("columns", Dtype::U32, n_values, bytes_of(rows.columns(), u32::to_le_bytes)),
            ("values", Dtype::F32, n_values, bytes_of(rows.values(), f32::to_le_bytes)),
        ],
    )
}

fn rows_from_file(
    file: &str,
    bytes: &[u8],
    n_rows: usize,
    n_columns: usize,
) -> Result<SparseRows, SignalsError> {
    let arrays = open(file, bytes)?;
    let offsets = array(file, &arrays, "offsets", Dtype::U64, u64::from_le_bytes)?;
    let columns = array(file, &arrays, "columns", Dtype::U32, u32::from_le_bytes)?;
    let values = floats(file, &arrays, "values")?;
    let rows = SparseRows::from_parts(file, n_columns, (offsets, columns, values))?;
    match rows.n_rows() == n_rows {
        true => Ok(rows),
        false => Err(damaged(file, format!("{} rows instead of {n_rows}", rows.n_rows()))),
    }
}

fn open<'a>(file: &str, bytes: &'a [u8]) -> Result<SafeTensors<'a>, SignalsError> {
    SafeTensors::deserialize(bytes).map_err(|error| damaged(file, error))
}

fn floats(file: &str, arrays: &SafeTensors<'_>, name: &str) -> Result<Vec<f32>, SignalsError> {
    let floats = array(file, arrays, name, Dtype::F32, f32::from_le_bytes)?;
    match floats.iter().all(|value| value.is_finite()) {
        true => Ok(floats),
        false => Err(damaged(file, format!("{name} holds a value that is not finite"))),
    }
}

fn array<T, const WIDTH: usize>(
    file: &str,
    arrays: &SafeTensors<'_>,
    name: &str,
    dtype: Dtype,
    read: fn([u8; WIDTH]) -> T,
) -> Result<Vec<T>, SignalsError> {
    let view = arrays.tensor(name).map_err(|error| damaged(file, error))?;
    if view.dtype() != dtype {
        return Err(damaged(file, format!("{name} is of another type")));
    }
    let (chunks, _) = view.data().as_chunks::<WIDTH>();
    Ok(chunks.iter().map(|&chunk| read(chunk)).collect())
}

fn bytes_of<T: Copy, const WIDTH: usize>(values: &[T], write: fn(T) -> [u8; WIDTH]) -> Vec<u8> {
    values.iter().flat_map(|&value| write(value)).collect()
}

#[cfg(test)]
mod tests;
