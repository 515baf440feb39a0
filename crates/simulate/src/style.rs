//! The six styles that products have and shoppers like or dislike.

use std::fmt;

/// A style: the latent link between a shopper and the attributes they go for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// Quiet colours, few parts.
    Calm,
    /// Wood, plants, earth.
    Natural,
    /// Bright and playful.
    Vivid,
    /// Tried and traditional.
    Classic,
    /// Specifications first.
    Technical,
    /// Fine and a little luxurious.
    Rich,
}

impl Style {
    /// Every style.
    pub const ALL: [Self; 6] =
        [Self::Calm, Self::Natural, Self::Vivid, Self::Classic, Self::Technical, Self::Rich];

    /// The English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Natural => "natural",
            Self::Vivid => "vivid",
            Self::Classic => "classic",
            Self::Technical => "technical",
            Self::Rich => "rich",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
