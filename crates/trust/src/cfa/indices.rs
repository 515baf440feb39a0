//! Fit indices: how well a fitted model reproduces the covariances.

use domain::Statistic;
use serde::{Deserialize, Serialize};
use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::Model;
use super::estimate::Fit;

/// Fit indices, computed as lavaan does with its defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indices {
    /// N · F_ML.
    pub chi2: f64,
    /// Covariances minus parameters.
    pub df: u64,
    /// P(χ²_df ≥ chi2).
    pub p: Statistic<f64>,
    /// Comparative fit index (Bentler 1990).
    pub cfi: Statistic<f64>,
    /// Tucker–Lewis index.
    pub tli: Statistic<f64>,
    /// √(max(χ² − df, 0) / (N · df)) (Steiger 1990).
    pub rmsea: Statistic<f64>,
    /// Standardised root mean square residual, the diagonal included.
    pub srmr: f64,
    /// χ² of independent items.
    pub baseline_chi2: f64,
    /// Its degrees of freedom.
    pub baseline_df: u64,
}

impl Indices {
    /// All indices of a fit to `n` people.
    pub fn of(model: &Model, fit: &Fit, n: u64) -> Statistic<Self> {
        let n_items = model.n_items;
        let df = u64::try_from(model.degrees_of_freedom()).unwrap_or(0);
        let baseline_df = (n_items * (n_items - 1) / 2) as u64;
        let chi2 = n as f64 * fit.discrepancy;
        let baseline_chi2 = n as f64 * fit.discrepancy_of_independence;
        if !(chi2.is_finite() && baseline_chi2.is_finite()) {
            return Statistic::unknown("the fit ran into numbers that are not finite");
        }
        let (excess, baseline_excess) = (chi2 - df as f64, baseline_chi2 - baseline_df as f64);
        Statistic::Known(Self {
            chi2,
            df,
            p: tested(df, || ChiSquared::new(df as f64).map_or(1.0, |chi| chi.sf(chi2))),
            cfi: cfi(excess.max(0.0), baseline_excess),
            tli: tested(df, || {
                let baseline = baseline_chi2 / baseline_df as f64;
                (baseline - chi2 / df as f64) / (baseline - 1.0)
            }),
            rmsea: tested(df, || (excess.max(0.0) / (n as f64 * df as f64)).sqrt()),
            srmr: srmr(fit),
            baseline_chi2,
            baseline_df,
        })
    }
}

fn cfi(excess: f64, baseline_excess: f64) -> Statistic<f64> {
    let worst = baseline_excess.max(excess);
    if worst <= 0.0 {
        return Statistic::unknown("the items are unrelated, so no model can fit better");
    }
    Statistic::Known(1.0 - excess / worst)
}

fn tested(df: u64, compute: impl FnOnce() -> f64) -> Statistic<f64> {
    if df == 0 {
        return Statistic::unknown(
            "the model has no degrees of freedom, so it fits whatever comes",
        );
    }
    Statistic::finite(compute(), "the items are unrelated")
}

/// Residuals of correlations: the matrices are already standardised by the observed variances.
fn srmr(fit: &Fit) -> f64 {
    let n_items = fit.residuals.nrows();
    let lower = (0..n_items).flat_map(|i| (0..=i).map(move |j| (i, j)));
    let squared: f64 = lower.map(|(i, j)| fit.residuals[(i, j)].powi(2)).sum();
    (squared / (n_items * (n_items + 1) / 2) as f64).sqrt()
}
