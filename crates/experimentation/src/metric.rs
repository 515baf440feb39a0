//! What experiments are measured by: one number (or a ratio of two) per shopper.

use serde::{Deserialize, Serialize};

use crate::unit::Unit;

/// What is measured per shopper, from their assignment on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Recommended items clicked, per item that came into view.
    Ctr,
    /// Whether they bought anything.
    Conversion,
    /// What they bought, in major units of the shop's commonest currency.
    Revenue,
    /// Recommended items clicked, carted or bought, per item that came into view.
    FollowThrough,
    /// Mean answer to the satisfaction items of the questionnaire, 1 to 7.
    Satisfaction,
    /// Trust score of the questionnaire, 0 to 100.
    Trust,
    /// Whether they switched profiling off.
    OptOut,
    /// Whether they gave anything back.
    Returns,
    /// Reasons called wrong, per reason that came into view; unknown where a variant gives none.
    WrongReasons,
    /// Recommended items dismissed, per item that came into view.
    Dismissals,
}

/// One shopper's part of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Value {
    pub(super) metric: Option<f64>,
    pub(super) denominator: Option<f64>,
    /// The same from before the experiment, where it is known.
    pub(super) before: Option<f64>,
}

impl Metric {
    /// Every metric, in the order of reports.
    pub const ALL: [Self; 10] = [
        Self::Conversion,
        Self::Revenue,
        Self::Ctr,
        Self::FollowThrough,
        Self::Satisfaction,
        Self::Trust,
        Self::OptOut,
        Self::Returns,
        Self::WrongReasons,
        Self::Dismissals,
    ];

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ctr => "ctr",
            Self::Conversion => "conversion",
            Self::Revenue => "revenue",
            Self::FollowThrough => "follow_through",
            Self::Satisfaction => "satisfaction",
            Self::Trust => "trust",
            Self::OptOut => "opt_out",
            Self::Returns => "returns",
            Self::WrongReasons => "wrong_reasons",
            Self::Dismissals => "dismissals",
        }
    }

    /// Whether more of it is worse.
    #[must_use]
    pub fn is_harm(self) -> bool {
        matches!(self, Self::OptOut | Self::Returns | Self::WrongReasons | Self::Dismissals)
    }

    /// Whether it is what people answered.
    pub(super) fn is_answered(self) -> bool {
        matches!(self, Self::Satisfaction | Self::Trust)
    }

    pub(super) fn is_ratio(self) -> bool {
        matches!(self, Self::Ctr | Self::FollowThrough | Self::WrongReasons | Self::Dismissals)
    }

    /// One shopper's part. Of somebody who switched profiling off only that is told.
    pub(super) fn of(self, unit: &Unit) -> Value {
        let mean = |metric: f64| Value { metric: Some(metric), ..Value::default() };
        let per = |n_seen: u64, n: u64| match n_seen {
            0 => Value::default(),
            _ => Value { metric: Some(n as f64), denominator: Some(n_seen as f64), before: None },
        };
        let per_exposure = |n: u64| per(unit.n_exposed, n);
        if self == Self::OptOut {
            return mean(f64::from(unit.opted_out));
        }
        if unit.opted_out {
            return Value::default();
        }
        match self {
            Self::Ctr => per_exposure(unit.n_clicked),
            Self::FollowThrough => per_exposure(unit.n_followed),
            Self::WrongReasons => per(unit.n_reasons, unit.n_wrong),
            Self::Dismissals => per_exposure(unit.n_dismissed),
            Self::Conversion => {
                let before = Some(unit.n_bought_before as f64);
                Value { before, ..mean(f64::from(unit.n_bought > 0)) }
            }
            Self::Revenue => Value { before: Some(unit.revenue_before), ..mean(unit.revenue) },
            Self::Satisfaction => Value { metric: unit.satisfaction, ..Value::default() },
            Self::Trust => Value { metric: unit.trust, ..Value::default() },
            Self::Returns => mean(f64::from(unit.n_returned > 0)),
            Self::OptOut => Value::default(),
        }
    }
}
