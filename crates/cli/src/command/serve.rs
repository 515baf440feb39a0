//! `candor serve`: the shop over HTTP.

use std::io::IsTerminal as _;
use std::sync::Arc;

use app::{Live, demo};
use server::{SampleShopper, ServeOptions};
use shop::Access;
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

use crate::command::ShopFolder;

/// Serve the shop over HTTP until Ctrl-C: the API under /v1, its documentation at /docs, the shop
/// window at / and the widget at /widget.
///
/// Without keys in `candor.toml` the server runs open and only listens on this machine. Logging is
/// set by CANDOR_LOG, e.g. CANDOR_LOG=debug or CANDOR_LOG=info,server=debug.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Address and port to listen on, e.g. 127.0.0.1:7700
    #[arg(long)]
    listen: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let shop = app::open(&arguments.shop.folder, Access::Write)?;
    serve(Live::new(shop)?, arguments.listen.clone())
}

/// Serves until a signal.
pub(crate) fn serve(live: Live, listen: Option<String>) -> anyhow::Result<()> {
    let log = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    tracing_subscriber::registry().with(log.with_filter(logged())).init();
    let mut settings = live.config().serve.clone();
    if let Some(listen) = listen {
        settings.listen = listen;
    }
    let options = ServeOptions { settings, sample_shoppers: known_samples(&live)? };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    Ok(runtime.block_on(server::serve(Arc::new(live), options))?)
}

/// What CANDOR_LOG names: a level, or levels by module as in `info,server=debug`.
fn logged() -> Targets {
    let named = std::env::var("CANDOR_LOG").ok().filter(|named| !named.is_empty());
    let named = named.and_then(|named| named.parse().ok());
    named.unwrap_or_else(|| Targets::new().with_default(Level::INFO))
}

/// The demo's shoppers, where the shop knows them.
fn known_samples(live: &Live) -> anyhow::Result<Vec<SampleShopper>> {
    if !live.config().shop.simulated {
        return Ok(Vec::new());
    }
    let samples = demo::samples().into_iter();
    Ok(samples.map(|s| SampleShopper { subject: s.subject, name: s.name }).collect())
}
