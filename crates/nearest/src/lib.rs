//! The items with the largest inner products with a shopper's vector.
//!
//! Exact as long as one pass over all items is quick, by a graph beyond. The caller brings the
//! vectors and says which items are excluded. Entry point: [`Nearest`].

mod approximate;
mod exact;

pub use approximate::Approximate;
pub use exact::Exact;

use interactions::ItemIdx;

/// Up to here a pass over all items takes some milliseconds of one thread.
pub const MOST_EXACT: usize = 2_000_000;
/// A vector's numbers are at most this large, so that no sum leaves the range of `f32`.
const LARGEST: f32 = 1e15;
const WIDEST: usize = 1 << 14;

/// Finds items by inner product. `V` owns, shares or borrows the vectors.
pub enum Nearest<V> {
    /// Exactly those that scoring every item finds.
    Exact(Exact<V>),
    /// Nearly those, sooner.
    Approximate(Approximate<V>),
}

/// An item that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The item.
    pub item: ItemIdx,
    /// Its inner product with the query, in `f32`.
    pub score: f32,
}

/// Why vectors cannot be searched, and what to do about it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NearestError {
    /// Not whole rows.
    #[error("{n_values} numbers are not rows of {width}; give items × width, width 1 to {WIDEST}")]
    Shape {
        /// Numbers there are.
        n_values: usize,
        /// Numbers per item.
        width: usize,
    },
    /// A number that is too large, infinite or none.
    #[error("the vector of item {item} is not made of numbers up to {LARGEST:e}; train again")]
    Vector {
        /// The item.
        item: usize,
    },
    /// The library that keeps the graph refused.
    #[error("the graph of items cannot be built: {problem}; give the machine more memory")]
    Graph {
        /// In the library's words.
        problem: String,
    },
}

impl<V: AsRef<[f32]>> Nearest<V> {
    /// Prepares item vectors, row-major (items, width): exact up to [`MOST_EXACT`] items.
    ///
    /// # Errors
    /// [`NearestError`] where the vectors cannot be searched.
    pub fn new(vectors: V, width: usize) -> Result<Self, NearestError> {
        Self::exact_up_to(MOST_EXACT, vectors, width)
    }

    /// The same with another bound.
    ///
    /// # Errors
    /// As [`Nearest::new`].
    pub fn exact_up_to(most: usize, vectors: V, width: usize) -> Result<Self, NearestError> {
        if check_vectors(vectors.as_ref(), width)? <= most {
            Exact::new(vectors, width).map(Self::Exact)
        } else {
            Approximate::new(vectors, width).map(Self::Approximate)
        }
    }

    /// The `k` items with the largest inner products with `query`, best first, those that are
    /// excluded left out.
    pub fn top(
        &self,
        query: &[f32],
        k: usize,
        is_excluded: impl Fn(ItemIdx) -> bool,
    ) -> Vec<Found> {
        match self {
            Self::Exact(exact) => exact.top(query, k, is_excluded),
            Self::Approximate(approximate) => approximate.top(query, k, is_excluded),
        }
    }

    /// Whether nothing better can be missed.
    pub fn is_exact(&self) -> bool {
        matches!(self, Self::Exact(_))
    }
}

/// Number of items of usable vectors.
fn check_vectors(vectors: &[f32], width: usize) -> Result<usize, NearestError> {
    let n_values = vectors.len();
    if !(1..=WIDEST).contains(&width) || !n_values.is_multiple_of(width) {
        return Err(NearestError::Shape { n_values, width });
    }
    match vectors.chunks_exact(width).position(|item| !are_usable(item)) {
        Some(item) => Err(NearestError::Vector { item }),
        None => Ok(n_values / width),
    }
}

fn are_usable(values: &[f32]) -> bool {
    values.iter().all(|value| value.abs() <= LARGEST)
}

/// The best items so far: best first, equal ones by number.
struct Best {
    k: usize,
    found: Vec<Found>,
    /// Score of the k-th, below every score before there are k.
    worst: f32,
}

impl Best {
    fn new(k: usize) -> Self {
        Self { k, found: Vec::new(), worst: f32::NEG_INFINITY }
    }

    fn offer(&mut self, item: ItemIdx, score: f32) {
        let is_before = |other: &Found| {
            other.score > score || (other.score.total_cmp(&score).is_eq() && other.item < item)
        };
        let place = self.found.partition_point(is_before);
        if place < self.k {
            self.found.insert(place, Found { item, score });
            self.found.truncate(self.k);
        }
        if self.found.len() == self.k {
            self.worst = self.found.last().map_or(f32::INFINITY, |last| last.score);
        }
    }
}

#[cfg(test)]
mod tests;
