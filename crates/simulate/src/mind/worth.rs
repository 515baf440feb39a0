//! Expected worth of a list to a shopper: the expectation over everything that they might notice,
//! read, click and buy, as their mind stands. The mind does not change.

use super::{
    EXPECTED, FIRMNESS, GLANCE, Glimpse, Mind, NOTICES, PAGE, PRAISE, PRAISE_PRECISION, READING,
    SHARPNESS, VISITING, WORTH_A_CLICK, Words, buys, kept, tires,
};
use crate::Truth;
use crate::chance::logistic;

/// Steps of the trapezoid rule on either side, and their width in standard deviations. For smooth
/// functions under a normal density its error falls faster than any power of the width.
const N_STEPS: i32 = 8;
const STEP: f64 = 0.5;

/// A normal distribution.
#[derive(Clone, Copy)]
struct Normal {
    mean: f64,
    sd: f64,
}

impl Normal {
    fn expect(self, of: impl Fn(f64) -> f64) -> f64 {
        let at = |step: i32| f64::from(step) * STEP;
        let density = |z: f64| (-0.5 * z * z).exp();
        let (sum, total) = (-N_STEPS..=N_STEPS).fold((0.0, 0.0), |(sum, total), step| {
            let weight = density(at(step));
            (sum + weight * of(self.mean + self.sd * at(step)), total + weight)
        });
        sum / total
    }
}

/// Something that speaks of an item: where it points, how noisy it is, how much it counts.
#[derive(Clone, Copy)]
struct Voice {
    points_to: f64,
    variance: f64,
    weight: f64,
}

impl Mind {
    /// Returns the true utility that a list yields on average: that of the purchases it leads to,
    /// less the costs of reading and looking.
    #[must_use]
    pub fn worth(&self, truth: &Truth, list: &[Glimpse<'_>]) -> f64 {
        list.iter().map(|glimpse| self.worth_of(truth, glimpse)).sum()
    }

    fn worth_of(&self, truth: &Truth, glimpse: &Glimpse<'_>) -> f64 {
        let utility = truth.utility(&self.shopper, glimpse.item).unwrap_or(super::UNKNOWN_ITEM);
        let glance = Voice { points_to: utility, variance: 1.0 / GLANCE, weight: GLANCE };
        let unread = yields(utility, &[glance], 0.0);
        let Some(words) = glimpse.words else { return unread };
        let n = words.n();
        let p_reads = logistic(super::reads(self.belief()) - tires(n));
        let read = match words {
            Words::Facts { precision, .. } => {
                yields(utility, &[glance, self.heard(utility, precision)], 0.0)
            }
            Words::OfAnother { item, precision, .. } => {
                let other = truth.utility(&self.shopper, item).unwrap_or(0.0);
                let believed = yields(utility, &[glance, self.heard(other, precision)], 0.0);
                let caught = yields(utility, &[glance], super::PUTS_OFF);
                NOTICES * caught + (1.0 - NOTICES) * believed
            }
            Words::Praise => {
                let (variance, weight) = (1.0 / PRAISE_PRECISION, FIRMNESS * self.belief());
                yields(utility, &[glance, Voice { points_to: PRAISE, variance, weight }], 0.0)
            }
            Words::Empty => unread,
        };
        (1.0 - p_reads) * unread + p_reads * (read - READING * f64::from(n))
    }

    fn heard(&self, points_to: f64, precision: f64) -> Voice {
        Voice { points_to, variance: 1.0 / precision, weight: precision * self.belief() }
    }
}

/// Returns the average yield of an item after these voices; `put_off` lowers its appeal.
fn yields(utility: f64, voices: &[Voice], put_off: f64) -> f64 {
    let weight: f64 = 1.0 / EXPECTED.1 + voices.iter().map(|voice| voice.weight).sum::<f64>();
    let pull: f64 = voices.iter().map(|voice| voice.points_to * voice.weight).sum();
    let spread: f64 = voices.iter().map(|voice| voice.weight.powi(2) * voice.variance).sum();
    let thought =
        Normal { mean: (EXPECTED.0 / EXPECTED.1 + pull) / weight, sd: spread.sqrt() / weight };
    thought.expect(|mean| {
        let clicks = logistic(SHARPNESS * (mean - put_off - WORTH_A_CLICK));
        let page = Normal {
            mean: (mean * weight + utility * PAGE) / (weight + PAGE),
            sd: PAGE.sqrt() / (weight + PAGE),
        };
        clicks * (page.expect(buys) * kept(utility) - VISITING)
    })
}
