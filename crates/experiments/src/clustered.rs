//! Shares of clustered observations: ten items in front of one shopper are not ten shoppers.
//!
//! Counts are divided by the design effect, how much likelier things of one cluster go the same way
//! (Rao & Scott 1992, "A simple method for the analysis of clustered binary data"); intervals that
//! hold near 0 and 1 are then taken of the effective counts. Where the data do not show how alike
//! the observations of a cluster are, they count for no more than the clusters.

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::distribution::{normal_quantile, t_quantile};
use crate::proportion::score_interval;
use crate::sequential;

/// One cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cluster {
    /// Things in it.
    pub n: u64,
    /// Of those, how many it holds for.
    pub successes: u64,
}

/// A share over clusters.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Clustered {
    /// Clusters with anything in them.
    pub n_clusters: u64,
    /// Things in all of them.
    pub n: u64,
    /// Of those, how many it holds for.
    pub successes: u64,
    /// Effective number of independent observations.
    pub n_effective: f64,
}

/// At which level, and whether it is looked at once or again and again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// 1 minus the confidence, such as 0.05.
    pub alpha: f64,
    /// How often one looks.
    pub looks: Looks,
}

/// How often one looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Looks {
    /// Once.
    One,
    /// After every cluster, if one likes; narrowest near this many clusters.
    Every {
        /// Clusters that are planned.
        planned_n: f64,
    },
}

/// A difference of two shares with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Treatment minus control.
    pub estimate: f64,
    /// Lower and upper end.
    pub ci: [f64; 2],
}

impl Clustered {
    /// The share over these clusters; empty ones are left out.
    ///
    /// ```
    /// use experiments::clustered::{Cluster, Clustered, Level, Looks};
    /// let four = [8, 2, 5, 9].map(|successes| Cluster { n: 10, successes });
    /// let share = Clustered::of(four);
    /// // By hand: r = .6, variance 4/3 · 30/1600 = .025, design effect .025 / (.24/40) = 4.1667
    /// assert!((share.n_effective - 9.6).abs() < 1e-12);
    /// // statsmodels: proportion_confint(5.76, 9.6, method="wilson")
    /// let z = 1.959963984540054;
    /// let interval = share.score_interval(z);
    /// let [low, high] = interval.known().unwrap();
    /// assert!((low - 0.3079691091).abs() < 1e-9 && (high - 0.8348725292).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn of(clusters: impl IntoIterator<Item = Cluster>) -> Self {
        let clusters: Vec<Cluster> = clusters.into_iter().filter(|one| one.n > 0).collect();
        let n: u64 = clusters.iter().map(|one| one.n).sum();
        let successes = clusters.iter().map(|one| one.successes.min(one.n)).sum();
        let n_clusters = clusters.len() as u64;
        let mut share = Self { n_clusters, n, successes, n_effective: n_clusters as f64 };
        let rate = share.rate();
        let binomial = rate * (1.0 - rate) / n as f64;
        if n_clusters > 1 && binomial > 0.0 {
            let deviation = |one: &Cluster| one.successes as f64 - rate * one.n as f64;
            let squares: f64 = clusters.iter().map(|one| deviation(one).powi(2)).sum();
            let m = n_clusters as f64;
            let variance = m / (m - 1.0) * squares / (n as f64).powi(2);
            share.n_effective = n as f64 / (variance / binomial).max(1.0);
        }
        share
    }

    /// The share; 0 of nothing.
    #[must_use]
    pub fn rate(&self) -> f64 {
        if self.n == 0 { 0.0 } else { self.successes as f64 / self.n as f64 }
    }

    /// Interval of the share at a level, by the t distribution where there are few clusters.
    pub fn interval(&self, level: Level) -> Statistic<[f64; 2]> {
        self.score_interval(level.critical(self.n_clusters, 1))
    }

    /// Wilson's interval of what the things count as, for a critical value.
    pub fn score_interval(&self, critical: f64) -> Statistic<[f64; 2]> {
        if self.n == 0 {
            return Statistic::unknown("a share needs at least one thing");
        }
        Statistic::Known(score_interval(self.rate(), self.n_effective, critical))
    }
}

/// Treatment − control, with Newcombe's hybrid score interval (Newcombe 1998, method 10).
///
/// ```
/// use experiments::clustered::{Cluster, Clustered, difference_within};
/// let treatment = Clustered::of([8, 2, 5, 9].map(|successes| Cluster { n: 10, successes }));
/// let control = [(10, 0), (8, 1), (12, 3), (10, 0), (5, 1)];
/// let control = Clustered::of(control.map(|(n, successes)| Cluster { n, successes }));
/// // statsmodels, of counts divided by their design effects: confint_proportions_2indep(5.76, 9.6,
/// // 3.257919, 29.321267, method="newcomb", compare="diff")
/// let difference = difference_within(&control, &treatment, 1.959963984540054);
/// let difference = difference.known().unwrap();
/// assert!((difference.estimate - 0.4888888889).abs() < 1e-9);
/// assert!((difference.ci[0] - 0.1553656985).abs() < 1e-8);
/// assert!((difference.ci[1] - 0.7342618272).abs() < 1e-8);
/// ```
pub fn difference_within(
    control: &Clustered,
    treatment: &Clustered,
    critical: f64,
) -> Statistic<Difference> {
    let (c, t) = (control.rate(), treatment.rate());
    control.score_interval(critical).and_then(|of_control| {
        treatment.score_interval(critical).map(|of_treatment| {
            let reach = |a: f64, b: f64| a.hypot(b);
            let down = reach(t - of_treatment[0], of_control[1] - c);
            let up = reach(of_treatment[1] - t, c - of_control[0]);
            Difference { estimate: t - c, ci: [t - c - down, t - c + up] }
        })
    })
}

/// Treatment − control at a level.
pub fn difference(
    control: &Clustered,
    treatment: &Clustered,
    level: Level,
) -> Statistic<Difference> {
    let n_clusters = control.n_clusters + treatment.n_clusters;
    difference_within(control, treatment, level.critical(n_clusters, 2))
}

impl Level {
    /// How many standard errors an interval over so many clusters reaches.
    fn critical(self, n_clusters: u64, n_groups: u64) -> f64 {
        let at = 1.0 - self.alpha / 2.0;
        match self.looks {
            Looks::Every { planned_n } => {
                sequential::critical(n_clusters as f64, self.alpha, planned_n)
            }
            Looks::One if n_clusters > n_groups => t_quantile(at, (n_clusters - n_groups) as f64),
            Looks::One => normal_quantile(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_LOOK: Level = Level { alpha: 0.05, looks: Looks::One };

    fn one(n: u64, successes: u64) -> Clustered {
        Clustered::of([Cluster { n, successes }])
    }

    #[test]
    fn what_one_shopper_does_sixty_times_counts_once() {
        let (all, none) = (one(60, 60), one(60, 0));
        assert_eq!((all.n_effective, none.n_effective), (1.0, 1.0));
        let difference = difference(&none, &all, ONE_LOOK);
        assert!(difference.known().unwrap().ci[0] < 0.0, "{difference:?}");
    }

    #[test]
    fn clusters_of_one_are_plain_shares() {
        let plain = (0..100).map(|n| Cluster { n: 1, successes: u64::from(n < 12) });
        let share = Clustered::of(plain);
        assert!((share.n_effective - 99.0).abs() < 1e-9, "{share:?}");
        let wilson = crate::proportion::Proportion { n: 100, successes: 12 }.wilson(0.05);
        let (ours, theirs) = (share.interval(ONE_LOOK), wilson);
        let (ours, theirs) = (ours.known().unwrap(), theirs.known().unwrap());
        assert!((ours[0] - theirs[0]).abs() < 2e-3 && (ours[1] - theirs[1]).abs() < 2e-3);
    }

    #[test]
    fn where_all_go_the_same_way_each_cluster_counts_once() {
        let none = Clustered::of([Cluster { n: 50, successes: 0 }; 7]);
        assert_eq!(none.n_effective, 7.0);
        assert!(Clustered::of([]).interval(ONE_LOOK).known().is_none());
    }

    #[test]
    fn looking_again_and_again_costs_width() {
        let share = Clustered::of((0..400).map(|n| Cluster { n: 3, successes: n % 3 }));
        let every = Level { alpha: 0.05, looks: Looks::Every { planned_n: 400.0 } };
        let (once, always) = (share.interval(ONE_LOOK), share.interval(every));
        let width = |ci: &Statistic<[f64; 2]>| ci.known().map(|[low, high]| high - low).unwrap();
        assert!(width(&always) > 1.2 * width(&once), "{once:?} {always:?}");
    }
}
