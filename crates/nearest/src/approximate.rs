//! Nearly the best items for a query, by walking a graph of neighbours (Malkov & Yashunin 2020).
//!
//! The graph is kept by a library. Its proposals are scored again in `f32`, so scores and order
//! are true; only a better item may be missing.

use std::num::NonZero;
use std::sync::{Condvar, Mutex, PoisonError};

use interactions::ItemIdx;
use kernels::dot;
use usearch::{Index, IndexOptions, MetricKind, ScalarKind};

use super::{Best, Found, NearestError, are_usable, check_vectors};

/// Neighbours of an item in the graph.
const CONNECTIVITY: usize = 16;
/// Candidates held while an item finds its neighbours.
const EXPANSION_BUILDING: usize = 128;
/// Candidates held while a query is answered. Recall and time are in `benches/nearest.rs`.
const EXPANSION: usize = 128;

/// Item vectors and their graph.
pub struct Approximate<V> {
    vectors: V,
    width: usize,
    graph: Index,
    /// Rooms for walks. The library has so many and does not wait for one itself.
    rooms: Rooms,
}

impl<V: AsRef<[f32]>> Approximate<V> {
    /// Builds the graph of `vectors`, row-major (items, width), on one thread, so that the same
    /// vectors give the same graph. Takes minutes for a million items.
    ///
    /// # Errors
    /// [`NearestError`] where the vectors are not usable or memory does not suffice.
    pub fn new(vectors: V, width: usize) -> Result<Self, NearestError> {
        check_vectors(vectors.as_ref(), width)?;
        let n_rooms = std::thread::available_parallelism().map_or(1, NonZero::get);
        let graph = build(vectors.as_ref(), width, n_rooms)
            .map_err(|problem| NearestError::Graph { problem: problem.to_string() })?;
        Ok(Self { vectors, width, graph, rooms: Rooms::new(n_rooms) })
    }

    /// About the `k` items with the largest inner products with `query`, best first, equal ones by
    /// number, with their true scores. A query of another width or with numbers no vector may have
    /// finds nothing.
    pub fn top(
        &self,
        query: &[f32],
        k: usize,
        is_excluded: impl Fn(ItemIdx) -> bool,
    ) -> Vec<Found> {
        let mut best = Best::new(k);
        if k == 0 || query.len() != self.width || !are_usable(query) {
            return Vec::new();
        }
        let is_in = |item: u64| !is_excluded(item as ItemIdx);
        let proposed = self.rooms.within(|| self.graph.filtered_search(query, k, is_in));
        let proposed = proposed.expect("a walk only fails for another width or without a room");
        for item in proposed.keys {
            let vector = &self.vectors.as_ref()[item as usize * self.width..][..self.width];
            best.offer(item as ItemIdx, dot(query, vector));
        }
        best.found
    }
}

fn build(
    vectors: &[f32],
    width: usize,
    n_rooms: usize,
) -> Result<Index, Box<dyn std::error::Error>> {
    // Tried: inner products turned into distances by one more dimension (Bachrach et al. 2014),
    // which found less at the same effort, and eight-bit vectors, which found next to nothing.
    let graph = Index::new(&IndexOptions {
        dimensions: width,
        metric: MetricKind::IP,
        quantization: ScalarKind::F32,
        connectivity: CONNECTIVITY,
        expansion_add: EXPANSION_BUILDING,
        expansion_search: EXPANSION,
        multi: false,
    })?;
    graph.reserve_capacity_and_threads(vectors.len() / width, n_rooms)?;
    for (item, vector) in (0..).zip(vectors.chunks_exact(width)) {
        graph.add(item, vector)?;
    }
    Ok(graph)
}

/// A number of rooms that are waited for.
struct Rooms {
    free: Mutex<usize>,
    left: Condvar,
}

impl Rooms {
    fn new(n: usize) -> Self {
        Self { free: Mutex::new(n), left: Condvar::new() }
    }

    fn within<R>(&self, work: impl FnOnce() -> R) -> R {
        let _room = Room::enter(self);
        work()
    }
}

/// Given back when dropped, also by a panic.
struct Room<'a>(&'a Rooms);

impl<'a> Room<'a> {
    fn enter(rooms: &'a Rooms) -> Self {
        let free = rooms.free.lock().unwrap_or_else(PoisonError::into_inner);
        let free = rooms.left.wait_while(free, |free| *free == 0);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Self(rooms)
    }
}

impl Drop for Room<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.left.notify_one();
    }
}
