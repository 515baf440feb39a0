//! From numbers to places: units, round ticks, and where a value lies.

use domain::Timestamp;
use domain::time::DAY_MS;

use crate::text::number;

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// As it is, with so many decimals.
    Plain(usize),
    /// Times 100 and with a percent sign, so many decimals.
    Percent(usize),
    /// Days since 1970 (UTC), as dates.
    Day,
}

impl Unit {
    /// The number as a person reads it.
    ///
    /// ```
    /// use charts::Unit;
    /// assert_eq!(Unit::Percent(1).text(0.1234), "12.3 %");
    /// assert_eq!(Unit::Plain(4).text(0.0531), "0.0531");
    /// assert_eq!(Unit::Day.text(20_574.0), "2026-05-01");
    /// ```
    #[must_use]
    pub fn text(self, value: f64) -> String {
        match self {
            Self::Plain(decimals) => number(value, decimals),
            Self::Percent(decimals) => format!("{} %", number(100.0 * value, decimals)),
            // A cast of a float saturates, and no product of it overflows.
            Self::Day => Timestamp((value.floor() as i64).saturating_mul(DAY_MS)).date(),
        }
    }

    /// A tick at a multiple of `step`, with the decimals that the step needs.
    fn tick(self, value: f64, step: f64) -> String {
        let shown = |step: f64| (0..12).find(|&d| is_whole(step * 10_f64.powi(d))).unwrap_or(12);
        match self {
            Self::Plain(_) => Self::Plain(shown(step) as usize).text(value),
            Self::Percent(_) => Self::Percent(shown(100.0 * step) as usize).text(value),
            // A tick between two days has no date to show.
            Self::Day if !is_whole(value) => String::new(),
            Self::Day => self.text(value.round()),
        }
    }
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6 * value.abs().max(1e-6)
}

/// The measure along one side of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Name of the measure, e.g. `NDCG@10`.
    pub label: String,
    /// How its numbers are shown.
    pub unit: Unit,
    /// Fixed ends, whatever the values are, e.g. those of a questionnaire's scale.
    pub ends: Option<[f64; 2]>,
}

impl Axis {
    /// An axis.
    #[must_use]
    pub fn new(label: impl Into<String>, unit: Unit) -> Self {
        Self { label: label.into(), unit, ends: None }
    }

    /// The same from `low` to `high`, whatever the values are.
    #[must_use]
    pub fn between(self, low: f64, high: f64) -> Self {
        Self { ends: Some([low, high]), ..self }
    }

    /// Returns the scale of the values: between fixed ends, or from the least to the greatest.
    pub(crate) fn scale(&self, values: impl Iterator<Item = f64>, places: [f64; 2]) -> Scale {
        match self.ends {
            Some(ends) => Scale::fixed(ends, places),
            None => Scale::new(values, places),
        }
    }
}

/// Maps values to places between two places of a drawing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    step: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Returns a scale that covers every finite value, from a round number to a round number.
    pub(crate) fn new(values: impl Iterator<Item = f64>, [from, to]: [f64; 2]) -> Self {
        let finite = values.filter(|value| value.is_finite());
        let (low, high) = finite
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), value| (l.min(value), h.max(value)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        // Half of each, so that no difference of finite numbers is infinite.
        let room = high / 2.0 - low / 2.0;
        let (low, high) = if room > 0.0 {
            (low, high)
        } else {
            (low - low.abs().max(1.0) / 2.0, high + high.abs().max(1.0) / 2.0)
        };
        let step = round_step((high / 4.0 - low / 4.0).max(f64::MIN_POSITIVE));
        let whole = |value: f64| if value.is_finite() { value } else { 0.0 };
        Self {
            low: whole((low / step).floor() * step),
            high: whole((high / step).ceil() * step),
            step,
            from,
            to,
        }
    }

    /// Returns a scale from `low` to `high`; a value outside is drawn at the nearer end.
    fn fixed([low, high]: [f64; 2], [from, to]: [f64; 2]) -> Self {
        let step = round_step(((high - low) / 6.0).max(f64::MIN_POSITIVE));
        Self { low, high, step, from, to }
    }

    pub(crate) fn place(&self, value: f64) -> f64 {
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        self.from + share * (self.to - self.from)
    }

    /// Returns the places of the scale's low and high end.
    pub(crate) fn ends(&self) -> [f64; 2] {
        [self.from, self.to]
    }

    /// Returns the places of round values, and their texts.
    pub(crate) fn ticks(&self, unit: Unit) -> Vec<(f64, String)> {
        let n = ((self.high / self.step - self.low / self.step).round() as usize).min(12);
        let first = self.low / self.step;
        let first = if is_whole(first) { first.round() } else { first };
        let value = |i: usize| (first + i as f64) * self.step;
        (0..=n).map(|i| (self.place(value(i)), unit.tick(value(i), self.step))).collect()
    }
}

/// Returns the next 1, 2 or 5 times a power of ten.
fn round_step(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|f| f * power >= least * 0.999_999);
    factor.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let scale = Scale::new([0.0, 0.053, 0.092].into_iter(), [0.0, 100.0]);
        let ticks = scale.ticks(Unit::Plain(4));
        let texts: Vec<_> = ticks.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["0.00", "0.05", "0.10"]);
        assert!((scale.place(0.05) - 50.0).abs() < 1e-9);
        let percent = Scale::new([0.0, 0.4].into_iter(), [0.0, 1.0]).ticks(Unit::Percent(1));
        assert_eq!(percent.last().map(|(_, text)| text.as_str()), Some("40 %"));
        let days = Scale::new([20_574.0, 20_576.0].into_iter(), [0.0, 1.0]).ticks(Unit::Day);
        let days: Vec<_> = days.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(days, ["2026-05-01", "", "2026-05-02", "", "2026-05-03"]);
    }

    #[test]
    fn an_axis_with_ends_of_its_own_keeps_them_whatever_the_values_are() {
        let texts = |[low, high]: [f64; 2], value: f64| {
            let axis = Axis::new("score", Unit::Plain(1)).between(low, high);
            let ticks = axis.scale([value].into_iter(), [0.0, 1.0]).ticks(axis.unit);
            ticks.into_iter().map(|(_, text)| text).collect::<Vec<_>>()
        };
        assert_eq!(texts([0.0, 100.0], 72.5), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(texts([1.0, 7.0], 5.2), ["1", "2", "3", "4", "5", "6", "7"]);
    }

    proptest! {
        #[test]
        fn every_value_lies_between_the_ends(values in prop::collection::vec(any::<f64>(), 0..20)) {
            let scale = Scale::new(values.iter().copied(), [10.0, 90.0]);
            let ticks = scale.ticks(Unit::Plain(2));
            prop_assert!((1..=13).contains(&ticks.len()));
            for place in values.iter().map(|&v| scale.place(v)).chain(ticks.into_iter().map(|t| t.0)) {
                prop_assert!((10.0..=90.0).contains(&place), "{place}");
            }
        }
    }
}
