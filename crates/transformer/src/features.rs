//! Features of items, so that an item nobody bought yet has a vector.
//!
//! An item's vector is its own embedding plus a learned projection of its features. Items without
//! any training event have the projection alone. The caller makes the features.

use faer::Accum;
use interactions::ItemIdx;
use kernels::matrix::{mm, resize, view, view_mut};
use kernels::scalar::Scalar;

use super::SequenceError;

/// Rows projected at once.
const TILE: usize = 256;

/// One feature vector per item, e.g. of its text.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemFeatures {
    /// Length of each vector.
    pub n_features: usize,
    /// The vectors, in item order.
    pub rows: FeatureRows,
}

/// Feature vectors of all items.
#[derive(Debug, Clone, PartialEq)]
pub enum FeatureRows {
    /// (`n_items`, `n_features`), row-major.
    Dense(Vec<f32>),
    /// Compressed rows: item `i` has `columns[offsets[i]..offsets[i + 1]]` and values alike.
    Sparse {
        /// `n_items + 1` positions.
        offsets: Vec<usize>,
        /// Feature numbers.
        columns: Vec<u32>,
        /// Their values.
        values: Vec<f32>,
    },
}

impl ItemFeatures {
    /// Checks that the rows fit the catalogue.
    ///
    /// # Errors
    /// [`SequenceError::Features`] saying what is wrong.
    pub fn validate(&self, n_items: usize) -> Result<(), SequenceError> {
        let n = self.n_features;
        let refuse = |problem: String| Err(SequenceError::Features { problem });
        match &self.rows {
            FeatureRows::Dense(values) if values.len() != n_items * n => {
                refuse(format!("{} values for {n_items} items × {n} features", values.len()))
            }
            FeatureRows::Sparse { offsets, columns, values } => {
                let fits = offsets.len() == n_items + 1
                    && offsets.is_sorted()
                    && offsets.last() == Some(&columns.len())
                    && columns.len() == values.len();
                if !fits {
                    return refuse(format!("offsets do not describe {n_items} rows"));
                }
                match columns.iter().find(|&&column| column as usize >= n) {
                    Some(column) => refuse(format!("feature {column} of {n}")),
                    None => Ok(()),
                }
            }
            FeatureRows::Dense(_) => Ok(()),
        }
    }

    /// Adds the projection of the features of `items` to the rows of `table`.
    /// `projection` is (`n_features`, width), `table` (items, width).
    pub(crate) fn project<T: Scalar>(&self, items: &[ItemIdx], projection: &[T], table: &mut [T]) {
        let width = projection.len() / self.n_features;
        match &self.rows {
            FeatureRows::Dense(values) => {
                let mut gathered = Vec::new();
                let rows = table.chunks_mut(TILE * width);
                for (items, rows) in items.chunks(TILE).zip(rows) {
                    gather(values, self.n_features, items, &mut gathered);
                    mm(
                        view_mut(rows, items.len(), width),
                        Accum::Add,
                        view(&gathered, items.len(), self.n_features),
                        view(projection, self.n_features, width),
                        T::of(1.0),
                    );
                }
            }
            FeatureRows::Sparse { .. } => {
                for (&item, row) in items.iter().zip(table.chunks_exact_mut(width)) {
                    for (column, value) in self.sparse_row(item) {
                        let from = &projection[column * width..][..width];
                        kernels::vector::add_scaled(row, from, T::of(value));
                    }
                }
            }
        }
    }

    /// Adds the gradient of the projection, given that of the projected rows.
    pub(crate) fn project_back<T: Scalar>(
        &self,
        items: &[ItemIdx],
        table_gradient: &[T],
        gradient: &mut [T],
    ) {
        let width = gradient.len() / self.n_features;
        match &self.rows {
            FeatureRows::Dense(values) => {
                let mut gathered = Vec::new();
                let rows = table_gradient.chunks(TILE * width);
                for (items, rows) in items.chunks(TILE).zip(rows) {
                    gather(values, self.n_features, items, &mut gathered);
                    mm(
                        view_mut(gradient, self.n_features, width),
                        Accum::Add,
                        view(&gathered, items.len(), self.n_features).transpose(),
                        view(rows, items.len(), width),
                        T::of(1.0),
                    );
                }
            }
            FeatureRows::Sparse { .. } => {
                for (&item, row) in items.iter().zip(table_gradient.chunks_exact(width)) {
                    for (column, value) in self.sparse_row(item) {
                        let into = &mut gradient[column * width..][..width];
                        kernels::vector::add_scaled(into, row, T::of(value));
                    }
                }
            }
        }
    }

    fn sparse_row(&self, item: ItemIdx) -> impl Iterator<Item = (usize, f32)> {
        let (columns, values) = match &self.rows {
            FeatureRows::Dense(_) => (&[][..], &[][..]),
            FeatureRows::Sparse { offsets, columns, values } => {
                let row = offsets[item as usize]..offsets[item as usize + 1];
                (&columns[row.clone()], &values[row])
            }
        };
        columns.iter().zip(values).map(|(&column, &value)| (column as usize, value))
    }
}

/// Copies the feature rows of some items side by side. (items, `n_features`)
fn gather<T: Scalar>(values: &[f32], n_features: usize, items: &[ItemIdx], into: &mut Vec<T>) {
    resize(into, items.len() * n_features);
    for (&item, row) in items.iter().zip(into.chunks_exact_mut(n_features)) {
        let from = &values[item as usize * n_features..][..n_features];
        for (target, value) in row.iter_mut().zip(from) {
            *target = T::of(*value);
        }
    }
}
