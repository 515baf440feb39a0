//! Looking up the ten best items of large catalogues: exactly, and by a graph of neighbours.
//!
//! Shops of a million items are rare, so the vectors are those that were trained, repeated with
//! noise of half their own spread; queries are shoppers' vectors.

use std::time::Instant;

#[cfg(feature = "graph")]
use nearest::Approximate;
use nearest::{Exact, Found};
use serde::Serialize;
use signals::History;
use transformer::SequenceModel;

use super::{TrainingBenchConfig, median};

const K: usize = 10;
const N_QUERIES: usize = 101;

/// Looking up ten items by one shopper's vector, on one thread.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchFigure {
    /// Items of the catalogue.
    pub n_items: usize,
    /// Milliseconds of the exact search; the median.
    pub exact_ms: f64,
    /// The graph of neighbours, where one was built.
    pub graph: Option<GraphFigure>,
}

/// What the graph costs and finds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GraphFigure {
    /// Seconds to build it.
    pub built_s: f64,
    /// Milliseconds of a search; the median.
    pub ms: f64,
    /// Share of the true ten best that it finds.
    pub recall: f64,
}

/// Searches every catalogue of the configuration. Vectors that cannot be searched, which only a
/// broken training gives, leave theirs out.
pub(super) fn measure(model: &SequenceModel, config: &TrainingBenchConfig) -> Vec<SearchFigure> {
    let queries = queries(model);
    let figure = |&n_items: &usize| {
        let (width, vectors) = (model.config().width, repeated(model, n_items));
        let exact = Exact::new(&vectors, width).ok()?;
        let (best, exact_ms) = timed(&queries, width, |query| exact.top(query, K, |_| false));
        let graph = config.with_graph.then(|| graph(&vectors, width, &queries, &best)).flatten();
        Some(SearchFigure { n_items, exact_ms, graph })
    };
    config.catalogues.iter().filter_map(figure).collect()
}

/// Builds without graphs have none to measure.
#[cfg(not(feature = "graph"))]
fn graph(_: &[f32], _: usize, _: &[f32], _: &[Vec<Found>]) -> Option<GraphFigure> {
    None
}

#[cfg(feature = "graph")]
fn graph(
    vectors: &[f32],
    width: usize,
    queries: &[f32],
    best: &[Vec<Found>],
) -> Option<GraphFigure> {
    let began = Instant::now();
    let graph = Approximate::new(vectors, width).ok()?;
    let built_s = began.elapsed().as_secs_f64();
    let (found, ms) = timed(queries, width, |query| graph.top(query, K, |_| false));
    let hits = best
        .iter()
        .zip(&found)
        .map(|(best, found)| best.iter().filter(|best| found.contains(best)).count());
    let recall = hits.sum::<usize>() as f64 / best.iter().map(Vec::len).sum::<usize>() as f64;
    Some(GraphFigure { built_s, ms, recall })
}

/// What every query finds, and the median of the milliseconds.
fn timed(
    queries: &[f32],
    width: usize,
    search: impl Fn(&[f32]) -> Vec<Found>,
) -> (Vec<Vec<Found>>, f64) {
    let timed = queries.chunks_exact(width).map(|query| {
        let began = Instant::now();
        let found = search(query);
        (found, 1e3 * began.elapsed().as_secs_f64())
    });
    let (found, ms): (Vec<_>, Vec<_>) = timed.unzip();
    (found, median(ms))
}

/// Vectors of shoppers who met three items. (`N_QUERIES`, width)
fn queries(model: &SequenceModel) -> Vec<f32> {
    let n_items = model.n_items();
    let history = |n: usize| {
        History::newest_first((0..3).map(|t| (((n * 7919 + t * 104_729) % n_items) as u32, 1.0)))
    };
    let histories: Vec<History> = (0..N_QUERIES).map(history).collect();
    model.shopper_vectors(&histories.iter().collect::<Vec<_>>())
}

/// The trained vectors again and again, each time with other noise. (`n_items`, width)
fn repeated(model: &SequenceModel, n_items: usize) -> Vec<f32> {
    let (trained, n_values) = (model.item_vectors(), n_items * model.config().width);
    let squares: f32 = trained.iter().map(|value| value * value).sum();
    let spread = 0.5 * (squares / trained.len() as f32).sqrt();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut uniform = || {
        // xorshift64*: noise need not be good, only the same on every run.
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    };
    // Twelve is the inverse variance of a uniform number.
    let scale = spread * 12.0_f32.sqrt();
    trained.iter().cycle().take(n_values).map(|value| value + scale * uniform()).collect()
}
