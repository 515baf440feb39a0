//! `candor explain model`: what the model relies on as a whole.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use domain::Language;
use shop::Access;

use crate::command::ShopFolder;
use crate::{progress, show};

/// Explain what recommends, rather than one recommendation.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show what the model relies on: weights, top transitions and terms, and a simplified tree.
    Model(ModelArguments),
}

/// Show what the model relies on: weights, top transitions and terms, and a simplified tree.
///
/// The tree is fitted to the model's scores on features people know, and measured on shoppers it
/// was not fitted on; below `explain.surrogate_overlap` it is not shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  candor explain model --shop ./shop --lang zh --svg tree.svg")]
struct ModelArguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Language: zh or en; the shop's where missing
    #[arg(long)]
    lang: Option<Language>,
    /// Draw the tree into this file
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Print everything as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let What::Model(arguments) = &arguments.what;
    let shop = app::open(&arguments.shop.folder, Access::Read)?;
    let lang = arguments.lang.unwrap_or(shop.config::<app::Config>().shop.language);
    let bar = progress::stages();
    bar.set_message("fitting a tree to the model");
    let explained = insights::model_explanation::explain(&shop);
    bar.finish_and_clear();
    let explained = explained?;
    if arguments.json {
        println!("{}", serde_json::to_string_pretty(&explained)?);
    } else {
        print!("{}", show::model::text(&explained, lang));
    }
    if let Some(path) = &arguments.svg {
        let Some(svg) = explained.svg(lang) else {
            bail!("--svg: there is no tree that may be shown; its fidelity is below the bar");
        };
        std::fs::write(path, svg).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}
