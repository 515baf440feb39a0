use domain::{EventKind, EventTime, Timestamp};
use proptest::prelude::*;

use super::*;

fn event(item: ItemIdx, time: EventTime) -> Interaction {
    Interaction::new(item, EventKind::Purchase, 1.0, time)
}

/// Sequences of items in order, without times.
fn ordered(sequences: &[&[ItemIdx]]) -> Interactions {
    let sequence = |items: &&[ItemIdx]| {
        let events = (0..).zip(items.iter());
        events.map(|(place, &item)| event(item, EventTime::Ordinal(place))).collect()
    };
    Interactions::new(100, sequences.iter().map(sequence).collect())
}

/// Sequences of (item, day).
fn timed(sequences: &[&[(ItemIdx, i64)]]) -> Interactions {
    let instant = |day: i64| EventTime::At(Timestamp(1_600_000_000_000 + day * 86_400_000));
    let sequence = |events: &&[(ItemIdx, i64)]| {
        let events = events.iter();
        events.map(|&(item, day)| event(item, instant(day))).collect()
    };
    Interactions::new(100, sequences.iter().map(sequence).collect())
}

fn items(events: &[Interaction]) -> Vec<ItemIdx> {
    events.iter().map(|event| event.item).collect()
}

#[test]
fn the_last_event_is_the_test_and_the_one_before_the_validation() {
    let split = leave_one_out(&ordered(&[&[1, 2, 3, 4], &[5, 6], &[]]));
    let left: Vec<_> = split.train.sequences.iter().map(|s| items(s)).collect();
    assert_eq!(left, [vec![1, 2], vec![5, 6], vec![]]);
    let before: Vec<_> = split.before_test.sequences.iter().map(|s| items(s)).collect();
    assert_eq!(before, [vec![1, 2, 3], vec![5, 6], vec![]]);
    assert_eq!((split.validation.len(), split.test.len()), (1, 1));
    let (validation, test) = (&split.validation[0], &split.test[0]);
    assert_eq!((items(&validation.history), validation.target), (vec![1, 2], 3));
    assert_eq!((items(&test.history), test.target), (vec![1, 2, 3], 4));
}

#[test]
fn a_ranker_sees_the_newest_events_first() {
    let case = &leave_one_out(&ordered(&[&[1, 2, 3, 4]])).test[0];
    let recent = case.recent(2);
    let seen: Vec<_> = recent.events().iter().map(|e| (e.item, e.distance)).collect();
    assert_eq!(seen, [(3, 0), (2, 1)]);
}

#[test]
fn shoppers_who_are_asked_are_never_trained_on() {
    let sequences: Vec<Vec<ItemIdx>> = (0..40).map(|i| vec![i, i + 1, i + 2]).collect();
    let slices: Vec<&[ItemIdx]> = sequences.iter().map(Vec::as_slice).collect();
    let data = ordered(&slices);
    let split = by_shopper(&data, Ratio::default(), 3).unwrap();
    assert_eq!((split.validation.len(), split.test.len()), (4, 4));
    let asked: std::collections::BTreeSet<_> =
        split.validation.iter().chain(&split.test).map(|case| case.shopper_idx).collect();
    assert_eq!(asked.len(), 8, "no shopper is asked twice");
    for (shopper_idx, sequence) in split.train.sequences.iter().enumerate() {
        assert_eq!(sequence.is_empty(), asked.contains(&shopper_idx));
    }
    assert!(split.test.iter().all(|case| split.shopper_is_cold(case)));
    let refitted_on = |case: &Case| !split.before_test.sequences[case.shopper_idx].is_empty();
    assert!(split.validation.iter().all(refitted_on) && !split.test.iter().any(refitted_on));
    assert_eq!(split.test, by_shopper(&data, Ratio::default(), 3).unwrap().test);
    assert_ne!(split.test, by_shopper(&data, Ratio::default(), 4).unwrap().test);
}

#[test]
fn a_ratio_without_training_is_refused_with_a_hint() {
    let ratio = Ratio { train: 0, validation: 1, test: 1 };
    let error = by_shopper(&ordered(&[&[1, 2]]), ratio, 0).unwrap_err();
    assert!(error.to_string().contains("8:1:1"), "{error}");
}

#[test]
fn time_cuts_everyone_at_the_same_instants() {
    // Ten events on days 0–9: training ends at the 9th (day 8), validation at the 10th (day 9).
    let data = timed(&[
        &[(1, 0), (2, 1), (3, 2), (4, 8), (5, 9)],
        &[(1, 3), (2, 4), (6, 5)],
        &[(3, 6), (7, 7)],
    ]);
    let split = by_time(&data, Fractions::default()).unwrap();
    let left: Vec<_> = split.train.sequences.iter().map(|s| items(s)).collect();
    assert_eq!(left, [vec![1, 2, 3], vec![1, 2, 6], vec![3, 7]]);
    assert_eq!(split.validation.len(), 1);
    assert_eq!(split.validation[0].target, 4);
    assert_eq!(split.test.len(), 1);
    assert_eq!(split.test[0].target, 5);
    assert_eq!(items(&split.test[0].history), [1, 2, 3, 4]);
    assert!(split.item_is_cold(&split.test[0]), "5 was never trained on");
    assert!(!split.shopper_is_cold(&split.test[0]));
}

#[test]
fn a_shopper_who_first_comes_after_training_is_cold_and_still_asked() {
    let data = timed(&[&[(1, 0), (1, 1), (2, 2), (2, 3)], &[(2, 9)]]);
    let fractions = Fractions { train_end: 0.6, validation_end: 0.8 };
    let split = by_time(&data, fractions).unwrap();
    let case = &split.test[0];
    assert_eq!((case.shopper_idx, case.target), (1, 2));
    assert!(case.history.is_empty() && split.shopper_is_cold(case));
    assert!(!split.item_is_cold(case));
}

#[test]
fn ordinals_cannot_be_split_by_time_and_the_error_says_what_to_do() {
    let error = by_time(&ordered(&[&[1, 2, 3]]), Fractions::default()).unwrap_err();
    assert_eq!(error, EvaluationError::NoTimes { sequence: 0, event: 0 });
    assert!(error.to_string().contains("leave-one-out"), "{error}");
}

#[test]
fn fractions_that_do_not_rise_are_refused() {
    for (train_end, validation_end) in [(0.9, 0.8), (0.0, 0.5), (0.5, 1.0), (f64::NAN, 0.9)] {
        let fractions = Fractions { train_end, validation_end };
        assert!(by_time(&timed(&[&[(1, 1)]]), fractions).is_err());
    }
}

#[test]
fn nothing_to_split_gives_nothing_to_ask() {
    let split = by_time(&timed(&[&[], &[]]), Fractions::default()).unwrap();
    assert_eq!(split.train.sequences.len(), 2);
    assert!(split.validation.is_empty() && split.test.is_empty());
}

proptest! {
    #[test]
    fn training_never_sees_the_future_of_anyone(
        days in prop::collection::vec(prop::collection::vec(0i64..30, 0..8), 1..12),
    ) {
        let sequences: Vec<Vec<(ItemIdx, i64)>> = days
            .into_iter()
            .map(|mut days| {
                days.sort_unstable();
                days.into_iter().map(|day| (day as ItemIdx, day)).collect()
            })
            .collect();
        let slices: Vec<&[(ItemIdx, i64)]> = sequences.iter().map(Vec::as_slice).collect();
        let data = timed(&slices);
        let split = by_time(&data, Fractions::default()).unwrap();
        // An item is its day here, so a target tells when it happened.
        let last_trained = split.train.sequences.iter().flatten().map(|e| e.item).max();
        for case in split.validation.iter().chain(&split.test) {
            prop_assert!(last_trained.is_none_or(|last| last < case.target));
            prop_assert!(case.history.iter().all(|e| e.item <= case.target));
        }
        let last_before = split.before_test.sequences.iter().flatten().map(|e| e.item).max();
        for case in &split.test {
            prop_assert!(last_before.is_none_or(|last| last < case.target));
        }
        let first_test = split.test.iter().map(|case| case.target).min();
        for case in &split.validation {
            prop_assert!(first_test.is_none_or(|first| case.target < first));
        }
    }
}
