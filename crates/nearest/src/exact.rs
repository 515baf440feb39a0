//! The exact best items for a query by one pass over eight-bit codes.
//!
//! A code gives an upper bound of an item's score. Only an item whose bound is above the worst of
//! the best so far can be among the best, so only such items, some hundreds, are scored in `f32`.
//!
//! The bound. Let x = s·c + δ be an item with scale s, codes c and what rounding left, and
//! q = t·g + η the query with codes of sixteen bits. Then
//! x·q − s·t·(c·g) = δ·q + (s·c)·η ≤ |δ|·|q| + (|x| + |δ|)·|η| by Cauchy and Schwarz. c·g is exact
//! in whole numbers. The `f32` score differs from x·q by at most γ·|x|·|q| with γ = d·u / (1 − d·u),
//! u = 2⁻²⁴ (Higham 2002, §3.1), in whatever order it is summed; some u more cover the roundings
//! of the bound itself. |δ| and |η| are measured, not assumed.

use interactions::ItemIdx;
use kernels::dot;
use pulp::Arch;

use super::{Best, Found, NearestError, are_usable, check_vectors};

/// Items whose bounds are computed at once; bounds and codes stay in the first-level cache.
pub(super) const BLOCK: usize = 256;
/// Codes of an item are padded to a multiple of this.
const LANES: usize = 32;
const ITEM_CODE: i32 = 127;
/// Largest code of a query, unless the sum over the width could then leave 32 bits.
const QUERY_CODE: i32 = 32_767;
/// Roundings beside the sum of the score: of the bound's own arithmetic.
const MORE_ROUNDINGS: f64 = 16.0;
/// More than underflow can hide of a score or of a scale times a product of codes, which is below
/// 2^31: 2^−149 · 2^31 and as much again.
const HIDDEN: f64 = 1e-34;
/// On norms, so that rounding them to `f32` never makes them smaller.
const UP: f64 = 1.0 + 1e-6;

/// Item vectors and their codes.
#[derive(Debug, Clone)]
pub struct Exact<V> {
    vectors: V,
    width: usize,
    n_items: usize,
    /// (`n_items`, width padded to [`LANES`])
    codes: Vec<i8>,
    bounds: Vec<Bound>,
    /// Largest |x| + |δ| of all items.
    longest: f64,
}

/// The terms that turn a product of codes into an upper bound of a score.
#[derive(Debug, Clone, Copy)]
struct Bound {
    /// s.
    scale: f32,
    /// |δ| + γ·|x|: what the score may be above the product of codes, per length of the query.
    slack: f32,
}

/// A query in codes.
struct Coded {
    /// g, padded like the items.
    codes: Vec<i16>,
    /// t.
    scale: f32,
    /// |q|.
    length: f32,
    /// |η| times the largest |x| + |δ|, and what underflow may hide.
    slack: f32,
}

impl<V: AsRef<[f32]>> Exact<V> {
    /// Codes the items of `vectors`, row-major (items, width).
    ///
    /// # Errors
    /// [`NearestError`] where the vectors are not whole rows of finite numbers.
    pub fn new(vectors: V, width: usize) -> Result<Self, NearestError> {
        let n_items = check_vectors(vectors.as_ref(), width)?;
        let padded = width.next_multiple_of(LANES);
        let mut codes = vec![0; n_items * padded];
        let mut longest = 0.0_f64;
        let rows = vectors.as_ref().chunks_exact(width).zip(codes.chunks_exact_mut(padded));
        let bounds = rows.map(|(item, codes)| {
            let (bound, length) = encode_item(item, codes);
            longest = longest.max(length);
            bound
        });
        let bounds = bounds.collect();
        Ok(Self { vectors, width, n_items, codes, bounds, longest })
    }

    /// The `k` items with the largest inner products with `query`, best first, equal ones by
    /// number: exactly those that scoring every item finds. `is_excluded` is asked about few items.
    /// A query of another width or with numbers no vector may have finds nothing.
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
        let coded = self.encode_query(query);
        let mut highest = [0.0; BLOCK];
        let blocks = self.codes.chunks(BLOCK * coded.codes.len()).zip(self.bounds.chunks(BLOCK));
        for (b, (codes, bounds)) in blocks.enumerate() {
            bound_scores(&coded, codes, bounds, &mut highest);
            for (i, &highest) in highest[..bounds.len()].iter().enumerate() {
                // Later items lose ties.
                if highest <= best.worst {
                    continue;
                }
                let item = (b * BLOCK + i) as ItemIdx;
                if !is_excluded(item) {
                    best.offer(item, dot(query, self.vector(item)));
                }
            }
        }
        best.found
    }

    /// Number of items.
    #[must_use]
    pub fn n_items(&self) -> usize {
        self.n_items
    }

    fn vector(&self, item: ItemIdx) -> &[f32] {
        &self.vectors.as_ref()[item as usize * self.width..][..self.width]
    }

    fn encode_query(&self, query: &[f32]) -> Coded {
        let most = (i32::MAX / (ITEM_CODE * self.width as i32)).min(QUERY_CODE) as f32;
        let scale = largest_magnitude(query) / most;
        let mut codes = vec![0; self.width.next_multiple_of(LANES)];
        for (code, value) in codes.iter_mut().zip(query) {
            *code = code_of(*value, scale, most) as i16;
        }
        let left = codes.iter().zip(query).map(|(code, value)| rest(*value, scale, *code));
        let left = left.map(|rest| rest * rest).sum::<f64>().sqrt();
        Coded {
            codes,
            scale,
            length: (length(query) * UP) as f32,
            slack: ((left * self.longest + HIDDEN) * UP) as f32,
        }
    }
}

/// Codes, bound, and |x| + |δ| of one item.
fn encode_item(item: &[f32], codes: &mut [i8]) -> (Bound, f64) {
    let most = ITEM_CODE as f32;
    let scale = largest_magnitude(item) / most;
    let mut left = 0.0;
    for (code, value) in codes.iter_mut().zip(item) {
        *code = code_of(*value, scale, most) as i8;
        left += rest(*value, scale, i16::from(*code)).powi(2);
    }
    let (left, length) = (left.sqrt(), length(item));
    let rounding = (item.len() as f64 + MORE_ROUNDINGS) * f64::from(f32::EPSILON) / 2.0;
    let rounding = rounding / (1.0 - rounding);
    let slack = ((left + rounding * length) * UP) as f32;
    (Bound { scale, slack }, length + left)
}

/// The nearest code within ±`most`; 0 where the scale is too small to divide by.
fn code_of(value: f32, scale: f32, most: f32) -> i32 {
    (value / scale).round().clamp(-most, most) as i32
}

/// The rest of a value after coding.
fn rest(value: f32, scale: f32, code: i16) -> f64 {
    f64::from(value) - f64::from(scale) * f64::from(code)
}

fn largest_magnitude(values: &[f32]) -> f32 {
    values.iter().fold(0.0, |largest, value| largest.max(value.abs()))
}

fn length(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>().sqrt()
}

/// Upper bounds of the scores of some items.
fn bound_scores(query: &Coded, codes: &[i8], bounds: &[Bound], highest: &mut [f32; BLOCK]) {
    Arch::new().dispatch(
        #[inline(always)]
        || {
            let items = codes.chunks_exact(query.codes.len()).zip(bounds);
            for ((codes, bound), highest) in items.zip(highest) {
                // Products and sum fit: that is what the largest codes are chosen for.
                let product = codes.iter().zip(&query.codes);
                let product: i32 = product.map(|(c, g)| i32::from(*c) * i32::from(*g)).sum();
                let score = product as f32 * (bound.scale * query.scale);
                *highest = score + (query.length * bound.slack + query.slack);
            }
        },
    );
}

/// The bound of every item.
#[cfg(test)]
pub(super) fn upper_bounds<V: AsRef<[f32]>>(exact: &Exact<V>, query: &[f32]) -> Vec<f32> {
    let coded = exact.encode_query(query);
    let blocks = exact.codes.chunks(BLOCK * coded.codes.len()).zip(exact.bounds.chunks(BLOCK));
    let mut highest = [0.0; BLOCK];
    let bounds = blocks.flat_map(|(codes, bounds)| {
        bound_scores(&coded, codes, bounds, &mut highest);
        highest[..bounds.len()].to_vec()
    });
    bounds.collect()
}
