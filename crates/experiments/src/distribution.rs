//! The three distributions that the tests of this crate need, without their error cases.

use statrs::distribution::{ChiSquared, Continuous, ContinuousCDF, Normal, StudentsT};

/// P(Z ≤ z) of the standard normal.
pub(crate) fn normal_cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// Density of the standard normal.
pub(crate) fn normal_density(z: f64) -> f64 {
    Normal::standard().pdf(z)
}

/// The z with P(Z ≤ z) = `probability`, which lies in (0, 1).
pub(crate) fn normal_quantile(probability: f64) -> f64 {
    Normal::standard().inverse_cdf(probability)
}

/// The t with P(T ≤ t) = `probability`; the normal beyond a million degrees of freedom.
pub(crate) fn t_quantile(probability: f64, degrees_of_freedom: f64) -> f64 {
    match student(degrees_of_freedom) {
        Some(student) => student.inverse_cdf(probability),
        None => normal_quantile(probability),
    }
}

/// P(|T| ≥ |t|).
pub(crate) fn t_two_sided(t: f64, degrees_of_freedom: f64) -> f64 {
    match student(degrees_of_freedom) {
        Some(student) => 2.0 * student.cdf(-t.abs()),
        None => 2.0 * normal_cdf(-t.abs()),
    }
}

/// P(χ² ≥ x); 1 without degrees of freedom.
pub(crate) fn chi_squared_upper(x: f64, degrees_of_freedom: f64) -> f64 {
    ChiSquared::new(degrees_of_freedom).map_or(1.0, |chi| chi.sf(x))
}

fn student(degrees_of_freedom: f64) -> Option<StudentsT> {
    if degrees_of_freedom > 1e6 {
        return None;
    }
    StudentsT::new(0.0, 1.0, degrees_of_freedom).ok()
}
