//! The loop: what shoppers let us know decides how reasons are put and which model answers.
//!
//! Three steps, each recorded with its reasons: learn which style of reasons helps whom; judge the
//! model on trial by its experiment; fit a new one and put it on trial if it passes the gate. A
//! model that nobody compared never replaces one that shoppers are used to.

mod by_hand;
mod challenger;
mod gate;
mod impressions;
mod learned;
mod power;

use crate::style::{Style, not_a_kind};
use shop::settings::ShopConfig;
use std::collections::BTreeMap;

use claims::ClaimKind;
use domain::Timestamp;
use explain::Reader;
use serde::{Deserialize, Serialize};

use shop::{Shop, ShopError};
use signals::Progress;

pub use experiments::bandit::Belief;

pub use by_hand::{DecidedAt, KeptModel, journal, kept_models, promote, roll_back};
pub use challenger::{Decided, Decision, TrialState, decisions};
pub use gate::{Asked, Gate};
pub use learned::{Learned, Reward, policy};

/// Name, kinds and most claims of a style that ships.
type Shipped = (&'static str, &'static [(ClaimKind, f64)], Option<usize>);

/// Styles that ship, as `config/default.toml` has them.
const STYLES: [Shipped; 4] = [
    ("balanced", &[], None),
    (
        "people",
        &[
            (ClaimKind::BoughtTogether, 2.0),
            (ClaimKind::ViewedThen, 2.0),
            (ClaimKind::Popular, 1.5),
        ],
        None,
    ),
    (
        "content",
        &[
            (ClaimKind::SimilarText, 2.0),
            (ClaimKind::SharesAttribute, 2.0),
            (ClaimKind::PriceFit, 1.5),
        ],
        None,
    ),
    ("brief", &[], Some(1)),
];

/// The loop. Documented key by key in `config/default.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OptimiseConfig {
    /// Share of shoppers whose style is drawn at random, for ever, so that estimates stay unbiased.
    pub uniform_share: f64,
    /// What each outcome of a recommended item is worth.
    pub reward: Reward,
    /// The style of whoever no other probably suits better.
    pub usual_style: String,
    /// The styles to choose from, by name.
    pub styles: BTreeMap<String, Style>,
    /// How much NDCG@10 a new model may lack and still go on trial.
    pub gate_margin: f64,
    /// Share of shoppers who get the model on trial.
    pub trial_share: f64,
    /// Shoppers of both models after which a trial without a loser ends, in favour of the new one if
    /// a loss is excluded.
    pub trial_shoppers: u64,
    /// The loss of conversion, relative, that has to be excluded for that.
    pub trial_margin: f64,
}

impl Default for OptimiseConfig {
    fn default() -> Self {
        let style = |(name, kinds, max_claims): &Shipped| {
            let kinds =
                kinds.iter().map(|(kind, weight)| (kind.name().to_owned(), *weight)).collect();
            ((*name).to_owned(), Style { kinds, max_claims: *max_claims })
        };
        Self {
            uniform_share: 0.1,
            reward: Reward::default(),
            usual_style: STYLES[0].0.to_owned(),
            styles: STYLES.iter().map(style).collect(),
            gate_margin: 0.005,
            trial_share: 0.5,
            trial_shoppers: 10_000,
            trial_margin: 0.25,
        }
    }
}

impl OptimiseConfig {
    /// Checks that the settings make sense.
    ///
    /// # Errors
    /// [`ShopError::Config`] with the key and what is expected.
    pub fn check(&self) -> Result<(), ShopError> {
        let bad =
            |problem: String| Err(ShopError::Config { problem: format!("optimise.{problem}") });
        for (name, share) in
            [("uniform_share", self.uniform_share), ("trial_share", self.trial_share)]
        {
            if !(share > 0.0 && share < 1.0) {
                return bad(format!("{name} is {share}, but lies between 0 and 1"));
            }
        }
        if !(self.trial_margin > 0.0 && self.trial_margin < 1.0) {
            return bad(format!("trial_margin is {}, use e.g. 0.25", self.trial_margin));
        }
        if !(0.0..1.0).contains(&self.gate_margin) {
            return bad(format!("gate_margin is {}, use e.g. 0.005", self.gate_margin));
        }
        if !self.styles.is_empty() && !self.styles.contains_key(&self.usual_style) {
            return bad(format!(
                "usual_style is {:?}, but no style is called so",
                self.usual_style
            ));
        }
        for (name, style) in &self.styles {
            if let Some(problem) = style.kinds.keys().find_map(|kind| not_a_kind(kind)) {
                return bad(format!("styles.{name}.kinds: {problem}"));
            }
            let most = Reader::MOST_PREFERRED;
            if style.max_claims == Some(0)
                || style.kinds.values().any(|w| !(0.0..=most).contains(w))
            {
                let problem =
                    format!("styles.{name}: weights lie between 0 and {most}, claims above 0");
                return bad(problem);
            }
        }
        self.reward.check().or_else(bad)
    }

    /// The names of all styles, the usual one first.
    fn style_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.styles.keys().cloned().collect();
        names.sort_by_key(|name| *name != self.usual_style);
        names
    }
}

/// What one round of the loop did.
#[derive(Debug, Clone, Serialize)]
pub struct Optimised {
    /// True when the shop's data are simulated.
    pub simulated: bool,
    /// Recorded answers that cannot be read and taught nothing; `candor audit` names them.
    pub n_unreadable: u64,
    /// What was learned of styles.
    pub learned: Learned,
    /// The model on trial, judged or put there.
    pub trial: Decided,
}

/// One round of the loop.
///
/// # Errors
/// What the store or the fitting says.
pub fn optimise(
    shop: &Shop,
    now: Timestamp,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Optimised, ShopError> {
    let outcomes = crate::outcomes::read(shop)?;
    let learned = crate::optimise::learned::learn_styles(shop, &outcomes, now)?;
    let trial = crate::optimise::challenger::advance_trial(shop, &outcomes, now, progress)?;
    let simulated = shop.config::<ShopConfig>().simulated;
    Ok(Optimised { simulated, n_unreadable: outcomes.n_unreadable, learned, trial })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_styles_that_ship_name_kinds_that_there_are() {
        OptimiseConfig::default().check().unwrap();
    }

    #[test]
    fn a_style_of_a_kind_that_there_is_not_is_refused_with_the_closest_one() {
        let refused = |kind: &str| {
            let mut config = OptimiseConfig::default();
            let kinds = [(kind.to_owned(), 2.0)].into();
            config.styles.insert("mine".to_owned(), Style { kinds, max_claims: None });
            config.check().unwrap_err().to_string()
        };
        let problem = refused("similar-text");
        assert!(problem.contains("optimise.styles.mine.kinds"), "{problem}");
        assert!(problem.contains("did you mean similar_text?"), "{problem}");
        // Reasons are made of no such claim, so that its weight would be without effect.
        assert!(refused("stocked").contains("no kind of claim is called stocked"));
    }
}
