//! What a trial of so many shoppers can tell: which loss it can exclude of a model that is as good,
//! and how many shoppers would exclude another.
//!
//! A loss is excluded where the lower end of the interval of the relative difference lies above it;
//! the interval narrows with the square root of the shoppers. Refuses to decide anything.

use std::collections::BTreeMap;

use domain::ShopperId;
use experiments::Estimate;

use super::OptimiseConfig;
use crate::outcomes::Outcomes;

/// Half the width of the 95 % interval, in standard errors.
const ERRORS: f64 = 1.96;

/// Half the width of the interval of the relative difference at a number of shoppers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Power {
    half_width: f64,
    n_shoppers: f64,
}

impl Power {
    /// Before a trial, of a share of shoppers who buy something: the relative difference of two
    /// equal shares p has the variance (1 − p)/p · (1/n₁ + 1/n₂).
    pub(super) fn of_rate(rate: f64, config: &OptimiseConfig) -> Option<Self> {
        let (n_shoppers, share) = (config.trial_shoppers as f64, config.trial_share);
        let arms = 1.0 / (n_shoppers * share) + 1.0 / (n_shoppers * (1.0 - share));
        let half_width = ERRORS * ((1.0 - rate) / rate * arms).sqrt();
        half_width.is_finite().then_some(Self { half_width, n_shoppers })
    }

    /// During a trial, from the interval at hand.
    pub(super) fn of_interval(relative: &Estimate, n_shoppers: u64) -> Self {
        let half_width = (relative.ci[1] - relative.ci[0]) / 2.0;
        Self { half_width, n_shoppers: n_shoppers as f64 }
    }

    /// The loss that so many shoppers can exclude of a model that is as good, with even odds.
    fn at(self, n_shoppers: f64) -> f64 {
        self.half_width * (self.n_shoppers / n_shoppers).sqrt()
    }

    /// The shoppers that it takes to exclude a loss.
    fn shoppers_for(self, loss: f64) -> f64 {
        self.n_shoppers * (self.half_width / loss).powi(2)
    }

    /// Whether the trial as it is set up is too small, in words; `None` where it is not.
    pub(super) fn warning(self, config: &OptimiseConfig) -> Option<String> {
        let (planned, margin) = (config.trial_shoppers as f64, config.trial_margin);
        let least = self.at(planned);
        (least > margin).then(|| {
            format!(
                "{} shoppers are too few to exclude a loss of {}, even of a model that is as good: \
                 they can exclude {}, and it takes about {} (optimise.trial_shoppers, \
                 optimise.trial_margin)",
                config.trial_shoppers,
                percent(margin),
                percent(least),
                rounded(self.shoppers_for(margin)),
            )
        })
    }
}

/// The share of shoppers with a list who bought something of it; `None` before anybody has one.
pub(super) fn rate(outcomes: &Outcomes) -> Option<f64> {
    let mut bought: BTreeMap<ShopperId, bool> = BTreeMap::new();
    for answer in &outcomes.answers {
        let Some(shopper) = answer.shopper else { continue };
        *bought.entry(shopper).or_default() |= answer.items.iter().any(|item| item.outcome.bought);
    }
    let n_bought = bought.values().filter(|bought| **bought).count();
    (!bought.is_empty()).then(|| n_bought as f64 / bought.len() as f64)
}

pub(super) fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// Two digits are all that is known of it.
fn rounded(n: f64) -> String {
    let unit = 10_f64.powf((n.max(10.0).log10().floor() - 1.0).max(0.0));
    format!("{:.0}", (n / unit).ceil() * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(trial_shoppers: u64, trial_margin: f64) -> OptimiseConfig {
        OptimiseConfig { trial_shoppers, trial_margin, ..OptimiseConfig::default() }
    }

    #[test]
    fn a_trial_that_is_too_small_says_what_it_can_exclude_and_what_it_takes() {
        // By hand: 1.96 √(.97/.03 · 2/2500) = .3152; (.3152/.05)² · 5000 = 198,700.
        let small = config(5_000, 0.05);
        let warning = Power::of_rate(0.03, &small).unwrap().warning(&small).unwrap();
        for part in ["loss of 5 %", "exclude 32 %", "about 200000"] {
            assert!(warning.contains(part), "{part}: {warning}");
        }
        let enough = config(200_000, 0.05);
        assert_eq!(Power::of_rate(0.03, &enough).unwrap().warning(&enough), None);
        assert_eq!(Power::of_rate(0.0, &enough), None);
    }

    #[test]
    fn the_shipped_trial_can_exclude_its_margin_at_a_usual_conversion() {
        let shipped = OptimiseConfig::default();
        assert_eq!(Power::of_rate(0.03, &shipped).unwrap().warning(&shipped), None);
    }

    #[test]
    fn an_interval_seen_early_tells_what_the_planned_end_will_bring() {
        let relative = Estimate { estimate: 0.1, se: 0.3, ci: [-0.5, 0.7], p: 0.7 };
        let power = Power::of_interval(&relative, 1_000);
        assert!((power.at(4_000.0) - 0.3).abs() < 1e-12);
        assert!((power.shoppers_for(0.3) - 4_000.0).abs() < 1e-9);
    }
}
