//! The mark of an event in a history: the kind of behaviour, and the time since the event before.
//!
//! A mark looks back only: neither what follows an event nor the time of a request enters it. So
//! it cannot tell the future, and it stays the same when other events are masked.

use domain::time::DAY_MS;
use domain::{EventKind, EventTime};

use crate::Interaction;

/// Upper ends of the gaps, in milliseconds: a minute, an hour, a day, a week, 30 days.
const GAP_ENDS_MS: [i64; 5] = [60_000, 3_600_000, DAY_MS, 7 * DAY_MS, 30 * DAY_MS];

/// Kind and gap of one event, each possibly unknown. The default knows neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Mark {
    /// 0, or 1 + the kind's code.
    kind: u8,
    /// 0, or 1 + the number of gap ends that are not above the gap.
    gap: u8,
}

impl Mark {
    /// Kinds there are, the unknown one included.
    pub const N_KINDS: usize = 1 + EventKind::ALL.len();
    /// Gaps there are, the unknown one included.
    pub const N_GAPS: usize = 2 + GAP_ENDS_MS.len();

    /// The mark of an event of this kind at `time`, where the next older event was at `before`.
    /// The gap is known only between two instants; where clocks ran backwards it is the shortest.
    #[must_use]
    pub fn new(
        kind: Option<EventKind>,
        time: Option<EventTime>,
        before: Option<EventTime>,
    ) -> Self {
        let instant = |time: Option<EventTime>| time.and_then(EventTime::instant);
        let gap = instant(time).zip(instant(before)).map_or(0, |(time, before)| {
            let gap_ms = time.0.saturating_sub(before.0);
            1 + GAP_ENDS_MS.partition_point(|end| *end <= gap_ms) as u8
        });
        Self { kind: kind.map_or(0, |kind| 1 + kind.code()), gap }
    }

    /// The marks of one shopper's steps, oldest first. Files without times give no gaps.
    #[must_use]
    pub fn of_sequence(events: &[Interaction]) -> Vec<Self> {
        let before = std::iter::once(None).chain(events.iter().map(|event| Some(event.time)));
        let marks = events.iter().zip(before);
        marks.map(|(event, before)| Self::new(Some(event.kind), Some(event.time), before)).collect()
    }

    /// Number of the kind, below [`Mark::N_KINDS`].
    #[must_use]
    pub fn kind(self) -> usize {
        usize::from(self.kind)
    }

    /// Number of the gap, below [`Mark::N_GAPS`].
    #[must_use]
    pub fn gap(self) -> usize {
        usize::from(self.gap)
    }

    /// The mark of these numbers.
    ///
    /// # Panics
    /// When a number is not below [`Mark::N_KINDS`] or [`Mark::N_GAPS`].
    #[must_use]
    pub fn numbered(kind: u8, gap: u8) -> Self {
        assert!(usize::from(kind) < Self::N_KINDS && usize::from(gap) < Self::N_GAPS);
        Self { kind, gap }
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    const MINUTE_MS: i64 = 60_000;

    fn gap_of(gap_ms: i64) -> usize {
        let at = |ms| Some(EventTime::At(Timestamp(ms)));
        Mark::new(None, at(1_700_000_000_000 + gap_ms), at(1_700_000_000_000)).gap()
    }

    #[test]
    fn gaps_are_told_apart_by_order_of_magnitude() {
        let hour_ms = 60 * MINUTE_MS;
        let ends = [MINUTE_MS, hour_ms, 24 * hour_ms, 168 * hour_ms, 720 * hour_ms];
        for (bucket, end_ms) in (1..).zip(ends) {
            assert_eq!((gap_of(end_ms - 1), gap_of(end_ms)), (bucket, bucket + 1));
        }
        assert_eq!((gap_of(0), gap_of(-5 * hour_ms), gap_of(i64::MAX / 2)), (1, 1, 6));
        assert_eq!(gap_of(i64::MAX / 2) + 1, Mark::N_GAPS);
    }

    #[test]
    fn only_two_instants_make_a_gap_and_only_a_kind_makes_a_kind() {
        let (at, place) = (EventTime::At(Timestamp(1_700_000_000_000)), EventTime::Ordinal(3));
        for (time, before) in [(None, Some(at)), (Some(at), None), (Some(place), Some(at))] {
            assert_eq!(Mark::new(None, time, before), Mark::default());
        }
        let kinds = EventKind::ALL.map(|kind| Mark::new(Some(kind), None, None).kind());
        assert!(kinds.into_iter().eq(1..Mark::N_KINDS), "{kinds:?}");
    }

    #[test]
    fn a_sequence_is_marked_with_the_time_since_the_event_before() {
        let event = |(kind, minutes): (EventKind, i64)| {
            let time = EventTime::At(Timestamp(1_700_000_000_000 + minutes * MINUTE_MS));
            Interaction::new(0, kind, 1.0, time)
        };
        let events = [(EventKind::View, 0), (EventKind::Purchase, 30), (EventKind::View, 30)];
        let marks = Mark::of_sequence(&events.map(event));
        let expected = [(1, 0), (6, 2), (1, 1)].map(|(kind, gap)| Mark::numbered(kind, gap));
        assert_eq!(marks, expected);
    }
}
