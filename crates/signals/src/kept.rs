//! Arrays and tables as the bytes of files, and what a signal has to say of its own: which files it
//! is kept in, and which constants are valid. Which signals there are is said in `fitted`.

use safetensors::tensor::{Dtype, SafeTensors, TensorView};
use serde::{Deserialize, Serialize};

use crate::sparse::SparseRows;
use crate::{Circumstance, SignalsError};

/// Named files, in the order in which they are written.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// A signal that is counted rather than trained, as a model keeps it.
pub(crate) trait Kept: Sized {
    /// The numbers that it is fitted with.
    type Constants;

    /// Checks the constants against their ranges.
    fn validate(constants: &Self::Constants) -> Result<(), SignalsError>;

    /// Appends the signal's files.
    fn write(&self, files: &mut Files) -> Result<(), SignalsError>;

    /// Reads the signal back. Nothing that is read may make scoring panic later.
    fn read(folder: &Folder<'_, '_>, constants: &Self::Constants) -> Result<Self, SignalsError>;

    /// Whether the shop's data have anything for it; a signal that knows nothing does not score.
    fn knows_anything(&self) -> bool {
        true
    }
}

/// The files of a model, and what its manifest says of them.
pub(crate) struct Folder<'f, 'a> {
    pub(crate) file: &'f dyn Fn(&str) -> Option<&'a [u8]>,
    pub(crate) n_items: usize,
    /// Rows of the context signal.
    pub(crate) circumstances: &'f [Circumstance],
}

impl<'a> Folder<'_, 'a> {
    /// Returns the bytes of a file that has to be there.
    pub(crate) fn bytes(&self, name: &str) -> Result<&'a [u8], SignalsError> {
        (self.file)(name).ok_or_else(|| SignalsError::MissingFile { file: name.to_owned() })
    }

    /// Returns the numbers of a file with one array.
    pub(crate) fn floats(&self, file: &str, name: &str) -> Result<Vec<f32>, SignalsError> {
        floats(file, &open(file, self.bytes(file)?)?, name)
    }

    /// Returns one number for each item.
    pub(crate) fn floats_of_items(&self, file: &str, name: &str) -> Result<Vec<f32>, SignalsError> {
        let floats = self.floats(file, name)?;
        match floats.len() == self.n_items {
            true => Ok(floats),
            false => {
                Err(damaged(file, format!("{} {name} for {} items", floats.len(), self.n_items)))
            }
        }
    }

    /// Returns one sparse row for each item.
    pub(crate) fn rows(&self, file: &str, n_columns: usize) -> Result<SparseRows, SignalsError> {
        rows_from_file(file, self.bytes(file)?, self.n_items, n_columns)
    }
}

pub(crate) fn floats_to_file(
    file: &str,
    name: &str,
    values: &[f32],
) -> Result<(String, Vec<u8>), SignalsError> {
    let bytes = bytes_of(values, f32::to_le_bytes);
    let written = to_safetensors(file, &[(name, Dtype::F32, values.len(), bytes)])?;
    Ok((file.to_owned(), written))
}

pub(crate) fn damaged(file: &str, problem: impl std::fmt::Display) -> SignalsError {
    SignalsError::DamagedFile { file: file.to_owned(), problem: problem.to_string() }
}

pub(crate) fn to_json(file: &str, value: &impl Serialize) -> Result<Vec<u8>, SignalsError> {
    serde_json::to_vec_pretty(value).map_err(|error| damaged(file, error))
}

pub(crate) fn from_json<'a, T: Deserialize<'a>>(
    file: &str,
    bytes: &'a [u8],
) -> Result<T, SignalsError> {
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

pub(crate) fn rows_to_file(file: &str, rows: &SparseRows) -> Result<Vec<u8>, SignalsError> {
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

pub(crate) fn rows_from_file(
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
