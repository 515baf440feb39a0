//! Visitors found to be a person.

use super::*;

fn join(state: &dyn State, visitor: &str, person: &str) -> Option<crate::Joined> {
    state.join(&subject(visitor), &subject(person)).unwrap()
}

pub(super) fn a_join_is_known_as_of_any_id(state: &dyn State) {
    let before =
        [event("v", "seen", 1, "1"), event("ann", "liked", 2, "2"), event("b", "x", 9, "3")];
    let acks = state.append_events(before.into()).unwrap();
    let (visitor, ann) = (acks[0].shopper, acks[1].shopper);
    let joined = join(state, "v", "ann").unwrap();
    assert_eq!((joined.visitor, joined.shopper), (visitor, ann));
    assert_eq!(state.newest().unwrap(), joined.id);
    assert_eq!(state.shopper(&subject("v")).unwrap(), Some(ann));
    let later = state.append_events(vec![event("v", "bought", 3, "4")]).unwrap();
    assert_eq!(later[0].shopper, ann, "the visitor's name is another name of the person");
    let recent = |who, n, as_of| state.recent(who, n, as_of).unwrap();
    assert_eq!(items_of(&recent(ann, 9, FAR)), ["bought", "liked", "seen"]);
    assert_eq!(items_of(&recent(ann, 2, joined.id)), ["liked", "seen"]);
    assert_eq!(items_of(&recent(ann, 9, acks[2].id)), ["liked"], "as it was before");
    assert_eq!(items_of(&recent(visitor, 9, acks[2].id)), ["seen"]);
    assert!(recent(ann, 9, FAR).iter().all(|event| event.shopper == ann));
    let of_ann = |as_of| scanned(state, as_of).iter().filter(|e| e.shopper == ann).count();
    assert_eq!((of_ann(FAR), of_ann(acks[2].id)), (3, 1));
    assert_eq!(scanned(state, FAR).len(), 4);
    let mut replayed = Vec::new();
    state.replay_events(FAR, &mut every(|e: StoredEvent| replayed.push(e.shopper))).unwrap();
    assert_eq!(replayed[..2], [visitor, ann], "a replay gives each as it was taken in");
    assert_eq!(state.joins(FAR).unwrap(), [joined]);
    assert!(state.joins(acks[2].id).unwrap().is_empty());
    assert_eq!(state.counts().unwrap().shoppers, 2);
}

pub(super) fn a_visitor_is_joined_once_and_never_onwards(state: &dyn State) {
    join(state, "v", "ann").unwrap();
    let newest = state.newest().unwrap();
    assert_eq!(join(state, "v", "ann"), None);
    assert_eq!(join(state, "v", "bob"), None, "the first person keeps them");
    assert_eq!(join(state, "ann", "bob"), None, "ann has visitors of her own");
    assert_eq!(join(state, "ann", "ann"), None);
    assert_eq!(state.newest().unwrap(), newest);
    assert!(
        join(state, "w", "v").is_some_and(|joined| {
            Some(joined.shopper) == state.shopper(&subject("ann")).unwrap()
        })
    );
}

pub(super) fn a_retry_across_a_join_adds_nothing(state: &dyn State) {
    let sent = vec![event("v", "i", 1, "k")];
    let first = state.append_events(sent.clone()).unwrap();
    state.append_reviews(vec![review("v", "i", "good")]).unwrap();
    join(state, "v", "ann").unwrap();
    let again = state.append_events(sent).unwrap();
    assert_eq!((again[0].id, again[0].fresh), (first[0].id, false));
    assert!(!state.append_reviews(vec![review("v", "i", "good")]).unwrap()[0].fresh);
    let as_ann = state.append_events(vec![event("ann", "i", 1, "k")]).unwrap();
    assert!(!as_ann[0].fresh);
}

pub(super) fn what_a_visitor_decided_holds_for_the_person(state: &dyn State) {
    let visitor = state.shopper_or_new(&subject("v")).unwrap();
    let ann = state.shopper_or_new(&subject("ann")).unwrap();
    state.set_preferences(visitor, &Preferences { profiling: false, language: None }).unwrap();
    let reads_zh = Preferences { profiling: true, language: Some(Language::Zh) };
    state.set_preferences(ann, &reads_zh).unwrap();
    join(state, "v", "ann").unwrap();
    let held = state.preferences(ann, FAR).unwrap();
    assert_eq!((held.profiling, held.language), (false, Some(Language::Zh)));
}

pub(super) fn erasing_a_person_erases_their_visits(state: &dyn State) {
    let events = vec![event("v", "i", 1, "1"), event("ann", "i", 2, "2"), event("b", "i", 3, "3")];
    let acks = state.append_events(events).unwrap();
    state.append_reviews(vec![review("v", "i", "good")]).unwrap();
    let record = AnswerRecord { shopper: Some(acks[0].shopper), ..answer_of(None, "r-v") };
    state.record_answer(&record).unwrap();
    join(state, "v", "ann").unwrap();
    let export = state.export(&subject("v")).unwrap().unwrap();
    assert_eq!((export.events.len(), export.reviews.len(), export.answers.len()), (2, 1, 1));
    let erased = state.erase(&subject("v")).unwrap().unwrap();
    assert_eq!((erased.events, erased.reviews, erased.answers), (2, 1, 1));
    assert_eq!(erased.shopper, acks[1].shopper);
    for name in ["v", "ann"] {
        assert_eq!(state.shopper(&subject(name)).unwrap(), None, "{name}");
    }
    assert!(state.joins(FAR).unwrap().is_empty());
    assert!(state.recent(acks[0].shopper, 9, FAR).unwrap().is_empty());
    let counts = state.counts().unwrap();
    assert_eq!((counts.events, counts.shoppers, counts.reviews), (1, 1, 0));
    assert!(state.append_events(vec![event("v", "i", 1, "1")]).unwrap()[0].fresh, "someone new");
}

pub(super) fn joins_of_a_loaded_history_come_after_its_rows(state: &dyn State) {
    let row = |visitor: &str, person: &str| HistoryRow::Join {
        visitor: subject(visitor),
        person: subject(person),
    };
    let rows = || {
        let events = [event("v", "i", 1, "1"), event("ann", "j", 2, "2")];
        let joins = [row("v", "ann"), row("v", "bob")];
        joins.into_iter().chain(events.into_iter().map(HistoryRow::Event))
    };
    let report = state.load_history(&mut rows(), &mut |_| {}).unwrap();
    assert_eq!((report.events.fresh, report.joins.fresh), (2, 1));
    let ann = state.shopper(&subject("ann")).unwrap().unwrap();
    assert_eq!(items_of(&state.recent(ann, 9, FAR).unwrap()), ["j", "i"]);
    let again = state.load_history(&mut rows(), &mut |_| {}).unwrap();
    assert_eq!((again.events.fresh, again.joins.fresh), (0, 0));
}
