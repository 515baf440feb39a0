//! Vectors of texts in a file: 32 bytes of the text's SHA-256, then its 512 numbers, little-endian,
//! one after the other. A half-written last one is cut off.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use language::encoder::WIDTH;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use shop::ShopError;

const KEY: usize = 32;
const ROW: usize = KEY + 4 * WIDTH;

/// What a text's vector is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key([u8; KEY]);

impl Key {
    pub(super) fn of(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }
}

/// Vectors that are at hand.
pub(super) struct Kept {
    path: PathBuf,
    vectors: FxHashMap<Key, Arc<[f32]>>,
}

impl Kept {
    /// Reads the file, if there is one.
    pub(super) fn open(path: &Path) -> Result<Self, ShopError> {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(ShopError::file(path)(error)),
        };
        let rows = bytes.chunks_exact(ROW);
        let cut = rows.remainder().len();
        let vectors = rows.filter_map(read_row).collect();
        if cut > 0 {
            let whole = (bytes.len() - cut) as u64;
            let file = OpenOptions::new().write(true).open(path).map_err(ShopError::file(path))?;
            file.set_len(whole).map_err(ShopError::file(path))?;
        }
        Ok(Self { path: path.to_path_buf(), vectors })
    }

    pub(super) fn get(&self, key: &Key) -> Option<Arc<[f32]>> {
        self.vectors.get(key).cloned()
    }

    /// Keeps vectors, in the file as well.
    pub(super) fn add(&mut self, new: Vec<(Key, Vec<f32>)>) -> Result<(), ShopError> {
        let mut bytes = Vec::with_capacity(new.len() * ROW);
        for (key, vector) in &new {
            bytes.extend(key.0);
            vector.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
        }
        let append = || -> std::io::Result<File> {
            let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
            file.write_all(&bytes)?;
            Ok(file)
        };
        append().map_err(ShopError::file(&self.path))?;
        self.vectors.extend(new.into_iter().map(|(key, vector)| (key, Arc::from(vector))));
        Ok(())
    }
}

fn read_row(row: &[u8]) -> Option<(Key, Arc<[f32]>)> {
    let (key, values) = row.split_first_chunk::<KEY>()?;
    let values = values.chunks_exact(4).filter_map(|value| value.first_chunk::<4>());
    Some((Key(*key), values.map(|value| f32::from_le_bytes(*value)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_come_back_and_a_half_written_one_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vectors");
        let vector = |value: f32| vec![value; WIDTH];
        let mut kept = Kept::open(&path).unwrap();
        kept.add(vec![(Key::of("tea"), vector(0.5)), (Key::of("茶"), vector(0.25))]).unwrap();
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 7]).unwrap();
        let mut kept = Kept::open(&path).unwrap();
        assert_eq!(kept.get(&Key::of("tea")).unwrap()[..], vector(0.5)[..]);
        assert!(kept.get(&Key::of("茶")).is_none());
        kept.add(vec![(Key::of("茶"), vector(0.25))]).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), whole);
        assert!(Kept::open(&path).unwrap().get(&Key::of("茶")).is_some());
    }
}
