//! Feedback, questionnaires, assignments and the journal.

use domain::{FeedbackKind, ReasonId, SurveyId};

use super::*;
use crate::observed::{Feedback, Survey, SurveyAnswers};

every_backend! {
    feedback_is_kept_once_and_comes_back_as_it_was_sent
    nobody_is_asked_twice_within_the_time_given
    answers_to_a_questionnaire_come_one_by_one_and_may_change
    own_words_are_kept_beside_the_answers_until_they_are_taken_back
    the_first_variant_stays
    the_journal_is_read_newest_first
    an_export_holds_what_was_observed
    an_erasure_leaves_nothing_observed
    nothing_is_observed_of_someone_erased
    what_is_observed_does_not_move_the_newest_id
    whatever_is_written_moves_the_newest_of_all
    what_was_observed_of_a_visitor_is_the_persons_once_they_are_joined
}

fn known(state: &dyn State, name: &str) -> ShopperId {
    state.shopper_or_new(&subject(name)).unwrap()
}

fn feedback(shopper: Option<ShopperId>, kind: FeedbackKind, key: &str) -> Feedback {
    Feedback {
        shopper,
        at: Timestamp(NOON),
        kind,
        request_id: Some(RequestId::new("r1").unwrap()),
        item_id: Some(item_id("口红")),
        reason_id: Some(ReasonId::new("r1.1").unwrap()),
        detail: r#"{"rank":1}"#.to_owned(),
        key: key.to_owned(),
    }
}

fn survey(shopper: ShopperId, name: &str, at: i64) -> Survey {
    Survey {
        survey_id: SurveyId::new(name).unwrap(),
        shopper,
        at: Timestamp(NOON + at),
        body: r#"{"version":"1"}"#.to_owned(),
    }
}

fn feedback_is_kept_once_and_comes_back_as_it_was_sent(state: &dyn State) {
    let ann = known(state, "ann");
    let sent = feedback(Some(ann), FeedbackKind::Helpful, "k");
    let of_nobody = feedback(None, FeedbackKind::Exposed, "l");
    let ids = state.append_feedback(vec![sent.clone(), of_nobody, sent.clone()]).unwrap();
    assert!(ids[0].is_some() && ids[1] > ids[0] && ids[2].is_none(), "{ids:?}");
    let kept = state.feedback_of(ann).unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!((Some(kept[0].id), kept[0].kind), (ids[0], sent.kind));
    assert_eq!((&kept[0].request_id, &kept[0].item_id), (&sent.request_id, &sent.item_id));
    assert_eq!((&kept[0].reason_id, &kept[0].detail), (&sent.reason_id, &sent.detail));
    let mut all = Vec::new();
    state
        .scan_feedback(&mut every(|one: StoredFeedback| all.push((one.kind, one.shopper))))
        .unwrap();
    assert_eq!(all, [(FeedbackKind::Helpful, Some(ann)), (FeedbackKind::Exposed, None)]);
    let mut later = Vec::new();
    state
        .scan_feedback_after(kept[0].id, &mut every(|one: StoredFeedback| later.push(Some(one.id))))
        .unwrap();
    assert_eq!(later, [ids[1]]);
}

fn whatever_is_written_moves_the_newest_of_all(state: &dyn State) {
    let ann = known(state, "ann");
    let mut before = state.newest_of_all().unwrap();
    assert!(before >= state.newest().unwrap());
    let mut moved = |what: &str| {
        let now = state.newest_of_all().unwrap();
        assert!(now > before, "{what}");
        before = now;
    };
    state.append_feedback(vec![feedback(Some(ann), FeedbackKind::Helpful, "k")]).unwrap();
    moved("feedback");
    let put = survey(ann, "s1", 0);
    state.open_survey(&put, Timestamp(0)).unwrap();
    moved("a questionnaire");
    for value in [3, 5] {
        state.answer_survey(&put.survey_id, &ticked("u1", value), Timestamp(NOON)).unwrap();
        moved("an answer to it");
    }
    state.assign(ann, "e", "a", Timestamp(NOON)).unwrap();
    moved("an assignment");
    state.note("promotion", "1", Timestamp(NOON)).unwrap();
    moved("the journal");
    state.erase(&SubjectId::new("ann").unwrap()).unwrap();
    moved("an erasure");
    let read = state.newest_of_all().unwrap();
    state.feedback_of(ann).unwrap();
    assert_eq!(state.newest_of_all().unwrap(), read, "reading moves nothing");
}

fn nobody_is_asked_twice_within_the_time_given(state: &dyn State) {
    let (ann, bob) = (known(state, "ann"), known(state, "bob"));
    let open = |s: &Survey, since: i64| state.open_survey(s, Timestamp(NOON + since)).unwrap();
    assert!(open(&survey(ann, "s1", 0), -10));
    assert!(!open(&survey(ann, "s2", 5), -5));
    assert!(open(&survey(bob, "s3", 5), -5));
    assert!(open(&survey(ann, "s4", 20), 10));
    let last = state.last_survey(ann).unwrap().unwrap();
    assert_eq!(last.survey_id.as_str(), "s4");
    assert_eq!(state.survey(&SurveyId::new("s2").unwrap()).unwrap(), None);
}

fn ticked(item: &str, value: u8) -> SurveyAnswers {
    SurveyAnswers { items: vec![(item.to_owned(), value)], words: None }
}

fn written(words: &str) -> SurveyAnswers {
    SurveyAnswers { items: Vec::new(), words: Some(words.to_owned()) }
}

fn answers_to_a_questionnaire_come_one_by_one_and_may_change(state: &dyn State) {
    let ann = known(state, "ann");
    let put = survey(ann, "s1", 0);
    state.open_survey(&put, Timestamp(0)).unwrap();
    let answer = |item: &str, value: u8| {
        state.answer_survey(&put.survey_id, &ticked(item, value), Timestamp(NOON)).unwrap()
    };
    assert!(answer("u1", 3) && answer("f1", 7) && answer("u1", 5));
    let kept = state.survey(&put.survey_id).unwrap().unwrap();
    assert_eq!(kept.answers, [("f1".to_owned(), 7), ("u1".to_owned(), 5)]);
    let unknown = SurveyId::new("other").unwrap();
    assert!(!state.answer_survey(&unknown, &ticked("u1", 1), Timestamp(0)).unwrap());
    let mut all = Vec::new();
    state.scan_surveys(&mut every(|one| all.push(one))).unwrap();
    assert_eq!(all, [kept]);
}

fn own_words_are_kept_beside_the_answers_until_they_are_taken_back(state: &dyn State) {
    let put = survey(known(state, "ann"), "s1", 0);
    state.open_survey(&put, Timestamp(0)).unwrap();
    let keep = |given: SurveyAnswers| {
        assert!(state.answer_survey(&put.survey_id, &given, Timestamp(NOON)).unwrap());
        state.survey(&put.survey_id).unwrap().unwrap().words
    };
    assert_eq!(keep(ticked("u1", 3)), None);
    assert_eq!(keep(written("少一点套路")).as_deref(), Some("少一点套路"));
    assert_eq!(keep(written("fewer tricks")).as_deref(), Some("fewer tricks"));
    assert_eq!(keep(ticked("u1", 4)).as_deref(), Some("fewer tricks"), "ticking leaves them");
    assert_eq!(keep(written("")), None);
    let mut all = Vec::new();
    state.scan_surveys(&mut every(|one: StoredSurvey| all.push((one.answers, one.words)))).unwrap();
    assert_eq!(all, [(vec![("u1".to_owned(), 4)], None)]);
}

fn the_first_variant_stays(state: &dyn State) {
    let (ann, bob) = (known(state, "ann"), known(state, "bob"));
    let assign = |who, variant| state.assign(who, "e", variant, Timestamp(NOON)).unwrap();
    assert_eq!(assign(ann, "a"), "a");
    assert_eq!(assign(ann, "b"), "a");
    assert_eq!(assign(bob, "b"), "b");
    assert_eq!(state.assign(ann, "f", "b", Timestamp(NOON)).unwrap(), "b");
    let of_ann: Vec<_> = state.assignments_of(ann).unwrap();
    assert_eq!(of_ann.iter().map(|a| a.experiment.as_str()).collect::<Vec<_>>(), ["e", "f"]);
    let mut everyone = BTreeSet::new();
    state
        .scan_assignments("e", &mut every(|one: Assigned| everyone.extend([one.shopper])))
        .unwrap();
    assert_eq!(everyone, BTreeSet::from([ann, bob]));
}

fn the_journal_is_read_newest_first(state: &dyn State) {
    for (kind, body) in [("promotion", "1"), ("policy", "2"), ("promotion", "3")] {
        state.note(kind, body, Timestamp(NOON)).unwrap();
    }
    let bodies = |limit| {
        let found = state.noted("promotion", limit).unwrap();
        found.into_iter().map(|entry| entry.body).collect::<Vec<_>>()
    };
    assert_eq!((bodies(9), bodies(1)), (vec!["3".into(), "1".into()], vec!["3".into()]));
}

/// Something of everything.
fn observe(state: &dyn State, shopper: ShopperId, tag: &str) {
    let kept = feedback(Some(shopper), FeedbackKind::Wrong, tag);
    state.append_feedback(vec![kept]).unwrap();
    let put = survey(shopper, tag, 0);
    state.open_survey(&put, Timestamp(0)).unwrap();
    let given = SurveyAnswers { words: Some(format!("words of {tag}")), ..ticked("u1", 2) };
    state.answer_survey(&put.survey_id, &given, Timestamp(NOON)).unwrap();
    state.assign(shopper, "e", "a", Timestamp(NOON)).unwrap();
}

fn an_export_holds_what_was_observed(state: &dyn State) {
    let ann = known(state, "ann");
    observe(state, ann, "ann");
    observe(state, known(state, "bob"), "bob");
    let export = state.export(&subject("ann")).unwrap().unwrap();
    assert_eq!((export.feedback.len(), export.surveys.len(), export.assignments.len()), (1, 1, 1));
    assert_eq!(export.surveys[0].answers, [("u1".to_owned(), 2)]);
    assert_eq!(export.surveys[0].words.as_deref(), Some("words of ann"));
    let wire = serde_json::to_string(&export).unwrap();
    assert!(!wire.contains("shopper"), "the number inside the shop is not told: {wire}");
}

fn an_erasure_leaves_nothing_observed(state: &dyn State) {
    let (ann, bob) = (known(state, "ann"), known(state, "bob"));
    observe(state, ann, "ann");
    observe(state, bob, "bob");
    state.erase(&subject("ann")).unwrap().unwrap();
    assert!(state.feedback_of(ann).unwrap().is_empty());
    assert!(state.assignments_of(ann).unwrap().is_empty());
    assert_eq!(state.last_survey(ann).unwrap(), None);
    assert_eq!(state.survey(&SurveyId::new("ann").unwrap()).unwrap(), None);
    let (mut feedback, mut surveys) = (Vec::new(), Vec::new());
    state.scan_feedback(&mut every(|one: StoredFeedback| feedback.push(one.shopper))).unwrap();
    state.scan_surveys(&mut every(|one: StoredSurvey| surveys.push(one.shopper))).unwrap();
    assert_eq!((feedback, surveys), (vec![Some(bob)], vec![bob]));
    // The same key of somebody new is new: nothing remembers the old one.
    let again = known(state, "ann");
    state.open_survey(&survey(again, "ann", 0), Timestamp(0)).unwrap();
    let put = state.last_survey(again).unwrap().unwrap();
    assert!(put.answers.is_empty() && put.words.is_none(), "{put:?}");
    observe(state, again, "ann");
    assert_eq!(state.feedback_of(again).unwrap().len(), 1);
}

fn nothing_is_observed_of_someone_erased(state: &dyn State) {
    let ann = known(state, "ann");
    state.erase(&subject("ann")).unwrap();
    let gone = |error| matches!(error, Err(StoreError::ShopperGone));
    let kept = feedback(Some(ann), FeedbackKind::Helpful, "k");
    assert!(gone(state.append_feedback(vec![kept]).map(|_| ())));
    assert!(gone(state.open_survey(&survey(ann, "s", 0), Timestamp(0)).map(|_| ())));
    assert!(gone(state.assign(ann, "e", "a", Timestamp(0)).map(|_| ())));
}

fn what_is_observed_does_not_move_the_newest_id(state: &dyn State) {
    let before = state.newest().unwrap();
    observe(state, known(state, "ann"), "ann");
    state.note("promotion", "{}", Timestamp(NOON)).unwrap();
    assert_eq!(state.newest().unwrap(), before);
}

fn what_was_observed_of_a_visitor_is_the_persons_once_they_are_joined(state: &dyn State) {
    let (visitor, ann) = (known(state, "v"), known(state, "ann"));
    let assign = |who, experiment, variant| {
        state.assign(who, experiment, variant, Timestamp(NOON)).unwrap();
    };
    assign(visitor, "one", "b");
    assign(visitor, "two", "b");
    assign(ann, "one", "a");
    state.append_feedback(vec![feedback(Some(visitor), FeedbackKind::Helpful, "k")]).unwrap();
    let put = survey(visitor, "s1", 0);
    state.open_survey(&put, Timestamp(0)).unwrap();
    state.answer_survey(&put.survey_id, &written("of a visitor"), Timestamp(NOON)).unwrap();
    state.join(&subject("v"), &subject("ann")).unwrap();
    assert_eq!(state.feedback_of(ann).unwrap().len(), 1);
    assert_eq!(state.last_survey(ann).unwrap().unwrap().survey_id.as_str(), "s1");
    let kept: Vec<_> = state.assignments_of(ann).unwrap().into_iter().map(|a| a.variant).collect();
    assert_eq!(kept, ["a", "b"], "the person's own variant stays");
    assert!(state.assignments_of(visitor).unwrap().is_empty());
    assert_eq!(state.last_survey(ann).unwrap().unwrap().words.as_deref(), Some("of a visitor"));
    state.erase(&subject("ann")).unwrap();
    let mut left = 0;
    state.scan_feedback(&mut every(|_| left += 1)).unwrap();
    state.scan_surveys(&mut every(|_| left += 1)).unwrap();
    assert_eq!(left, 0);
}
