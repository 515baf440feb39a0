//! Distinct buyers by the situation they bought in: part of the day, day of the week, season,
//! region, device.
//!
//! What an event does not say is not guessed: without a zone there is no part of the day and no
//! day of the week, without a clock no season.

use domain::{Circumstance, CircumstanceKind, Daypart, Device, EventTime, Season};
use explain::ContextCount;

use super::postings::Postings;
use crate::persistent::Trie;

/// Numbers of distinct shoppers.
#[derive(Debug, Clone, Default)]
struct Buyers(Postings<u32>);

impl Buyers {
    fn add(&mut self, shopper: u32) {
        self.0.put(shopper, |_| {});
    }

    fn join(&mut self, from: u32, into: u32) {
        if self.0.remove(from).is_some() {
            self.add(into);
        }
    }

    fn count(&self) -> u32 {
        self.0.len() as u32
    }
}

/// Buyers by circumstance, and by kind of circumstance.
#[derive(Debug, Clone, Default)]
pub(crate) struct Situations {
    within: Trie<Circumstance, Buyers>,
    known: Trie<CircumstanceKind, Buyers>,
}

impl Situations {
    /// Counts a purchase.
    pub(crate) fn add(&mut self, shopper: u32, circumstances: &[Circumstance]) {
        for circumstance in circumstances {
            self.known.get_or(&circumstance.kind(), Buyers::default).add(shopper);
            self.within.get_or(circumstance, Buyers::default).add(shopper);
        }
    }

    /// Counts one buyer as another.
    pub(crate) fn join(&mut self, from: u32, into: u32) {
        self.within.for_each_mut(&mut |buyers| buyers.join(from, into));
        self.known.for_each_mut(&mut |buyers| buyers.join(from, into));
    }

    /// Distinct buyers in a circumstance, and those of whom it is known.
    pub(crate) fn count(&self, circumstance: &Circumstance) -> ContextCount {
        let known = self.known.get(&circumstance.kind());
        let within = self.within.get(circumstance);
        ContextCount {
            n_in: within.map_or(0, Buyers::count),
            n_known: known.map_or(0, Buyers::count),
        }
    }
}

/// What is known of the situation of an event or a request.
pub struct Known<'a> {
    /// When.
    pub time: Option<EventTime>,
    /// Minutes that the clock there is ahead of UTC.
    pub zone_minutes: Option<i32>,
    /// Where.
    pub region: Option<&'a str>,
    /// On what.
    pub device: Option<Device>,
}

impl Known<'_> {
    /// Its traits, one per kind.
    pub fn circumstances(&self) -> Vec<Circumstance> {
        let instant = self.time.and_then(EventTime::instant);
        let local = instant.zip(self.zone_minutes).map(|(at, zone)| at.local(zone));
        let season =
            instant.map(|at| Season::of_month(at.local(self.zone_minutes.unwrap_or(0)).month));
        let region = self.region.map(str::trim).filter(|region| !region.is_empty());
        [
            local.map(|local| Circumstance::Daypart(Daypart::of_hour(local.hour))),
            local.map(|local| Circumstance::Weekday(local.weekday)),
            season.map(Circumstance::Season),
            region.map(|region| Circumstance::Region(region.to_owned())),
            self.device.map(Circumstance::Device),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    #[test]
    fn what_an_event_does_not_say_is_not_guessed() {
        let known = |time, zone_minutes| {
            Known { time, zone_minutes, region: None, device: None }.circumstances()
        };
        let new_year = Timestamp::parse("2026-12-31T20:00:00Z").unwrap();
        assert_eq!(
            known(Some(EventTime::At(new_year)), None),
            [Circumstance::Season(Season::Winter)]
        );
        assert_eq!(
            known(Some(EventTime::At(new_year)), Some(480)),
            [
                Circumstance::Daypart(Daypart::Night),
                Circumstance::Weekday(4),
                Circumstance::Season(Season::Winter)
            ]
        );
        assert!(known(Some(EventTime::Ordinal(3)), Some(480)).is_empty());
    }

    #[test]
    fn a_buyer_counts_once_in_each_circumstance() {
        let mut situations = Situations::default();
        let phone = [Circumstance::Device(Device::Phone)];
        let tablet = [Circumstance::Device(Device::Tablet)];
        for (shopper, how) in [(1, &phone), (1, &phone), (1, &tablet), (2, &tablet)] {
            situations.add(shopper, how);
        }
        assert_eq!(situations.count(&phone[0]), ContextCount { n_in: 1, n_known: 2 });
        assert_eq!(situations.count(&tablet[0]), ContextCount { n_in: 2, n_known: 2 });
    }
}
