//! The numbers that signals are fitted with: chosen on validation, stored with the model, shown to
//! everyone. `fitted` puts them together.

use serde::{Deserialize, Serialize};
use transformer::SequenceConfig;

use crate::{SignalName, SignalsError};

/// score_i = Σ_h w_h · decay^distance · `Ĝ[h,i]`; Ĝ = rows of (T + reverse·Tᵀ)·D^−p, L2-normalised.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TransitionConstants {
    /// How many steps apart two events may lie to be counted, at least 1.
    pub window: u32,
    /// A pair that lies `gap` steps apart counts damping^(gap − 1); above 0, at most 1.
    pub damping: f32,
    /// β: what an occurrence in the other order counts, 0 to 1.
    pub reverse: f32,
    /// p: how much popular targets are held back; 0 not at all.
    pub popularity_exponent: f32,
    /// The factor for each step back in the history when scoring, 0 to 1.
    pub decay: f32,
}

/// score_i = Σ_h w_h · decay^distance · cos(x_h, x_i); x = TF-IDF of word 1–2-grams.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TextConstants {
    /// The factor for each step back in the history when scoring, 0 to 1.
    pub decay: f32,
    /// Weight of a term in the title.
    pub title: f32,
    /// Weight of a term in the brand.
    pub brand: f32,
    /// Weight of a term in the category path.
    pub category: f32,
    /// Weight of a term in the description.
    pub description: f32,
    /// Factor on 2-grams; 0 leaves them out.
    pub bigram: f32,
    /// Share of the cosine that is an encoder's, 0 to 1; means nothing where none is installed.
    pub meaning: f32,
    /// A term must occur in at least this many items.
    pub min_items: u32,
    /// A term of more than this share of all items is left out: it tells nothing and costs most.
    pub max_share: f32,
}

/// score_i = ln(1 + Σ_buyers 2^(−age / half-life)).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PopularityConstants {
    /// Days in which a buyer comes to count half; from [`Self::NEVER_DAYS`] on as good as never.
    /// Without clocks nothing decays.
    pub half_life_days: f32,
}

impl PopularityConstants {
    /// A half-life of 27 years: a buyer of a year ago counts 97 %.
    pub const NEVER_DAYS: f32 = 10_000.0;
}

/// How the Transformer was trained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SequenceConstants {
    /// Numbers that words of items are hashed to; 0 without words.
    pub words: usize,
    /// Shape and training, with the number of epochs that validation chose.
    pub model: SequenceConfig,
}

/// The share of one signal in the score: weight / scale × its raw score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlendWeight {
    /// The signal.
    pub signal: SignalName,
    /// Learned weight; zero for a signal that was not selected.
    pub weight: f32,
    /// Typical size of its raw scores at training; fixed, never per request.
    pub scale: f32,
}

impl BlendWeight {
    /// Returns the factor of the raw score.
    #[must_use]
    pub fn factor(&self) -> f32 {
        self.weight / self.scale
    }
}

/// The weights of all signals, in the order of [`SignalName`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Blend(pub Vec<BlendWeight>);

impl Blend {
    /// Returns the factor of a signal's raw score; 0 for one that is not in the blend.
    #[must_use]
    pub fn factor(&self, signal: SignalName) -> f32 {
        let found = self.0.iter().find(|weight| weight.signal == signal);
        found.map_or(0.0, BlendWeight::factor)
    }

    /// The same weights without a Transformer.
    #[must_use]
    pub fn without_sequence(&self) -> Self {
        let others = self.0.iter().filter(|weight| weight.signal != SignalName::Sequence);
        Self(others.copied().collect())
    }

    /// Takes in a signal whose weight is its share of the whole; the others make room.
    pub(crate) fn admit(&mut self, newcomer: BlendWeight) {
        let room = (1.0 - newcomer.weight).max(0.0);
        self.0.iter_mut().for_each(|weight| weight.weight *= room);
        self.set(newcomer);
    }

    /// Puts a weight in the place of the one of its signal, or adds it.
    pub(crate) fn set(&mut self, weight: BlendWeight) {
        match self.0.iter_mut().find(|known| known.signal == weight.signal) {
            Some(known) => *known = weight,
            None => self.0.push(weight),
        }
        self.0.sort_by_key(|weight| weight.signal);
    }

    /// The weight of a signal, to change it; a signal that was not in the blend enters at 0.
    pub(crate) fn weight_mut(&mut self, signal: SignalName) -> &mut f32 {
        let at = self.0.iter().position(|weight| weight.signal == signal).unwrap_or_else(|| {
            self.0.push(BlendWeight { signal, weight: 0.0, scale: 1.0 });
            self.0.len() - 1
        });
        &mut self.0[at].weight
    }
}

impl Default for Blend {
    /// Transition, half as much text, and popularity only to settle ties.
    fn default() -> Self {
        let weight = |signal, weight| BlendWeight { signal, weight, scale: 1.0 };
        Self(vec![
            weight(SignalName::Transition, 1.0),
            weight(SignalName::Text, 0.5),
            weight(SignalName::Popularity, 0.001),
        ])
    }
}

impl Default for TransitionConstants {
    fn default() -> Self {
        Self { window: 10, damping: 0.6, reverse: 0.5, popularity_exponent: 0.1, decay: 0.6 }
    }
}

impl Default for TextConstants {
    fn default() -> Self {
        Self {
            decay: 0.6,
            title: 1.0,
            brand: 1.0,
            category: 1.0,
            description: 0.5,
            bigram: 0.7,
            meaning: 0.0,
            min_items: 2,
            max_share: 0.2,
        }
    }
}

impl Default for PopularityConstants {
    fn default() -> Self {
        Self { half_life_days: 30.0 }
    }
}

impl Blend {
    /// Checks every weight and scale against its range.
    pub(crate) fn validate(&self) -> Result<(), SignalsError> {
        self.0.iter().try_for_each(|weight| {
            in_range("blend weight", weight.weight, 0.0..=1e6, "0 to 1000000")?;
            in_range("blend scale", weight.scale, 1e-12..=1e12, "above 0")
        })
    }
}

/// Checks a constant against its range.
pub(crate) fn in_range(
    setting: &'static str,
    found: f32,
    range: std::ops::RangeInclusive<f32>,
    expected: &'static str,
) -> Result<(), SignalsError> {
    match range.contains(&found) {
        true => Ok(()),
        false => Err(SignalsError::BadSetting { setting, found: found.to_string(), expected }),
    }
}
