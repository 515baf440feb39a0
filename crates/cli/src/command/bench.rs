//! `candor bench`: the figures that have a budget, measured on this machine and this shop.

mod ask;
mod explain;
mod generate;
mod import;
mod memory;
mod recommend;
mod train;

use clap::Subcommand;

/// Measure the speed of recommending over HTTP, explaining, importing and training.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Latency of POST /v1/recommendations with reasons, over real connections.
    Recommend(recommend::Arguments),
    /// Time to explain a list: reasons, every claim checked, a flip tried for each item.
    Explain(explain::Arguments),
    /// Time to answer a question, everything included.
    Ask(ask::Arguments),
    /// Rows per second and peak memory of an import into a throw-away shop.
    Import(import::Arguments),
    /// Speed of training the Transformer, its accuracy over time, and of answering with it.
    Train(train::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    match &arguments.what {
        What::Recommend(arguments) => recommend::run(arguments),
        What::Explain(arguments) => explain::run(arguments),
        What::Ask(arguments) => ask::run(arguments),
        What::Import(arguments) => import::run(arguments),
        What::Train(arguments) => train::run(arguments),
    }
}
