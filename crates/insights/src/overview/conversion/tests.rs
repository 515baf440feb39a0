use super::*;

const TODAY: i64 = 20_000;

fn counted(events: &[(i64, i64, EventKind, &[usize])]) -> Counted {
    let mut counted = Counted { until: TODAY, ..Counted::default() };
    for (shopper, day, kind, arms) in events {
        counted.add(ShopperId(*shopper), TODAY + day, *kind, arms.iter().copied());
    }
    counted
}

#[test]
fn a_shopper_counts_once_a_day_and_as_a_buyer_if_they_bought_anything() {
    let (view, buy) = (EventKind::View, EventKind::Purchase);
    let events: [(i64, i64, EventKind, &[usize]); 4] =
        [(1, 0, view, &[]), (1, 0, buy, &[]), (1, 0, view, &[]), (2, 0, view, &[])];
    let (everybody, _) = counted(&events).days(2);
    assert_eq!(everybody, [Day { before: 0, n_shoppers: 2, n_bought: 1 }]);
}

#[test]
fn a_day_of_too_few_shoppers_is_not_told_of() {
    let view = EventKind::View;
    let (everybody, by_arm) =
        counted(&[(1, -1, view, &[0]), (1, 0, view, &[0]), (2, 0, view, &[1])]).days(2);
    assert_eq!(everybody.iter().map(|day| day.before).collect::<Vec<_>>(), [0]);
    assert!(by_arm.is_empty(), "{by_arm:?}");
}

#[test]
fn what_was_only_shown_and_what_is_long_past_is_no_visit() {
    let events = [(1, 0, EventKind::Exposure, &[][..]), (1, -DAYS, EventKind::View, &[][..])];
    assert_eq!(counted(&events).days(1), (Vec::new(), BTreeMap::new()));
}

#[test]
fn a_shopper_counts_in_an_arm_of_each_experiment_from_their_assignment_on() {
    let mut assignments = Assignments::default();
    let arms = [(0, "a"), (0, "b"), (1, "a")].map(|(of, variant)| assignments.arm(of, variant));
    assert_eq!(
        (arms, assignments.arm(0, "b")),
        ([0, 1, 2], 1),
        "a variant of one name per experiment"
    );
    let since = |shopper, id, arm| (ShopperId(shopper), IngestId(id), arm);
    assignments.of = vec![since(1, 5, 0), since(1, 9, 2), since(2, 1, 1)];
    let arms =
        |shopper, id| assignments.arms_of(ShopperId(shopper), IngestId(id)).collect::<Vec<_>>();
    assert_eq!(arms(1, 5), [0; 0], "what came before the assignment");
    assert_eq!((arms(1, 6), arms(1, 10), arms(2, 2)), (vec![0], vec![0, 2], vec![1]));
    assert_eq!(arms(3, 99), [0; 0]);
}
