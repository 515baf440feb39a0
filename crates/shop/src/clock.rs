//! The clock of the shop's zone: what the local time of an event or a request is.

use domain::time::LocalTime;
use domain::{Daypart, Event, EventTime, Invalid, RequestContext, Timestamp};
use jiff::tz::TimeZone;

/// Tells the local time of events.
#[derive(Debug)]
pub struct ShopClock(TimeZone);

impl ShopClock {
    /// The clock of a zone by its IANA name.
    ///
    /// # Errors
    /// [`Invalid`] when there is no such zone.
    pub fn new(zone: &str) -> Result<Self, Invalid> {
        TimeZone::get(zone).map(Self).map_err(|_| {
            Invalid::new(
                "time zone",
                "is not known",
                zone,
                "use an IANA name such as Asia/Shanghai",
            )
        })
    }

    /// The part of the shopper's day, by the event's own zone, else the shop's.
    ///
    /// `None` for events without a clock: ordinals, and instants at midnight UTC to the
    /// millisecond, which are dates whose time nobody wrote down.
    #[must_use]
    pub fn daypart(&self, event: &Event) -> Option<Daypart> {
        let local = self.local(event.time, event.zone_minutes)?;
        Some(Daypart::of_hour(local.hour))
    }

    /// The shopper's local time, as [`ShopClock::daypart`] tells it.
    #[must_use]
    pub fn local(&self, time: EventTime, zone_minutes: Option<i32>) -> Option<LocalTime> {
        let at = time.instant().filter(|at| at.0 % domain::time::DAY_MS != 0)?;
        Some(at.local(zone_minutes.unwrap_or_else(|| self.zone_minutes(at))))
    }

    /// Minutes that the shop's clock is ahead of UTC at an instant.
    #[must_use]
    pub fn zone_minutes(&self, at: Timestamp) -> i32 {
        let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        self.0.to_offset(at).seconds() / 60
    }

    /// The context with what was left out filled in: the latest time that is known, and the shop's
    /// zone. What is recorded of an answer then says all that its score depended on.
    pub fn situated(&self, asked: &RequestContext, latest: Option<Timestamp>) -> RequestContext {
        let now = latest.map(|latest| asked.now.map_or(latest, |now| now.max(latest)));
        let zone_minutes = asked.zone_minutes.or(now.map(|now| self.zone_minutes(now)));
        RequestContext { now: now.or(asked.now), zone_minutes, ..asked.clone() }
    }
}
