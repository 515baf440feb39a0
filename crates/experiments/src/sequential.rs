//! Asymptotic confidence sequences: intervals that stay valid however often one looks.
//!
//! Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2021), "Time-uniform central limit theory and
//! asymptotic confidence sequences". The price is a wider interval, narrowest near the planned
//! number of units.

use crate::effect::{Effect, Estimate};

/// Interval at level 1 − `alpha`, tuned to be narrowest near `planned_n` units of both arms, and an
/// always-valid p-value.
///
/// With N units so far and ρ as in [`tuning`], the half-width is
/// σ̂√N · √(2(Nρ² + 1) / (N²ρ²) · ln(√(Nρ² + 1) / α)); the p-value is the level at which that
/// interval ends at zero.
///
/// ```
/// use experiments::{Effect, Scale, Summary, sequential};
/// let a = Summary { n: 3000, sum: 1396.87, sum_of_squares: 52377.9767 }.moments();
/// let b = Summary { n: 3461, sum: 2422.7, sum_of_squares: 134698.29 }.moments();
/// let effect = Effect::between(a.known().unwrap(), b.known().unwrap(), Scale::Relative);
/// let test = sequential::test(effect.known().unwrap(), 0.05, 1000.0);
/// assert!((test.estimate - 0.50336).abs() < 5e-6 && (test.se - 0.33341).abs() < 5e-6);
/// assert!((test.ci[0] + 0.55844).abs() < 5e-6 && (test.ci[1] - 1.56516).abs() < 5e-6);
/// ```
#[must_use]
pub fn test(effect: &Effect, alpha: f64, planned_n: f64) -> Estimate {
    let n = effect.n_total as f64;
    let n_rho2 = n * tuning(alpha, planned_n).powi(2);
    // σ̂√N · √(… / N² …) with σ̂√N = se·√N, simplified.
    let half_width = effect.se * critical(n, alpha, planned_n);
    let z = effect.estimate / effect.se;
    let log_p = 0.5 * (n_rho2 + 1.0).ln() - z * z * n_rho2 / (2.0 * (n_rho2 + 1.0));
    Estimate {
        estimate: effect.estimate,
        se: effect.se,
        ci: [effect.estimate - half_width, effect.estimate + half_width],
        p: log_p.exp().min(1.0),
    }
}

/// How many standard errors the interval over n units reaches: √(2(nρ² + 1) / (nρ²) · ln(√(nρ² + 1) / α)).
///
/// ```
/// // By hand: ρ² = 7.93615 / 5000, nρ² = 7.93615; √(2 · 8.93615 / 7.93615 · ln(2.98934 / .05))
/// assert!((experiments::sequential::critical(5000.0, 0.05, 5000.0) - 3.035209).abs() < 1e-6);
/// ```
#[must_use]
pub fn critical(n: f64, alpha: f64, planned_n: f64) -> f64 {
    let n_rho2 = n * tuning(alpha, planned_n).powi(2);
    let log_level = ((n_rho2 + 1.0).sqrt() / alpha).ln();
    (2.0 * (n_rho2 + 1.0) / n_rho2 * log_level).sqrt()
}

/// ρ = √((−2 ln α + ln(−2 ln α + 1)) / N*): where the interval is narrowest.
///
/// ```
/// // By hand: -2 ln .05 = 5.99146, ln 6.99146 = 1.94469; √(7.93615 / 5000)
/// assert!((experiments::sequential::tuning(0.05, 5000.0) - 0.039840).abs() < 1e-6);
/// ```
#[must_use]
pub fn tuning(alpha: f64, planned_n: f64) -> f64 {
    let log = -2.0 * alpha.ln();
    ((log + (log + 1.0).ln()) / planned_n).sqrt()
}

#[cfg(test)]
mod tests;
