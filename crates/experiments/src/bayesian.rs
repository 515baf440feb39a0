//! Bayesian estimates of a difference: the probability to be better, and the expected loss.

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::distribution::{normal_cdf, normal_density, normal_quantile};
use crate::effect::Effect;

/// Prior belief about the difference.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prior {
    /// Nothing: the posterior is the likelihood.
    #[default]
    Flat,
    /// A normal distribution of the difference.
    Normal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation, above zero.
        sd: f64,
    },
}

/// The posterior of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Posterior {
    /// Its mean.
    pub estimate: f64,
    /// Its standard deviation.
    pub se: f64,
    /// Central credible interval.
    pub ci: [f64; 2],
    /// Probability that the treatment is better than the control.
    pub chance_to_win: f64,
    /// Expected loss of choosing the control, and of choosing the treatment, in the units of the
    /// difference.
    pub risk: [f64; 2],
}

/// Returns the posterior under a normal likelihood, with the credible interval at level 1 −
/// `alpha`.
///
/// ```
/// use experiments::{Effect, Scale, bayesian, proportion::Proportion};
/// let control = Proportion { n: 100, successes: 49 }.moments();
/// let treatment = Proportion { n: 100, successes: 51 }.moments();
/// let (control, treatment) = (control.known().unwrap(), treatment.known().unwrap());
/// let effect = Effect::between(control, treatment, Scale::Relative);
/// let flat = bayesian::Prior::Flat;
/// let posterior = bayesian::posterior(effect.known().unwrap(), flat, 0.05);
/// let posterior = posterior.known().unwrap();
/// assert!((posterior.estimate - 0.04082).abs() < 5e-6);
/// assert!((posterior.ci[0] + 0.24779).abs() < 5e-6);
/// assert!((posterior.ci[1] - 0.32943).abs() < 5e-6);
/// assert!((posterior.chance_to_win - 0.60918).abs() < 5e-6);
/// assert!((posterior.risk[0] - 0.0814).abs() < 5e-5);
/// assert!((posterior.risk[1] - 0.04058).abs() < 5e-6);
/// ```
pub fn posterior(effect: &Effect, prior: Prior, alpha: f64) -> Statistic<Posterior> {
    let (mean, sd) = match prior {
        Prior::Flat => (effect.estimate, effect.se),
        Prior::Normal { mean, sd } if mean.is_finite() && sd.is_finite() && sd > 0.0 => {
            let (data_weight, prior_weight) = (effect.se.powi(-2), sd.powi(-2));
            let weight = data_weight + prior_weight;
            let centre = (effect.estimate * data_weight + mean * prior_weight) / weight;
            (centre, weight.sqrt().recip())
        }
        Prior::Normal { .. } => {
            return Statistic::unknown("the prior's standard deviation must be above zero");
        }
    };
    let half_width = sd * normal_quantile(1.0 - alpha / 2.0);
    let (chance, density) = (normal_cdf(mean / sd), normal_density(mean / sd));
    // E[max(δ, 0)] and E[max(−δ, 0)] of a normal δ.
    let gain = mean * chance + sd * density;
    let loss = sd * density - mean * normal_cdf(-mean / sd);
    let posterior = Posterior {
        estimate: mean,
        se: sd,
        ci: [mean - half_width, mean + half_width],
        chance_to_win: chance,
        risk: [gain.max(0.0), loss.max(0.0)],
    };
    let [low, high] = posterior.ci;
    if [mean, sd, low, high, gain, loss].iter().all(|number| number.is_finite()) {
        Statistic::Known(posterior)
    } else {
        Statistic::unknown("the posterior is too wide to be written as numbers")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Scale, Summary};

    #[test]
    fn means_give_the_published_chance_to_win() {
        let control = Summary { n: 10, sum: 100.0, sum_of_squares: 1002.25 }.moments();
        let treatment = Summary { n: 10, sum: 105.0, sum_of_squares: 1111.5 }.moments();
        let (control, treatment) = (control.known().unwrap(), treatment.known().unwrap());
        let effect = Effect::between(control, treatment, Scale::Relative);
        let posterior = posterior(effect.known().unwrap(), Prior::Flat, 0.05);
        let posterior = posterior.known().unwrap();
        assert!((posterior.estimate - 0.05).abs() < 1e-12);
        assert!((posterior.ci[0] + 0.02).abs() < 5e-3 && (posterior.ci[1] - 0.12).abs() < 5e-3);
        assert!((posterior.chance_to_win - 0.91923).abs() < 5e-6);
    }

    #[test]
    fn a_prior_pulls_towards_its_mean_by_precision() {
        let effect = Effect { estimate: 1.0, se: 1.0, degrees_of_freedom: 10.0, n_total: 12 };
        let sceptic = Prior::Normal { mean: 0.0, sd: 1.0 };
        let posterior = posterior(&effect, sceptic, 0.05);
        let posterior = posterior.known().unwrap();
        assert!((posterior.estimate - 0.5).abs() < 1e-12);
        assert!((posterior.se - 0.5_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn a_prior_without_width_is_a_reason() {
        let effect = Effect { estimate: 1.0, se: 1.0, degrees_of_freedom: 10.0, n_total: 12 };
        let certain = Prior::Normal { mean: 0.0, sd: 0.0 };
        assert!(posterior(&effect, certain, 0.05).known().is_none());
    }
}
