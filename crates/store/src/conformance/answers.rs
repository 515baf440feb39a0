//! Decisions, answers, and responses kept for retries.

use super::*;

pub(super) fn a_decision_holds_from_its_id_on(state: &dyn State) {
    let shopper = state.shopper_or_new(&subject("a")).unwrap();
    assert_eq!(state.shopper_or_new(&subject("a")).unwrap(), shopper);
    let opted_out = Preferences { profiling: false, language: Some(Language::Zh) };
    let first = state.set_preferences(shopper, &opted_out).unwrap();
    let second = state.set_preferences(shopper, &Preferences::default()).unwrap();
    let held = |as_of| state.preferences(shopper, as_of).unwrap();
    assert_eq!(held(IngestId(first.0 - 1)), Preferences::default());
    assert_eq!(held(first), opted_out);
    assert_eq!(held(second), Preferences::default());
    assert_eq!(state.newest().unwrap(), second);
}

pub(super) fn answers_are_kept_and_do_not_move_the_newest_id(state: &dyn State) {
    let ack = state.append_events(vec![event("a", "i", 0, "k")]).unwrap().remove(0);
    let records =
        [answer_of(Some(ack.shopper), "r1"), answer_of(None, "r2"), answer_of(None, "r3")];
    let ids: Vec<_> = records.iter().map(|record| state.record_answer(record).unwrap()).collect();
    assert_eq!(state.newest().unwrap(), ack.id);
    let found = state.answer(&records[0].request_id).unwrap().unwrap();
    assert_eq!((found.id, found.record), (ids[0], records[0].clone()));
    let mut seen = Vec::new();
    state.scan_answers(ids[0], FAR, &mut every(|a: Answer| seen.push(a.id))).unwrap();
    assert_eq!(seen, ids[1..]);
    let next = state.append_events(vec![event("a", "i", 0, "l")]).unwrap()[0].id;
    assert!(next > ids[2]);
}

pub(super) fn one_request_has_one_answer(state: &dyn State) {
    let record = answer_of(None, "r1");
    let id = state.record_answer(&record).unwrap();
    assert_eq!(state.record_answer(&record).unwrap(), id);
    let other = AnswerRecord { payload: "{}".to_owned(), ..record };
    assert!(matches!(state.record_answer(&other), Err(StoreError::AnswerExists(_))));
}

pub(super) fn a_key_means_one_request_until_it_expires(state: &dyn State) {
    let kept = Remembered {
        key: "key".to_owned(),
        fingerprint: "f1".to_owned(),
        shoppers: Vec::new(),
        response: "{}".to_owned(),
        expires: Timestamp(100),
    };
    let ask = |fingerprint, now| state.repeat("key", fingerprint, Timestamp(now)).unwrap();
    assert_eq!(ask("f1", 0), Repeat::First);
    state.remember_response(&kept, Timestamp(0)).unwrap();
    let later =
        Remembered { response: "other".to_owned(), expires: Timestamp(200), ..kept.clone() };
    state.remember_response(&later, Timestamp(50)).unwrap();
    assert_eq!(ask("f1", 99), Repeat::Same("{}".to_owned()));
    assert_eq!(ask("f2", 99), Repeat::Conflict);
    assert_eq!(ask("f2", 100), Repeat::First);
    state.remember_response(&later, Timestamp(100)).unwrap();
    assert_eq!(ask("f1", 150), Repeat::Same("other".to_owned()));
}

fn chained(state: &dyn State) -> Vec<Chained> {
    let mut chained = Vec::new();
    state.scan_chain(IngestId::ZERO, FAR, &mut every(|each| chained.push(each))).unwrap();
    chained
}

fn links_hold(chained: &[Chained]) -> bool {
    let mut before = BEFORE_THE_FIRST;
    chained.iter().filter_map(|each| each.link).all(|kept| {
        let holds = kept.link == link(&before, kept.answer_id, &kept.commitment);
        before = kept.link;
        holds
    })
}

pub(super) fn every_answer_has_a_link_that_commits_to_it(state: &dyn State) {
    let shopper = state.shopper_or_new(&subject("a")).unwrap();
    for (n, whose) in [Some(shopper), None, None].into_iter().enumerate() {
        state.record_answer(&answer_of(whose, &format!("r{n}"))).unwrap();
    }
    let chained = chained(state);
    assert!(chained.len() == 3 && links_hold(&chained));
    for Chained { link, answer } in &chained {
        let (answer, salt) = answer.as_ref().unwrap();
        let link = link.unwrap();
        assert_eq!(link.answer_id, answer.id);
        assert_eq!(link.commitment, commitment(&salt.unwrap(), answer));
        assert_eq!(link.erased_by, None);
    }
    let second = chained[1].link.unwrap();
    assert_eq!(state.last_link(second.answer_id).unwrap(), Some(second));
    assert_eq!(state.last_link(IngestId::ZERO).unwrap(), None);
}

pub(super) fn a_repeated_answer_adds_no_link(state: &dyn State) {
    for _ in 0..2 {
        state.record_answer(&answer_of(None, "r1")).unwrap();
    }
    assert_eq!(chained(state).len(), 1);
}

pub(super) fn an_erasure_leaves_the_links_whole(state: &dyn State) {
    let shopper = state.shopper_or_new(&subject("a")).unwrap();
    for (n, whose) in [None, Some(shopper), None].into_iter().enumerate() {
        state.record_answer(&answer_of(whose, &format!("r{n}"))).unwrap();
    }
    let before = chained(state);
    let erased = state.erase(&subject("a")).unwrap().unwrap();
    let after = chained(state);
    assert!(links_hold(&after));
    assert_eq!((&after[0], &after[2]), (&before[0], &before[2]));
    assert_eq!(after[1].answer, None, "the answer and its salt are gone");
    let kept = crate::Link { erased_by: Some(erased.id), ..before[1].link.unwrap() };
    assert_eq!(after[1].link, Some(kept));
}
