//! The loops between the matrix products: layer norm, softmax, dropout, ReLU.
//!
//! Each is compiled for several instruction sets and dispatched at run time. All matrices are
//! row-major slices.

use pulp::Arch;

use crate::{
    matrix::resize,
    scalar::Scalar,
    vector::{add_scaled, dot, largest, sum},
};

const EPSILON: f32 = 1e-5;

/// The values that layer norm keeps of its input, for the way back.
#[derive(Default)]
pub struct Normalised<T> {
    /// Input minus mean, over standard deviation. (rows, width)
    pub standard: Vec<T>,
    /// One over the standard deviation of each row. (rows)
    pub inverse_sd: Vec<T>,
    /// The output: gain · standard + bias. (rows, width)
    pub out: Vec<T>,
}

/// Gain and bias of a layer norm, each of the width.
#[derive(Clone, Copy)]
pub struct Affine<'a, T> {
    /// The factor of each standardised value.
    pub gain: &'a [T],
    /// The term that is added afterwards.
    pub bias: &'a [T],
}

/// Layer norm of every row (Ba et al. 2016).
pub fn normalise<T: Scalar>(x: &[T], affine: Affine<'_, T>, into: &mut Normalised<T>) {
    let width = affine.gain.len();
    resize(&mut into.standard, x.len());
    resize(&mut into.out, x.len());
    resize(&mut into.inverse_sd, x.len() / width);
    let over = T::of(1.0 / width as f32);
    let (gain, bias) = (affine.gain, affine.bias);
    Arch::new().dispatch(
        #[inline(always)]
        || {
            let rows = x.chunks_exact(width).zip(into.out.chunks_exact_mut(width));
            let kept = into.standard.chunks_exact_mut(width);
            for (((x, out), standard), inverse_sd) in rows.zip(kept).zip(into.inverse_sd.iter_mut())
            {
                let mean = sum(x) * over;
                for (s, x) in standard.iter_mut().zip(x) {
                    *s = *x - mean;
                }
                let variance = dot(standard, standard) * over;
                *inverse_sd = T::of(1.0) / (variance + T::of(EPSILON)).root();
                for (((s, o), g), b) in standard.iter_mut().zip(out).zip(gain).zip(bias) {
                    *s *= *inverse_sd;
                    *o = *s * *g + *b;
                }
            }
        },
    );
}

/// Adds the gradient of [`normalise`] with respect to its input to `into`, and with respect to
/// gain and bias to `gain_gradient` and `bias_gradient`. Overwrites `gradient`.
pub fn normalise_back<T: Scalar>(
    gradient: &mut [T],
    kept: &Normalised<T>,
    gain: &[T],
    [gain_gradient, bias_gradient]: [&mut [T]; 2],
    into: &mut [T],
) {
    let width = gain.len();
    let over = T::of(1.0 / width as f32);
    Arch::new().dispatch(
        #[inline(always)]
        || {
            let rows = gradient.chunks_exact_mut(width).zip(into.chunks_exact_mut(width));
            let kept = kept.standard.chunks_exact(width).zip(&kept.inverse_sd);
            for ((g, into), (standard, inverse_sd)) in rows.zip(kept) {
                for i in 0..width {
                    gain_gradient[i] += g[i] * standard[i];
                    bias_gradient[i] += g[i];
                    g[i] *= gain[i];
                }
                let mean = sum(g) * over;
                let along = dot(g, standard) * over;
                for i in 0..width {
                    into[i] += *inverse_sd * (g[i] - mean - standard[i] * along);
                }
            }
        },
    );
}

/// Softmax of each row over the columns it may see: row j of the last `n_rows` positions sees
/// positions up to its own. The rest becomes zero.
pub fn causal_softmax<T: Scalar>(scores: &mut [T], n_rows: usize, n_columns: usize) {
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for (j, row) in scores.chunks_exact_mut(n_columns).enumerate() {
                let (seen, hidden) = row.split_at_mut(n_columns - n_rows + j + 1);
                let highest = largest(seen);
                for score in seen.iter_mut() {
                    *score = (*score - highest).exponential();
                }
                let over = T::of(1.0) / sum(seen);
                for score in seen.iter_mut() {
                    *score *= over;
                }
                hidden.fill(T::default());
            }
        },
    );
}

/// The gradient through a softmax: `gradient = p · (gradient − Σ p · gradient)` per row.
pub fn softmax_back<T: Scalar>(gradient: &mut [T], probabilities: &[T], n_columns: usize) {
    Arch::new().dispatch(
        #[inline(always)]
        || {
            let rows = gradient.chunks_exact_mut(n_columns);
            for (g, p) in rows.zip(probabilities.chunks_exact(n_columns)) {
                let mean = dot(g, p);
                for (g, p) in g.iter_mut().zip(p) {
                    *g = *p * (*g - mean);
                }
            }
        },
    );
}

/// `x = max(x + bias, 0)` per row.
pub fn add_bias_relu<T: Scalar>(x: &mut [T], bias: &[T]) {
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for row in x.chunks_exact_mut(bias.len()) {
                for (x, b) in row.iter_mut().zip(bias) {
                    *x = (*x + *b).larger(T::default());
                }
            }
        },
    );
}

/// `x += bias` per row.
pub fn add_bias<T: Scalar>(x: &mut [T], bias: &[T]) {
    for row in x.chunks_exact_mut(bias.len()) {
        add_scaled(row, bias, T::of(1.0));
    }
}

/// `into += Σ rows`.
pub fn add_rows<T: Scalar>(into: &mut [T], x: &[T]) {
    for row in x.chunks_exact(into.len()) {
        add_scaled(into, row, T::of(1.0));
    }
}

/// Which elements a dropout keeps, as a pure function of a key: the way back asks again instead
/// of storing a mask.
#[derive(Clone, Copy)]
pub struct Dropout {
    /// Probability that an element is dropped, below 1.
    pub rate: f32,
    /// Different for every step and chunk.
    pub key: u64,
}

impl Dropout {
    /// Zeroes dropped elements and scales the others by 1 / (1 − rate). Its own gradient.
    pub fn apply<T: Scalar>(self, site: usize, x: &mut [T]) {
        if self.rate <= 0.0 {
            return;
        }
        let key = mix(self.key.wrapping_add(site as u64)) as u32;
        let limit = (f64::from(self.rate) * f64::from(u32::MAX)) as u32;
        let scale = T::of(1.0 / (1.0 - self.rate));
        Arch::new().dispatch(
            #[inline(always)]
            || {
                for (i, x) in x.iter_mut().enumerate() {
                    // The finaliser of MurmurHash3: every input bit reaches every output bit.
                    let mut h = i as u32 ^ key;
                    h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
                    h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
                    h ^= h >> 16;
                    *x = if h >= limit { *x * scale } else { T::default() };
                }
            },
        );
    }
}

/// The finaliser of SplitMix64 (Steele et al. 2014).
pub fn mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
