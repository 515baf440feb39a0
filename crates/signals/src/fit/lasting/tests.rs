use domain::time::DAY_MS;
use domain::{Daypart, EventKind, EventTime, ItemId, Timestamp};

use super::*;
use crate::{Interaction, Interactions, ItemText};

const N_ITEMS: u32 = 12;
const N_DAYS: i64 = 300;

/// One new shopper a day, twice a day: once in the morning and once in the evening. `item` says
/// what is taken on a day at a part of it.
fn shop(item: impl Fn(i64, Daypart) -> u32) -> TrainingData {
    let visit = |day: i64, daypart: Daypart, hour: i64| {
        let time = EventTime::At(Timestamp(1_600_000_000_000 + day * DAY_MS + hour * 3_600_000));
        let plain = Interaction::new(item(day, daypart), EventKind::Purchase, 1.0, time);
        let context = Context { daypart: Some(daypart), ..Context::default() };
        vec![Interaction { context, ..plain }]
    };
    let days = (0..N_DAYS).flat_map(|day| {
        (0..4).flat_map(move |n| [(day, Daypart::Morning, n), (day, Daypart::Evening, 8 + n)])
    });
    let sequences = days.map(|(day, daypart, hour)| visit(day, daypart, hour)).collect();
    TrainingData {
        items: (0..N_ITEMS).map(|n| ItemId::new(format!("i{n}")).unwrap()).collect(),
        texts: vec![ItemText::default(); N_ITEMS as usize],
        interactions: Interactions::new(N_ITEMS as usize, sequences),
        ..TrainingData::default()
    }
}

fn found(data: &TrainingData) -> Lasting {
    let mut constants = Constants::default();
    constants.context.min_events = 50;
    let terms = ItemTerms::read(&data.texts, &data.tokeniser).unwrap();
    kinds(data, &terms, &constants, &SignalsConfig::default())
}

/// Half of the items in the morning, the other half in the evening.
fn habit(day: i64, daypart: Daypart) -> u32 {
    let first = if daypart == Daypart::Morning { 0 } else { N_ITEMS / 2 };
    first + (day * day % 5) as u32
}

#[test]
fn a_habit_that_lasts_is_kept() {
    let lasting = found(&shop(habit));
    assert_eq!(lasting.kinds, [CircumstanceKind::Daypart]);
    let note = lasting.note.unwrap();
    assert!(note.starts_with("context: NDCG@10 in the later of two periods +"), "{note}");
}

#[test]
fn a_fashion_that_ends_with_its_period_gets_no_weight() {
    let other = |daypart| match daypart {
        Daypart::Morning => Daypart::Evening,
        _ => Daypart::Morning,
    };
    let ends = N_DAYS * 9 / 10;
    let lasting = found(&shop(|day, part| habit(day, if day < ends { part } else { other(part) })));
    assert_eq!(lasting.kinds, []);
    assert!(lasting.note.unwrap().starts_with("context: no weight"));
}

#[test]
fn the_two_periods_never_share_an_instant() {
    let data = shop(habit);
    let mut periods = Validation::by_time(&data.interactions, SHARE, 50, 1);
    periods.cases.sort_by_key(|case| case.time);
    let (earlier, later) = halves(&periods.cases);
    let newest = |events: &Interactions| events.sequences.iter().flatten().map(|e| e.time).max();
    assert!(newest(&periods.training) < earlier.first().map(|case| case.time));
    assert!(earlier.last().map(|case| case.time) < later.first().map(|case| case.time));
}

#[test]
fn circumstances_without_a_calendar_stay_as_configured() {
    let mut data = shop(habit);
    for (place, event) in (0..).zip(data.interactions.sequences.iter_mut().flatten()) {
        event.time = EventTime::Ordinal(place);
    }
    let lasting = found(&data);
    assert_eq!(lasting.kinds, CircumstanceKind::ALL);
    assert_eq!(lasting.note, None);
}
