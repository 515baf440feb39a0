//! The cost of the Transformer: to train, to ask, to look up its best items.

use std::fmt::Write as _;

use evaluation::measure::training::{Speed, TrainingBenchConfig, TrainingFigures};
use shop::Access;

use crate::command::ShopFolder;
use crate::progress;

/// Speed and accuracy over time of training the Transformer, and of answering with it.
///
/// Trains on everything before each shopper's last event: first one epoch with softmax over the
/// whole catalogue, then as the shop configures it, with accuracy on validation after every epoch.
/// Searches run on one thread. Nothing is saved.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  candor bench train --shop ./shop --epochs 40 --graph")]
pub(crate) struct Arguments {
    #[command(flatten)]
    shop: ShopFolder,
    /// Most epochs; early stopping may spare some
    #[arg(long, default_value_t = 100)]
    epochs: usize,
    /// Catalogues to look up the ten best items in, made from the trained vectors
    #[arg(long, value_delimiter = ',', default_values_t = [100_000, 1_000_000])]
    items: Vec<usize>,
    /// Also build a graph of neighbours for each catalogue and measure what it finds; minutes for
    /// a million items; needs a build with --features graph
    #[arg(long)]
    graph: bool,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    anyhow::ensure!(
        cfg!(feature = "graph") || !arguments.graph,
        "this build has no graphs of neighbours: build with `cargo build --release --features graph`"
    );
    let shop = app::open(&arguments.shop.folder, Access::Read)?;
    let config = TrainingBenchConfig {
        epochs: arguments.epochs.max(1),
        catalogues: arguments.items.clone(),
        with_graph: arguments.graph,
    };
    let bar = progress::stages();
    let figures = evaluation::measure::training::measure(&shop, &config, &|step| {
        progress::show_fitting(&bar, step);
    });
    bar.finish_and_clear();
    let figures = figures?;
    match arguments.json {
        true => println!("{}", serde_json::to_string_pretty(&figures)?),
        false => print!("{}", text(&figures)),
    }
    Ok(())
}

fn text(figures: &TrainingFigures) -> String {
    let TrainingFigures { n_items, width, n_threads, peak, .. } = figures;
    let mut text = format!(
        "{n_items} items, width {width}, {n_threads} threads; best matrix product {:.1} GFLOP/s\n",
        peak / 1e9
    );
    for (name, report) in [("as configured", &figures.training), ("full softmax", &figures.full)] {
        let Some(speed) = Speed::of(report) else { continue };
        let _ = writeln!(
            text,
            "{name}: epoch {:.2} s, {:.0} sequences/s, {:.1} GFLOP/s ({:.0} % of the best)",
            speed.epoch_s,
            speed.sequences_per_s,
            speed.operations_per_s / 1e9,
            100.0 * speed.operations_per_s / peak
        );
    }
    text.push_str("\nepoch  seconds    loss   HR@10  NDCG@10 on validation\n");
    let mut seconds = 0.0;
    for (epoch, done) in (1..).zip(&figures.training.epochs) {
        seconds += done.training_s;
        let Some(found) = done.validation else { continue };
        let best = if epoch == figures.training.best_epoch { " *" } else { "" };
        let (loss, hit_rate, ndcg) = (done.loss, found.hit_rate, found.ndcg);
        let _ =
            writeln!(text, "{epoch:5} {seconds:8.1} {loss:7.3}  {hit_rate:.4}   {ndcg:.4}{best}");
    }
    let _ = writeln!(text, "\none history of 50 events: {:.0} µs", figures.forward_us);
    for search in &figures.searches {
        let _ =
            write!(text, "ten best of {} items: exactly {:.2} ms", search.n_items, search.exact_ms);
        if let Some(graph) = search.graph {
            let _ = write!(
                text,
                "; by a graph {:.2} ms, recall {:.3}, built in {:.0} s",
                graph.ms, graph.recall, graph.built_s
            );
        }
        text.push('\n');
    }
    text
}
