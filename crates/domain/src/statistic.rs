//! A number that could be computed, or the reason why not; never a NaN.

use serde::{Deserialize, Serialize};

/// The outcome of a statistical routine.
///
/// On the wire a known value is itself; an unknown one is `{"unknown": "why"}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Statistic<T> {
    /// It could not be computed, and why. Listed first so that reading tries it first.
    Unknown {
        /// The missing part, and a remedy where there is one.
        unknown: String,
    },
    /// It was computed; every number in it is finite.
    Known(T),
}

impl<T> Statistic<T> {
    /// A statistic that cannot be computed, for this reason.
    pub fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown { unknown: reason.into() }
    }

    /// The value, where there is one.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown { .. } => None,
        }
    }

    /// Why there is no value.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Known(_) => None,
            Self::Unknown { unknown } => Some(unknown),
        }
    }

    /// Computes on with the value; keeps the reason.
    pub fn map<U>(self, compute: impl FnOnce(T) -> U) -> Statistic<U> {
        self.and_then(|value| Statistic::Known(compute(value)))
    }

    /// Computes on with something that may itself be unknown; keeps the first reason.
    pub fn and_then<U>(self, compute: impl FnOnce(T) -> Statistic<U>) -> Statistic<U> {
        match self {
            Self::Known(value) => compute(value),
            Self::Unknown { unknown } => Statistic::Unknown { unknown },
        }
    }
}

impl Statistic<f64> {
    /// Known if finite, else unknown for `reason`.
    pub fn finite(value: f64, reason: &str) -> Self {
        if value.is_finite() { Self::Known(value) } else { Self::unknown(reason) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wire_form_is_the_value_or_its_reason() {
        let known = Statistic::Known(0.5);
        let unknown = Statistic::<f64>::finite(f64::NAN, "no data");
        assert_eq!(serde_json::to_value(&known).unwrap(), serde_json::json!(0.5));
        let wire = serde_json::to_value(&unknown).unwrap();
        assert_eq!(wire, serde_json::json!({"unknown": "no data"}));
        assert_eq!(serde_json::from_value::<Statistic<f64>>(wire).unwrap(), unknown);
    }

    #[test]
    fn a_reason_survives_further_computation() {
        let doubled = Statistic::<f64>::unknown("no data").map(|x| 2.0 * x);
        assert_eq!(doubled.reason(), Some("no data"));
    }
}
