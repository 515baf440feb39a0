//! How many shoppers an experiment needs before it begins.

use domain::Statistic;
use experiments::power::{Levels, Variances, units_per_arm};

/// The metric as it is now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Baseline {
    /// A share of shoppers, such as conversion: 0 to 1.
    Share(f64),
    /// An amount per shopper, such as revenue, with its standard deviation between shoppers.
    Amount {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
}

/// What an experiment has to be able to find.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// The metric now.
    pub baseline: Baseline,
    /// The smallest change worth finding, as a part of the metric now: 0.1 is ten per cent.
    pub smallest: f64,
    /// Variants, the control among them, of equal shares.
    pub n_variants: usize,
    /// Chance of a false alarm over all comparisons together; divided among them.
    pub alpha: f64,
}

impl Aim {
    /// Shoppers of all variants together, to find the change with a chance of 80 %: as
    /// [`units_per_arm`] has it, by Bonferroni where there are several treatments.
    ///
    /// ```
    /// use experimentation::experiment::{Aim, Baseline};
    /// let aim = Aim { baseline: Baseline::Share(0.1), smallest: 0.2, n_variants: 2, alpha: 0.05 };
    /// // Shares .10 and .12, by hand: 3839 of each.
    /// assert_eq!(aim.shoppers().known(), Some(&7678));
    /// ```
    #[must_use]
    pub fn shoppers(self) -> Statistic<u64> {
        let n_treatments = self.n_variants.saturating_sub(1).max(1);
        let levels = Levels { alpha: self.alpha / n_treatments as f64, ..Levels::default() };
        let per_arm = match self.baseline {
            Baseline::Share(share) => {
                let later = share * (1.0 + self.smallest);
                let is_share = |share: f64| (0.0..=1.0).contains(&share);
                if !is_share(share) || !is_share(later) || share == 0.0 {
                    return Statistic::unknown("a share lies between 0 and 1, before and after");
                }
                units_per_arm(Variances::of_shares(share, later), later - share, levels)
            }
            Baseline::Amount { mean, sd } => {
                units_per_arm(Variances::equal(sd * sd), mean * self.smallest, levels)
            }
        };
        per_arm.map(|n| n.saturating_mul(n_treatments as u64 + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_variants_need_more_shoppers_each() {
        let aim = Aim { baseline: Baseline::Share(0.1), smallest: 0.2, n_variants: 2, alpha: 0.05 };
        let (two, three) = (aim.shoppers(), Aim { n_variants: 3, ..aim }.shoppers());
        assert!(*three.known().unwrap() as f64 > 1.5 * *two.known().unwrap() as f64);
    }

    #[test]
    fn an_impossible_aim_is_told_as_such() {
        let aim =
            |baseline, smallest| Aim { baseline, smallest, n_variants: 2, alpha: 0.05 }.shoppers();
        for share in [0.0, 1.5, -0.1, f64::NAN] {
            assert!(aim(Baseline::Share(share), 0.1).known().is_none(), "{share}");
        }
        assert!(aim(Baseline::Share(0.8), 0.5).known().is_none(), "more than everybody");
        assert!(aim(Baseline::Share(0.1), 0.0).known().is_none());
        assert!(aim(Baseline::Amount { mean: 5.0, sd: f64::NAN }, 0.1).known().is_none());
    }
}
