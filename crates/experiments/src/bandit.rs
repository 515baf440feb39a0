//! A contextual bandit: careful Thompson sampling with a fixed share of uniform choices.
//!
//! Keeps a posterior of each arm in each context, and chooses by it. The uniform share never
//! shrinks, and only its rewards estimate the worth of an arm, because Thompson's choices are a
//! biased sample. Outside of the uniform share, an arm other than the usual one is drawn for only
//! where it is probably better (conservative bandits, Wu et al. 2016), so that few shoppers get an
//! arm that is not known to help. A choice is a pure function of policy and shopper: the same
//! shopper under the same policy always sees the same.

use std::collections::BTreeMap;

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::assignment::position;
use crate::distribution::normal_quantile;
use crate::summary::Moments;

/// Prior mean and standard deviation of a reward between 0 and 1, which may be anything.
const PRIOR: Belief = Belief { n: 0, mean: 0.5, sd: 0.3 };
/// How much an arm's worth is expected to differ between contexts, as a standard deviation, in
/// standard deviations of a reward.
const BETWEEN_CONTEXTS: f64 = 0.1;
/// Probability of being better than the usual arm from which another one is drawn for.
const PROBABLY: f64 = 0.9;
/// The largest variance that a reward between 0 and 1 can have. It is assumed before any data, with
/// the weight of `PRIOR_REWARDS` rewards. The true variance is mostly far less, and a bandit that
/// assumes the largest for long explores long after the evidence is in.
const LARGEST_VARIANCE: f64 = 0.25;
const PRIOR_REWARDS: f64 = 4.0;

/// One choice and its reward.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The context it was made in.
    pub context: String,
    /// The chosen arm.
    pub arm: String,
    /// The reward, 0 to 1.
    pub reward: f64,
    /// Whether it was one of the uniform choices.
    pub uniform: bool,
}

/// Posterior of an arm's mean reward: a normal distribution.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Belief {
    /// Choices it rests on.
    pub n: u64,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
}

/// Posteriors of every arm, and the rules of choosing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Salts the draws: a new policy draws anew.
    pub version: String,
    /// The arms, the usual one first.
    pub arms: Vec<String>,
    /// Share of shoppers who get an arm at random.
    pub uniform_share: f64,
    /// By arm, over all contexts.
    pub overall: BTreeMap<String, Belief>,
    /// By context and arm.
    pub contexts: BTreeMap<String, BTreeMap<String, Belief>>,
    /// How much an arm's worth is expected to differ between contexts, as a standard deviation.
    #[serde(default)]
    pub between_contexts: f64,
}

/// One choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice<'a> {
    /// The arm.
    pub arm: &'a str,
    /// Whether it was drawn uniformly, and so may be used to estimate what the arm is worth.
    pub uniform: bool,
}

impl Belief {
    /// The posterior after observing `n` rewards with this sum, each with this variance. Normal
    /// prior, normal likelihood with known variance: precisions add.
    ///
    /// ```
    /// use experiments::bandit::Belief;
    /// // By hand: 1/.09 + 4/.25 = 27.1111; (.5/.09 + 3.2/.25) / 27.1111 = .677049
    /// let belief = Belief { n: 0, mean: 0.5, sd: 0.3 }.after(4, 3.2, 0.25);
    /// assert!((belief.mean - 0.677049).abs() < 1e-6);
    /// assert!((belief.sd - 0.192055).abs() < 1e-6);
    /// ```
    #[must_use]
    pub fn after(self, n: u64, sum: f64, variance: f64) -> Self {
        let prior = self.sd.powi(-2);
        let precision = prior + n as f64 / variance;
        let mean = (self.mean * prior + sum / variance) / precision;
        Self { n: self.n + n, mean, sd: precision.sqrt().recip() }
    }

    /// Whether the mean reward is probably larger than the other: by the difference of two normal
    /// variables.
    fn is_probably_above(&self, other: &Self) -> bool {
        self.mean - other.mean > normal_quantile(PROBABLY) * self.sd.hypot(other.sd)
    }
}

/// Rewards of one sort.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    n: u64,
    sum: f64,
    squares: f64,
}

impl Sums {
    fn add(&mut self, reward: f64) {
        let reward = reward.clamp(0.0, 1.0);
        (self.n, self.sum, self.squares) =
            (self.n + 1, self.sum + reward, self.squares + reward * reward);
    }

    fn squared_deviations(&self) -> f64 {
        (self.squares - self.sum * self.sum / self.n.max(1) as f64).max(0.0)
    }
}

/// The variance of a reward around the mean of its arm and context, the largest possible one
/// counting as a few rewards of its own.
fn variance_within<'a>(cells: impl Iterator<Item = &'a Sums>) -> f64 {
    let (deviations, n) = cells.fold((0.0, 0.0), |(deviations, n), cell| {
        (deviations + cell.squared_deviations(), n + cell.n.saturating_sub(1) as f64)
    });
    (deviations + PRIOR_REWARDS * LARGEST_VARIANCE) / (n + PRIOR_REWARDS)
}

impl Policy {
    /// Learns from tried choices. Arms that are not (any more) among `arms` are passed over. A
    /// context's belief starts from the arm's belief over all contexts, so that a new context
    /// begins with what is known elsewhere.
    #[must_use]
    pub fn learn(version: &str, arms: &[String], uniform_share: f64, tried: &[Tried]) -> Self {
        let mut overall: BTreeMap<&str, Sums> = BTreeMap::new();
        let mut contexts: BTreeMap<(&str, &str), Sums> = BTreeMap::new();
        for one in tried.iter().filter(|one| arms.contains(&one.arm) && one.reward.is_finite()) {
            overall.entry(&one.arm).or_default().add(one.reward);
            contexts.entry((&one.context, &one.arm)).or_default().add(one.reward);
        }
        let variance = variance_within(contexts.values());
        let between_contexts = BETWEEN_CONTEXTS * variance.sqrt();
        let belief = |arm: &String| {
            let sums = overall.get(arm.as_str()).copied().unwrap_or_default();
            (arm.clone(), PRIOR.after(sums.n, sums.sum, variance))
        };
        let overall: BTreeMap<_, _> = arms.iter().map(belief).collect();
        let mut beliefs: BTreeMap<String, BTreeMap<String, Belief>> = BTreeMap::new();
        for ((context, arm), sums) in contexts {
            let centre = overall[arm];
            let sd = centre.sd.hypot(between_contexts);
            let belief = Belief { n: 0, mean: centre.mean, sd }.after(sums.n, sums.sum, variance);
            beliefs.entry(context.to_owned()).or_default().insert(arm.to_owned(), belief);
        }
        let (version, arms) = (version.to_owned(), arms.to_vec());
        Self { version, arms, uniform_share, overall, contexts: beliefs, between_contexts }
    }

    /// Chooses an arm for a shopper in a context; `None` where the policy has no arms.
    #[must_use]
    pub fn choose(&self, context: &str, shopper: &str) -> Option<Choice<'_>> {
        let place = |what: &str, arm: &str| position(&[&self.version, what, arm], shopper);
        if place("uniform", "") < self.uniform_share {
            let drawn = (place("which", "") * self.arms.len() as f64) as usize;
            return self.arms.get(drawn).map(|arm| Choice { arm, uniform: true });
        }
        let usual = self.belief(context, self.arms.first()?);
        let draw = |arm: &String| {
            let belief = self.belief(context, arm);
            // Strictly inside (0, 1), where the quantile is finite.
            let probability = place("draw", arm).clamp(1e-12, 1.0 - 1e-12);
            belief.mean + belief.sd * normal_quantile(probability)
        };
        let may_serve = |(at, arm): &(usize, &String)| {
            *at == 0 || self.belief(context, arm).is_probably_above(&usual)
        };
        let candidates = self.arms.iter().enumerate().filter(may_serve).map(|(_, arm)| arm);
        let best = candidates.max_by(|a, b| draw(a).total_cmp(&draw(b)));
        best.map(|arm| Choice { arm, uniform: false })
    }

    /// Returns the posterior of an arm in a context.
    #[must_use]
    pub fn belief(&self, context: &str, arm: &str) -> Belief {
        let here = self.contexts.get(context).and_then(|arms| arms.get(arm));
        let elsewhere = self.overall.get(arm).copied().unwrap_or(PRIOR);
        let unseen = Belief { n: 0, sd: elsewhere.sd.hypot(self.between_contexts), ..elsewhere };
        here.copied().unwrap_or(unseen)
    }
}

/// Returns the mean reward of each arm from the uniform choices alone.
#[must_use]
pub fn worth(arms: &[String], tried: &[Tried]) -> BTreeMap<String, Statistic<Moments>> {
    let of = |arm: &String| {
        let chosen = tried.iter().filter(|one| one.uniform && one.arm == *arm);
        let rewards: Vec<f64> = chosen.map(|one| one.reward).collect();
        (arm.clone(), Moments::of(&rewards))
    };
    arms.iter().map(of).collect()
}

#[cfg(test)]
mod tests;
