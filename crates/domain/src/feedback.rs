//! Feedback of a shopper on something they were shown.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Kind of feedback on an answer or a reason. Interactions with an *item* (click, purchase,
/// dismissal, return) are [`Event`](crate::Event)s that name the request instead.
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
    /// The reason is wrong.
    Wrong,
    /// The reason was not understood.
    Unclear,
    /// The history that the reason rests on is not to be used.
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

    /// Whether it speaks of one reason, and may come from any reader of the reason.
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
