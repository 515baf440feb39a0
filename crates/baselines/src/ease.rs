//! EASE: the linear autoencoder that has a closed form.
//!
//! Steck, "Embarrassingly shallow autoencoders for sparse data" (WWW 2019), equation 8: with
//! P = (XᵀX + λI)⁻¹, B_ij = −P_ij / P_jj off the diagonal and 0 on it; scores are x·B. Catalogues
//! whose n × n table would not fit into memory are an error.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::cholesky::llt::factor::{cholesky_in_place, cholesky_in_place_scratch};
use faer::linalg::matmul::triangular::{BlockStructure, matmul};
use faer::linalg::triangular_inverse::invert_lower_triangular;
use faer::{Accum, Mat, Par};
use interactions::{Interactions, ItemIdx, Query};
use metrics::{EvaluationError, Ranker};

use super::{item_sets, items_of};

/// Items it takes: two tables of 20,000² 32-bit numbers are 3 GiB.
pub const MAX_ITEMS: usize = 20_000;

/// A fitted EASE.
#[derive(Debug, Clone)]
pub struct Ease {
    /// P, symmetric, both triangles filled. (item, item)
    inverse: Mat<f32>,
}

impl Ease {
    /// Solves the closed form. About n³ multiply-adds on one thread (the same bits for any number
    /// of threads), and 8 n² bytes at its peak.
    ///
    /// # Errors
    /// [`EvaluationError::TooManyItems`] beyond [`MAX_ITEMS`], [`EvaluationError::BadConstant`] for
    /// a λ that is not positive, [`EvaluationError::Unsolvable`] when λ is too small for 32-bit
    /// numbers.
    pub fn fit(train: &Interactions, lambda: f32) -> Result<Self, EvaluationError> {
        let n_items = train.n_items;
        if n_items > MAX_ITEMS {
            return Err(EvaluationError::TooManyItems {
                model: "ease",
                n_items,
                limit: MAX_ITEMS,
                gib: 8.0 * (n_items as f64).powi(2) / f64::from(1 << 30),
            });
        }
        if !(lambda > 0.0 && lambda.is_finite()) {
            return Err(EvaluationError::BadConstant {
                model: "ease",
                setting: "lambda",
                found: f64::from(lambda),
                expected: "more than zero",
            });
        }
        let gram = regularised_gram(&item_sets(train), n_items, lambda);
        Ok(Self { inverse: inverted(gram)? })
    }
}

/// XᵀX + λI over binary shopper rows. Counts are exact in 32 bits up to 16 million shoppers.
fn regularised_gram(sets: &[Vec<ItemIdx>], n_items: usize, lambda: f32) -> Mat<f32> {
    let mut gram = Mat::zeros(n_items, n_items);
    for items in sets {
        for &item in items {
            let column = gram.col_as_slice_mut(item as usize);
            for &other in items {
                column[other as usize] += 1.0;
            }
        }
    }
    for item in 0..n_items {
        gram[(item, item)] += lambda;
    }
    gram
}

/// The inverse of a symmetric positive definite matrix by Cholesky, A⁻¹ = L⁻ᵀ L⁻¹, reusing A's
/// memory: only one more table of the same size is held.
fn inverted(mut matrix: Mat<f32>) -> Result<Mat<f32>, EvaluationError> {
    let n = matrix.nrows();
    let scratch = cholesky_in_place_scratch::<f32>(n, Par::Seq, Default::default());
    let factored = cholesky_in_place(
        matrix.as_mut(),
        Default::default(),
        Par::Seq,
        MemStack::new(&mut MemBuffer::new(scratch)),
        Default::default(),
    );
    factored.map_err(|_| EvaluationError::Unsolvable { model: "ease" })?;
    let mut factor_inverse = Mat::<f32>::zeros(n, n);
    invert_lower_triangular(factor_inverse.as_mut(), matrix.as_ref(), Par::Seq);
    matmul(
        matrix.as_mut(),
        BlockStructure::TriangularLower,
        Accum::Replace,
        factor_inverse.transpose(),
        BlockStructure::TriangularUpper,
        factor_inverse.as_ref(),
        BlockStructure::TriangularLower,
        1.0,
        Par::Seq,
    );
    mirror_lower_triangle(&mut matrix);
    Ok(matrix)
}

fn mirror_lower_triangle(matrix: &mut Mat<f32>) {
    for column in 0..matrix.ncols() {
        for row in 0..column {
            matrix[(row, column)] = matrix[(column, row)];
        }
    }
}

impl Ranker for Ease {
    fn name(&self) -> String {
        "ease".to_owned()
    }

    /// Σ_h B_hi = −(Σ_{h ≠ i} P_hi) / P_ii: columns of P are added up, and B is never stored.
    fn score(&self, query: Query<'_>, scores: &mut Vec<f32>) {
        let items = items_of(query.history);
        scores.clear();
        scores.resize(self.inverse.nrows(), 0.0);
        for &item in &items {
            let column = self.inverse.col_as_slice(item as usize);
            for (score, weight) in scores.iter_mut().zip(column) {
                *score -= weight;
            }
        }
        for &item in &items {
            let own = item as usize;
            scores[own] += self.inverse[(own, own)];
        }
        for (item, score) in scores.iter_mut().enumerate() {
            *score /= self.inverse[(item, item)];
        }
    }
}

#[cfg(test)]
mod tests {

    use interactions::History;

    use super::*;
    use crate::sample::{assert_close, four_by_four, ordered, tells_tastes_apart, two_tastes};

    fn scored(train: &Interactions, lambda: f32, history: &[ItemIdx]) -> Vec<f32> {
        let ranker = Ease::fit(train, lambda).unwrap();
        let mut scores = Vec::new();
        let history = History::newest_first(history.iter().map(|&item| (item, 1.0)));
        ranker.score(Query::of(&history), &mut scores);
        scores
    }

    /// ```python
    /// X = np.array([[1,1,0,0],[1,1,1,0],[0,1,1,0],[0,0,1,1]], float)
    /// P = np.linalg.inv(X.T @ X + 2.0 * np.eye(4)); B = -P / np.diag(P); np.fill_diagonal(B, 0)
    /// np.array([1, 0, 1, 0]) @ B
    /// ```
    #[test]
    fn scores_are_those_of_numpy() {
        let scores = scored(&four_by_four(), 2.0, &[2, 0]);
        let expected = [0.051_724_138, 0.754_716_981, 0.062_5, 0.223_880_597];
        assert_close(&scores, &expected, 1e-6);
    }

    #[test]
    fn it_tells_two_tastes_apart() {
        let history = [0, 3];
        assert!(tells_tastes_apart(&scored(&two_tastes(), 5.0, &history), &history));
    }

    #[test]
    fn a_catalogue_beyond_memory_is_refused_with_its_size() {
        let error = Ease::fit(&ordered(100_000, &[&[1]]), 100.0).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("74.5 GiB") && text.contains("20000"), "{text}");
    }

    #[test]
    fn a_lambda_that_is_not_positive_is_refused() {
        for lambda in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert!(Ease::fit(&four_by_four(), lambda).is_err());
        }
    }

    #[test]
    fn an_empty_history_scores_everything_zero() {
        assert!(scored(&four_by_four(), 2.0, &[]).iter().all(|&score| score == 0.0));
    }
}
