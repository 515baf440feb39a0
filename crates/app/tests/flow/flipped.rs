//! What would be without an event is what really is for a twin who lacks it.

use answers::{Filters, Request};
use app::Live;
use claims::Facts;
use domain::{Event, IngestId, ItemId, SubjectId};

use super::{
    inspect::{claims, item_ids},
    small_shop::{request_of, shopper, subject, trained},
};

/// A shopper with the same past, but for some events: in their stead stand steps with items that
/// the model does not know, so that everything else is as far back as it was.
fn twin(shop: &Live, of: &SubjectId, lacking: &[IngestId], name: &str) -> SubjectId {
    let state = shop.shop().state();
    let original = state.shopper(of).unwrap().unwrap();
    let mut past = state.recent(original, 200, state.newest().unwrap()).unwrap();
    past.reverse();
    let at = |id: &IngestId| past.iter().position(|event| event.id == *id).unwrap();
    let mut items: Vec<_> = past.iter().map(|event| event.item_id.clone()).collect();
    for id in lacking {
        let unknown = ItemId::new(format!("unknown-{id}")).unwrap();
        // A step is all neighbouring events with one item.
        let (middle, item) = (at(id), past[at(id)].item_id.clone());
        let of_step = |i: &usize| past[*i].item_id == item;
        let before = (0..middle).rev().take_while(of_step);
        let after = (middle..past.len()).take_while(of_step);
        before.chain(after).for_each(|i| items[i] = unknown.clone());
    }
    let twin = subject(name);
    let events = past.iter().zip(items).enumerate().map(|(n, (event, item_id))| Event {
        subject: twin.clone(),
        kind: event.kind,
        item_id,
        time: event.time,
        quantity: event.quantity,
        price: event.price,
        session: event.session.clone(),
        request_id: None,
        region: event.region.clone(),
        device: event.device.clone(),
        zone_minutes: event.zone_minutes,
        source_key: format!("{name}-{n}"),
    });
    shop.collector.collect(events.collect()).unwrap();
    twin
}

/// The list of a twin who lacks some events.
fn without(shop: &Live, of: &SubjectId, lacking: &[IngestId], name: &str) -> Vec<ItemId> {
    let state = shop.shop().state();
    let original = state.shopper(of).unwrap().unwrap();
    let past = state.recent(original, 200, state.newest().unwrap()).unwrap();
    let not_again = &shop.config().history.not_again_after;
    // What was bought is not offered again, masked or not.
    let exclude = past.iter().filter(|event| not_again.contains(&event.kind));
    let exclude = exclude.map(|event| event.item_id.clone()).collect();
    let twin = twin(shop, of, lacking, name);
    let filters = Filters { exclude, ..Filters::default() };
    item_ids(&shop.recommender.recommend(&Request { filters, ..request_of(&twin) }).unwrap())
}

#[test]
fn a_certified_flip_really_flips_for_somebody_who_lacks_the_events() {
    let shop = trained();
    let mut n_flips = 0;
    for n in 0..40 {
        let of = shopper(n);
        let answer = shop.recommender.recommend(&request_of(&of)).unwrap();
        for claim in claims(&answer).filter(|claim| claim.facts.kind() == claims::ClaimKind::Flips)
        {
            let Facts::Flips { history, instead, .. } = &claim.facts else { panic!() };
            let events: Vec<IngestId> = history.iter().map(|past| past.event_id.unwrap()).collect();
            n_flips += 1;
            let list = without(&shop, &of, &events, &format!("twin-{n_flips}"));
            assert!(!list.contains(&claim.item_id), "{claim:?}");
            assert!(list.contains(instead), "{claim:?} gave {list:?}");
            for left_out in 0..events.len() {
                let mut fewer = events.clone();
                fewer.remove(left_out);
                let list = without(&shop, &of, &fewer, &format!("twin-{n_flips}-{left_out}"));
                assert!(list.contains(&claim.item_id), "one given back: {claim:?}");
            }
        }
        if n_flips >= 25 {
            break;
        }
    }
    assert!(n_flips >= 10, "only {n_flips} claims were looked at");
}

#[test]
fn the_same_state_is_told_the_same_and_any_event_anywhere_makes_another_state() {
    let shop = trained();
    let of = shopper(0);
    let request = request_of(&of);
    let first = shop.recommender.recommend(&request).unwrap();
    let again = shop.recommender.recommend(&request).unwrap();
    assert_eq!(super::inspect::repeatable(&first), super::inspect::repeatable(&again));
    // Another language is phrased from the same claims.
    let zh = Request { lang: Some(domain::Language::Zh), ..request.clone() };
    assert!(
        super::inspect::texts(&shop.recommender.recommend(&zh).unwrap())
            .all(|text| !text.is_ascii())
    );
    // Somebody else's purchase changes counts, and so the moment of every claim.
    let item = first.items[0].item_id.clone();
    let bought = super::small_shop::event(
        &subject("somebody-else"),
        domain::EventKind::Purchase,
        &item,
        "k",
    );
    shop.collector.collect(vec![bought]).unwrap();
    let later = shop.recommender.recommend(&request).unwrap();
    assert!(later.as_of > first.as_of);
    assert!(claims(&later).all(|claim| claim.as_of == later.as_of));
    assert!(audit::audit(shop.shop()).unwrap().is_clean());
}
