//! Shoppers who read reasons: perception of a list, choices, and beliefs about reasons.
//!
//! A model with known parameters, so that a study can tell what its estimators should find; no
//! finding about people. A reason is costly, noisy information (it takes time, and says something
//! about the item with some precision); whether the next one is read, and how much it counts,
//! depends on how true the earlier ones proved. A mind sees only the screen, not who recommends or
//! why.

mod answers;
mod worth;

use domain::{ItemId, SubjectId};

use crate::Truth;
use crate::chance::{Chance, Stage, logistic};

pub use answers::{Attitudes, Scale};

/// Prior of a recommended item before anything of it is seen: mean and variance of its utility.
const EXPECTED: (f64, f64) = (0.5, 2.25);
/// Precision of a look at title, price and picture.
const GLANCE: f64 = 0.16;
/// Precision of a look at the item's own page.
const PAGE: f64 = 4.0;
/// Utility from which an item is worth a click, and from which it is worth its money.
const WORTH_A_CLICK: f64 = 2.2;
const WORTH_ITS_MONEY: f64 = 2.0;
/// How sharply choices follow the estimated utility of an item.
const SHARPNESS: f64 = 1.3;
/// Cost of reading one fact, in utility.
const READING: f64 = 0.005;
/// Cost of a look at an item's page.
const VISITING: f64 = 0.05;
/// Chance to see that a checkable fact is not about this item.
const NOTICES: f64 = 0.9;
/// Chance that facts which hold are found to hold by somebody who looks at the item.
const HOLDS: f64 = 0.95;
/// Utility that praise promises, its precision and its firmness, and the shortfall that stays
/// unnoticed.
const PRAISE: f64 = 3.5;
const PRAISE_PRECISION: f64 = 4.0;
const FIRMNESS: f64 = 1.2;
const FALLS_SHORT: f64 = 1.0;
/// How much less an item draws whose reason was seen to be wrong.
const PUTS_OFF: f64 = 2.0;
/// Utility of an item that the shop does not have.
const UNKNOWN_ITEM: f64 = -3.0;
/// How much empty words cost in belief, in reasons that proved wrong.
const EMPTINESS: f64 = 0.02;

/// One recommended item as the shopper sees it.
#[derive(Debug, Clone, Copy)]
pub struct Glimpse<'a> {
    /// The item.
    pub item: &'a ItemId,
    /// The words beside it.
    pub words: Option<Words<'a>>,
}

/// Content of the words beside an item.
#[derive(Debug, Clone, Copy)]
pub enum Words<'a> {
    /// Facts that hold, of this item.
    Facts {
        /// Number of facts.
        n: u32,
        /// How much they tell about the item's utility: the inverse of a variance.
        precision: f64,
    },
    /// Facts that hold of another item.
    OfAnother {
        /// That item.
        item: &'a ItemId,
        /// Number of facts.
        n: u32,
        /// How much they tell about that item.
        precision: f64,
    },
    /// Praise that sounds like facts and can be checked by nobody.
    Praise,
    /// Words without content.
    Empty,
}

impl Words<'_> {
    /// How many sentences there are to read.
    fn n(self) -> u32 {
        match self {
            Self::Facts { n, .. } | Self::OfAnother { n, .. } => n,
            Self::Praise | Self::Empty => 1,
        }
    }
}

/// Actions of a shopper on one item.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[expect(missing_docs, reason = "the fields are what was done")]
pub struct Reaction {
    pub read: bool,
    pub clicked: bool,
    pub carted: bool,
    pub bought: bool,
    pub returned: bool,
    pub dismissed: bool,
    /// Said of the reason.
    pub helpful: bool,
    /// Said of the reason.
    pub wrong: bool,
    /// Said of the reason.
    pub unclear: bool,
    /// Probability of a click, before it was drawn.
    pub p_click: f64,
    /// Probability of buying, before anything was drawn.
    pub p_buy: f64,
    /// True utility of the item itself.
    pub utility: f64,
}

/// One shopper's mind.
#[derive(Debug, Clone)]
pub struct Mind {
    shopper: SubjectId,
    chance: Chance,
    /// How they lean on each attitude, whatever happens.
    leaning: [f64; 8],
    /// How many reasons proved true, and how many did not, with what they came with.
    right: f64,
    not_right: f64,
    /// Running mean of what they thought of the items shown to them.
    pleased: f64,
    /// Running share of items whose reason told them something.
    informed: f64,
    /// How much they tend to agree with whatever is asked, in points.
    agrees: f64,
    careless: bool,
}

/// Estimated utility of an item: a normal distribution.
#[derive(Clone, Copy)]
struct Thought {
    mean: f64,
    precision: f64,
}

impl Thought {
    fn seeing(self, signal: f64, precision: f64) -> Self {
        let sum = self.precision + precision;
        Self { mean: (self.mean * self.precision + signal * precision) / sum, precision: sum }
    }
}

impl Mind {
    /// The mind of a shopper of a simulated shop, before they were shown anything; `None` for
    /// somebody whom that shop does not have.
    #[must_use]
    pub fn new(truth: &Truth, shopper: &SubjectId, seed: u64) -> Option<Self> {
        let mut chance = Chance::new(seed, Stage::Minds, *truth.shopper_idx.get(shopper)?);
        Some(Self {
            shopper: shopper.clone(),
            leaning: std::array::from_fn(|_| 0.5 * chance.normal()),
            right: 1.8,
            not_right: 1.2,
            pleased: 0.0,
            informed: 0.0,
            agrees: 0.3 * chance.normal(),
            careless: chance.hit(0.03),
            chance,
        })
    }

    /// The share of reasons that they expect to be true, 0 to 1.
    #[must_use]
    pub fn belief(&self) -> f64 {
        self.right / (self.right + self.not_right)
    }

    /// Looks at a list, and returns the actions on each item.
    pub fn look(&mut self, truth: &Truth, list: &[Glimpse<'_>]) -> Vec<Reaction> {
        let reactions: Vec<_> = list.iter().map(|glimpse| self.consider(truth, glimpse)).collect();
        let n = list.len().max(1) as f64;
        let told = list.iter().zip(&reactions).filter(|(glimpse, reaction)| {
            reaction.read && matches!(glimpse.words, Some(Words::Facts { .. } | Words::Praise))
        });
        self.informed += 0.2 * (told.count() as f64 / n - self.informed);
        reactions
    }

    fn consider(&mut self, truth: &Truth, glimpse: &Glimpse<'_>) -> Reaction {
        let utility = truth.utility(&self.shopper, glimpse.item).unwrap_or(UNKNOWN_ITEM);
        let before = Thought { mean: EXPECTED.0, precision: 1.0 / EXPECTED.1 };
        let glance = before.seeing(utility + self.noise(GLANCE), GLANCE);
        let mut reaction = Reaction { utility, ..Reaction::default() };
        let heard = glimpse.words.and_then(|words| self.read(truth, words, utility, &mut reaction));
        let thought = match heard {
            Some((signal, precision)) => glance.seeing(signal, precision * self.belief()),
            None => glance,
        };
        let drawn_to = if reaction.wrong { thought.mean - PUTS_OFF } else { thought.mean };
        reaction.p_click = logistic(SHARPNESS * (drawn_to - WORTH_A_CLICK));
        reaction.clicked = self.chance.hit(reaction.p_click);
        let page = thought.seeing(utility + self.noise(PAGE), PAGE);
        let buys = buys(page.mean);
        reaction.p_buy = reaction.p_click * buys;
        reaction.carted = reaction.clicked && self.chance.hit((1.6 * buys).min(1.0));
        reaction.bought = reaction.carted && self.chance.hit(buys / (1.6 * buys).min(1.0));
        reaction.returned = reaction.bought && self.chance.hit(p_returned(utility));
        self.conclude(glimpse.words, &mut reaction);
        reaction.dismissed = !reaction.clicked && self.chance.hit(0.02 * logistic(-thought.mean));
        self.pleased += 0.02 * (thought.mean.clamp(-3.0, 4.0) - self.pleased);
        reaction
    }

    /// Reads words or not: what they signal, and with which precision.
    fn read(
        &mut self,
        truth: &Truth,
        words: Words<'_>,
        utility: f64,
        reaction: &mut Reaction,
    ) -> Option<(f64, f64)> {
        reaction.read = self.chance.hit(logistic(reads(self.belief()) - tires(words.n())));
        if !reaction.read {
            return None;
        }
        match words {
            Words::Facts { precision, .. } => Some((utility + self.noise(precision), precision)),
            Words::OfAnother { item, precision, .. } => {
                if self.chance.hit(NOTICES) {
                    reaction.wrong = true;
                    self.not_right += 1.0;
                    return None;
                }
                let other = truth.utility(&self.shopper, item).unwrap_or(0.0);
                Some((other + self.noise(precision), precision))
            }
            Words::Praise => Some((PRAISE + self.noise(PRAISE_PRECISION), FIRMNESS)),
            Words::Empty => {
                self.not_right += EMPTINESS;
                reaction.unclear = self.chance.hit(0.03);
                None
            }
        }
    }

    /// Updates the belief in reasons from a look at the item whose reason was read.
    fn conclude(&mut self, words: Option<Words<'_>>, reaction: &mut Reaction) {
        let Some(words) = words.filter(|_| reaction.read && reaction.clicked) else { return };
        let proved_true = match words {
            Words::Facts { .. } => self.chance.hit(HOLDS),
            Words::OfAnother { .. } => false,
            Words::Praise => reaction.utility >= PRAISE - FALLS_SHORT,
            Words::Empty => return,
        };
        if proved_true {
            self.right += 1.0;
            reaction.helpful = self.chance.hit(0.15);
        } else {
            self.not_right += 1.0;
            reaction.wrong |= self.chance.hit(0.2);
        }
    }

    fn noise(&mut self, precision: f64) -> f64 {
        self.chance.normal() / precision.sqrt()
    }
}

/// Log-odds of reading one sentence, by the share of reasons expected to be true.
fn reads(belief: f64) -> f64 {
    0.6 + 4.0 * (belief - 0.5)
}

/// How much more than one sentence puts readers off, in log-odds.
fn tires(n: u32) -> f64 {
    0.35 * f64::from(n.saturating_sub(1))
}

/// Returns the probability of buying an item with this estimate on its page.
fn buys(thought: f64) -> f64 {
    logistic(SHARPNESS * (thought - WORTH_ITS_MONEY) - 0.8)
}

/// Returns the average yield of a bought item, over whether it is kept or given back.
fn kept(utility: f64) -> f64 {
    let (gain, p_returned) = (utility - WORTH_ITS_MONEY, p_returned(utility));
    (1.0 - p_returned) * gain + p_returned * 0.5 * gain.min(0.0)
}

/// Bad ones come back more often.
fn p_returned(utility: f64) -> f64 {
    logistic(-3.5 - 1.2 * (utility - WORTH_ITS_MONEY))
}

#[cfg(test)]
mod tests;
