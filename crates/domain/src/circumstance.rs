//! The circumstances of a situation: part of the day, day of the week, season, region, device.

use serde::{Deserialize, Serialize};

use crate::{Daypart, Device, Season};

/// One trait of the situation in which something is bought.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "context", content = "value")]
pub enum Circumstance {
    /// The part of the buyer's day.
    Daypart(Daypart),
    /// The buyer's day of the week, 0 is Monday.
    Weekday(u8),
    /// The season of the northern hemisphere.
    Season(Season),
    /// Country or region code.
    Region(String),
    /// Class of device.
    Device(Device),
}

/// The kind of a circumstance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "as in `Circumstance`")]
pub enum CircumstanceKind {
    Daypart,
    Weekday,
    Season,
    Region,
    Device,
}

impl CircumstanceKind {
    /// Every kind, in the order they are shown.
    pub const ALL: [Self; 5] =
        [Self::Daypart, Self::Weekday, Self::Season, Self::Region, Self::Device];
}

impl Circumstance {
    /// Returns the kind.
    #[must_use]
    pub fn kind(&self) -> CircumstanceKind {
        match self {
            Self::Daypart(_) => CircumstanceKind::Daypart,
            Self::Weekday(_) => CircumstanceKind::Weekday,
            Self::Season(_) => CircumstanceKind::Season,
            Self::Region(_) => CircumstanceKind::Region,
            Self::Device(_) => CircumstanceKind::Device,
        }
    }
}
