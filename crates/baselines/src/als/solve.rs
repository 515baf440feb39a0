//! The least-squares problem of one row: (YᵀY + λI + Σ extra·y yᵀ) x = Σ (1 + extra)·y.
//!
//! Equation 4 of Hu, Koren and Volinsky (ICDM 2008) with YᵀCY = YᵀY + Yᵀ(C − I)Y, solved by
//! conjugate gradients so that the matrix of a row is never formed.

/// One thing a row took: a row of the other side, and the confidence beyond 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub(super) other: u32,
    pub(super) extra: f32,
}

/// YᵀY + λI of one side, (factor, factor).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gram {
    n_factors: usize,
    values: Vec<f32>,
}

impl Gram {
    /// Summed in order and in 64 bits, so that it is the same on any number of threads.
    pub(super) fn new(rows: &[f32], n_factors: usize, regularisation: f32) -> Self {
        let mut sums = vec![0.0f64; n_factors * n_factors];
        for row in rows.chunks_exact(n_factors) {
            for (sums, &left) in sums.chunks_exact_mut(n_factors).zip(row) {
                for (sum, &right) in sums.iter_mut().zip(row) {
                    *sum += f64::from(left * right);
                }
            }
        }
        for factor in 0..n_factors {
            sums[factor * (n_factors + 1)] += f64::from(regularisation);
        }
        Self { n_factors, values: sums.into_iter().map(|sum| sum as f32).collect() }
    }

    /// Improves `x` by at most `n_steps` steps of conjugate gradients. `others` is (row, factor).
    pub(super) fn solve(&self, others: &[f32], entries: &[Entry], x: &mut [f32], n_steps: usize) {
        let mut residual = self.right_side(others, entries);
        let tolerance = 1e-12 * dot(&residual, &residual);
        let mut image = vec![0.0; self.n_factors];
        self.apply(others, entries, x, &mut image);
        add_scaled(&mut residual, -1.0, &image);
        let mut direction = residual.clone();
        let mut error = dot(&residual, &residual);
        for _ in 0..n_steps {
            if error <= tolerance {
                break;
            }
            self.apply(others, entries, &direction, &mut image);
            // Positive, because λ > 0 makes the matrix positive definite.
            let step = error / dot(&direction, &image);
            add_scaled(x, step, &direction);
            add_scaled(&mut residual, -step, &image);
            let next_error = dot(&residual, &residual);
            let keep = next_error / error;
            for (direction, residual) in direction.iter_mut().zip(&residual) {
                *direction = residual + keep * *direction;
            }
            error = next_error;
        }
    }

    fn right_side(&self, others: &[f32], entries: &[Entry]) -> Vec<f32> {
        let mut sum = vec![0.0; self.n_factors];
        for entry in entries {
            add_scaled(&mut sum, 1.0 + entry.extra, self.row(others, entry));
        }
        sum
    }

    /// `image` = the row's matrix times `vector`.
    fn apply(&self, others: &[f32], entries: &[Entry], vector: &[f32], image: &mut [f32]) {
        let rows = self.values.chunks_exact(self.n_factors);
        for (value, row) in image.iter_mut().zip(rows) {
            *value = dot(row, vector);
        }
        for entry in entries {
            let row = self.row(others, entry);
            add_scaled(image, entry.extra * dot(row, vector), row);
        }
    }

    fn row<'a>(&self, others: &'a [f32], entry: &Entry) -> &'a [f32] {
        let start = entry.other as usize * self.n_factors;
        &others[start..start + self.n_factors]
    }
}

/// Σ a·b in eight running sums, so that the compiler may use vector instructions.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (a_blocks, a_rest) = a.as_chunks::<8>();
    let (b_blocks, b_rest) = b.as_chunks::<8>();
    for (a, b) in a_blocks.iter().zip(b_blocks) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}

fn add_scaled(to: &mut [f32], factor: f32, from: &[f32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += factor * from;
    }
}
