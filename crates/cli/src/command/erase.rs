//! `candor erase`: forget a shopper.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::Live;
use domain::SubjectId;
use shop::Access;
use ureq::http::Method;

use crate::beside::{self, Opened, encoded};
use crate::command::ShopFolder;

/// Forget a shopper: log, profile, counts, answers and models. Cannot be undone.
///
/// Done means done: when this returns, the model has been fitted again without them and every
/// older model is gone. The name stays as a keyed hash, so that importing an old file again does not
/// bring the person back. Beside a running server of the shop the server forgets them.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  candor erase customer-4711 --shop ./shop
  candor erase --match customers.txt --shop ./shop   # which names of a source were erased")]
pub(crate) struct Arguments {
    /// The shopper, in the shop's words
    #[arg(required_unless_present = "names")]
    shopper: Option<SubjectId>,
    /// Print which names of a file (one a line) were erased, to clean the source; erases nobody
    #[arg(long = "match", id = "names", value_name = "FILE", conflicts_with = "shopper")]
    names: Option<PathBuf>,
    #[command(flatten)]
    shop: ShopFolder,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    if let Some(file) = &arguments.names {
        return print_erased(file, &arguments.shop.folder);
    }
    let Some(shopper) = &arguments.shopper else { return Ok(()) };
    let erased = match beside::open(&arguments.shop.folder, Access::Write)? {
        Opened::Shop(shop) => serde_json::to_value(Live::new(*shop)?.erase(shopper)?)?,
        Opened::Server(server) => {
            let path = format!("/v1/shoppers/{}", encoded(shopper.as_str()));
            server.get(Method::DELETE, &path, None)?
        }
    };
    println!("{}", serde_json::to_string_pretty(&erased)?);
    Ok(())
}

fn print_erased(file: &Path, shop: &Path) -> anyhow::Result<()> {
    let names =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let erased = app::open(shop, Access::Read)?.state().erased_names()?;
    for name in names.lines().map(str::trim).filter(|name| !name.is_empty()) {
        let name = SubjectId::new(name).with_context(|| format!("in {}", file.display()))?;
        if erased.erased_at(&name).is_some() {
            println!("{name}");
        }
    }
    Ok(())
}
