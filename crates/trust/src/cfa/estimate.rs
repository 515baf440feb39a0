//! The maximum of the likelihood, by Fisher scoring with halved steps.
//!
//! Works on correlations, because the maximum does not depend on the items' units and the numbers
//! are better behaved.

use domain::Statistic;
use faer::prelude::*;
use faer::{
    Side,
    linalg::solvers::{DenseSolveCore, Llt},
};

use super::Model;
use super::structure::{Matrices, Parameter, parameters};

const MAX_STEPS: usize = 500;
/// The expected gain of another step, in units of F; χ² is N times this.
const ENOUGH: f64 = 1e-13;

/// A fitted model on the scale of correlations.
#[derive(Debug, Clone)]
pub struct Fit {
    parameters: Vec<Parameter>,
    matrices: Matrices,
    /// Inverse of half the expected information of one person. (parameters, parameters)
    inverse_information: Mat<f64>,
    /// F_ML at the maximum: log|Σ| + tr(RΣ⁻¹) − log|R| − items.
    pub discrepancy: f64,
    /// F_ML of independent items: −log|R|.
    pub discrepancy_of_independence: f64,
    /// R − Σ. (items, items)
    pub residuals: Mat<f64>,
}

/// Discrepancy and gradient of one point.
struct Point {
    matrices: Matrices,
    precision: Mat<f64>,
    discrepancy: f64,
}

/// Fits `model` to a covariance matrix with the rows and columns the model counts.
pub fn fit(model: &Model, covariance: MatRef<'_, f64>) -> Statistic<Fit> {
    if let Some(reason) = unidentified(model) {
        return Statistic::unknown(reason);
    }
    let n_items = model.n_items;
    if let Some(item) = (0..n_items).find(|item| covariance[(*item, *item)] <= 0.0) {
        return Statistic::unknown(format!("everyone answered item {} alike", item + 1));
    }
    let sd = |item: usize| covariance[(item, item)].sqrt();
    let data = Mat::from_fn(n_items, n_items, |i, j| covariance[(i, j)] / (sd(i) * sd(j)));
    let Some(log_determinant) = log_determinant(data.as_ref()) else {
        return Statistic::unknown(
            "the items are linearly dependent, or too few people answered all of them",
        );
    };
    let parameters = parameters(model);
    let start = start(model, data.as_ref());
    match maximise(&parameters, start, data.as_ref(), log_determinant) {
        Err(reason) => Statistic::unknown(reason),
        Ok((point, inverse_information)) => {
            let point = facing_their_items(point);
            let residuals = &data - point.matrices.covariance();
            Statistic::Known(Fit {
                parameters,
                matrices: point.matrices,
                inverse_information,
                discrepancy: point.discrepancy.max(0.0),
                discrepancy_of_independence: -log_determinant,
                residuals,
            })
        }
    }
}

impl Fit {
    /// Standardised loading.
    #[must_use]
    pub fn loading(&self, item: usize, factor: usize) -> f64 {
        self.matrices.loadings[(item, factor)]
    }

    /// Share of an item's variance that is error.
    #[must_use]
    pub fn uniqueness(&self, item: usize) -> f64 {
        self.matrices.uniquenesses[item]
    }

    /// Correlation of two factors.
    #[must_use]
    pub fn correlation(&self, first: usize, second: usize) -> f64 {
        self.matrices.correlations[(first, second)]
    }

    /// Standard error of a loading with `n` people, on the scale on which the item has variance 1;
    /// times its standard deviation it is that of the loading in the item's units.
    #[must_use]
    pub fn loading_se(&self, item: usize, factor: usize, n: u64) -> f64 {
        self.se(Parameter::Loading(item, factor), n)
    }

    /// Standard error of a correlation with `n` people, the lower factor first.
    #[must_use]
    pub fn correlation_se(&self, first: usize, second: usize, n: u64) -> f64 {
        self.se(Parameter::Correlation(first, second), n)
    }

    fn se(&self, parameter: Parameter, n: u64) -> f64 {
        let index = self.parameters.iter().position(|p| *p == parameter);
        let index = index.expect("callers ask only for parameters of the model");
        (2.0 * self.inverse_information[(index, index)] / n as f64).sqrt()
    }
}

fn unidentified(model: &Model) -> Option<String> {
    if let Some(factor) = model.factors.iter().position(|items| items.len() < 2) {
        return Some(format!("factor {} has fewer than two items", factor + 1));
    }
    let df = model.degrees_of_freedom();
    (df < 0).then(|| format!("the model has {} more parameters than covariances", -df))
}

fn log_determinant(matrix: MatRef<'_, f64>) -> Option<f64> {
    // Below this share of its variance, what is left of an item is rounding.
    const SINGULAR: f64 = 1e-10;
    let factor = matrix.llt(Side::Lower).ok()?;
    let pivots = (0..matrix.nrows()).map(|i| factor.L()[(i, i)]);
    let is_sound = pivots.clone().all(|pivot| pivot * pivot > SINGULAR);
    is_sound.then(|| 2.0 * pivots.map(f64::ln).sum::<f64>())
}

/// Loadings from the first principal axis of each factor's items; factor correlations from the
/// correlations of the axes.
fn start(model: &Model, data: MatRef<'_, f64>) -> Matrices {
    let axes: Vec<Vec<f64>> = model.factors.iter().map(|items| axis(items, data)).collect();
    let weights = Mat::from_fn(model.n_items, axes.len(), |row, factor| {
        let place = model.factors[factor].iter().position(|item| *item == row);
        place.map_or(0.0, |place| axes[factor][place])
    });
    let among = weights.transpose() * data * &weights; // (factors, factors)
    let scale = |i: usize, j: usize| (among[(i, i)] * among[(j, j)]).sqrt();
    let loadings = Mat::from_fn(model.n_items, axes.len(), |row, factor| {
        let weight = weights[(row, factor)];
        let n_items = model.factors[factor].len() as f64;
        (weight * n_items.sqrt() * 0.7).clamp(-0.9, 0.9)
    });
    let shared = |row: usize| (0..axes.len()).map(|f| loadings[(row, f)].powi(2)).sum::<f64>();
    let uniquenesses = (0..model.n_items).map(|row| (1.0 - shared(row)).max(0.2)).collect();
    let correlations = Mat::from_fn(axes.len(), axes.len(), |i, j| among[(i, j)] / scale(i, j));
    Matrices { loadings, correlations, uniquenesses }
}

/// First principal axis of some items, by power iteration from the item most correlated with all.
fn axis(items: &[usize], data: MatRef<'_, f64>) -> Vec<f64> {
    let strength =
        |item: &usize| items.iter().map(|other| data[(*item, *other)].abs()).sum::<f64>();
    let strongest = items.iter().max_by(|a, b| strength(a).total_cmp(&strength(b)));
    let strongest = *strongest.expect("every factor has two items or more");
    let mut axis: Vec<f64> = items.iter().map(|item| data[(*item, strongest)]).collect();
    for _ in 0..20 {
        let times = |item: &usize| {
            items.iter().zip(&axis).map(|(other, x)| data[(*item, *other)] * x).sum()
        };
        axis = items.iter().map(times).collect();
        let length = axis.iter().map(|x| x * x).sum::<f64>().sqrt();
        axis.iter_mut().for_each(|x| *x /= length);
    }
    axis
}

fn point(matrices: Matrices, data: MatRef<'_, f64>, log_determinant: f64) -> Option<Point> {
    let sigma = matrices.covariance();
    let factor = sigma.llt(Side::Lower).ok()?;
    let precision = factor.inverse();
    let n_items = data.nrows();
    let log_sigma: f64 = (0..n_items).map(|i| factor.L()[(i, i)].ln()).sum();
    let trace: f64 = (0..n_items)
        .flat_map(|j| (0..n_items).map(move |i| (i, j)))
        .map(|(i, j)| data[(i, j)] * precision[(i, j)])
        .sum();
    let discrepancy = 2.0 * log_sigma + trace - log_determinant - n_items as f64;
    discrepancy.is_finite().then_some(Point { matrices, precision, discrepancy })
}

/// Gradient of F (parameters, 1) and its expected Hessian (parameters, parameters).
fn slope(point: &Point, parameters: &[Parameter], data: MatRef<'_, f64>) -> (Mat<f64>, Mat<f64>) {
    let (u, v, c) = point.matrices.derivatives(parameters);
    let precision = &point.precision;
    let weighed = precision - precision * data * precision; // (items, items)
    let (wu, pu, pv) = (&weighed * &v, precision * &u, precision * &v);
    let n = parameters.len();
    // tr(W · c(uvᵀ + vuᵀ)) = 2c uᵀWv
    let gradient = Mat::from_fn(n, 1, |a, _| {
        let product: f64 = (0..u.nrows()).map(|row| u[(row, a)] * wu[(row, a)]).sum();
        2.0 * c[a] * product
    });
    let (uu, uv, vv) = (u.transpose() * &pu, u.transpose() * &pv, v.transpose() * &pv);
    // tr(Σ⁻¹(uvᵀ + vuᵀ)Σ⁻¹(xyᵀ + yxᵀ)) = 2(uᵀΣ⁻¹x · vᵀΣ⁻¹y + uᵀΣ⁻¹y · vᵀΣ⁻¹x)
    let hessian = Mat::from_fn(n, n, |a, b| {
        2.0 * c[a] * c[b] * (uu[(a, b)] * vv[(a, b)] + uv[(a, b)] * uv[(b, a)])
    });
    (gradient, hessian)
}

/// The maximum and the inverse of the expected Hessian there.
fn maximise(
    parameters: &[Parameter],
    start: Matrices,
    data: MatRef<'_, f64>,
    log_determinant: f64,
) -> Result<(Point, Mat<f64>), String> {
    let mut here = point(start, data, log_determinant).ok_or("the model has no starting point")?;
    for _ in 0..MAX_STEPS {
        let (gradient, hessian) = slope(&here, parameters, data);
        let (step, is_damped) = step(&gradient, &hessian)?;
        let gain: f64 = (0..parameters.len()).map(|a| gradient[(a, 0)] * step[(a, 0)]).sum();
        let better = (gain > ENOUGH).then(|| {
            // Armijo's rule along the halved steps.
            let mut lengths = (0..40).map(|halvings| 0.5_f64.powi(halvings));
            lengths.find_map(|length| {
                let moved = here.matrices.moved(parameters, step.as_ref(), -length);
                let there = point(moved, data, log_determinant)?;
                let wanted = here.discrepancy - length * 1e-4 * gain;
                // Where rounding hides the gain, a step to the same height would go on for ever.
                let is_lower = there.discrepancy < here.discrepancy;
                (is_lower && there.discrepancy <= wanted).then_some(there)
            })
        });
        match better.flatten() {
            Some(there) => here = there,
            // Rounding hides gains below this.
            None if gain < 1e-10 => return arrived(here, &hessian, is_damped),
            None => return Err("the fit stopped before a maximum was found".to_owned()),
        }
    }
    Err(format!("no maximum was found in {MAX_STEPS} steps"))
}

fn arrived(point: Point, hessian: &Mat<f64>, is_damped: bool) -> Result<(Point, Mat<f64>), String> {
    match sound(hessian).filter(|_| !is_damped) {
        Some(factor) => Ok((point, factor.inverse())),
        None => {
            Err("the data do not identify the model: some loadings or correlations can be traded \
             against each other"
                .to_owned())
        }
    }
}

/// Solves H · step = gradient, damping H where it is singular.
fn step(gradient: &Mat<f64>, hessian: &Mat<f64>) -> Result<(Mat<f64>, bool), String> {
    let n = hessian.nrows();
    for damping in [0.0, 1e-8, 1e-6, 1e-4, 1e-2, 1.0] {
        let damped = Mat::from_fn(n, n, |a, b| {
            let extra = if a == b { damping * hessian[(a, a)].max(1e-8) } else { 0.0 };
            hessian[(a, b)] + extra
        });
        if let Some(factor) = sound(&damped) {
            return Ok((factor.solve(gradient), damping > 0.0));
        }
    }
    Err("the fit ran into numbers that are not finite".to_owned())
}

/// The factor of a matrix that is not singular up to rounding.
fn sound(matrix: &Mat<f64>) -> Option<Llt<f64>> {
    let factor = matrix.llt(Side::Lower).ok()?;
    let is_sound = (0..matrix.nrows()).all(|a| {
        let left = factor.L()[(a, a)].powi(2) / matrix[(a, a)];
        left > 1e-10
    });
    is_sound.then_some(factor)
}

/// Turns factors around so that their items load positively on the whole.
fn facing_their_items(mut point: Point) -> Point {
    let matrices = &mut point.matrices;
    let (n_items, n_factors) = (matrices.loadings.nrows(), matrices.loadings.ncols());
    for factor in 0..n_factors {
        let sum: f64 = (0..n_items).map(|item| matrices.loadings[(item, factor)]).sum();
        if sum < 0.0 {
            (0..n_items).for_each(|item| matrices.loadings[(item, factor)] *= -1.0);
            for other in (0..n_factors).filter(|other| *other != factor) {
                matrices.correlations[(factor, other)] *= -1.0;
                matrices.correlations[(other, factor)] *= -1.0;
            }
        }
    }
    point
}
