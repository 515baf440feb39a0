//! `candor bench`: the figures that have a budget, measured on this machine and this shop.

mod ask;
mod connection;
mod explain;
mod generate;
mod import;
mod memory;
mod mixed;
mod recommend;
mod train;

use std::time::Duration;

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
    /// Latency of POST /v1/recommendations and POST /v1/events at the same time, on running servers.
    Mixed(mixed::Arguments),
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
        What::Mixed(arguments) => mixed::run(arguments),
        What::Explain(arguments) => explain::run(arguments),
        What::Ask(arguments) => ask::run(arguments),
        What::Import(arguments) => import::run(arguments),
        What::Train(arguments) => train::run(arguments),
    }
}

/// Shoppers as they are typed: ids, or ranges of numbers such as 1-2000.
fn shoppers(typed: &[String]) -> anyhow::Result<Vec<String>> {
    let mut shoppers = Vec::new();
    for name in typed {
        let range = name
            .split_once('-')
            .and_then(|(from, to)| Some(from.parse::<u64>().ok()?..=to.parse::<u64>().ok()?));
        match range {
            Some(range) => shoppers.extend(range.map(|n| n.to_string())),
            None => shoppers.push(name.clone()),
        }
    }
    anyhow::ensure!(!shoppers.is_empty(), "--shoppers: the range is empty");
    Ok(shoppers)
}

/// The time that this share of `sorted` does not exceed. There is at least one.
fn percentile(sorted: &[Duration], share: f64) -> Duration {
    sorted[((sorted.len() - 1) as f64 * share) as usize]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
