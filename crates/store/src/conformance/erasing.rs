//! Handing out and removing everything about a shopper.

use super::*;

/// Fills a shop with two shoppers who have something of everything.
fn furnish(state: &dyn State) -> (ShopperId, ShopperId) {
    let acks = state
        .append_events(vec![
            event("a", "i", 0, "1"),
            event("b", "i", 0, "2"),
            event("a", "j", 1, "3"),
        ])
        .unwrap();
    let (a, b) = (acks[0].shopper, acks[1].shopper);
    state.append_reviews(vec![review("a", "i", "fine"), review("b", "i", "good")]).unwrap();
    for (shopper, name) in [(a, "a"), (b, "b")] {
        state.set_preferences(shopper, &Preferences { profiling: false, language: None }).unwrap();
        state.record_answer(&answer_of(Some(shopper), &format!("r-{name}"))).unwrap();
        let response = Remembered {
            key: name.to_owned(),
            fingerprint: "f".to_owned(),
            shoppers: vec![shopper],
            response: "{}".to_owned(),
            expires: Timestamp(100),
        };
        state.remember_response(&response, Timestamp(0)).unwrap();
    }
    state
        .record_import(&ImportRecord {
            at: Timestamp(NOON),
            source: "events.csv".to_owned(),
            report: "{}".to_owned(),
            rejects: Some(r#"[{"line":3,"row":"a,?"}]"#.to_owned()),
            run: None,
        })
        .unwrap();
    (a, b)
}

pub(super) fn an_export_holds_everything(state: &dyn State) {
    furnish(state);
    let export = state.export(&subject("a")).unwrap().unwrap();
    let items: Vec<_> = export.events.iter().map(|e| e.item_id.as_str()).collect();
    assert_eq!(items, ["i", "j"]);
    assert_eq!(export.reviews[0].text, "fine");
    assert!(!export.preferences[0].preferences.profiling);
    assert_eq!(export.answers[0].record.request_id.as_str(), "r-a");
    let counts = (export.reviews.len(), export.preferences.len(), export.answers.len());
    assert_eq!(counts, (1, 1, 1));
    assert!(serde_json::to_string(&export).unwrap().contains("\"subject\":\"a\""));
}

pub(super) fn erasing_leaves_nothing_but_a_tombstone(state: &dyn State) {
    let (a, b) = furnish(state);
    let before = state.newest().unwrap();
    let erased = state.erase(&subject("a")).unwrap().unwrap();
    assert_eq!((erased.events, erased.reviews, erased.answers), (2, 1, 1));
    assert_eq!((erased.shopper, erased.wiped), (a, true));
    assert!(erased.id > before && state.newest().unwrap() == erased.id);
    assert_eq!(state.erasures().unwrap(), [erased.id]);
    assert_eq!(state.shopper(&subject("a")).unwrap(), None);
    assert_eq!(state.export(&subject("a")).unwrap(), None);
    assert!(state.recent(a, 9, FAR).unwrap().is_empty());
    assert_eq!(state.preferences(a, FAR).unwrap(), Preferences::default());
    assert_eq!(state.answer(&RequestId::new("r-a").unwrap()).unwrap(), None);
    assert_eq!(state.repeat("a", "f", Timestamp(0)).unwrap(), Repeat::First);
    assert_eq!(state.imports(9).unwrap()[0].rejects, None);
    assert!(scanned(state, FAR).iter().all(|e| e.shopper == b));
    assert_eq!(state.item_reviews(&item_id("i"), FAR, 9).unwrap().len(), 1);
    let counts = state.counts().unwrap();
    assert_eq!((counts.events, counts.shoppers, counts.reviews), (1, 1, 1));
    // The other shopper keeps everything.
    let kept = state.export(&subject("b")).unwrap().unwrap();
    assert_eq!((kept.events.len(), kept.reviews.len(), kept.answers.len()), (1, 1, 1));
    assert_eq!(state.repeat("b", "f", Timestamp(0)).unwrap(), Repeat::Same("{}".to_owned()));
}

pub(super) fn nothing_is_recorded_for_someone_erased(state: &dyn State) {
    let (a, _) = furnish(state);
    state.erase(&subject("a")).unwrap();
    let late = Remembered {
        key: "late".to_owned(),
        fingerprint: "f".to_owned(),
        shoppers: vec![a],
        response: "{}".to_owned(),
        expires: Timestamp(100),
    };
    let gone = [
        state.record_answer(&answer_of(Some(a), "late")).map(|_| ()),
        state.set_preferences(a, &Preferences::default()).map(|_| ()),
        state.remember_response(&late, Timestamp(0)),
    ];
    assert!(gone.iter().all(|r| matches!(r, Err(StoreError::ShopperGone))), "{gone:?}");
    assert_eq!(state.answer(&RequestId::new("late").unwrap()).unwrap(), None);
    assert_eq!(state.repeat("late", "f", Timestamp(0)).unwrap(), Repeat::First);
}

pub(super) fn whoever_comes_back_after_erasure_is_someone_new(state: &dyn State) {
    let (a, _) = furnish(state);
    state.erase(&subject("a")).unwrap();
    let ack = state.append_events(vec![event("a", "i", 0, "1")]).unwrap().remove(0);
    assert!(ack.fresh);
    assert_ne!(ack.shopper, a);
    assert_eq!(state.recent(ack.shopper, 9, FAR).unwrap().len(), 1);
}

pub(super) fn erasing_nobody_changes_nothing(state: &dyn State) {
    furnish(state);
    let before = state.newest().unwrap();
    assert_eq!(state.erase(&subject("nobody")).unwrap(), None);
    assert_eq!(state.newest().unwrap(), before);
    assert!(state.erasures().unwrap().is_empty());
    assert!(state.imports(1).unwrap()[0].rejects.is_some());
}

pub(super) fn erased_names_are_remembered_without_saying_who(state: &dyn State) {
    furnish(state);
    assert!(state.erased_names().unwrap().is_empty());
    assert_eq!(state.last_erasure().unwrap(), None);
    state.join(&subject("a-visitor"), &subject("a")).unwrap();
    let erased = state.erase(&subject("a")).unwrap().unwrap();
    let names = state.erased_names().unwrap();
    let at = Timestamp(erased.id.made_at_ms() as i64);
    for name in ["a", "a-visitor"] {
        assert_eq!(names.erased_at(&subject(name)), Some(at), "{name}");
        assert_eq!(state.erased_at(&subject(name)).unwrap(), Some(at), "{name}");
        assert!(names.cover(&subject(name), EventTime::At(Timestamp(NOON))));
        assert!(!names.cover(&subject(name), EventTime::At(Timestamp(at.0 + 1))));
    }
    assert_eq!(names.erased_at(&subject("b")), None);
    assert_eq!(state.erased_at(&subject("b")).unwrap(), None);
    assert_eq!(state.last_erasure().unwrap(), Some(erased.id));
    assert_eq!(names.iter().count(), 2);
}

pub(super) fn every_name_is_handed_over_with_its_own_number(state: &dyn State) {
    let (a, b) = furnish(state);
    let joined = state.join(&subject("visitor"), &subject("a")).unwrap().unwrap();
    let mut found = Vec::new();
    state
        .scan_subjects(&mut every(|(name, number): (SubjectId, ShopperId)| {
            found.push((name.to_string(), number));
        }))
        .unwrap();
    assert_eq!(found, [("a".into(), a), ("b".into(), b), ("visitor".into(), joined.visitor)]);
}
