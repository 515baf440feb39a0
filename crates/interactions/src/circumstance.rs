//! The situation of an event or a request, as far as it is known: part of the day, weekday,
//! season, region, device. Clocks are read and regions named by the caller.

use domain::shopper::Device;
use domain::time::LocalTime;
use domain::{CircumstanceKind, Daypart, Season};
use serde::{Deserialize, Serialize};

/// Position of a region's name in [`crate::Interactions::regions`].
pub type RegionIdx = u16;

/// A [`domain::Circumstance`] whose region is a number, so that it is copied and looked up at no
/// cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "as in `domain::Circumstance`")]
pub enum Circumstance {
    Daypart(Daypart),
    Weekday(u8),
    Season(Season),
    Region(RegionIdx),
    Device(Device),
}

impl Circumstance {
    /// Returns the kind.
    #[must_use]
    pub fn kind(self) -> CircumstanceKind {
        match self {
            Self::Daypart(_) => CircumstanceKind::Daypart,
            Self::Weekday(_) => CircumstanceKind::Weekday,
            Self::Season(_) => CircumstanceKind::Season,
            Self::Region(_) => CircumstanceKind::Region,
            Self::Device(_) => CircumstanceKind::Device,
        }
    }
}

/// The situation of one event or request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Context {
    /// The local time, where a clock is known.
    pub daypart: Option<Daypart>,
    /// 0 is Monday.
    pub weekday: Option<u8>,
    /// Season of the northern hemisphere.
    pub season: Option<Season>,
    /// Country or region.
    pub region: Option<RegionIdx>,
    /// Class of device.
    pub device: Option<Device>,
}

impl Context {
    /// The situation at a local time.
    #[must_use]
    pub fn at(time: LocalTime) -> Self {
        Self {
            daypart: Some(Daypart::of_hour(time.hour)),
            weekday: Some(time.weekday),
            season: Some(Season::of_month(time.month)),
            ..Self::default()
        }
    }

    /// Everything known of it.
    pub fn circumstances(self) -> impl Iterator<Item = Circumstance> {
        [
            self.daypart.map(Circumstance::Daypart),
            self.weekday.map(Circumstance::Weekday),
            self.season.map(Circumstance::Season),
            self.region.map(Circumstance::Region),
            self.device.map(Circumstance::Device),
        ]
        .into_iter()
        .flatten()
    }
}
