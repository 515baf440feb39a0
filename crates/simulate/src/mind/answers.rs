//! Answers of shoppers to a questionnaire: attitudes that follow from their beliefs, and the tick
//! on a scale that an attitude becomes.

use statrs::distribution::{ContinuousCDF, Normal};

use super::Mind;
use crate::chance::{Chance, Stage, logistic};

/// Standard deviation of one answer around the attitude, in points.
const SPREAD: f64 = 1.1;

/// Attitudes of a shopper towards the recommender, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the fields are the constructs")]
pub struct Attitudes {
    pub usefulness: f64,
    pub reliability: f64,
    pub safety: f64,
    pub fairness: f64,
    pub transparency: f64,
    pub satisfaction: f64,
    pub trust: f64,
    pub distrust: f64,
}

/// How an item is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Answers go from 1 to this.
    pub n_points: u8,
    /// Whether agreement means less.
    pub reversed: bool,
}

impl Scale {
    fn centre(self, level: f64, agrees: f64) -> f64 {
        let level = if self.reversed { 1.0 - level } else { level };
        1.0 + f64::from(self.n_points - 1) * level + agrees
    }
}

impl Mind {
    /// Returns their attitudes towards the recommender now.
    #[must_use]
    pub fn attitudes(&self) -> Attitudes {
        let (believes, pleased) = (self.belief() - 0.5, self.pleased);
        let [u, r, s, f, t, g, trusts, distrusts] = self.leaning;
        let of = |leaning: f64, experience: f64| logistic(0.2 + leaning + experience);
        Attitudes {
            usefulness: of(u, 0.9 * pleased + 0.8 * self.informed),
            reliability: of(r, 3.2 * believes + 0.3 * pleased),
            safety: of(s, 1.2 * believes),
            fairness: of(f, 0.8 * believes),
            transparency: of(t, 2.0 * self.informed + believes),
            satisfaction: of(g, 0.9 * pleased + believes),
            trust: of(trusts, 2.5 * believes + 0.3 * pleased),
            distrust: of(distrusts, -2.5 * believes),
        }
    }

    /// Ticks an answer to an item about an attitude of this level.
    pub fn answer(&mut self, level: f64, scale: Scale) -> u8 {
        let top = f64::from(scale.n_points);
        if self.careless {
            return 1 + self.chance.below(usize::from(scale.n_points)) as u8;
        }
        let felt = scale.centre(level, self.agrees) + SPREAD * self.chance.normal();
        felt.round().clamp(1.0, top) as u8
    }

    /// Whether they read the questions.
    #[must_use]
    pub fn reads_questions(&self) -> bool {
        !self.careless
    }

    /// The same mind before another course of chance.
    #[must_use]
    pub fn reborn(&self, seed: u64) -> Self {
        Self { chance: Chance::new(seed, Stage::Minds, 0), ..self.clone() }
    }

    /// Draws whether something of this probability happens, whatever their attitudes.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.chance.hit(probability)
    }

    /// Returns how many of `n` items they answer before they stop.
    pub fn patience(&mut self, n: usize) -> usize {
        if self.chance.hit(0.8) { n } else { self.chance.below(n) }
    }

    /// The mean of [`answer`](Self::answer) over all that chance could do with it, had they read
    /// the item: Σ_p p · P(answer = p), the answer being a normal variable rounded and held on the
    /// scale.
    #[must_use]
    pub fn expected_answer(&self, level: f64, scale: Scale) -> f64 {
        let normal = Normal::standard();
        let centre = scale.centre(level, self.agrees);
        // Σ_p P(answer ≥ p) over the points above 1, since E = Σ P(answer ≥ p).
        let at_least = |point: u8| 1.0 - normal.cdf((f64::from(point) - 0.5 - centre) / SPREAD);
        1.0 + (2..=scale.n_points).map(at_least).sum::<f64>()
    }
}
