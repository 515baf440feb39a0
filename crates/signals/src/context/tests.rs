use domain::{CircumstanceKind, Daypart, EventKind, EventTime, Season};
use proptest::prelude::*;

use super::*;
use crate::History;

fn at(daypart: Daypart, season: Season) -> Context {
    Context { daypart: Some(daypart), season: Some(season), ..Context::default() }
}

fn event(item: ItemIdx, context: Context) -> Interaction {
    let plain = Interaction::new(item, EventKind::Purchase, 1.0, EventTime::Ordinal(0));
    Interaction { context, ..plain }
}

/// Item 0 mostly in the evening, item 1 mostly in the morning, item 2 at both alike.
fn shop() -> Interactions {
    let evening = at(Daypart::Evening, Season::Winter);
    let morning = at(Daypart::Morning, Season::Winter);
    let several = |item, context, n| vec![event(item, context); n];
    let sequences = vec![
        several(0, evening, 8),
        several(0, morning, 2),
        several(1, morning, 8),
        several(1, evening, 2),
        several(2, morning, 5),
        several(2, evening, 5),
    ];
    Interactions::new(3, sequences)
}

fn constants(kinds: &[CircumstanceKind]) -> ContextConstants {
    ContextConstants { shrinkage: 10.0, min_events: 5, kinds: kinds.to_vec() }
}

fn fitted() -> ContextSignal {
    let texts = vec![ItemText::default(); 3];
    ContextSignal::fit(&shop(), &texts, &constants(&CircumstanceKind::ALL))
}

/// Half of all events are in the evening; (8 + 10 · ½) / (10 + 10) = .65, ln(.65 / .5) = .262364.
#[test]
fn a_lift_is_that_of_the_formula() {
    let signal = fitted();
    let evening = signal.lifts(Circumstance::Daypart(Daypart::Evening)).unwrap();
    assert!((evening[0] - 0.262_364).abs() < 1e-5, "{}", evening[0]);
    assert!(evening[1] < 0.0 && evening[2].abs() < 1e-6);
}

#[test]
fn an_item_of_few_events_leans_on_its_category() {
    let mut shop = shop();
    shop.n_items = 4;
    let garden = ItemText { categories: vec!["garden".into()], ..ItemText::default() };
    let texts = [garden.clone(), ItemText::default(), ItemText::default(), garden];
    let signal = ContextSignal::fit(&shop, &texts, &constants(&CircumstanceKind::ALL));
    let evening = signal.lifts(Circumstance::Daypart(Daypart::Evening)).unwrap();
    assert!(evening[3] > 0.2, "{}", evening[3]);
}

#[test]
fn a_situation_of_which_nothing_is_known_scores_nothing() {
    let (signal, history) = (fitted(), History::default());
    let mut scores = vec![0.0; 3];
    signal.add_scores(Query::of(&history), 1.0, &mut scores);
    let summer = Context { season: Some(Season::Summer), ..Context::default() };
    signal.add_scores(Query { history: &history, context: summer }, 1.0, &mut scores);
    assert_eq!(scores, [0.0; 3]);
}

#[test]
fn a_kind_that_tells_nothing_is_not_useful() {
    let evening = at(Daypart::Evening, Season::Winter);
    let morning = at(Daypart::Morning, Season::Winter);
    let cases = [(evening, 0), (morning, 1), (evening, 0), (morning, 1), (evening, 2)];
    assert_eq!(fitted().useful_kinds(&cases, &shop()), [CircumstanceKind::Daypart]);
    let contrary = [(evening, 1), (morning, 0), (evening, 1)];
    assert_eq!(fitted().useful_kinds(&contrary, &shop()), []);
}

proptest! {
    #[test]
    fn a_score_is_its_attribution(item in 0..3u32, is_evening: bool) {
        let (signal, history) = (fitted(), History::newest_first([(0, 1.0)]));
        let daypart = if is_evening { Daypart::Evening } else { Daypart::Morning };
        let query = Query { history: &history, context: at(daypart, Season::Winter) };
        let mut scores = vec![0.0; 3];
        signal.add_scores(query, 1.0, &mut scores);
        let attribution = signal.attribute(query, item);
        prop_assert!((attribution.total() - scores[item as usize]).abs() < 1e-6);
        prop_assert_eq!(attribution.by_event, vec![0.0]);
    }
}
