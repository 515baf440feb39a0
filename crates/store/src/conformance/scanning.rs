//! Scans: a callback ends them at once, its error comes back as it was, and nothing stays held.

use std::ops::ControlFlow;

use domain::{FeedbackKind, SurveyId};

use super::*;
use crate::observed::{Feedback, Survey};

/// An error that no backend can make.
#[derive(Debug, PartialEq)]
enum Refused {
    Row(usize),
    Store,
}

impl From<StoreError> for Refused {
    fn from(_: StoreError) -> Self {
        Self::Store
    }
}

/// Three rows for every scan, events of a joined visitor among them.
fn filled(state: &dyn State) {
    let events = ["a", "b", "visit"].map(|who| event(who, "i", 0, who));
    state.append_events(events.into()).unwrap();
    state.join(&subject("visit"), &subject("person")).unwrap().unwrap();
    state.append_reviews(["a", "b", "c"].map(|who| review(who, "i", "good")).into()).unwrap();
    state.put_items(["i", "j", "k"].map(|id| Item::bare(item_id(id))).into()).unwrap();
    for (n, who) in ["a", "b", "c"].into_iter().enumerate() {
        let shopper = state.shopper_or_new(&subject(who)).unwrap();
        state.record_answer(&answer_of(Some(shopper), &format!("r{n}"))).unwrap();
        let feedback = Feedback {
            shopper: Some(shopper),
            at: Timestamp(NOON),
            kind: FeedbackKind::Exposed,
            request_id: None,
            item_id: None,
            reason_id: None,
            detail: String::new(),
            key: who.to_owned(),
        };
        state.append_feedback(vec![feedback]).unwrap();
        let survey_id = SurveyId::new(format!("s{n}")).unwrap();
        let survey = Survey { survey_id, shopper, at: Timestamp(NOON), body: String::new() };
        assert!(state.open_survey(&survey, Timestamp(0)).unwrap());
        state.assign(shopper, "e", "v", Timestamp(NOON)).unwrap();
    }
}

/// Refuses each row of a scan in turn, and then none.
fn refuse_each<T>(
    state: &dyn State,
    what: &str,
    scan: impl Fn(&mut Each<'_, T>) -> Result<(), StoreError>,
) {
    for refused in 1..=4 {
        let mut n_rows = 0;
        let ended = try_each(&scan, |_| {
            n_rows += 1;
            if n_rows == refused { Err(Refused::Row(n_rows)) } else { Ok(()) }
        });
        let expected = if refused == 4 { Ok(()) } else { Err(Refused::Row(refused)) };
        assert_eq!((n_rows, ended), (refused.min(3), expected), "{what}");
        // Nothing is held: a write goes through, and the next scan sees everything.
        state.shopper_or_new(&subject(&format!("{what}{refused}"))).unwrap();
    }
    let mut n_rows = 0;
    scan(&mut |_| {
        n_rows += 1;
        ControlFlow::Break(())
    })
    .unwrap();
    assert_eq!(n_rows, 1, "{what}");
}

pub(super) fn a_scan_ends_at_the_first_error_and_returns_it(state: &dyn State) {
    filled(state);
    let none = IngestId::ZERO;
    refuse_each(state, "events", |each| state.scan_events(FAR, each));
    refuse_each(state, "replay", |each| state.replay_events(FAR, each));
    refuse_each(state, "reviews", |each| state.scan_reviews(FAR, each));
    refuse_each(state, "items", |each| state.scan_items(FAR, each));
    refuse_each(state, "answers", |each| state.scan_answers(none, FAR, each));
    refuse_each(state, "chain", |each| state.scan_chain(none, FAR, each));
    refuse_each(state, "feedback", |each| state.scan_feedback(each));
    refuse_each(state, "later feedback", |each| state.scan_feedback_after(none, each));
    refuse_each(state, "surveys", |each| state.scan_surveys(each));
    refuse_each(state, "assignments", |each| state.scan_assignments("e", each));
    // An acknowledged write after all of this is in the next scan.
    state.append_events(vec![event("a", "i", 1, "later")]).unwrap();
    assert_eq!(scanned(state, FAR).len(), 4);
}
