//! The covariance matrix that parameters imply, and its derivative with respect to each of them.
//!
//! Every derivative has the form c(uvᵀ + vuᵀ), which makes gradient and information a few small
//! matrix products.

use faer::{Mat, MatRef};

use super::Model;

/// One free parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parameter {
    /// λ of an item on a factor.
    Loading(usize, usize),
    /// φ of two factors, the lower index first.
    Correlation(usize, usize),
    /// θ of an item.
    Uniqueness(usize),
}

/// All parameters as matrices.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Matrices {
    /// Λ. (items, factors)
    pub(crate) loadings: Mat<f64>,
    /// Φ, with ones on the diagonal. (factors, factors)
    pub(crate) correlations: Mat<f64>,
    /// The diagonal of Θ. (items)
    pub(crate) uniquenesses: Vec<f64>,
}

/// The free parameters of a model, in the order of every gradient and information matrix.
pub(crate) fn parameters(model: &Model) -> Vec<Parameter> {
    let loadings = model.factors.iter().enumerate().flat_map(|(factor, items)| {
        items.iter().map(move |item| Parameter::Loading(*item, factor))
    });
    let pairs = super::pairs(model.factors.len());
    let correlations = pairs.map(|(first, second)| Parameter::Correlation(first, second));
    let uniquenesses = (0..model.n_items).map(Parameter::Uniqueness);
    loadings.chain(correlations).chain(uniquenesses).collect()
}

impl Matrices {
    /// Σ = ΛΦΛᵀ + Θ. (items, items)
    pub(crate) fn covariance(&self) -> Mat<f64> {
        let mut sigma = self.loadings.as_ref() * &self.correlations * self.loadings.transpose();
        for (item, uniqueness) in self.uniquenesses.iter().enumerate() {
            sigma[(item, item)] += uniqueness;
        }
        sigma
    }

    /// The parameters moved by `length` along a direction. (parameters)
    pub(crate) fn moved(
        &self,
        parameters: &[Parameter],
        direction: MatRef<'_, f64>,
        length: f64,
    ) -> Self {
        let mut moved = self.clone();
        for (index, parameter) in parameters.iter().enumerate() {
            let step = length * direction[(index, 0)];
            match *parameter {
                Parameter::Loading(item, factor) => moved.loadings[(item, factor)] += step,
                Parameter::Correlation(first, second) => {
                    moved.correlations[(first, second)] += step;
                    moved.correlations[(second, first)] += step;
                }
                Parameter::Uniqueness(item) => moved.uniquenesses[item] += step,
            }
        }
        moved
    }

    /// U, V and c with ∂Σ/∂parameter_a = c_a(u_a v_aᵀ + v_a u_aᵀ). (items, parameters) twice,
    /// (parameters)
    pub(crate) fn derivatives(&self, parameters: &[Parameter]) -> (Mat<f64>, Mat<f64>, Vec<f64>) {
        let n_items = self.loadings.nrows();
        let structure = self.loadings.as_ref() * &self.correlations; // (items, factors)
        let unit = |item: usize, row: usize| f64::from(u8::from(item == row));
        let side = |is_left: bool| {
            Mat::from_fn(n_items, parameters.len(), |row, index| {
                match (parameters[index], is_left) {
                    (Parameter::Loading(item, _), true) => unit(item, row),
                    (Parameter::Loading(_, factor), false) => structure[(row, factor)],
                    (Parameter::Correlation(first, _), true) => self.loadings[(row, first)],
                    (Parameter::Correlation(_, second), false) => self.loadings[(row, second)],
                    (Parameter::Uniqueness(item), _) => unit(item, row),
                }
            })
        };
        let factor = |parameter: &Parameter| match parameter {
            Parameter::Uniqueness(_) => 0.5,
            Parameter::Loading(..) | Parameter::Correlation(..) => 1.0,
        };
        (side(true), side(false), parameters.iter().map(factor).collect())
    }
}
