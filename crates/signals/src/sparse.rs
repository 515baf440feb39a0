//! Rows of few non-zero numbers: the one storage form of transition rows and text vectors.
//! Immutable once built.

use crate::SignalsError;

/// A matrix in compressed sparse rows. Columns of a row ascend.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct SparseRows {
    n_columns: usize,
    offsets: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
}

impl SparseRows {
    /// Lays rows out one after another. The columns of each must ascend and be below `n_columns`.
    pub(crate) fn from_rows(n_columns: usize, rows: &[Vec<(u32, f32)>]) -> Self {
        let n_values = rows.iter().map(Vec::len).sum();
        let mut matrix = Self {
            n_columns,
            offsets: Vec::with_capacity(rows.len() + 1),
            columns: Vec::with_capacity(n_values),
            values: Vec::with_capacity(n_values),
        };
        matrix.offsets.push(0);
        for row in rows {
            debug_assert!(row.is_sorted_by(|a, b| a.0 < b.0));
            matrix.columns.extend(row.iter().map(|&(column, _)| column));
            matrix.values.extend(row.iter().map(|&(_, value)| value));
            matrix.offsets.push(matrix.columns.len());
        }
        matrix
    }

    /// Takes the three arrays as a file gives them; an index out of range is an error.
    pub(crate) fn from_parts(
        file: &str,
        n_columns: usize,
        (offsets, columns, values): (Vec<u64>, Vec<u32>, Vec<f32>),
    ) -> Result<Self, SignalsError> {
        let offsets: Vec<usize> = offsets.into_iter().map(|offset| offset as usize).collect();
        let problem = if offsets.first() != Some(&0) || offsets.last() != Some(&columns.len()) {
            Some("offsets do not span the columns")
        } else if columns.len() != values.len() {
            Some("columns and values differ in number")
        } else if !offsets.is_sorted() {
            Some("offsets do not ascend")
        } else if columns.iter().any(|&column| column as usize >= n_columns) {
            Some("a column is out of range")
        } else if !offsets.windows(2).all(|of| columns[of[0]..of[1]].is_sorted_by(|a, b| a < b)) {
            Some("the columns of a row do not ascend")
        } else {
            None
        };
        match problem {
            None => Ok(Self { n_columns, offsets, columns, values }),
            Some(problem) => Err(SignalsError::DamagedFile {
                file: file.to_owned(),
                problem: problem.to_owned(),
            }),
        }
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    pub(crate) fn n_columns(&self) -> usize {
        self.n_columns
    }

    pub(crate) fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    pub(crate) fn columns(&self) -> &[u32] {
        &self.columns
    }

    pub(crate) fn values(&self) -> &[f32] {
        &self.values
    }

    /// Columns and values of one row.
    pub(crate) fn row(&self, row: u32) -> (&[u32], &[f32]) {
        let span = self.offsets[row as usize]..self.offsets[row as usize + 1];
        (&self.columns[span.clone()], &self.values[span])
    }

    /// Column and value, pair by pair.
    pub(crate) fn entries(&self, row: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        let (columns, values) = self.row(row);
        columns.iter().copied().zip(values.iter().copied())
    }

    /// One number; 0 where none is stored.
    pub(crate) fn value(&self, row: u32, column: u32) -> f32 {
        let (columns, values) = self.row(row);
        columns.binary_search(&column).map_or(0.0, |at| values[at])
    }

    /// Adds `factor ×` a row to a dense vector of length `n_columns`.
    pub(crate) fn add_row(&self, row: u32, factor: f32, to: &mut [f32]) {
        for (column, value) in self.entries(row) {
            to[column as usize] += factor * value;
        }
    }

    /// Columns that two rows share, with the product of their values.
    pub(crate) fn shared(&self, a: u32, b: u32) -> impl Iterator<Item = (u32, f32)> + '_ {
        let mut others = self.entries(b).peekable();
        self.entries(a).filter_map(move |(column, value)| {
            while others.next_if(|&(other, _)| other < column).is_some() {}
            let (_, other) = others.next_if(|&(other, _)| other == column)?;
            Some((column, value * other))
        })
    }

    /// Inner product of two rows.
    pub(crate) fn dot(&self, a: u32, b: u32) -> f32 {
        self.shared(a, b).map(|(_, product)| product).sum()
    }

    /// Rows become columns; the rows of the result are in ascending order too.
    pub(crate) fn transposed(&self) -> Self {
        let mut offsets = vec![0usize; self.n_columns + 1];
        for &column in &self.columns {
            offsets[column as usize + 1] += 1;
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let mut next = offsets.clone();
        let mut columns = vec![0; self.columns.len()];
        let mut values = vec![0.0; self.values.len()];
        for row in 0..self.n_rows() as u32 {
            for (column, value) in self.entries(row) {
                let at = &mut next[column as usize];
                columns[*at] = row;
                values[*at] = value;
                *at += 1;
            }
        }
        Self { n_columns: self.n_rows(), offsets, columns, values }
    }
}

/// Scales a row to length 1; leaves a row of zeros alone.
pub(crate) fn normalise(row: &mut [(u32, f32)]) {
    let length = row.iter().map(|(_, v)| v * v).sum::<f32>().sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|(_, value)| *value /= length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix() -> SparseRows {
        SparseRows::from_rows(3, &[vec![(0, 1.0), (2, 2.0)], vec![], vec![(1, 3.0), (2, 4.0)]])
    }

    #[test]
    fn transposing_twice_gives_the_matrix_back() {
        let turned = matrix().transposed();
        assert_eq!(turned.row(2), (&[0, 2][..], &[2.0, 4.0][..]));
        assert_eq!(turned.transposed(), matrix());
    }

    #[test]
    fn a_dot_product_meets_only_shared_columns() {
        assert_eq!(matrix().dot(0, 2), 8.0);
        assert_eq!(matrix().dot(0, 1), 0.0);
        assert_eq!(matrix().value(2, 1), 3.0);
        assert_eq!(matrix().value(0, 1), 0.0);
    }

    #[test]
    fn damaged_parts_are_refused() {
        let read =
            |offsets, columns| SparseRows::from_parts("f", 3, (offsets, columns, vec![1.0, 1.0]));
        assert!(read(vec![0, 2], vec![0, 2]).is_ok());
        assert!(read(vec![0, 2], vec![0, 3]).is_err());
        assert!(read(vec![0, 2], vec![2, 0]).is_err());
        assert!(read(vec![0, 3], vec![0, 2]).is_err());
        assert!(read(vec![0, 2, 1, 2], vec![0, 2]).is_err());
        assert!(read(vec![], vec![0, 2]).is_err());
    }
}
