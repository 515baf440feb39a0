//! The unit that a metric's values and differences are told in.

use charts::Unit;
use experimentation::experiment::Metric;

use super::Texts;

/// The unit of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measured {
    /// A share: values in per cent, differences in percentage points.
    Share,
    /// Money, in major units of the shop's commonest currency.
    Money,
    /// A mean answer from 1 to 7.
    Answer,
    /// A score from 0 to 100.
    Score,
}

impl Measured {
    pub(super) const ALL: [Self; 4] = [Self::Share, Self::Money, Self::Answer, Self::Score];

    pub(super) fn of(metric: Metric) -> Self {
        match metric {
            Metric::Revenue => Self::Money,
            Metric::Satisfaction => Self::Answer,
            Metric::Trust => Self::Score,
            Metric::Ctr
            | Metric::Conversion
            | Metric::FollowThrough
            | Metric::OptOut
            | Metric::Returns
            | Metric::WrongReasons
            | Metric::Dismissals => Self::Share,
        }
    }

    pub(super) fn value(self, value: f64) -> String {
        match self {
            Self::Share => Unit::Percent(2).text(value),
            _ => self.plain(value),
        }
    }

    /// A difference without the name of its unit.
    pub(super) fn plain(self, difference: f64) -> String {
        Unit::Plain(2).text(self.scaled(difference))
    }

    /// The same with it.
    pub(super) fn difference(self, difference: f64, texts: &Texts) -> String {
        let plain = self.plain(difference);
        if self == Self::Share { format!("{plain} {}", texts.points) } else { plain }
    }

    pub(super) fn scaled(self, difference: f64) -> f64 {
        if self == Self::Share { 100.0 * difference } else { difference }
    }
}
