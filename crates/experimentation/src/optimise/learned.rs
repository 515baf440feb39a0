//! Which style of reasons helps whom: rewards from what shoppers said and did, and the policy that
//! is learned from them.

use crate::optimise::OptimiseConfig;
use std::collections::BTreeMap;

use claims::Unknown;
use domain::{ShopperId, Statistic, Timestamp};
use experiments::{
    Moments,
    bandit::{Policy, Tried, worth},
};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::outcomes::{AnswerOutcomes, Outcome, Outcomes};
use answers::answer::Styled;
use shop::{Shop, ShopError};

/// Sort of journal entry.
const JOURNAL: &str = "policy";

/// What each outcome of a recommended item is worth. An item is worth the sum of what became of it,
/// held within −1 and 1; one that was given back is worth its return and nothing else. An answer's
/// reward is the mean over its items that came into view: a sum would soon reach its bound, and
/// then teach nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are the outcomes")]
pub struct Reward {
    pub click: f64,
    pub cart: f64,
    pub purchase: f64,
    pub helpful: f64,
    pub opened: f64,
    pub wrong: f64,
    pub unclear: f64,
    pub dont_use: f64,
    pub dismiss: f64,
    pub refund: f64,
}

impl Default for Reward {
    fn default() -> Self {
        Self {
            click: 0.1,
            cart: 0.3,
            purchase: 0.6,
            helpful: 0.6,
            opened: 0.0,
            wrong: -1.0,
            unclear: -0.5,
            dont_use: -0.5,
            dismiss: -0.6,
            refund: -0.8,
        }
    }
}

impl Reward {
    /// Refuses what would teach to lure: clicks alone, or clicks above all.
    pub(super) fn check(&self) -> Result<(), String> {
        let earned = [self.cart, self.purchase, self.helpful];
        let all = [self.click, self.opened, self.wrong, self.unclear, self.dont_use];
        let finite = earned.iter().chain(&all).chain([&self.dismiss, &self.refund]);
        if finite.copied().any(|worth| !(-1.0..=1.0).contains(&worth)) {
            return Err("reward: each outcome is worth between -1 and 1".to_owned());
        }
        let most = earned.into_iter().fold(0.0, f64::max);
        if most <= 0.0 {
            return Err("reward: clicks alone teach to lure; give purchase, cart or helpful a \
                        worth above 0"
                .to_owned());
        }
        if self.click >= most || self.opened >= most {
            return Err("reward: click and opened must be worth less than the best of purchase, \
                        cart and helpful"
                .to_owned());
        }
        if self.wrong > 0.0 || self.refund > 0.0 || self.dismiss > 0.0 {
            return Err("reward: wrong, dismiss and refund cannot be worth anything".to_owned());
        }
        Ok(())
    }

    /// What became of one item, −1 to 1.
    pub(super) fn of_item(&self, outcome: Outcome) -> f64 {
        if outcome.returned {
            return self.refund;
        }
        let parts = [
            (outcome.clicked, self.click),
            (outcome.carted, self.cart),
            (outcome.bought, self.purchase),
            (outcome.helpful, self.helpful),
            (outcome.opened, self.opened),
            (outcome.wrong, self.wrong),
            (outcome.unclear, self.unclear),
            (outcome.dont_use, self.dont_use),
            (outcome.dismissed, self.dismiss),
        ];
        let happened = parts.iter().filter(|(happened, _)| *happened);
        happened.map(|(_, worth)| worth).sum::<f64>().clamp(-1.0, 1.0)
    }

    /// The reward of an answer on a scale from 0 to 1; `None` where nothing of it came into view.
    pub(crate) fn of(&self, answer: &AnswerOutcomes) -> Option<f64> {
        let in_view = answer.items.iter().filter(|item| item.outcome.exposed);
        let (n, sum) =
            in_view.fold((0, 0.0), |(n, sum), item| (n + 1, sum + self.of_item(item.outcome)));
        (n > 0).then(|| (sum / f64::from(n) + 1.0) / 2.0)
    }
}

/// What was learned of styles.
#[derive(Debug, Clone, Serialize)]
pub struct Learned {
    /// Answers that taught something.
    pub n_answers: usize,
    /// The new policy.
    pub policy: Policy,
    /// Mean reward by style over shoppers, 0 to 1, from the uniform share alone.
    pub worth: BTreeMap<String, Statistic<Moments>>,
}

/// The policy in force, if one was learned.
pub fn policy(shop: &Shop) -> Result<Option<Policy>, ShopError> {
    let newest = shop.state().noted(JOURNAL, 1)?;
    let read = |body: &str| {
        serde_json::from_str(body)
            .map_err(|e| ShopError::DamagedJournal { kind: JOURNAL, problem: e.to_string() })
    };
    newest.first().map(|entry| read(&entry.body)).transpose()
}

/// Learns from every answer whose style was chosen, and puts the policy into force. Seeded errors
/// teach nothing, nor do shoppers who have switched profiling off.
pub(super) fn learn_styles(
    shop: &Shop,
    outcomes: &Outcomes,
    now: Timestamp,
) -> Result<Learned, ShopError> {
    let config = shop.config::<OptimiseConfig>();
    let newest = shop.state().newest()?;
    let mut at: FxHashMap<(ShopperId, &Styled), usize> = FxHashMap::default();
    let mut rewards: Vec<(&Styled, Vec<f64>)> = Vec::new();
    for answer in outcomes.answers.iter().filter(|answer| answer.seeded_error.is_none()) {
        let (Some(style), Some(shopper)) = (&answer.treated.style, answer.shopper) else {
            continue;
        };
        if answer.unknown == Some(Unknown::ProfilingOff)
            || !shop.state().preferences(shopper, newest)?.profiling
        {
            continue;
        }
        if let Some(reward) = config.reward.of(answer) {
            let at = *at.entry((shopper, style)).or_insert(rewards.len());
            if at == rewards.len() {
                rewards.push((style, Vec::new()));
            }
            rewards[at].1.push(reward);
        }
    }
    let n_answers = rewards.iter().map(|(_, of_shopper)| of_shopper.len()).sum();
    // Answers to one shopper are much alike: together they are one observation.
    let tried: Vec<Tried> = rewards.iter().map(|(style, r)| tried(style, r)).collect();
    let arms = config.style_names();
    // By time alone, so that a study repeats; it only has to differ from the policies before.
    let version = format!("p{}", now.0);
    let policy = Policy::learn(&version, &arms, config.uniform_share, &tried);
    let body = serde_json::to_string(&policy).expect("a policy is plain data");
    shop.state().note(JOURNAL, &body, now)?;
    Ok(Learned { n_answers, worth: worth(&arms, &tried), policy })
}

/// What one shopper made of one style.
fn tried(style: &Styled, rewards: &[f64]) -> Tried {
    let reward = rewards.iter().sum::<f64>() / rewards.len() as f64;
    let (context, arm) = (style.context.clone(), style.name.clone());
    Tried { context, arm, reward, uniform: style.uniform }
}
