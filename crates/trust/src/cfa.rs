//! Maximum-likelihood confirmatory factor analysis: Σ = ΛΦΛᵀ + Θ.
//!
//! Responsible for the model, and for reporting a fit in the units of the items. Factor variances
//! are 1, error variances free and uncorrelated. There is no mean structure, and rows are complete.
//! Conventions are lavaan's defaults: covariances with divisor N and χ² = N · F_ML.

use domain::Statistic;
use faer::MatRef;
use serde::{Deserialize, Serialize};

pub mod indices;

pub mod estimate;

mod structure;

use estimate::{Fit, fit};
use indices::Indices;

/// Which items measure which factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// Number of items; indices below refer to rows of the covariance matrix.
    pub n_items: usize,
    /// The items of each factor.
    pub factors: Vec<Vec<usize>>,
}

/// Names for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// One per item.
    pub items: Vec<String>,
    /// One per factor.
    pub factors: Vec<String>,
}

/// A fitted model in the units of the items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// People who answered every item.
    pub n: u64,
    /// How well the model fits.
    #[serde(flatten)]
    pub indices: Indices,
    /// The loadings of each factor.
    pub factors: Vec<Factor>,
    /// Correlations of factors.
    pub correlations: Vec<Correlation>,
    /// Impossible values of the solution: negative error variances (Heywood cases), correlations
    /// beyond one. The fit indices of such a solution are not to be trusted.
    pub improper: Vec<String>,
}

/// One factor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Factor {
    /// Its name.
    pub name: String,
    /// Average variance extracted: mean squared standardised loading (Fornell & Larcker 1981).
    pub ave: Statistic<f64>,
    /// One per item.
    pub loadings: Vec<Loading>,
}

/// One item's loading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Loading {
    /// The item.
    pub item: String,
    /// In the item's units per standard deviation of the factor.
    pub estimate: f64,
    /// Standard error from the expected information.
    pub se: f64,
    /// Correlation-like, for a factor and an item of variance 1.
    pub standardised: f64,
}

/// Correlation of two factors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correlation {
    /// The two factors.
    pub factors: [String; 2],
    /// Their correlation.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
}

impl Model {
    /// One factor behind all items.
    #[must_use]
    pub fn one_factor(n_items: usize) -> Self {
        Self { n_items, factors: vec![(0..n_items).collect()] }
    }

    /// Free parameters: loadings, factor correlations, error variances.
    #[must_use]
    pub fn n_parameters(&self) -> usize {
        let n_factors = self.factors.len();
        let n_loadings: usize = self.factors.iter().map(Vec::len).sum();
        n_loadings + n_factors * n_factors.saturating_sub(1) / 2 + self.n_items
    }

    /// Covariances minus parameters; negative when the model is not identified.
    #[must_use]
    pub fn degrees_of_freedom(&self) -> i64 {
        let n_covariances = self.n_items * (self.n_items + 1) / 2;
        n_covariances as i64 - self.n_parameters() as i64
    }
}

/// Fits `model` to a covariance matrix (divisor `n`) of `n` people.
///
/// Unknown when the model is not identified, the matrix is singular, or no maximum is found.
///
/// ```
/// use trust::cfa::{Model, Names, analyse};
/// let covariance = faer::mat![
///     [1.00, 0.52, 0.46, 0.21, 0.18, 0.25],
///     [0.52, 1.44, 0.58, 0.30, 0.20, 0.24],
///     [0.46, 0.58, 0.81, 0.17, 0.23, 0.19],
///     [0.21, 0.30, 0.17, 1.21, 0.66, 0.60],
///     [0.18, 0.20, 0.23, 0.66, 1.69, 0.71],
///     [0.25, 0.24, 0.19, 0.60, 0.71, 1.00],
/// ];
/// let model = Model { n_items: 6, factors: vec![vec![0, 1, 2], vec![3, 4, 5]] };
/// let names = Names {
///     items: ["a", "b", "c", "d", "e", "f"].map(str::to_owned).to_vec(),
///     factors: ["first", "second"].map(str::to_owned).to_vec(),
/// };
/// let report = analyse(&model, &names, covariance.as_ref(), 200);
/// let report = report.known().unwrap();
/// // scipy: F_ML minimised by BFGS, then Nelder-Mead; standard errors by numerical derivatives of
/// // Sigma in the expected information
/// assert!((report.indices.chi2 - 6.10807680127099).abs() < 1e-7);
/// assert_eq!(report.indices.df, 8);
/// let loading = &report.factors[0].loadings[1];
/// assert!((loading.estimate - 0.8158666).abs() < 1e-6 && (loading.se - 0.0888010).abs() < 1e-6);
/// assert!((report.correlations[0].estimate - 0.3701091).abs() < 1e-6);
/// ```
pub fn analyse(
    model: &Model,
    names: &Names,
    covariance: MatRef<'_, f64>,
    n: u64,
) -> Statistic<Report> {
    let still = (0..model.n_items).find(|item| covariance[(*item, *item)] <= 0.0);
    if let Some(item) = still {
        return Statistic::unknown(format!("everyone answered {} alike", names.items[item]));
    }
    fit(model, covariance).and_then(|fit| {
        let indices = Indices::of(model, &fit, n);
        indices.map(|indices| report(model, names, covariance, (n, indices), &fit))
    })
}

fn report(
    model: &Model,
    names: &Names,
    covariance: MatRef<'_, f64>,
    (n, indices): (u64, Indices),
    fit: &Fit,
) -> Report {
    let improper = improper(model, names, fit);
    let factors = model.factors.iter().enumerate().map(|(factor, items)| Factor {
        name: names.factors[factor].clone(),
        ave: ave(items, factor, fit),
        loadings: items
            .iter()
            .map(|item| {
                let sd = covariance[(*item, *item)].sqrt();
                Loading {
                    item: names.items[*item].clone(),
                    estimate: fit.loading(*item, factor) * sd,
                    se: fit.loading_se(*item, factor, n) * sd,
                    standardised: fit.loading(*item, factor),
                }
            })
            .collect(),
    });
    Report {
        n,
        indices,
        factors: factors.collect(),
        correlations: correlations(names, fit, n),
        improper,
    }
}

fn ave(items: &[usize], factor: usize, fit: &Fit) -> Statistic<f64> {
    if items.iter().any(|item| fit.uniqueness(*item) < 0.0) {
        return Statistic::unknown("an item of the factor has a negative error variance");
    }
    let squared: f64 = items.iter().map(|item| fit.loading(*item, factor).powi(2)).sum();
    Statistic::Known(squared / items.len() as f64)
}

fn pairs(n_factors: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n_factors).flat_map(move |second| (0..second).map(move |first| (first, second)))
}

fn correlations(names: &Names, fit: &Fit, n: u64) -> Vec<Correlation> {
    pairs(names.factors.len())
        .map(|(first, second)| Correlation {
            factors: [names.factors[first].clone(), names.factors[second].clone()],
            estimate: fit.correlation(first, second),
            se: fit.correlation_se(first, second, n),
        })
        .collect()
}

fn improper(model: &Model, names: &Names, fit: &Fit) -> Vec<String> {
    let heywood = (0..model.n_items).filter(|item| fit.uniqueness(*item) < 0.0).map(|item| {
        let share = fit.uniqueness(item);
        format!("{} has a negative error variance ({share:.3} of its variance)", names.items[item])
    });
    let beyond = pairs(model.factors.len())
        .filter(|(first, second)| fit.correlation(*first, *second).abs() > 1.0)
        .map(|(first, second)| {
            let (a, b) = (&names.factors[first], &names.factors[second]);
            format!("{a} and {b} correlate beyond one ({:.3})", fit.correlation(first, second))
        });
    heywood.chain(beyond).collect()
}

#[cfg(test)]
mod tests;
