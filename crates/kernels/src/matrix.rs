//! The one matrix product, and row-major views to give it.
//!
//! faer picks the kernel for the processor at run time. Threads are never used inside a product:
//! work is divided above it, statically, so that sums do not depend on timing.

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};

use crate::scalar::Scalar;

/// `n_columns` columns starting at `first`, of a row-major matrix whose rows are `stride` apart.
#[derive(Clone, Copy)]
pub struct Columns {
    /// First column.
    pub first: usize,
    /// Number of columns.
    pub n_columns: usize,
    /// Length of a whole row.
    pub stride: usize,
}

/// A whole row-major matrix.
pub fn view<T>(data: &[T], n_rows: usize, n_columns: usize) -> MatRef<'_, T> {
    MatRef::from_row_major_slice(data, n_rows, n_columns)
}

/// A whole row-major matrix, to be written.
pub fn view_mut<T>(data: &mut [T], n_rows: usize, n_columns: usize) -> MatMut<'_, T> {
    MatMut::from_row_major_slice_mut(data, n_rows, n_columns)
}

/// Some columns of a row-major matrix.
pub fn columns<T>(data: &[T], n_rows: usize, columns: Columns) -> MatRef<'_, T> {
    view(data, n_rows, columns.stride).subcols(columns.first, columns.n_columns)
}

/// Some columns of a row-major matrix, to be written.
pub fn columns_mut<T>(data: &mut [T], n_rows: usize, columns: Columns) -> MatMut<'_, T> {
    view_mut(data, n_rows, columns.stride).subcols_mut(columns.first, columns.n_columns)
}

/// `into = factor · left · right`, or `into += …` with [`Accum::Add`].
pub fn mm<T: Scalar>(
    into: MatMut<'_, T>,
    accum: Accum,
    left: MatRef<'_, T>,
    right: MatRef<'_, T>,
    factor: T,
) {
    matmul(into, accum, left, right, factor, Par::Seq);
}

/// Makes `buffer` hold `length` values whose contents do not matter, without giving memory back.
pub fn resize<T: Scalar>(buffer: &mut Vec<T>, length: usize) {
    buffer.resize(length, T::default());
}

/// Makes `buffer` hold `length` zeros.
pub fn zero<T: Scalar>(buffer: &mut Vec<T>, length: usize) {
    buffer.clear();
    buffer.resize(length, T::default());
}
