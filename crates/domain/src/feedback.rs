//! Feedback: the kinds of things a shopper lets us know about an answer they were shown.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// One thing that a shopper did with an answer or a reason. What they did with an *item* (clicked,
/// bought, dismissed, gave back) is an [`Event`](crate::Event) that names the request instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeedbackKind {
    /// The item came into view, once per answer.
    Exposed,
    /// The reason was opened or read in full.
    Opened,
    /// The reason helped.
    Helpful,
    /// The reason is not so.
    Wrong,
    /// The reason was not understood.
    Unclear,
    /// The history that the reason rests on shall not be used.
    DontUse,
    /// A question was asked back.
    FollowUp,
    /// Profiling was switched off.
    OptedOut,
}

impl FeedbackKind {
    /// Every kind, with a stable number for storage.
    pub const ALL: [Self; 8] = [
        Self::Exposed,
        Self::Opened,
        Self::Helpful,
        Self::Wrong,
        Self::Unclear,
        Self::DontUse,
        Self::FollowUp,
        Self::OptedOut,
    ];

    /// The stable number of the kind in storage.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The inverse of [`FeedbackKind::code`].
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exposed => "exposed",
            Self::Opened => "opened",
            Self::Helpful => "helpful",
            Self::Wrong => "wrong",
            Self::Unclear => "unclear",
            Self::DontUse => "dont_use",
            Self::FollowUp => "follow_up",
            Self::OptedOut => "opted_out",
        }
    }

    /// Whether it is said of one reason, and may come from whoever read it.
    #[must_use]
    pub fn is_of_a_reason(self) -> bool {
        !matches!(self, Self::Exposed | Self::OptedOut)
    }
}

impl FromStr for FeedbackKind {
    type Err = Invalid;
    fn from_str(raw: &str) -> Result<Self, Invalid> {
        let name = raw.trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|kind| kind.name() == name).ok_or_else(|| {
            let hint = "use opened, helpful, wrong, unclear, dont_use or follow_up";
            Invalid::new("feedback", "is not known", raw, hint)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_feedback_comes_back_from_its_name_and_its_code() {
        for kind in FeedbackKind::ALL {
            assert_eq!(kind.name().parse::<FeedbackKind>().unwrap(), kind);
            assert_eq!(FeedbackKind::from_code(kind.code()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.name()));
        }
        assert!("shrug".parse::<FeedbackKind>().is_err());
    }
}
