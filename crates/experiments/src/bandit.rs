//! A contextual bandit: Thompson sampling with a fixed share of uniform choices.
//!
//! Responsible for what is believed of each arm in each context and for choosing by it. The uniform
//! share never shrinks, and only it is used to estimate what an arm is worth: what Thompson chose is
//! a biased sample. Refuses randomness of its own: a choice is a pure function of policy and
//! shopper, so that the same shopper under the same policy always sees the same.

use std::collections::BTreeMap;

use domain::Statistic;
use serde::{Deserialize, Serialize};

use crate::assignment::position;
use crate::distribution::normal_quantile;
use crate::summary::Moments;

/// Before any data, a reward between 0 and 1 may be anything.
const PRIOR: Belief = Belief { n: 0, mean: 0.5, sd: 0.3 };
/// How much an arm's worth is expected to differ between contexts, as a standard deviation.
const BETWEEN_CONTEXTS: f64 = 0.1;
/// The largest variance that a reward between 0 and 1 can have.
const REWARD_VARIANCE: f64 = 0.25;

/// One choice and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The context it was made in.
    pub context: String,
    /// What was chosen.
    pub arm: String,
    /// What came of it, 0 to 1.
    pub reward: f64,
    /// Whether it was one of the uniform choices.
    pub uniform: bool,
}

/// What is believed of an arm's mean reward: a normal distribution.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Belief {
    /// Choices it rests on.
    pub n: u64,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
}

/// What is believed of every arm, and how choices are made by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Salts the draws: a new policy draws anew.
    pub version: String,
    /// What can be chosen, the default first.
    pub arms: Vec<String>,
    /// Share of shoppers who get an arm at random.
    pub uniform_share: f64,
    /// By arm, over all contexts.
    pub overall: BTreeMap<String, Belief>,
    /// By context and arm.
    pub contexts: BTreeMap<String, BTreeMap<String, Belief>>,
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
    /// The posterior after observing rewards with this sum. Normal prior, normal likelihood with
    /// known variance: precisions add.
    ///
    /// ```
    /// use experiments::bandit::Belief;
    /// // By hand: 1/.09 + 4/.25 = 27.1111; (.5/.09 + 3.2/.25) / 27.1111 = .677049
    /// let belief = Belief { n: 0, mean: 0.5, sd: 0.3 }.after(4, 3.2);
    /// assert!((belief.mean - 0.677049).abs() < 1e-6);
    /// assert!((belief.sd - 0.192055).abs() < 1e-6);
    /// ```
    #[must_use]
    pub fn after(self, n: u64, sum: f64) -> Self {
        let prior = self.sd.powi(-2);
        let precision = prior + n as f64 / REWARD_VARIANCE;
        let mean = (self.mean * prior + sum / REWARD_VARIANCE) / precision;
        Self { n: self.n + n, mean, sd: precision.sqrt().recip() }
    }
}

impl Policy {
    /// Learns from what was tried. Arms that are not (any more) among `arms` are passed over. A
    /// context's belief starts from the arm's belief over all contexts, so that a new context
    /// begins with what is known elsewhere.
    #[must_use]
    pub fn learn(version: &str, arms: &[String], uniform_share: f64, tried: &[Tried]) -> Self {
        let mut overall: BTreeMap<&str, (u64, f64)> = BTreeMap::new();
        let mut contexts: BTreeMap<(&str, &str), (u64, f64)> = BTreeMap::new();
        for one in tried.iter().filter(|one| arms.contains(&one.arm) && one.reward.is_finite()) {
            let reward = one.reward.clamp(0.0, 1.0);
            for sums in [
                overall.entry(&one.arm).or_default(),
                contexts.entry((&one.context, &one.arm)).or_default(),
            ] {
                *sums = (sums.0 + 1, sums.1 + reward);
            }
        }
        let belief = |arm: &String| {
            let (n, sum) = overall.get(arm.as_str()).copied().unwrap_or_default();
            (arm.clone(), PRIOR.after(n, sum))
        };
        let overall: BTreeMap<_, _> = arms.iter().map(belief).collect();
        let mut beliefs: BTreeMap<String, BTreeMap<String, Belief>> = BTreeMap::new();
        for ((context, arm), (n, sum)) in contexts {
            let centre = overall[arm];
            let sd = centre.sd.hypot(BETWEEN_CONTEXTS);
            let belief = Belief { n: 0, mean: centre.mean, sd }.after(n, sum);
            beliefs.entry(context.to_owned()).or_default().insert(arm.to_owned(), belief);
        }
        let (version, arms) = (version.to_owned(), arms.to_vec());
        Self { version, arms, uniform_share, overall, contexts: beliefs }
    }

    /// What this shopper gets in this context; `None` of a policy without arms.
    #[must_use]
    pub fn choose(&self, context: &str, shopper: &str) -> Option<Choice<'_>> {
        let place = |what: &str, arm: &str| position(&[&self.version, what, arm], shopper);
        if place("uniform", "") < self.uniform_share {
            let drawn = (place("which", "") * self.arms.len() as f64) as usize;
            return self.arms.get(drawn).map(|arm| Choice { arm, uniform: true });
        }
        let draw = |arm: &String| {
            let belief = self.belief(context, arm);
            // Strictly inside (0, 1), where the quantile is finite.
            let probability = place("draw", arm).clamp(1e-12, 1.0 - 1e-12);
            belief.mean + belief.sd * normal_quantile(probability)
        };
        let best = self.arms.iter().max_by(|a, b| draw(a).total_cmp(&draw(b)));
        best.map(|arm| Choice { arm, uniform: false })
    }

    /// What is believed of an arm in a context.
    #[must_use]
    pub fn belief(&self, context: &str, arm: &str) -> Belief {
        let here = self.contexts.get(context).and_then(|arms| arms.get(arm));
        let elsewhere = self.overall.get(arm).copied().unwrap_or(PRIOR);
        let unseen = Belief { n: 0, sd: elsewhere.sd.hypot(BETWEEN_CONTEXTS), ..elsewhere };
        here.copied().unwrap_or(unseen)
    }
}

/// Mean reward of each arm from the uniform choices alone.
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
