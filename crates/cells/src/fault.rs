//! Describes a value that cannot be read: its field, its fault and the remedy. Whether the row goes
//! without the value or is rejected for it is decided by the parsers.

use std::borrow::Cow;
use std::fmt;

use domain::Invalid;

/// A value that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    field: &'static str,
    /// Empty where the fault lies in no single value.
    got: String,
    /// The fault and the remedy, without the value: reports count by it.
    reason: Cow<'static, str>,
    is_part: bool,
}

impl Fault {
    /// Quotes at most 80 characters of the value.
    pub fn new(field: &'static str, got: &str, reason: impl Into<Cow<'static, str>>) -> Self {
        let got = got.chars().take(80).collect();
        Self { field, got, reason: reason.into(), is_part: false }
    }

    /// One of several parts, such as an event of a body, is left out whole.
    pub fn of_part(field: &'static str, cause: &str) -> Self {
        let got = cause.chars().take(200).collect();
        Self { field, got, reason: "has a part that cannot be read".into(), is_part: true }
    }

    /// Whether more than a value is left out.
    pub fn is_part(&self) -> bool {
        self.is_part
    }

    /// A domain type refused the value.
    pub fn of(field: &'static str, invalid: &Invalid) -> Self {
        Self::new(field, &invalid.got, format!("{}; {}", invalid.problem, invalid.hint))
    }

    /// A JSON value of a wrong type.
    pub fn of_type(field: &'static str, wanted: &str, got: &str) -> Self {
        Self::new(field, "", format!("must be {wanted}, not {got}"))
    }

    /// The line of a report that counts such faults.
    pub fn reason(&self) -> String {
        format!("`{}` {}", self.field, self.reason)
    }

    /// The value, shortened.
    pub fn got(&self) -> &str {
        &self.got
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (field, reason) = (self.field, &self.reason);
        match self.got.as_str() {
            "" => write!(f, "field `{field}` {reason}"),
            got => write!(f, "field `{field}` {got:?} {reason}"),
        }
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        fault.to_string()
    }
}
