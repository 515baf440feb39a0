//! Time as a shop means it: instants, orders without clocks, dayparts and seasons.

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = i64))]
#[serde(try_from = "i64", into = "i64")]
pub struct Timestamp(pub i64);

/// One day, in milliseconds.
pub const DAY_MS: i64 = 86_400_000;

/// The first instant that is refused: in the year 2201.
const END_MS: i64 = 7_300_000_000_000;

impl Timestamp {
    /// Reads RFC 3339, `2010-12-01 08:26:00` (as UTC), `2010-12-01`, or seconds, milliseconds or
    /// microseconds since 1970, told apart by size.
    ///
    /// # Errors
    /// [`Invalid`] when the text is none of these.
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        let text = raw.trim();
        if let Ok(number) = text.parse::<f64>() {
            return Self::from_epoch(number)
                .ok_or_else(|| Invalid::new("time", "is out of range", raw, "use 1970 to 2200"));
        }
        if let Ok(instant) = text.parse::<jiff::Timestamp>() {
            return Ok(Self(instant.as_millisecond()));
        }
        text.parse::<jiff::civil::DateTime>()
            .and_then(|civil| civil.to_zoned_datetime(jiff::tz::TimeZone::UTC))
            .map(|zoned| Self(zoned.timestamp().as_millisecond()))
            .map_err(|_| {
                Invalid::new("time", "is not a time", raw, "use RFC 3339 or seconds since 1970")
            })
    }

    fn from_epoch(number: f64) -> Option<Self> {
        let ms = match number {
            n if !n.is_finite() || n < 0.0 => return None,
            n if n < 1e11 => n * 1e3, // seconds, until the year 5138
            n if n < 1e14 => n,       // milliseconds
            n if n < 1e17 => n / 1e3, // microseconds
            _ => return None,
        };
        (ms < END_MS as f64).then_some(Self(ms as i64))
    }

    /// The UTC calendar date, e.g. `2026-11-24`.
    #[must_use]
    pub fn date(self) -> String {
        jiff::Timestamp::from_millisecond(self.0)
            .map(|t| t.strftime("%Y-%m-%d").to_string())
            .unwrap_or_default()
    }

    /// Midnight (UTC) of the Monday that begins this week.
    #[must_use]
    pub fn week(self) -> Self {
        let day = self.0.div_euclid(DAY_MS);
        let since_monday = (day + 3).rem_euclid(7); // 1970-01-01 was a Thursday
        Self((day - since_monday) * DAY_MS)
    }

    /// Year, month 1–12 and day 1–31 (UTC).
    #[must_use]
    pub fn calendar(self) -> (i16, u8, u8) {
        let day = jiff::Timestamp::from_millisecond(self.0)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned_datetime(jiff::tz::TimeZone::UTC);
        (day.year(), day.month() as u8, day.day() as u8)
    }

    /// Whole days from `earlier` to here; negative when `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(DAY_MS)
    }

    /// Hour of day and the date's parts at a zone offset, for dayparts and seasons.
    #[must_use]
    pub fn local(self, offset_minutes: i32) -> LocalTime {
        let shifted = self.0 + i64::from(offset_minutes) * 60_000;
        let civil = jiff::Timestamp::from_millisecond(shifted)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned_datetime(jiff::tz::TimeZone::UTC);
        LocalTime {
            hour: civil.hour() as u8,
            weekday: civil.weekday().to_monday_zero_offset() as u8,
            month: civil.month() as u8,
        }
    }
}

impl TryFrom<i64> for Timestamp {
    type Error = Invalid;
    fn try_from(ms: i64) -> Result<Self, Invalid> {
        let problem =
            || Invalid::new("time", "is out of range", &ms.to_string(), "use 1970 to 2200");
        (0..END_MS).contains(&ms).then_some(Self(ms)).ok_or_else(problem)
    }
}

impl From<Timestamp> for i64 {
    fn from(time: Timestamp) -> Self {
        time.0
    }
}

/// The parts of a local time that context depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    /// 0–23.
    pub hour: u8,
    /// 0 is Monday.
    pub weekday: u8,
    /// 1–12.
    pub month: u8,
}

/// When an event happened: an instant, or only its place in an order.
///
/// Files without times (`user item item …`) give ordinals, and no time-based claim is ever made
/// from an ordinal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventTime {
    /// Place in the shopper's order, from 0.
    Ordinal(u32),
    /// A real instant.
    At(Timestamp),
}

impl EventTime {
    /// Keys below this are ordinals. As an instant it would be 1970-01-12, before any shop's log.
    const FIRST_INSTANT: i64 = 1_000_000_000;

    /// The sortable number the store keeps: ordinals sort before every instant.
    #[must_use]
    pub fn key(self) -> i64 {
        match self {
            Self::Ordinal(n) => i64::from(n).min(Self::FIRST_INSTANT - 1),
            Self::At(t) => t.0.max(Self::FIRST_INSTANT),
        }
    }

    /// The inverse of [`EventTime::key`].
    #[must_use]
    pub fn from_key(key: i64) -> Self {
        if key < Self::FIRST_INSTANT {
            Self::Ordinal(u32::try_from(key.max(0)).unwrap_or(0))
        } else {
            Self::At(Timestamp(key))
        }
    }

    /// The instant, where there is one.
    #[must_use]
    pub fn instant(self) -> Option<Timestamp> {
        match self {
            Self::At(t) => Some(t),
            Self::Ordinal(_) => None,
        }
    }
}

impl PartialOrd for EventTime {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for EventTime {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

/// Part of a local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Daypart {
    /// 00–05.
    Night,
    /// 06–11.
    Morning,
    /// 12–17.
    Afternoon,
    /// 18–23.
    Evening,
}

impl Daypart {
    /// The daypart of an hour 0–23.
    #[must_use]
    pub fn of_hour(hour: u8) -> Self {
        match hour {
            0..=5 => Self::Night,
            6..=11 => Self::Morning,
            12..=17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

/// Meteorological season of the northern hemisphere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Season {
    /// March–May.
    Spring,
    /// June–August.
    Summer,
    /// September–November.
    Autumn,
    /// December–February.
    Winter,
}

impl Season {
    /// The season of a month 1–12.
    #[must_use]
    pub fn of_month(month: u8) -> Self {
        match month {
            3..=5 => Self::Spring,
            6..=8 => Self::Summer,
            9..=11 => Self::Autumn,
            _ => Self::Winter,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_the_forms_shops_use() {
        let expected = Timestamp(1_291_191_960_000); // 2010-12-01T08:26:00Z
        for raw in ["2010-12-01 08:26:00", "2010-12-01T08:26:00Z", "1291191960", "1291191960000"] {
            assert_eq!(Timestamp::parse(raw).unwrap(), expected, "{raw}");
        }
        assert_eq!(Timestamp::parse("2010-12-01").unwrap().date(), "2010-12-01");
        assert_eq!(expected.calendar(), (2010, 12, 1));
        for bad in ["", "yesterday", "-5", "1e30", "2010-13-01"] {
            assert!(Timestamp::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_time_on_the_wire_lies_between_1970_and_2200() {
        let read = |ms: i64| serde_json::from_value::<Timestamp>(ms.into());
        let time = Timestamp(1_291_191_960_000);
        assert_eq!(read(time.0).unwrap(), time);
        assert_eq!(serde_json::to_value(time).unwrap(), time.0);
        for bad in [i64::MIN, -1, END_MS, i64::MAX] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert!(Timestamp(i64::MAX).days_since(Timestamp(i64::MIN)) > 0);
    }

    #[test]
    fn ordinals_sort_before_instants_and_come_back() {
        let (first, second) = (EventTime::Ordinal(7), EventTime::At(Timestamp(1_291_191_960_000)));
        assert!(first < second);
        for time in [first, second] {
            assert_eq!(EventTime::from_key(time.key()), time);
        }
        assert_eq!(EventTime::Ordinal(3).instant(), None);
    }

    #[test]
    fn a_week_begins_on_monday() {
        let week = |date: &str| Timestamp::parse(date).unwrap().week().date();
        for day in ["2026-11-23", "2026-11-24T12:00:00Z", "2026-11-29T23:59:59Z"] {
            assert_eq!(week(day), "2026-11-23", "{day}");
        }
        assert_eq!(week("2026-11-30"), "2026-11-30");
        assert_eq!(Timestamp(0).week().date(), "1969-12-29");
    }

    #[test]
    fn local_time_respects_the_zone() {
        let midnight_utc = Timestamp::parse("2026-06-01T00:30:00Z").unwrap();
        let in_china = midnight_utc.local(480);
        assert_eq!((in_china.hour, in_china.month, in_china.weekday), (8, 6, 0));
        assert_eq!(Daypart::of_hour(in_china.hour), Daypart::Morning);
    }
}
