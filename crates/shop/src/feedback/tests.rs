use domain::{EventKind, EventTime, IngestId, RequestId, ShopperId, StoredEvent, Timestamp};

use super::*;

fn item(name: &str) -> ItemId {
    ItemId::new(name).unwrap()
}

fn said(id: u128, kind: FeedbackKind, about: &str, detail: &Detail) -> StoredFeedback {
    StoredFeedback {
        id: IngestId(id),
        shopper: Some(ShopperId(1)),
        at: Timestamp(0),
        kind,
        request_id: Some(RequestId::new("r1").unwrap()),
        item_id: Some(item(about)),
        reason_id: None,
        detail: serde_json::to_string(detail).unwrap(),
    }
}

fn event(id: u128, kind: EventKind, about: &str, request: Option<&str>) -> StoredEvent {
    StoredEvent {
        id: IngestId(id),
        shopper: ShopperId(1),
        kind,
        item_id: item(about),
        time: EventTime::Ordinal(id as u32),
        quantity: 1,
        price: None,
        session: None,
        request_id: request.map(|id| RequestId::new(id).unwrap()),
        region: None,
        device: None,
        zone_minutes: None,
    }
}

fn kept(feedback: &[StoredFeedback], events: &[StoredEvent]) -> Vec<u128> {
    let rejected = Rejected::of(feedback, events).unwrap();
    events.iter().filter(|event| rejected.keeps(event)).map(|event| event.id.0).collect()
}

#[test]
fn what_was_dismissed_teaches_nothing_until_it_is_looked_at_again() {
    let events = [
        event(1, EventKind::View, "tea", None),
        event(2, EventKind::Purchase, "tea", None),
        event(3, EventKind::View, "cup", None),
        event(4, EventKind::Dismiss, "tea", None),
        event(5, EventKind::View, "tea", None),
    ];
    assert_eq!(kept(&[], &events), [2, 3, 4, 5], "a purchase stands");
}

#[test]
fn a_click_that_a_wrong_reason_brought_teaches_nothing() {
    let events = [
        event(1, EventKind::Click, "tea", Some("r1")),
        event(2, EventKind::Click, "tea", None),
        event(3, EventKind::Click, "cup", Some("r1")),
        event(4, EventKind::Purchase, "tea", Some("r1")),
    ];
    let wrong = said(9, FeedbackKind::Wrong, "tea", &Detail::default());
    assert_eq!(kept(&[wrong], &events), [2, 3, 4]);
    let helpful = said(9, FeedbackKind::Helpful, "tea", &Detail::default());
    assert_eq!(kept(&[helpful], &events), [1, 2, 3, 4]);
}

#[test]
fn what_a_shopper_forbids_to_use_is_not_used_not_even_a_purchase() {
    let events =
        [event(1, EventKind::Purchase, "ring", None), event(7, EventKind::View, "ring", None)];
    let detail = Detail { rests_on: vec![item("ring")], ..Detail::default() };
    let forbidden = said(5, FeedbackKind::DontUse, "tea", &detail);
    assert_eq!(kept(&[forbidden], &events), [7]);
}

#[test]
fn helpful_kinds_come_to_weigh_more_and_wrong_ones_less() {
    let of = |kind: &str| Detail { kinds: vec![kind.to_owned()], ..Detail::default() };
    let mut feedback = vec![
        said(1, FeedbackKind::Helpful, "tea", &of("rated")),
        said(2, FeedbackKind::Unclear, "tea", &of("similar_text")),
        said(3, FeedbackKind::Opened, "tea", &of("popular")),
    ];
    let weights = preferred(&feedback).unwrap();
    assert_eq!(weights["rated"], 1.2);
    assert_eq!(weights["similar_text"], 0.8);
    assert!(!weights.contains_key("popular"), "opening says nothing of helping");
    feedback.extend((4..50).map(|n| said(n, FeedbackKind::Helpful, "tea", &of("rated"))));
    assert_eq!(preferred(&feedback).unwrap()["rated"], 1.5, "never more than half as much again");
}

#[test]
fn what_was_planted_teaches_nothing_about_kinds() {
    let planted = Detail { kinds: vec!["rated".to_owned()], planted: true, ..Detail::default() };
    assert!(preferred(&[said(1, FeedbackKind::Helpful, "tea", &planted)]).unwrap().is_empty());
}
