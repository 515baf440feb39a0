//! Feedback: tied to what was shown, counted once, and taken to heart.

use std::collections::BTreeMap;

use answers::Request;
use domain::{
    Correction, EventKind, FeedbackKind, ItemId, Preferences, ReasonId, Timestamp, Unused,
};
use serving::feedback::Exposure;
use shop::ShopError;

use super::small_shop::{OwnShop, event, item_id, request_of, shopper, subject, trained};

const NOW: Timestamp = Timestamp(1_800_000_000_000);

fn exposed(shop: &OwnShop, who: &domain::SubjectId) -> answers::Answer {
    let answer = shop.recommender.recommend(&request_of(who)).unwrap();
    let exposure = Exposure { request_id: answer.request_id.clone(), item_ids: Vec::new() };
    shop.feedback.expose(&exposure, Some(who), NOW).unwrap();
    answer
}

#[test]
fn feedback_is_tied_to_the_answer_the_reason_and_the_shopper() {
    let shop = trained();
    let (ann, bob) = (shopper(0), shopper(1));
    let answer = exposed(&shop, &ann);
    let reason = &answer.items[0].reasons[0].reason_id;
    let taken = shop.feedback.judge(reason, FeedbackKind::Helpful, Some(&ann), NOW).unwrap();
    assert_eq!((taken.accepted, taken.known), (1, 0));
    let foreign = shop.feedback.judge(reason, FeedbackKind::Wrong, Some(&bob), NOW);
    assert!(matches!(foreign, Err(ShopError::NotTheirs(_))));
    let number = shop.shop().state().shopper(&ann).unwrap().unwrap();
    let kept = shop.shop().state().feedback_of(number).unwrap();
    assert_eq!(kept.len(), answer.items.len() + 1);
    let said = kept.last().unwrap();
    assert_eq!(
        (said.kind, said.item_id.as_ref()),
        (FeedbackKind::Helpful, Some(&answer.items[0].item_id))
    );
    assert_eq!(said.request_id.as_ref(), Some(&answer.request_id));
    let kind = answer.items[0].reasons[0].claims[0].facts.kind().name();
    assert!(said.detail.contains(kind), "{} names {kind}", said.detail);
    assert!(shop.feedback.preferred_kinds(number).unwrap()[kind] > 1.0);
    let nowhere = ReasonId::new("r.1").unwrap();
    let unknown = shop.feedback.judge(&nowhere, FeedbackKind::Wrong, None, NOW);
    assert!(matches!(unknown, Err(ShopError::NoReason(_))));
}

#[test]
fn what_a_shopper_forbids_to_use_is_in_no_next_reason() {
    let shop = trained();
    let ann = shopper(0);
    let answer = exposed(&shop, &ann);
    let reasons = answer.items.iter().flat_map(|item| &item.reasons);
    let mut rests_on_something =
        reasons.filter(|reason| reason.claims.iter().any(|claim| !claim.evidence.is_empty()));
    let reason = rests_on_something.next().unwrap();
    let grounds = |claim: &claims::Claim| {
        claim.evidence.iter().map(|e| e.item_id.clone()).collect::<Vec<_>>()
    };
    let forbidden: Vec<_> = reason.claims.iter().flat_map(grounds).collect();
    shop.feedback.judge(&reason.reason_id, FeedbackKind::DontUse, Some(&ann), NOW).unwrap();
    let next = shop.recommender.recommend(&request_of(&ann)).unwrap();
    let claims = next.items.iter().flat_map(|i| &i.reasons).flat_map(|r| &r.claims);
    let used: Vec<_> = claims.flat_map(grounds).collect();
    assert!(forbidden.iter().all(|item| !used.contains(item)), "{forbidden:?} {used:?}");
    let audit = audit::audit(shop.shop()).unwrap();
    assert!(audit.is_clean(), "earlier and later answers still verify: {audit:?}");
}

#[test]
fn a_click_on_what_was_then_dismissed_is_not_trained_on() {
    let shop = trained();
    let newcomer = subject("newcomer");
    let (tea, cup) = (item_id("S0001"), item_id("S0002"));
    let n_events = || training::gather(shop.shop()).unwrap().data.interactions.n_events();
    let before = n_events();
    let seen = [
        event(&newcomer, EventKind::Click, &tea, "1"),
        event(&newcomer, EventKind::Click, &cup, "2"),
    ];
    shop.collector.collect(seen.to_vec()).unwrap();
    assert_eq!(n_events(), before + 2);
    shop.collector.collect(vec![event(&newcomer, EventKind::Dismiss, &tea, "3")]).unwrap();
    assert_eq!(n_events(), before + 1);
}

/// How often one item comes so many steps after another, in all that is trained on.
fn neighbours(shop: &OwnShop) -> BTreeMap<(ItemId, ItemId, u32), usize> {
    let data = training::gather(shop.shop()).unwrap().data;
    let mut counts = BTreeMap::new();
    for sequence in &data.interactions.sequences {
        let placed = sequence.iter().scan(0, |next, step| {
            let place = *next + step.n_masked_before;
            *next = place + 1;
            Some((place, data.items[step.item as usize].clone()))
        });
        let placed: Vec<_> = placed.collect();
        for (n, (place, item)) in placed.iter().enumerate() {
            for (later, other) in &placed[n + 1..] {
                *counts.entry((item.clone(), other.clone(), later - place)).or_default() += 1;
            }
        }
    }
    counts
}

#[test]
fn what_is_corrected_loses_its_neighbours_in_training_and_nothing_else_changes() {
    let shop = trained();
    let newcomer = subject("newcomer");
    let items = ["S0001", "S0002", "S0003", "S0004"].map(item_id);
    let [a, b, c, d] = &items;
    let seen = items.iter().map(|item| event(&newcomer, EventKind::Cart, item, item.as_str()));
    let acks = shop.collector.collect(seen.collect()).unwrap();
    let before = neighbours(&shop);
    let lost = [(a, b, 1), (b, c, 1), (b, d, 2)].map(|(x, y, gap)| (x.clone(), y.clone(), gap));
    let mut expected = before.clone();
    for pair in &lost {
        *expected.get_mut(pair).unwrap() -= 1;
    }
    expected.retain(|_, n| *n > 0);
    for correction in [
        Correction::Gift { item_id: b.clone() },
        Correction::NotInterested { item_id: b.clone() },
        Correction::DoNotUse { unused: Unused::Item(b.clone()) },
        Correction::DoNotUse { unused: Unused::Events(vec![acks[1].id]) },
    ] {
        let made = shop.corrections.correct(&newcomer, correction, &Request::default()).unwrap();
        assert_eq!(neighbours(&shop), expected, "{:?}", made.correction);
        shop.corrections.take_back(&newcomer, made.correction_id, &Request::default()).unwrap();
        assert_eq!(neighbours(&shop), before, "{:?} was taken back", made.correction);
    }
    // Turning away with an event is heard in the same way.
    shop.collector.collect(vec![event(&newcomer, EventKind::Dismiss, b, "no")]).unwrap();
    assert_eq!(neighbours(&shop), expected);
}

#[test]
fn switching_profiling_off_is_noted_once_and_stops_preferences() {
    let shop = trained();
    let ann = shopper(0);
    let answer = exposed(&shop, &ann);
    let reason = &answer.items[0].reasons[0].reason_id;
    shop.feedback.judge(reason, FeedbackKind::Helpful, None, NOW).unwrap();
    let off = Preferences { profiling: false, ..Preferences::default() };
    shop.corrections.set_preferences(&ann, &off).unwrap();
    shop.corrections.set_preferences(&ann, &off).unwrap();
    let number = shop.shop().state().shopper(&ann).unwrap().unwrap();
    let feedback = shop.shop().state().feedback_of(number).unwrap();
    assert_eq!(feedback.iter().filter(|one| one.kind == FeedbackKind::OptedOut).count(), 1);
    assert!(shop.feedback.preferred_kinds(number).unwrap().is_empty());
    assert!(experimentation::survey::next(shop.shop(), &ann, None, NOW).unwrap().is_none());
}

#[test]
fn an_answer_to_nobody_in_particular_can_be_exposed_too() {
    let shop = trained();
    let answer = shop.recommender.recommend(&Request::default()).unwrap();
    let exposure = Exposure { request_id: answer.request_id, item_ids: Vec::new() };
    let taken = shop.feedback.expose(&exposure, None, NOW).unwrap();
    assert_eq!(taken.accepted, answer.items.len());
}
