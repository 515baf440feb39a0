//! Which constants are searched, and over which range. Places run from 0 to 1 so that one step
//! means about as much for each of them.

use crate::constants::PopularityConstants;
use crate::text::Fields;
use crate::{Constants, SignalName};

/// One constant under search.
pub(crate) struct Coordinate {
    value: fn(&mut Constants) -> &mut f32,
    low: f32,
    high: f32,
    spacing: Spacing,
    /// First step of the walk, in places.
    pub(super) first_step: f32,
    /// Whether it is the weight of a signal.
    pub(crate) is_weight: bool,
}

/// How places are laid over the range.
#[derive(Clone, Copy)]
enum Spacing {
    Even,
    /// Equal ratios.
    Ratio,
}

impl Coordinate {
    fn even(low: f32, high: f32, value: fn(&mut Constants) -> &mut f32) -> Self {
        Self { value, low, high, spacing: Spacing::Even, first_step: 0.15, is_weight: false }
    }

    fn ratio(low: f32, high: f32, value: fn(&mut Constants) -> &mut f32) -> Self {
        Self { value, low, high, spacing: Spacing::Ratio, first_step: 0.15, is_weight: false }
    }

    fn weight(low: f32, high: f32, value: fn(&mut Constants) -> &mut f32) -> Self {
        Self { is_weight: true, ..Self::ratio(low, high, value) }
    }

    /// Where the constant lies in its range, 0 to 1; outside when it started outside.
    pub(super) fn place(&self, constants: &Constants) -> f32 {
        let value = *(self.value)(&mut constants.clone());
        match self.spacing {
            Spacing::Even => (value - self.low) / (self.high - self.low),
            Spacing::Ratio => (value.max(self.low) / self.low).ln() / (self.high / self.low).ln(),
        }
    }

    /// Puts the constant at a place, kept within its range and rounded to four digits, so that a
    /// person can read and type what was chosen.
    pub(super) fn set_place(&self, constants: &mut Constants, place: f32) {
        let place = place.clamp(0.0, 1.0);
        let value = match self.spacing {
            Spacing::Even => self.low + place * (self.high - self.low),
            Spacing::Ratio => self.low * (self.high / self.low).powf(place),
        };
        *(self.value)(constants) = (value * 1e4).round() / 1e4;
    }
}

/// The constants worth searching where items have these fields, and where events have times. The
/// window is not among them: damping does its work.
pub(crate) fn coordinates(fields: Fields, with_times: bool) -> Vec<Coordinate> {
    let mut all = vec![
        Coordinate::weight(0.003, 1.0, |c| weight(c, SignalName::Popularity)),
        Coordinate::even(0.1, 1.0, |c| &mut c.transition.damping),
        Coordinate::even(0.0, 1.0, |c| &mut c.transition.reverse),
        Coordinate::even(0.0, 0.8, |c| &mut c.transition.popularity_exponent),
        Coordinate::even(0.2, 1.0, |c| &mut c.transition.decay),
    ];
    if with_times {
        all.push(Coordinate::ratio(1.0, PopularityConstants::NEVER_DAYS, |c| {
            &mut c.popularity.half_life_days
        }));
    }
    if fields.any() {
        all.push(Coordinate::weight(0.05, 5.0, |c| weight(c, SignalName::Text)));
        all.push(Coordinate::even(0.2, 1.0, |c| &mut c.text.decay));
        all.push(Coordinate::even(0.0, 1.5, |c| &mut c.text.bigram));
    }
    if fields.brand {
        all.push(Coordinate::ratio(0.1, 10.0, |c| &mut c.text.brand));
    }
    if fields.category {
        all.push(Coordinate::ratio(0.1, 10.0, |c| &mut c.text.category));
    }
    if fields.description {
        all.push(Coordinate::ratio(0.02, 5.0, |c| &mut c.text.description));
    }
    if fields.meaning {
        all.push(Coordinate::even(0.0, 1.0, |c| &mut c.text.meaning));
    }
    all
}

fn weight(constants: &mut Constants, signal: SignalName) -> &mut f32 {
    constants.blend.weight_mut(signal)
}
