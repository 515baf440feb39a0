//! Answers of many people to many items, and the covariances of those who answered everything.

use domain::Statistic;
use faer::Mat;

use crate::TrustError;

/// Answers: one row per person, one column per item; `None` is an item left open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Responses {
    items: Vec<String>,
    rows: Vec<Vec<Option<f64>>>,
}

impl Responses {
    /// Builds the table.
    ///
    /// # Errors
    /// [`TrustError::Ragged`] when a row has another length than `items`.
    pub fn new(items: Vec<String>, rows: Vec<Vec<Option<f64>>>) -> Result<Self, TrustError> {
        let ragged = rows.iter().position(|row| row.len() != items.len());
        match ragged {
            None => Ok(Self { items, rows }),
            Some(index) => Err(TrustError::Ragged {
                row: index + 1,
                found: rows[index].len(),
                expected: items.len(),
            }),
        }
    }

    /// Names of the items.
    #[must_use]
    pub fn items(&self) -> &[String] {
        &self.items
    }

    /// Number of people.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Returns the column of an item.
    ///
    /// # Errors
    /// [`TrustError::UnknownItem`] with some of the names there are.
    pub fn column(&self, item: &str) -> Result<usize, TrustError> {
        let found = self.items.iter().position(|name| name == item);
        found.ok_or_else(|| TrustError::UnknownItem {
            item: item.to_owned(),
            found: some(&self.items),
        })
    }

    /// Returns everyone's answer to one item; `None` where it was left open.
    pub fn answers(&self, column: usize) -> impl Iterator<Item = f64> {
        self.rows.iter().filter_map(move |row| row[column])
    }

    /// The answers of people who answered all of these columns. (people, columns)
    #[must_use]
    pub fn complete(&self, columns: &[usize]) -> Vec<Vec<f64>> {
        let rows = self.rows.iter();
        rows.filter_map(|row| columns.iter().map(|column| row[*column]).collect()).collect()
    }

    /// Applies `change` to every answer of a column.
    pub(crate) fn change(&mut self, column: usize, change: impl Fn(f64) -> f64) {
        for row in &mut self.rows {
            row[column] = row[column].map(&change);
        }
    }
}

fn some(names: &[String]) -> String {
    const SHOWN: usize = 20;
    let shown = names[..names.len().min(SHOWN)].join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        rest => format!("{shown} and {rest} more"),
    }
}

/// Covariances (divisor n) of complete rows, given as indices into `rows` so that resampling
/// copies nothing. (items, items)
pub(crate) fn covariance(rows: &[Vec<f64>], sample: &[usize]) -> Statistic<Mat<f64>> {
    let Some(first) = rows.first() else {
        return Statistic::unknown("nobody answered every item");
    };
    if sample.len() < 3 {
        return Statistic::unknown("fewer than three people answered every item");
    }
    let (n_items, n) = (first.len(), sample.len() as f64);
    let mut means = vec![0.0; n_items];
    for index in sample {
        for (mean, answer) in means.iter_mut().zip(&rows[*index]) {
            *mean += answer / n;
        }
    }
    let mut covariance = Mat::<f64>::zeros(n_items, n_items);
    for index in sample {
        let row = &rows[*index];
        for i in 0..n_items {
            for j in 0..n_items {
                covariance[(i, j)] += (row[i] - means[i]) * (row[j] - means[j]) / n;
            }
        }
    }
    for (i, mean) in means.iter().enumerate() {
        // Equal answers leave only the rounding of their mean.
        if covariance[(i, i)] <= (1e-12 * mean).powi(2) {
            (0..n_items).for_each(|j| (covariance[(i, j)], covariance[(j, i)]) = (0.0, 0.0));
        }
    }
    if (0..n_items).all(|i| covariance[(i, i)].is_finite()) {
        Statistic::Known(covariance)
    } else {
        Statistic::unknown("the answers are too large to square")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn only_people_who_answered_everything_count() {
        let rows = vec![vec![Some(1.0), Some(2.0)], vec![None, Some(3.0)], vec![Some(4.0), None]];
        let responses = Responses::new(names(&["a", "b"]), rows).unwrap();
        assert_eq!(responses.complete(&[0, 1]), [[1.0, 2.0]]);
        assert_eq!(responses.complete(&[1]), [[2.0], [3.0]]);
    }

    #[test]
    fn a_short_row_and_an_unknown_item_are_named() {
        let short = Responses::new(names(&["a", "b"]), vec![vec![Some(1.0)]]).unwrap_err();
        assert!(short.to_string().contains("row 1 has 1 answers instead of 2"));
        let responses = Responses::new(names(&["a", "b"]), Vec::new()).unwrap();
        let unknown = responses.column("c").unwrap_err();
        assert!(unknown.to_string().contains("the items are a, b"), "{unknown}");
    }
}
