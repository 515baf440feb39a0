//! What shoppers put right takes effect at once, in the direction they said, and is taken back
//! without a trace.

use answers::Request;
use app::Live;
use claims::{Claim, Facts};
use domain::{Concept, Correction, EventKind, ItemId, Language, SubjectId, Tag, Unused};

use super::{
    inspect::{claims, faults, item_ids},
    small_shop::{catalogue, event, item_id, request_of, shopper, subject, trained},
};

fn past_items(shop: &Live, of: &SubjectId) -> Vec<(domain::IngestId, ItemId, EventKind)> {
    let state = shop.shop().state();
    let number = state.shopper(of).unwrap().unwrap();
    let events = state.recent(number, 200, state.newest().unwrap()).unwrap();
    events.into_iter().map(|event| (event.id, event.item_id, event.kind)).collect()
}

fn category_of(shop: &Live, item: &ItemId) -> String {
    shop.item(item).unwrap().category().unwrap().in_language(Language::En).to_owned()
}

fn brand_of(shop: &Live, item: &ItemId) -> String {
    shop.item(item).unwrap().brand.in_language(Language::En).to_owned()
}

/// One of every kind that makes sense for this shopper.
fn every_correction(shop: &Live, of: &SubjectId) -> Vec<Correction> {
    let shown = shop.recommender.recommend(&request_of(of)).unwrap();
    let items = item_ids(&shown);
    let claim: &Claim = claims(&shown).find(|claim| !claim.evidence.is_empty()).unwrap();
    let (event, past, _) = past_items(shop, of).remove(0);
    let concept = Concept::Category(category_of(shop, &items[2]));
    let tag = Tag { concept: Concept::Brand(brand_of(shop, &items[3])), weight: -0.5 };
    vec![
        Correction::WrongReason {
            item_id: claim.item_id.clone(),
            kind: claim.facts.kind().name().to_owned(),
            evidence: claim.evidence.clone(),
        },
        Correction::DoNotUse { unused: Unused::Events(vec![event]) },
        Correction::DoNotUse { unused: Unused::Category(category_of(shop, &past)) },
        Correction::DoNotUse { unused: Unused::Brand(brand_of(shop, &past)) },
        Correction::DoNotUse { unused: Unused::Everything },
        Correction::Gift { item_id: past },
        Correction::NotInterested { item_id: items[0].clone() },
        Correction::More { concept: concept.clone() },
        Correction::Less { concept },
        Correction::Cheaper { than: items[1].clone() },
        Correction::OtherBrand { than: items[1].clone() },
        Correction::SetTags { tags: vec![tag] },
        Correction::StopProfiling,
    ]
}

#[test]
fn taking_a_correction_back_restores_the_exact_list() {
    let shop = trained();
    let mut n_changed = 0;
    for n in 0..4 {
        let of = shopper(n);
        let request = request_of(&of);
        for correction in every_correction(&shop, &of) {
            let before = shop.recommender.recommend(&request).unwrap();
            let done = shop.corrections.correct(&of, correction.clone(), &request).unwrap();
            assert_eq!(done.before, item_ids(&before));
            let during = shop.recommender.recommend(&request).unwrap();
            assert_eq!(done.after, item_ids(&during), "{correction:?}");
            assert_eq!(faults(&during), [""; 0], "{correction:?}");
            n_changed += usize::from(done.after != done.before);
            let undone = shop.corrections.take_back(&of, done.correction_id, &request).unwrap();
            assert_eq!((&undone.before, &undone.after), (&done.after, &done.before));
            let scores = |answer: &answers::Answer| {
                answer.items.iter().map(|i| (i.item_id.clone(), i.score)).collect::<Vec<_>>()
            };
            assert_eq!(scores(&shop.recommender.recommend(&request).unwrap()), scores(&before));
        }
    }
    assert!(n_changed > 20, "{n_changed} corrections changed a list");
    let audit = audit::audit(shop.shop()).unwrap();
    assert!(audit.is_clean(), "{audit:?}");
}

#[test]
fn what_is_put_right_survives_and_is_taken_back_once() {
    let shop = trained();
    let of = shopper(0);
    let first = item_ids(&shop.recommender.recommend(&request_of(&of)).unwrap())[0].clone();
    let hide = Correction::NotInterested { item_id: first.clone() };
    let done = shop.corrections.correct(&of, hide.clone(), &request_of(&of)).unwrap();
    assert!(!done.after.contains(&first));
    let shop = shop.reopened();
    assert!(!item_ids(&shop.recommender.recommend(&request_of(&of)).unwrap()).contains(&first));
    assert_eq!(shop.corrections.of(&of).unwrap()[0].correction, hide);
    shop.corrections.take_back(&of, done.correction_id, &Request::default()).unwrap();
    let again = shop.corrections.take_back(&of, done.correction_id, &Request::default());
    assert!(matches!(again, Err(shop::ShopError::NoCorrection(_))));
    let other = shop.corrections.take_back(&shopper(1), done.correction_id, &Request::default());
    assert!(matches!(other, Err(shop::ShopError::NoCorrection(_))));
}

#[test]
fn asking_for_more_never_shows_less_and_asking_for_less_never_shows_more() {
    let shop = trained();
    let (mut n_more, mut n_less) = (0, 0);
    for n in 0..6 {
        let of = shopper(n);
        let request = request_of(&of);
        let shown = item_ids(&shop.recommender.recommend(&request).unwrap());
        let mut concepts: Vec<Concept> = Vec::new();
        for item in shown.iter().chain(catalogue(&shop).iter().step_by(17).map(|item| &item.id)) {
            concepts.push(Concept::Category(category_of(&shop, item)));
            concepts.push(Concept::Brand(brand_of(&shop, item)));
        }
        concepts.dedup();
        for concept in concepts {
            let n_of = |list: &[ItemId]| {
                list.iter().filter(|id| concept.holds_of(&shop.item(id).unwrap())).count()
            };
            let more = Correction::More { concept: concept.clone() };
            let done = shop.corrections.correct(&of, more, &request).unwrap();
            assert!(n_of(&done.after) >= n_of(&done.before), "more {concept:?}");
            n_more += usize::from(n_of(&done.after) > n_of(&done.before));
            shop.corrections.take_back(&of, done.correction_id, &request).unwrap();
            let less = Correction::Less { concept: concept.clone() };
            let done = shop.corrections.correct(&of, less, &request).unwrap();
            assert!(n_of(&done.after) <= n_of(&done.before), "less {concept:?}");
            n_less += usize::from(n_of(&done.after) < n_of(&done.before));
            shop.corrections.take_back(&of, done.correction_id, &request).unwrap();
        }
    }
    assert!(n_more > 20 && n_less > 20, "{n_more} times more, {n_less} times less");
}

#[test]
fn what_was_asked_for_is_told_and_a_wrong_reason_is_not_told_again() {
    let shop = trained();
    let of = shopper(0);
    let shown = shop.recommender.recommend(&request_of(&of)).unwrap();
    let wrong = claims(&shown).next().unwrap().clone();
    let correction = Correction::WrongReason {
        item_id: wrong.item_id.clone(),
        kind: wrong.facts.kind().name().to_owned(),
        evidence: Vec::new(),
    };
    shop.corrections.correct(&of, correction, &request_of(&of)).unwrap();
    let told = shop.recommender.recommend(&request_of(&of)).unwrap();
    assert_eq!(item_ids(&told), item_ids(&shown));
    let again = |c: &Claim| c.item_id == wrong.item_id && c.facts.kind() == wrong.facts.kind();
    assert!(!claims(&told).any(again));
    let rare = Concept::Category(category_of(&shop, &item_ids(&shown)[9]));
    let tags = vec![Tag { concept: rare.clone(), weight: 1.0 }];
    let effect = shop.profiles.set_profile(&of, tags.clone()).unwrap();
    let told = shop.recommender.recommend(&request_of(&of)).unwrap();
    assert_eq!(item_ids(&told), effect.after);
    let asked = |c: &Claim| matches!(&c.facts, Facts::AskedFor { concept, .. } if *concept == rare);
    assert!(claims(&told).any(asked), "no reason says what was asked for");
    assert_eq!(shop.profiles.profile(&of).unwrap().tags, tags);
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}

#[test]
fn a_profile_names_the_events_of_each_taste_and_loses_what_is_removed() {
    let shop = trained();
    let of = shopper(0);
    let profile = shop.profiles.profile(&of).unwrap();
    assert!(profile.profiled && !profile.tastes.is_empty());
    let known: Vec<_> = past_items(&shop, &of).into_iter().map(|(id, ..)| id).collect();
    for taste in &profile.tastes {
        assert!((0.0..=1.0).contains(&taste.weight) && !taste.events.is_empty());
        assert!(taste.events.iter().all(|past| known.contains(&past.event_id.unwrap())));
    }
    let taste = &profile.tastes[0];
    shop.corrections.correct(&of, taste.remove.clone(), &request_of(&of)).unwrap();
    let left = shop.profiles.profile(&of).unwrap();
    assert!(left.tastes.iter().all(|other| other.concept != taste.concept));
    let gone = shop.profiles.drop_profile(&of).unwrap();
    let nothing = shop.profiles.profile(&of).unwrap();
    assert!(nothing.tastes.is_empty() && !nothing.profiled && nothing.n_events == 0);
    shop.corrections.take_back(&of, gone.correction_id, &Request::default()).unwrap();
    let told = |profile: &serving::profile::Profile| {
        let told = profile.tastes.iter().map(|t| (t.concept.clone(), t.events.clone(), t.weight));
        told.collect::<Vec<_>>()
    };
    assert_eq!(told(&shop.profiles.profile(&of).unwrap()), told(&left));
}

#[test]
fn nothing_is_left_of_history_or_corrections_after_opting_out() {
    let shop = trained();
    let of = shopper(2);
    let concept = Concept::Category(category_of(&shop, &item_id("S0011")));
    shop.corrections.correct(&of, Correction::More { concept }, &request_of(&of)).unwrap();
    let stop = shop.corrections.correct(&of, Correction::StopProfiling, &request_of(&of)).unwrap();
    let stranger = subject("nobody-yet");
    let list = |of: &SubjectId| item_ids(&shop.recommender.recommend(&request_of(of)).unwrap());
    assert_eq!(list(&of), list(&stranger));
    let profile = shop.profiles.profile(&of).unwrap();
    assert!(profile.tastes.is_empty() && !profile.profiled && profile.n_events == 0);
    assert!(!shop.corrections.preferences(&of).unwrap().profiling);
    shop.corrections.take_back(&of, stop.correction_id, &request_of(&of)).unwrap();
    assert!(shop.corrections.preferences(&of).unwrap().profiling);
}

#[test]
fn what_is_done_after_a_gift_counts_again() {
    let shop = trained();
    let of = shopper(1);
    let (_, past, _) = past_items(&shop, &of).remove(0);
    let gift = Correction::Gift { item_id: past.clone() };
    shop.corrections.correct(&of, gift, &request_of(&of)).unwrap();
    let used = |shop: &Live| {
        let tastes = shop.profiles.profile(&of).unwrap().tastes;
        let mut used: Vec<_> = tastes.into_iter().flat_map(|taste| taste.events).collect();
        used.retain(|event| event.item_id == past);
        used
    };
    assert!(used(&shop).is_empty());
    let other = catalogue(&shop).into_iter().find(|item| item.id != past).unwrap().id;
    let events = [(&other, "g1"), (&past, "g2")];
    let events = events.map(|(item, key)| event(&of, EventKind::Cart, item, key));
    let acks = shop.collector.collect(events.to_vec()).unwrap();
    assert!(used(&shop).iter().all(|event| event.event_id == Some(acks[1].id)));
    assert!(!used(&shop).is_empty());
}

#[test]
fn a_correction_that_means_nothing_is_refused_with_a_hint() {
    let shop = trained();
    let of = shopper(0);
    let refused =
        |correction| shop.corrections.correct(&of, correction, &Request::default()).unwrap_err();
    let nowhere = item_id("nowhere");
    let error = refused(Correction::Gift { item_id: nowhere });
    assert!(matches!(error, shop::ShopError::NoItem(_)));
    let empty = Concept::Word("  ".to_owned());
    assert!(refused(Correction::More { concept: empty.clone() }).to_string().contains("1 to 200"));
    let tags = vec![Tag { concept: empty, weight: f32::NAN }];
    assert!(refused(Correction::SetTags { tags }).to_string().contains("between -1 and 1"));
    assert!(shop.corrections.of(&of).unwrap().is_empty());
}

#[test]
fn a_dismissal_falls_with_the_correction_that_held_and_a_later_one_stands() {
    let shop = trained();
    let of = shopper(0);
    let list = request_of(&of);
    let shown = || item_ids(&shop.recommender.recommend(&list).unwrap());
    let before = shown();
    let item = before[1].clone();
    let dismiss = |key: &str| {
        shop.collector.collect(vec![event(&of, EventKind::Dismiss, &item, key)]).unwrap();
    };
    let away = Correction::NotInterested { item_id: item.clone() };
    let made = shop.corrections.correct(&of, away, &list).unwrap();
    dismiss("with a button");
    assert!(!shown().contains(&item));
    shop.corrections.take_back(&of, made.correction_id, &list).unwrap();
    assert_eq!(shown(), before);
    dismiss("and again");
    assert!(!shown().contains(&item));
    // It stays where dismissals are counted.
    let dismissed = past_items(&shop, &of).into_iter().filter(|(_, _, k)| *k == EventKind::Dismiss);
    assert_eq!(dismissed.count(), 2);
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}
