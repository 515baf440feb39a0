//! Sufficient statistics of one arm, and the mean and variance that every test starts from.

use domain::Statistic;
use serde::{Deserialize, Serialize};

/// What is needed of a metric's values: how many, their sum and the sum of their squares.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Units.
    pub n: u64,
    /// Sum of the values.
    pub sum: f64,
    /// Sum of the squared values.
    pub sum_of_squares: f64,
}

/// The same for two values per unit (numerator and denominator, metric and covariate).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct PairSummary {
    /// Units.
    pub n: u64,
    /// Sum of the first values.
    pub first_sum: f64,
    /// Sum of the squared first values.
    pub first_sum_of_squares: f64,
    /// Sum of the second values.
    pub second_sum: f64,
    /// Sum of the squared second values.
    pub second_sum_of_squares: f64,
    /// Sum of the products.
    pub cross_products: f64,
}

/// Mean and variance per unit of one arm: what every test starts from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    /// Units.
    pub n: u64,
    /// The arm's value of the metric.
    pub mean: f64,
    /// Variance of one unit, so that `variance / n` is the squared standard error of `mean`.
    pub variance: f64,
}

impl Summary {
    /// Sums up values.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        Self {
            n: values.len() as u64,
            sum: values.iter().sum(),
            sum_of_squares: values.iter().map(|x| x * x).sum(),
        }
    }

    /// The two summaries as one.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            sum: self.sum + other.sum,
            sum_of_squares: self.sum_of_squares + other.sum_of_squares,
        }
    }

    /// Mean and variance (divisor n − 1).
    ///
    /// ```
    /// let summary = experiments::Summary { n: 10, sum: 105.0, sum_of_squares: 1111.5 };
    /// let moments = summary.moments();
    /// let moments = moments.known().unwrap();
    /// assert_eq!((moments.mean, moments.variance), (10.5, 1.0));
    /// ```
    pub fn moments(&self) -> Statistic<Moments> {
        if self.n < 2 {
            return Statistic::unknown("a variance needs at least two units");
        }
        let n = self.n as f64;
        let squares = self.sum_of_squares - self.sum * self.sum / n;
        // Equal values leave only the rounding of the sums.
        let is_rounding = squares <= 4.0 * f64::EPSILON * self.sum_of_squares;
        let squares = if is_rounding { 0.0 } else { squares };
        Moments::checked(self.n, self.sum / n, squares / (n - 1.0))
    }
}

impl PairSummary {
    /// Sums up pairs.
    #[must_use]
    pub fn of(pairs: &[(f64, f64)]) -> Self {
        let mut summary = Self { n: pairs.len() as u64, ..Self::default() };
        for (first, second) in pairs {
            summary.first_sum += first;
            summary.first_sum_of_squares += first * first;
            summary.second_sum += second;
            summary.second_sum_of_squares += second * second;
            summary.cross_products += first * second;
        }
        summary
    }

    /// The two summaries as one.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            first_sum: self.first_sum + other.first_sum,
            first_sum_of_squares: self.first_sum_of_squares + other.first_sum_of_squares,
            second_sum: self.second_sum + other.second_sum,
            second_sum_of_squares: self.second_sum_of_squares + other.second_sum_of_squares,
            cross_products: self.cross_products + other.cross_products,
        }
    }

    /// The first values alone.
    #[must_use]
    pub fn first(&self) -> Summary {
        Summary { n: self.n, sum: self.first_sum, sum_of_squares: self.first_sum_of_squares }
    }

    /// The second values alone.
    #[must_use]
    pub fn second(&self) -> Summary {
        Summary { n: self.n, sum: self.second_sum, sum_of_squares: self.second_sum_of_squares }
    }

    /// Covariance (divisor n − 1); NaN below two units, which [`Summary::moments`] refuses first.
    pub(crate) fn covariance(&self) -> f64 {
        let n = self.n as f64;
        (self.cross_products - self.first_sum * self.second_sum / n) / (n - 1.0)
    }
}

impl Moments {
    /// Mean and variance (divisor n − 1) of values, in two passes, so that large values with small
    /// differences keep their digits.
    pub fn of(values: &[f64]) -> Statistic<Self> {
        if values.len() < 2 {
            return Statistic::unknown("a variance needs at least two units");
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
        // Equal values leave only the rounding of their mean.
        let is_rounding = squares <= n * (1e-12 * mean).powi(2);
        let squares = if is_rounding { 0.0 } else { squares };
        Self::checked(values.len() as u64, mean, squares / (n - 1.0))
    }

    pub(crate) fn checked(n: u64, mean: f64, variance: f64) -> Statistic<Self> {
        if mean.is_finite() && variance.is_finite() {
            Statistic::Known(Self { n, mean, variance })
        } else {
            Statistic::unknown("the values are too large to sum")
        }
    }

    /// Squared standard error of the mean.
    #[must_use]
    pub fn squared_error(&self) -> f64 {
        self.variance / self.n as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_unit_has_no_variance_and_says_so() {
        for moments in [Summary::of(&[3.0]).moments(), Moments::of(&[3.0])] {
            assert_eq!(moments.reason(), Some("a variance needs at least two units"));
        }
    }

    #[test]
    fn values_and_their_sums_give_the_same_moments() {
        let values = [1.0, 4.0, 2.5, -3.0];
        let parts = Summary::of(&values[..1]).merge(Summary::of(&values[1..]));
        let (by_sums, by_values) = (parts.moments(), Moments::of(&values));
        let (by_sums, by_values) = (by_sums.known().unwrap(), by_values.known().unwrap());
        assert!((by_sums.mean - by_values.mean).abs() < 1e-12);
        assert!((by_sums.variance - by_values.variance).abs() < 1e-12);
    }

    #[test]
    fn equal_values_have_no_variance_whatever_rounding_leaves() {
        let values = [0.1; 7];
        for moments in [Moments::of(&values), Summary::of(&values).moments()] {
            assert_eq!(moments.known().unwrap().variance, 0.0);
        }
    }

    #[test]
    fn large_values_with_small_differences_keep_their_variance() {
        let moments = Moments::of(&[1e9, 1e9 + 1.0, 1e9 + 2.0]);
        assert_eq!(moments.known().unwrap().variance, 1.0);
    }

    #[test]
    fn values_too_large_to_square_are_a_reason_not_an_infinity() {
        assert!(Moments::of(&[1e200, -1e200]).known().is_none());
    }
}
