//! A shopper's history as signals see it, and the one operator that removes from it.
//!
//! Removing an event means masking it: the other events keep their distance. Attributions,
//! `contributed`, `flips`, what-if and "don't use this" all use [`History::without`].

use crate::{Context, Interaction, ItemIdx, Mark};

/// One event of a history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HistoryEvent {
    /// The item.
    pub item: ItemIdx,
    /// Behaviour weight (purchase > cart > view), from configuration; may be zero, never negative.
    pub weight: f32,
    /// Steps back from now: 0 is the newest. Survives the masking of other events.
    pub distance: u32,
    /// Kind of behaviour and time since the next older event. Survives the masking of other events.
    pub mark: Mark,
}

/// The last events of one shopper, newest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History(Vec<HistoryEvent>);

impl History {
    /// Builds a history from items newest first, at distances 0, 1, 2, …, without marks.
    pub fn newest_first(items: impl IntoIterator<Item = (ItemIdx, f32)>) -> Self {
        Self::marked(items.into_iter().map(|(item, weight)| (item, weight, Mark::default())))
    }

    /// Builds a history from marked items newest first, at distances 0, 1, 2, …
    pub fn marked(items: impl IntoIterator<Item = (ItemIdx, f32, Mark)>) -> Self {
        let events = items.into_iter().enumerate();
        let events = events.map(|(distance, (item, weight, mark))| HistoryEvent {
            item,
            weight,
            distance: distance as u32,
            mark,
        });
        Self(events.collect())
    }

    /// The last `length` steps of a sequence that is given oldest first. Events of weight 0 are
    /// left out, and consecutive events of one item (view, cart, purchase) are one step, as the
    /// heaviest (among equals, the newest): the steps that training counts. Masked steps keep others
    /// apart.
    #[must_use]
    pub fn of_sequence(events: &[Interaction], length: usize) -> Self {
        // One step more than wanted, for the gap before the oldest.
        let mut steps: Vec<Interaction> = Vec::new();
        for event in events.iter().rev().filter(|event| event.weight > 0.0) {
            let is_full = steps.len() > length;
            let is_same =
                |step: &&mut Interaction| step.item == event.item && step.n_masked_before == 0;
            match steps.last_mut().filter(is_same) {
                // What lies before a step lies before the oldest of its events.
                Some(step) if step.weight >= event.weight => {
                    step.n_masked_before = event.n_masked_before;
                }
                Some(step) => *step = *event,
                None if is_full => break,
                None => steps.push(*event),
            }
        }
        steps.reverse();
        let marks = Mark::of_sequence(&steps).into_iter().rev();
        let newest_first = steps.iter().rev().zip(marks).take(length);
        let mut next = 0;
        let event = |(step, mark): (&Interaction, Mark)| {
            let distance = next;
            next += 1 + step.n_masked_before;
            HistoryEvent { item: step.item, weight: step.weight, distance, mark }
        };
        Self(newest_first.map(event).collect())
    }

    /// Builds a history from events that carry their distances (e.g. where events of unknown
    /// items lay between).
    #[must_use]
    pub fn from_events(events: Vec<HistoryEvent>) -> Self {
        Self(events)
    }

    /// The events, newest first.
    #[must_use]
    pub fn events(&self) -> &[HistoryEvent] {
        &self.0
    }

    /// The history with the events at these positions masked; the others keep their distances.
    #[must_use]
    pub fn without(&self, positions: &[usize]) -> Self {
        let kept = self.0.iter().enumerate().filter(|(i, _)| !positions.contains(i));
        Self(kept.map(|(_, event)| *event).collect())
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// Everything a score may depend on.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// The shopper's history.
    pub history: &'a History,
    /// The situation of the request.
    pub context: Context,
}

impl<'a> Query<'a> {
    /// A history, in a situation of which nothing is known.
    #[must_use]
    pub fn of(history: &'a History) -> Self {
        Self { history, context: Context::default() }
    }
}

#[cfg(test)]
mod tests {
    use domain::{EventKind, EventTime, Timestamp};

    use super::*;

    #[test]
    fn a_view_a_cart_and_a_purchase_of_one_item_are_one_step() {
        let event =
            |(item, weight)| Interaction::new(item, EventKind::View, weight, EventTime::Ordinal(0));
        let events = [(5, 1.0), (7, 1.0), (8, 0.0), (7, 3.0), (7, 2.0), (9, 1.0)].map(event);
        let history = History::of_sequence(&events, 2);
        let steps: Vec<_> =
            history.events().iter().map(|e| (e.item, e.weight, e.distance)).collect();
        assert_eq!(steps, [(9, 1.0, 0), (7, 3.0, 1)]);
    }

    #[test]
    fn a_step_is_marked_as_its_heaviest_event_and_by_the_time_since_the_step_before() {
        let event = |(item, kind, weight, minute): (u32, EventKind, f32, i64)| {
            let time = EventTime::At(Timestamp(1_700_000_000_000 + 60_000 * minute));
            Interaction::new(item, kind, weight, time)
        };
        let (view, cart, buy) = (EventKind::View, EventKind::Cart, EventKind::Purchase);
        let events =
            [(5, view, 1.0, 0), (7, view, 1.0, 1), (7, buy, 3.0, 100), (7, cart, 2.0, 101)];
        let events = [&events[..], &[(9, view, 1.0, 101)]].concat();
        let events: Vec<_> = events.into_iter().map(event).collect();
        let expected = [Mark::numbered(1, 2), Mark::numbered(6, 3), Mark::numbered(1, 0)];
        for length in 1..=4 {
            let history = History::of_sequence(&events, length);
            let marks: Vec<_> = history.events().iter().map(|event| event.mark).collect();
            assert_eq!(marks, expected[..length.min(3)]);
        }
        let masked = History::of_sequence(&events, 3).without(&[1]);
        assert_eq!(masked.events()[0].mark, expected[0], "masking an event changed another's mark");
    }

    #[test]
    fn a_sequence_with_masked_steps_is_the_history_with_them_masked() {
        let event = |(item, n_masked_before)| Interaction {
            n_masked_before,
            ..Interaction::new(item, EventKind::View, 1.0, EventTime::Ordinal(0))
        };
        let whole = [(5, 0), (7, 0), (7, 0), (8, 0), (5, 0), (9, 0)].map(event);
        let whole = History::of_sequence(&whole, 9);
        let masked = [(5, 0), (8, 1), (9, 1)].map(event);
        let distances = |history: &History| {
            history.events().iter().map(|e| (e.item, e.distance)).collect::<Vec<_>>()
        };
        let masked = History::of_sequence(&masked, 9);
        assert_eq!(distances(&masked), distances(&whole.without(&[1, 3])));
        let apart = History::of_sequence(&[(5, 0), (5, 1)].map(event), 9);
        assert_eq!(distances(&apart), [(5, 0), (5, 2)]);
    }

    #[test]
    fn masking_keeps_the_distance_of_the_others() {
        let history = History::newest_first([(7, 1.0), (8, 1.0), (9, 1.0)]);
        let masked = history.without(&[1]);
        let left: Vec<_> = masked.events().iter().map(|e| (e.item, e.distance)).collect();
        assert_eq!(left, [(7, 0), (9, 2)]);
    }
}
