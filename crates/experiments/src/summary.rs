//! Sufficient statistics of one arm, and the mean and variance that every test starts from.

use domain::Statistic;
use serde::{Deserialize, Serialize};

/// The part of a sum of squares that differences must make up, so that rounding leaves some digits
/// of their variance.
const FEWEST_DIGITS: f64 = 1e-10;

/// Sufficient statistics of a metric: the number of values, their sum and the sum of their squares.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Units.
    pub n: u64,
    /// Sum of the values.
    pub sum: f64,
    /// Sum of the squared values.
    pub sum_of_squares: f64,
}

/// Sufficient statistics of two values per unit (numerator and denominator, metric and covariate):
/// their means, and the sums of squares and products about these. Raw sums of squares would lose
/// the differences between units wherever values are large beside them.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct PairSummary {
    /// Units.
    pub n: u64,
    /// Mean of the first values.
    pub first_mean: f64,
    /// Sum of the squared deviations of the first values from their mean.
    pub first_squares: f64,
    /// Mean of the second values.
    pub second_mean: f64,
    /// Sum of the squared deviations of the second values from their mean.
    pub second_squares: f64,
    /// Sum of the products of both deviations.
    pub products: f64,
}

/// Mean and variance per unit of one arm, from which every test starts.
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
        if squares > 0.0 && squares < FEWEST_DIGITS * self.sum_of_squares {
            return Statistic::unknown(
                "the values are too large beside their differences for sums of squares; \
                 subtract a constant near their mean first",
            );
        }
        Moments::checked(self.n, self.sum / n, squares / (n - 1.0))
    }
}

impl PairSummary {
    /// Sums up pairs, in two passes.
    #[must_use]
    pub fn of(pairs: &[(f64, f64)]) -> Self {
        if pairs.is_empty() {
            return Self::default();
        }
        let n = pairs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
        let (first_mean, second_mean) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let begin = Self { n: pairs.len() as u64, first_mean, second_mean, ..Self::default() };
        pairs.iter().fold(begin, |summary, (first, second)| {
            let (first, second) = (first - first_mean, second - second_mean);
            Self {
                first_squares: summary.first_squares + first * first,
                second_squares: summary.second_squares + second * second,
                products: summary.products + first * second,
                ..summary
            }
        })
    }

    /// The two summaries as one (Chan, Golub & LeVeque 1983).
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        if self.n == 0 || other.n == 0 {
            return if self.n == 0 { other } else { self };
        }
        let (own, others) = (self.n as f64, other.n as f64);
        let share = others / (own + others);
        let first = other.first_mean - self.first_mean;
        let second = other.second_mean - self.second_mean;
        let between = own * share;
        Self {
            n: self.n + other.n,
            first_mean: self.first_mean + first * share,
            first_squares: self.first_squares + other.first_squares + first * first * between,
            second_mean: self.second_mean + second * share,
            second_squares: self.second_squares + other.second_squares + second * second * between,
            products: self.products + other.products + first * second * between,
        }
    }

    /// Mean and variance of the first values alone.
    pub fn first(&self) -> Statistic<Moments> {
        Moments::about_mean(self.n, self.first_mean, self.first_squares)
    }

    /// Mean and variance of the second values alone.
    pub fn second(&self) -> Statistic<Moments> {
        Moments::about_mean(self.n, self.second_mean, self.second_squares)
    }

    /// Covariance (divisor n − 1); NaN below two units, which [`PairSummary::first`] reports first.
    pub(crate) fn covariance(&self) -> f64 {
        self.products / (self.n as f64 - 1.0)
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
        Self::about_mean(values.len() as u64, mean, squares)
    }

    /// Mean and variance (divisor n − 1) as somebody else computed them.
    ///
    /// ```
    /// assert!(experiments::Moments::given(10, 1.5, 2.0).known().is_some());
    /// assert!(experiments::Moments::given(10, 1.5, -2.0).known().is_none());
    /// assert!(experiments::Moments::given(1, 1.5, 2.0).known().is_none());
    /// ```
    pub fn given(n: u64, mean: f64, variance: f64) -> Statistic<Self> {
        if n < 2 {
            return Statistic::unknown("a variance needs at least two units");
        }
        if variance < 0.0 {
            return Statistic::unknown("a variance is never below zero");
        }
        Self::checked(n, mean, variance)
    }

    /// From the squared deviations from the mean.
    fn about_mean(n_units: u64, mean: f64, squares: f64) -> Statistic<Self> {
        if n_units < 2 {
            return Statistic::unknown("a variance needs at least two units");
        }
        let n = n_units as f64;
        // Equal values leave only the rounding of their mean.
        let is_rounding = squares <= n * (1e-12 * mean).powi(2);
        let squares = if is_rounding { 0.0 } else { squares };
        Self::checked(n_units, mean, squares / (n - 1.0))
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
    fn sums_that_have_lost_the_differences_are_a_reason_not_a_wrong_variance() {
        let values: Vec<f64> = (0..1_000).map(|i| 1e8 + f64::from(i % 7)).collect();
        let moments = Summary::of(&values).moments();
        assert!(moments.reason().unwrap().contains("subtract a constant"));
    }

    #[test]
    fn pairs_in_parts_are_the_pairs_as_a_whole_also_far_from_zero() {
        let pairs = [(1e6 + 1.0, 3.0), (1e6 + 2.0, -4.0), (1e6 - 5.0, 0.5), (1e6 + 4.0, 2.0)];
        let whole = PairSummary::of(&pairs);
        let parts = PairSummary::of(&pairs[..1]).merge(PairSummary::of(&pairs[1..]));
        // By hand: deviations .5, 1.5, -5.5, 3.5 and 2.625, -4.375, .125, 1.625.
        for summary in [whole, parts] {
            assert!((summary.first_squares - 45.0).abs() < 1e-8);
            assert!((summary.second_squares - 28.6875).abs() < 1e-12);
            assert!((summary.products + 0.25).abs() < 1e-8, "{summary:?}");
        }
    }

    #[test]
    fn values_too_large_to_square_are_a_reason_not_an_infinity() {
        assert!(Moments::of(&[1e200, -1e200]).known().is_none());
    }
}
